"""Characters by script: eastern, right-to-left, emoji."""

from __future__ import annotations

from reportgen.text.late_pattern import compile_late

WIDE = (
    "\u2e80-\u303e\u3040-\u312f\u3190-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Chinese and Japanese: a line may end between any two of these. Not Korean, which has spaces."""
EASTERN = rf"{WIDE}\u1100-\u11ff\uac00-\ud7a3"
RTL = compile_late("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
EMOJI = compile_late("((?:(?:[\U0001f000-\U0001ffff]|\\S\ufe0f)(?:[\ufe0f\u20e3\U000e0020-\U000e007f]|\u200d\\S)*)+)")
"""Emoji one after the other: each one character, or several that are drawn as one (a family, a flag, a keycap)."""


def split_emoji(text: str) -> list[str]:
    """Split a text into emoji, which have a face of their own, and what stands between them."""
    return [piece for piece in EMOJI.split(text) if piece]

"""Ink that may stand out beside a line, in em: no width of a text includes it, so a slide keeps room for it.

All of it was seen in LibreOffice, on a machine without PowerPoint's own faces.
"""

from __future__ import annotations

import unicodedata

from reportgen.fonts.scripts import RTL
from reportgen.fonts.widths import EMOJI_WIDTH
from reportgen.text.late_pattern import compile_late

HALF_EMOJI = EMOJI_WIDTH / 2
"""It keeps what it counts as two at a line's end if one fits. It counts UTF-16, in which emoji, and rare Chinese, are two."""
MARKED, MARK = compile_late("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"), 0.4
"""A mark on a letter that the face does not know it on stands behind the letter, as the macron of x̄ in Liberation Sans."""
SKIN_TONE, SKIN_TONE_SHIFT = compile_late("[\U0001f3fb-\U0001f3ff]"), 0.7
"""A tone of skin is drawn one glyph late where no face has emoji, among words that run against their paragraph."""


def measure_right(text: str, rtl: bool) -> float:
    """Return the overhang at the right of each line; `rtl` says which way its paragraph is read."""
    if text.isascii():
        return 0.0
    marked = MARKED.search(unicodedata.normalize("NFC", text))
    return max(MARK if marked else 0.0, SKIN_TONE_SHIFT if rtl and SKIN_TONE.search(text) else 0.0)


def measure_sides(text: str, rtl: bool) -> tuple[float, float]:
    """Return the overhang before each line and behind it, in reading order."""
    half = HALF_EMOJI if max(text, default="") > "\uffff" else 0.0
    if rtl:
        return measure_right(text, rtl), half
    return SKIN_TONE_SHIFT if SKIN_TONE.search(text) and RTL.search(text) else 0.0, max(half, measure_right(text, rtl))


def measure_total(text: str) -> float:
    """Return the overhang on both sides together, in the reading direction that has more."""
    return 0.0 if text.isascii() else max(sum(measure_sides(text, rtl)) for rtl in (False, True))

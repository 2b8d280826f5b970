"""A text as the grammar reads it: one kind of space, hyphen, apostrophe and quotation mark, and commas between thousands.

Each character keeps its place. Patterns over few characters compile many times faster than over all that look alike.
"""

from __future__ import annotations

import re

from reportgen.text.late_pattern import compile_late

_SAME = {" ": "\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\u3000", "-": "−‑‐﹣－", "'": "’‘ʼ`", '"': "“”„"}
_WIDE = re.compile(r"(?<=\d)[\u00a0\u202f\u2009\u2007](?=\d{3}(?!\d))")
# With plain spaces "310 480" at a text's end may be two cells of a row; in a sentence words or a mark follow.
_GROUPED = re.compile(
    r"(?<![\w.,:/#-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?:(?<=000)\Z|(?!\Z|[\w/:]|-[^\W\d]|,\d|\.\d+ \d| \d))"
)
_LONG_DASH = compile_late(r"(?<!\d)-{2,}|-{2,}(?!\d)")
_RAISED_POINT = re.compile(r"(?<=\d)·(?=\d)")


def make_plain(text: str) -> str:
    """Return a text of the same length in which what looks alike is one character."""
    if not text.isascii():
        text = _RAISED_POINT.sub(".", _WIDE.sub(",", text))
        for plain, others in _SAME.items():
            for other in others:
                if other in text:
                    text = text.replace(other, plain)
    if "--" in text:
        text = _LONG_DASH.sub(lambda match: "—" * len(match[0]), text)
    return _GROUPED.sub(lambda match: match[0].replace(" ", ","), text)

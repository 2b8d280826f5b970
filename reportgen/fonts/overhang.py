"""How far ink may stand out beside a line, in em: no width of a text tells it, so a slide keeps room for it.

All of it was seen in LibreOffice, on a machine without PowerPoint's own faces.
"""

from __future__ import annotations

import re
import unicodedata

from reportgen import fonts

HALF = fonts.EMOJI / 2
"""It keeps what it counts as two at a line's end if one fits. It counts UTF-16, in which emoji, and rare Chinese, are two."""
MARKED, MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"), 0.4
"""A mark on a letter that the face does not know it on stands behind the letter, as the macron of x̄ in Liberation Sans."""
TONED, LATE = re.compile("[\U0001f3fb-\U0001f3ff]"), 0.7
"""A tone of skin is drawn one glyph late where no face has emoji, among words that run against their paragraph."""


def right(text: str, rtl: bool) -> float:
    """On the right of each line, in a paragraph that is read from right to left or is not."""
    if text.isascii():
        return 0.0
    marked = MARKED.search(unicodedata.normalize("NFC", text))
    return max(MARK if marked else 0.0, LATE if rtl and TONED.search(text) else 0.0)


def beside(text: str, rtl: bool) -> tuple[float, float]:
    """Before each line and behind it, in the order in which it is read."""
    half = HALF if max(text, default="") > "\uffff" else 0.0
    if rtl:
        return right(text, rtl), half
    return LATE if TONED.search(text) and fonts.RTL.search(text) else 0.0, max(half, right(text, rtl))


def most(text: str) -> float:
    """What a line loses to both, whichever way it is read."""
    return 0.0 if text.isascii() else max(sum(beside(text, rtl)) for rtl in (False, True))

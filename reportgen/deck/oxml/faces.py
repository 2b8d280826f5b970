"""The typefaces that a run names beside the theme's own: else each program chooses by rules that it alone has.

In a paragraph that is read from right to left LibreOffice takes a number, a link and every sign for Arabic, and draws them
in the face of that; so a run without an Arabic letter says that its Latin face is that one too. And it lays out a line
wrongly in which emoji stand in the same run as words, unless the face has them.
"""

from __future__ import annotations

from reportgen import fonts

COMPLEX = '<a:cs typeface="Arial"/>'  # the face of Arabic, on every machine with PowerPoint; a theme need not name one
EMOJI = "".join(f'<a:{script} typeface="Segoe UI Emoji"/>' for script in ("latin", "ea", "cs"))  # PowerPoint's own


def named(text: str, latin: str, rtl: bool, beside: bool) -> str:
    """What a run says of its faces, after its colour. `beside` is whether its paragraph has letters of Arabic."""
    if fonts.EMOJIS.match(text):
        return EMOJI
    if not rtl:
        return ""
    arabic = fonts.RTL.search(text) or (beside and not any(map(str.isalpha, text)))
    return COMPLEX if arabic else f'<a:cs typeface="{latin}"/>'

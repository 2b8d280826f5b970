"""The typefaces that a run names beside the theme's own: else each program chooses by rules that it alone has.

In a paragraph that is read from right to left LibreOffice takes a number, a link and every sign for Arabic, and draws them
in the face of that; so a run without an Arabic letter says that its Latin face is that one too. It lays out a line wrongly
in which emoji stand in the same run as words, unless the face has them; and where a theme's own styles name no face, it
goes on in that of the emoji, to the end of the box, until a run names another.
"""

from __future__ import annotations

from reportgen import fonts
from reportgen.deck.oxml import attribute

SCRIPTS = ("latin", "ea", "cs")
COMPLEX = "Arial"  # the face of Arabic, on every machine with PowerPoint; a theme need not name one
EMOJI = "Segoe UI Emoji"  # PowerPoint's own


def named(text: str, latin: str, rtl: bool, arabic: bool, emoji: bool) -> str:
    """What a run says of its faces, after its colour; whether letters of Arabic are in its paragraph, emoji in its box."""
    if fonts.EMOJI.match(text):
        return _faces(EMOJI, EMOJI, EMOJI)
    theme = latin[:3] if latin.startswith("+") else "+mn"
    if rtl and (fonts.RTL.search(text) or (arabic and not any(map(str.isalpha, text)))):
        own = COMPLEX
    else:
        own = latin if rtl else f"{theme}-cs"
    return _faces(latin, f"{theme}-ea", own) if emoji else _faces("", "", own) if rtl else ""


def _faces(*names: str) -> str:
    return "".join(
        f"<a:{script} typeface={attribute(name)}/>" for script, name in zip(SCRIPTS, names, strict=True) if name
    )

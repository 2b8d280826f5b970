"""The typefaces that a run names besides the theme's own, where each program would otherwise choose by its own rules.

In a paragraph that is read from right to left, LibreOffice takes numbers, links and signs for Arabic and sets them in the
Arabic face; so a run without an Arabic letter names its Latin face for complex scripts too. LibreOffice also lays out a
line wrongly if emoji share a run with words and the face lacks them; and if a theme's styles name no face, it keeps the
face of the emoji to the end of the box, until a run names another.
And a house may write in a face that its theme does not name, or set another for tables and drawings.
"""

from __future__ import annotations

from reportgen import fonts
from reportgen.deck.oxml import quote_attribute

SCRIPTS = ("latin", "ea", "cs")
COMPLEX = "Arial"  # the face of Arabic, on every machine with PowerPoint; a theme need not name one
EMOJI = "Segoe UI Emoji"  # PowerPoint's own


def build_typefaces(text: str, latin: str, rtl: bool, arabic: bool, emoji: bool, named: bool = False) -> str:
    """Build a run's typefaces. `arabic`: its paragraph has Arabic letters; `emoji`: its text box has emoji.

    A run is `named` whose surroundings may set another face than `latin`.
    """
    if fonts.EMOJI.match(text):
        return _elements(EMOJI, EMOJI, EMOJI)
    theme = latin[:3] if latin.startswith("+") else "+mn"
    if rtl and (fonts.RTL.search(text) or (arabic and not any(map(str.isalpha, text)))):
        own = COMPLEX
    else:
        own = latin if rtl else f"{theme}-cs"
    if emoji:
        return _elements(latin, f"{theme}-ea", own)
    return _elements(latin if named or not latin.startswith("+") else "", "", own if rtl else "")


def _elements(*names: str) -> str:
    return "".join(
        f"<a:{script} typeface={quote_attribute(name)}/>" for script, name in zip(SCRIPTS, names, strict=True) if name
    )

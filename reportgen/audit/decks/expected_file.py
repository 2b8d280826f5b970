"""The file that a brief's deck should be, as its reader would see it: drawn in its theme, and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reportgen import deck as decks
from reportgen.deck import theme as themes
from reportgen.deck.view import view_values as view
from reportgen.deck.view.deck_view import resolve_unwritten
from reportgen.deck.write.writer import draw_slides
from reportgen.markup.templates import template_folders
from reportgen.system.errors import FitError, TemplateError

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.deck.theme import Theme
    from reportgen.deck.values import Deck


OURS = "reportgen"
"""The name of the default theme, whatever colours a brand gives it."""


Source = Literal["named", "own", "rebuilt"]
"""The origin of a theme: the command line or the brief; the audited file; or that file after a program dropped our layouts."""


class ExpectedFile(Struct, frozen=True):
    """A brief's deck, its theme, and the file as its reader would see it.

    What is in the theme itself can only be compared where the theme is named. Boxes of a rebuilt theme are near those that
    the deck was made with, not the same. `file` has no slides where the brief no longer fits them.
    """

    deck: Deck
    theme: Theme
    file: view.Deck
    source: Source
    is_foreign: bool
    """LibreOffice has written the audited file: it drops and rewrites what other programs keep."""


def expect_file(
    brief: Brief, brand: Brand, data: bytes, found: view.Deck, name: str, theme: Path | None
) -> ExpectedFile:
    """Return the file that a brief's deck should be, in a theme that is named, in the brief's, or in the file's own."""
    chosen, source = _choose_theme(brand, data, found, name, theme)
    is_foreign = found.program.startswith("LibreOffice")
    deck, fits = _fit(brief, brand, chosen)
    if not fits and source == "rebuilt":  # its boxes are too far from those of the theme that is lost
        chosen = decks.load_theme(brand)
        deck, _ = _fit(brief, brand, chosen)
    if not fits:
        return ExpectedFile(deck, chosen, view.Deck(0, 0, ()), source, is_foreign)
    parts, slides = draw_slides(deck, chosen, brand)
    return ExpectedFile(deck, chosen, resolve_unwritten(parts, slides), source, is_foreign)


def _fit(brief: Brief, brand: Brand, theme: Theme) -> tuple[Deck, bool]:
    """Return the deck in a theme, and whether it fits: where it does not, its sizes are not chosen."""
    deck = decks.compile_brief(brief, brand, template_folders(brief.folder), theme)
    try:
        return decks.fit_deck(deck, theme, theme.adapt_brand(brand)), True
    except FitError:
        return deck, False


def _choose_theme(brand: Brand, data: bytes, found: view.Deck, name: str, theme: Path | None) -> tuple[Theme, Source]:
    if theme:
        return themes.read_theme(theme), "named"
    house = decks.load_theme(brand)
    if found.theme == resolve_unwritten(house.parts, ()).theme or (not brand.theme and found.theme[0] == OURS):
        return house, "named"
    try:
        file = themes.open_theme_file(data, name)
        return file.build_theme(), "own" if file.deck_layouts else "rebuilt"
    except TemplateError:
        return house, "rebuilt"

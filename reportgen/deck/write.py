"""Deck -> .pptx bytes: draws the slides and their notes into a presentation, and packs it all the same each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reportgen.beside import waiting
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck import package, parts
from reportgen.deck.model import Deck
from reportgen.deck.native import books
from reportgen.deck.notespages import NotesPage
from reportgen.deck.oxml import Paint, shape
from reportgen.deck.oxml.text import Setting
from reportgen.deck.parts import NewPart, NewParts
from reportgen.deck.shapes import Canvas, draw
from reportgen.deck.shell import Outline, shell
from reportgen.deck.theme import Theme

if TYPE_CHECKING:
    from reportgen.beside import Beside

SLIDES, NOTES = "ppt/slides/slide%d.xml", "ppt/notesSlides/notesSlide%d.xml"


def write(
    deck: Deck,
    theme: Theme,
    brand: Brand,
    book: Callable[[NativeChart], bytes] | None = None,
    clerk: Beside | None = None,
) -> bytes:
    """The finished file of a deck that has been through `fit`; `book` gives its charts their workbooks.

    A `clerk`, a process beside ours, makes the presentation's other parts meanwhile.
    """
    added = NewParts(theme.parts)
    slides = [added.add(SLIDES, parts.SLIDE_TYPE) for _ in deck.slides]
    outline = Outline.of(deck, theme, [part.name for part in slides])
    ready = waiting(clerk, shell, package.markup(theme.parts), outline, deck.properties)
    book = book or books((), deck.properties.created)
    _draw(deck, theme, theme.dressed(brand), slides, added, book)
    made = ready(str)
    if made.notes:
        _add_notes(deck, made.notes, Paint(theme.palette), slides, added)
    held = {name: data or theme.parts[name] for name, data in made.members.items()}
    return parts.saved(held, made.kinds, added.made)


def _draw(
    deck: Deck,
    theme: Theme,
    brand: Brand,
    slides: Sequence[NewPart],
    added: NewParts,
    book: Callable[[NativeChart], bytes],
) -> None:
    for number, (slide, part) in enumerate(zip(deck.slides, slides, strict=True), 1):
        part.relations.to(theme.layout_parts[slide.layout], "slideLayout")
        canvas = Canvas(slide, number, part, added, theme, brand, deck.properties, deck.furniture, book)
        part.data = shape.slide(draw(canvas))


def _add_notes(deck: Deck, page: NotesPage, paint: Paint, slides: Sequence[NewPart], added: NewParts) -> None:
    """A page for each slide with notes; for all, where pages are marked."""
    for number, (slide, part) in enumerate(zip(deck.slides, slides, strict=True), 1):
        if slide.notes or deck.properties.marks.lines:
            notes = added.add(NOTES, parts.NOTES_TYPE)
            notes.relations.to(page.master, "notesMaster")
            notes.relations.to(part.name, "slide")
            notes.data = page.filled(slide, number, Setting(deck.properties.language, notes.relations.link, paint))
            part.relations.to(notes.name, "notesSlide")

"""Deck -> .pptx bytes: draws the slides and their notes into a presentation, and packs it all the same each time."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.brand import Brand
from reportgen.deck.oxml import Paint, shape_xml
from reportgen.deck.oxml.text_xml import TextSetting
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck
from reportgen.deck.write import new_parts
from reportgen.deck.write.new_parts import NewPart, NewParts
from reportgen.deck.write.notes_pages import NotesPage
from reportgen.deck.write.outline import Outline
from reportgen.deck.write.presentation_shell import build_shell
from reportgen.deck.write.shapes import Canvas, draw_shapes

SLIDES, NOTES = "ppt/slides/slide%d.xml", "ppt/notesSlides/notesSlide%d.xml"


def write_deck(
    deck: Deck,
    theme: Theme,
    brand: Brand,
) -> bytes:
    """Return the .pptx file of a deck that `fit` has sized."""
    added = NewParts(theme.parts)
    slides = [added.add(SLIDES, new_parts.SLIDE_TYPE) for _ in deck.slides]
    outline = Outline.of(deck, theme, [part.name for part in slides])
    presentation = build_shell(theme.parts, outline, deck.properties)
    _draw(deck, theme, theme.adapt_brand(brand), slides, added)
    if presentation.notes:
        _add_notes(deck, presentation.notes, Paint(theme.palette), slides, added)
    return new_parts.build_package(presentation.members, presentation.kinds, added.parts)


def _draw(
    deck: Deck,
    theme: Theme,
    brand: Brand,
    slides: Sequence[NewPart],
    added: NewParts,
) -> None:
    for number, (slide, part) in enumerate(zip(deck.slides, slides, strict=True), 1):
        part.relations.to(theme.layout_parts[slide.layout], "slideLayout")
        canvas = Canvas(slide, number, part, added, theme, brand, deck.properties, deck.furniture_sizes)
        part.data = shape_xml.build_slide(draw_shapes(canvas))


def _add_notes(deck: Deck, page: NotesPage, paint: Paint, slides: Sequence[NewPart], added: NewParts) -> None:
    """A page for each slide with notes; for all, where pages are marked."""
    for number, (slide, part) in enumerate(zip(deck.slides, slides, strict=True), 1):
        if slide.notes or deck.properties.marks.lines:
            notes = added.add(NOTES, new_parts.NOTES_TYPE)
            notes.relations.to(page.master, "notesMaster")
            notes.relations.to(part.name, "slide")
            notes.data = page.fill(slide, number, TextSetting(deck.properties.language, notes.relations.link, paint))
            part.relations.to(notes.name, "notesSlide")

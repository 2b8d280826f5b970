"""Deck -> .pptx bytes: adds slides, charts and notes pages to the theme's presentation; equal decks give equal bytes."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.brand import Brand
from reportgen.deck.oxml import Paint, shape_xml
from reportgen.deck.oxml.text_xml import TextSetting
from reportgen.deck.package import Parts, relations_part
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck
from reportgen.deck.write import new_parts
from reportgen.deck.write.new_parts import NewPart, NewParts
from reportgen.deck.write.notes_pages import NotesPage
from reportgen.deck.write.presentation_shell import build_shell
from reportgen.deck.write.shapes import Canvas, draw_shapes

SLIDES, NOTES = "ppt/slides/slide%d.xml", "ppt/notesSlides/notesSlide%d.xml"


def write_deck(deck: Deck, theme: Theme, brand: Brand) -> bytes:
    """Return a fitted deck as the bytes of a .pptx file."""
    added = NewParts(theme.parts)
    parts = [added.add(SLIDES, new_parts.SLIDE_TYPE) for _ in deck.slides]
    used = {theme.layout_parts[slide.layout] for slide in deck.slides}
    shell = build_shell(theme.parts, deck, [part.name for part in parts], theme.added_parts - used)
    _draw_slides(deck, theme, brand, parts, added)
    if shell.notes:
        _add_notes(deck, shell.notes, Paint(theme.palette), parts, added)
    return new_parts.build_package(shell.members, shell.content_types, added.parts)


def draw_slides(deck: Deck, theme: Theme, brand: Brand) -> tuple[Parts, tuple[str, ...]]:
    """Return the parts of a fitted deck, and the names of its slides, without what takes time and shows nothing.

    There are no notes pages, no workbooks, and no list of the slides: an audit needs none of them to see the slides.
    """
    added = NewParts(theme.parts)
    slides = [added.add(SLIDES, new_parts.SLIDE_TYPE) for _ in deck.slides]
    _draw_slides(deck, theme, brand, slides, added, with_workbooks=False)
    parts = dict(theme.parts)
    for part in added.parts:
        parts[part.name], parts[relations_part(part.name)] = part.data, part.relations.xml()
    return parts, tuple(part.name for part in slides)


def _draw_slides(
    deck: Deck, theme: Theme, brand: Brand, parts: Sequence[NewPart], added: NewParts, with_workbooks: bool = True
) -> None:
    """Fill the parts of the slides, and add those of their charts."""
    adapted = theme.adapt_brand(brand)
    for number, (slide, part) in enumerate(zip(deck.slides, parts, strict=True), 1):
        part.relations.to(theme.layout_parts[slide.layout], "slideLayout")
        properties, sizes = deck.properties, deck.furniture_sizes
        canvas = Canvas(slide, number, part, added, theme, adapted, properties, sizes, with_workbooks)
        part.data = shape_xml.build_slide(draw_shapes(canvas))


def _add_notes(deck: Deck, page: NotesPage, paint: Paint, slides: Sequence[NewPart], added: NewParts) -> None:
    """Add a notes page for each slide with notes, or for all slides where pages are marked."""
    for number, (slide, part) in enumerate(zip(deck.slides, slides, strict=True), 1):
        if slide.notes or deck.properties.marks.lines:
            notes = added.add(NOTES, new_parts.NOTES_TYPE)
            notes.relations.to(page.master, "notesMaster")
            notes.relations.to(part.name, "slide")
            notes.data = page.fill(slide, number, TextSetting(deck.properties.language, notes.relations.link, paint))
            part.relations.to(notes.name, "notesSlide")

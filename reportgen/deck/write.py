"""Deck -> .pptx bytes: opens the theme, adds the slides, their notes and sections, and packs it all the same each time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck import package, parts
from reportgen.deck.model import Deck, Properties
from reportgen.deck.native import books
from reportgen.deck.notespages import NotesPages
from reportgen.deck.oxml import Paint, presentation, shape
from reportgen.deck.parts import NewPart, NewParts
from reportgen.deck.shapes import Canvas, draw
from reportgen.deck.theme import Theme

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

TEMPLATE = "ppt/slides/slide%d.xml"


def write(deck: Deck, theme: Theme, brand: Brand, book: Callable[[NativeChart], bytes] | None = None) -> bytes:
    """The finished file of a deck that has been through `fit`; `book` gives its charts their workbooks."""
    book = book or books((), deck.properties.created)
    file = parts.library().Presentation(package.packed(theme.parts))
    layouts = _layouts(file, theme)
    _remove_unused(layouts, theme, {slide.layout for slide in deck.slides})
    added = parts.NewParts(file)
    listed = parts.list_slides(file, _slides(deck, theme, theme.dressed(brand), file, layouts, added, book))
    _list_notes_master(file)
    _add_sections(file, deck)
    _set_properties(file, deck.properties)
    return parts.saved(file, added.made, listed)


def _slides(
    deck: Deck,
    theme: Theme,
    brand: Brand,
    file: Presentation,
    layouts: Mapping[str, SlideLayout],
    added: NewParts,
    book: Callable[[NativeChart], bytes],
) -> list[NewPart]:
    """The slides as parts, with their notes, not yet listed."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    properties = deck.properties
    noted = any(slide.notes for slide in deck.slides) or properties.marks.lines
    notes = NotesPages.of(file, properties, Paint(theme.palette), added) if noted else None
    made: list[NewPart] = []
    for number, slide in enumerate(deck.slides, 1):
        part = added.add(TEMPLATE, CONTENT_TYPE.PML_SLIDE)
        part.relations.to(layouts[slide.layout].part.partname.membername, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        canvas = Canvas(slide, number, part, added, theme, brand, properties, deck.furniture, book)
        part.data = shape.slide(draw(canvas))
        if notes and (slide.notes or properties.marks.lines):
            notes.add(part, slide, number)
        made.append(part)
    return made


def _layouts(file: Presentation, theme: Theme) -> dict[str, SlideLayout]:
    """Our layouts by name, of whichever master they are."""
    found = {
        str(layout.part.partname).lstrip("/"): layout
        for master in file.slide_masters
        for layout in master.slide_layouts
    }
    return {name: found[part] for name, part in theme.layout_parts.items()}


def _remove_unused(layouts: Mapping[str, SlideLayout], theme: Theme, used: Collection[str]) -> None:
    """A house's file keeps its own layouts; of those that we added, it gets the ones that slides use."""
    for name, layout in layouts.items():
        if name not in used and theme.layout_parts[name] in theme.made:
            layout.slide_master.slide_layouts.remove(layout)


def _list_notes_master(file: Presentation) -> None:
    """The presentation lists its notes master, which python-pptx only relates it to."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    for relation, target in file.part.rels.items():
        if target.reltype == RELATIONSHIP_TYPE.NOTES_MASTER:
            presentation.add_notes_master(file.element, relation)


def _add_sections(file: Presentation, deck: Deck) -> None:
    """PowerPoint's sections: each begins with the slide that first names it and runs to the next."""
    sections: list[tuple[str, list[int]]] = []
    ids = [entry.id for entry in file.slides._sldIdLst]
    for slide, identity in zip(deck.slides, ids, strict=True):
        if slide.section and (not sections or sections[-1][0] != slide.section):
            sections.append((slide.section, []))
        if sections:
            sections[-1][1].append(identity)
    if sections:
        presentation.add_sections(file.element, sections)


def _set_properties(file: Presentation, properties: Properties) -> None:
    core = file.core_properties
    core.language = properties.language
    texts = {
        "title": properties.title, "creator": properties.author, "lastModifiedBy": properties.author,
        "subject": properties.subject,
    }  # fmt: skip
    marks = properties.marks
    marked = {"contentStatus": marks.banner, "keywords": ", ".join(marks.lines), "description": marks.rights}
    texts |= {name: text for name, text in marked.items() if text}
    for name, text in texts.items():  # python-pptx refuses more than 255 letters, which no reader does
        getattr(core._element, f"get_or_add_{name}")().text = text
    core.created = core.modified = properties.created

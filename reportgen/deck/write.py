"""Deck -> .pptx bytes: opens the theme, adds the slides, their notes and sections, and packs it all the same each time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportgen.brand import Brand
from reportgen.deck import package
from reportgen.deck.model import Box, Deck, Properties, Slide
from reportgen.deck.oxml import Paint, presentation
from reportgen.deck.oxml.text import Setting
from reportgen.deck.shapes import Canvas, draw
from reportgen.deck.theme import Theme

if TYPE_CHECKING:
    from pptx.parts.slide import SlidePart
    from pptx.presentation import Presentation
    from pptx.slide import NotesSlide, SlideLayout


FOOTER = 90  # the number of a notes page's foot, where the notes master has none


def write(deck: Deck, theme: Theme, brand: Brand) -> bytes:
    """The finished file of a deck that has been through `fit`."""
    import pptx

    file = pptx.Presentation(package.packed(theme.parts))
    brand, paint = theme.dressed(brand), Paint(theme.palette)
    layouts = _layouts(file, theme)
    for number, slide in enumerate(deck.slides, 1):
        made = file.slides.add_slide(layouts[slide.layout])
        draw(Canvas(slide, number, made.part, theme, brand, deck.properties, deck.furniture))
        if slide.notes or deck.properties.marks.lines:
            _add_notes(made.part, slide, number, deck.properties, paint)
    _remove_unused(layouts, theme, {slide.layout for slide in deck.slides})
    _list_notes_master(file)
    _add_sections(file, deck)
    _set_properties(file, deck.properties)
    target = BytesIO()
    file.save(target)
    return package.settled(target.getvalue())


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


def _add_notes(part: SlidePart, slide: Slide, number: int, properties: Properties, paint: Paint) -> None:
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    notes = part.notes_slide
    setting = Setting(
        properties.language,
        lambda address: notes.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        paint,
    )
    texts = {
        PP_PLACEHOLDER.BODY: presentation.notes_body(slide.notes, setting),
        PP_PLACEHOLDER.SLIDE_NUMBER: presentation.notes_number(number, properties.language),
    }
    for holder in notes.placeholders:
        if xml := texts.get(holder.placeholder_format.type):
            element: Any = holder._element
            if element.txBody is not None:
                element.remove(element.txBody)
            element.append(parse_xml(xml))
    _mark_notes(notes, properties)


def _mark_notes(notes: NotesSlide, properties: Properties) -> None:
    """A notes page is printed by itself, so it says its marking at its head and its foot, as a slide does."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.oxml import parse_xml

    if not properties.marks.lines:
        return
    tree: Any = notes.shapes._spTree
    first = max(int(each.get("id", 0)) for each in tree.iter("{*}cNvPr")) + 1
    size = notes.part.package.presentation_part.presentation.element.find("{*}notesSz")
    width, height = int(size.get("cx")), int(size.get("cy"))
    master = notes.part.notes_master.placeholders
    feet = [each.placeholder_format.idx for each in master if each.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
    left, across, high = width // 20, width * 9 // 10, height // 25
    head, foot = (Box(left, height * share // 100, across, high) for share in (2, 91))
    boxes = (("hdr", 0, head), ("ftr", next(iter(feet), FOOTER), foot))
    for number, (kind, index, box) in enumerate(boxes, first):
        xml = presentation.notes_marking(number, kind, index, properties.marks.banner, box, properties.language)
        tree.append(parse_xml(xml))


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

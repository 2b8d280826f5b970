"""Notes pages: what is said to a slide, on a page that is printed by itself.

All pages of a deck are alike but for the words and the number, so that the first is made from the notes master and the
others are copies of it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree
from msgspec import Struct

from reportgen.deck.model import Box, Properties, Slide
from reportgen.deck.oxml import Paint, presentation
from reportgen.deck.oxml.text import Setting
from reportgen.deck.package import P
from reportgen.deck.parts import Names

if TYPE_CHECKING:
    from pptx.parts.slide import NotesMasterPart, SlidePart
    from pptx.presentation import Presentation

FOOTER = 90  # the number of a notes page's foot, where the notes master has none
TEMPLATE = "/ppt/notesSlides/notesSlide%d.xml"


class NotesPages(Struct, frozen=True):
    """A deck's notes pages: their master, and the page that all of them begin as."""

    master: NotesMasterPart
    blank: Any
    properties: Properties
    paint: Paint
    names: Names

    @classmethod
    def of(cls, file: Presentation, properties: Properties, paint: Paint, names: Names) -> NotesPages:
        """The pages of a presentation, which gets a notes master if it has none."""
        from pptx.oxml.slide import CT_NotesSlide
        from pptx.slide import NotesSlide

        master = file.part.notes_master_part
        blank = CT_NotesSlide.new()
        NotesSlide(blank, master).clone_master_placeholders(master.notes_master)
        for text in list(blank.iter(f"{P}txBody")):
            text.getparent().remove(text)
        _mark(blank, master, file, properties)
        return cls(master, blank, properties, paint, names)

    def add(self, part: SlidePart, slide: Slide, number: int) -> None:
        """The page of one slide, with its words and its number."""
        from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from pptx.oxml import parse_xml
        from pptx.parts.slide import NotesSlidePart

        page = deepcopy(self.blank)
        notes = NotesSlidePart(self.names.free(TEMPLATE), CONTENT_TYPE.PML_NOTES_SLIDE, part.package, page)
        notes.relate_to(self.master, RELATIONSHIP_TYPE.NOTES_MASTER)
        notes.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
        part.relate_to(notes, RELATIONSHIP_TYPE.NOTES_SLIDE)
        setting = Setting(
            self.properties.language,
            lambda address: notes.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
            self.paint,
        )
        texts = {
            "body": presentation.notes_body(slide.notes, setting),
            "sldNum": presentation.notes_number(number, self.properties.language),
        }
        for shape in page.iter(f"{P}sp"):
            if xml := texts.get(_kind(shape)):
                shape.append(parse_xml(xml))


def _kind(shape: etree._Element) -> str:
    held = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return "" if held is None else str(held.get("type", "obj"))


def _mark(page: Any, master: NotesMasterPart, file: Presentation, properties: Properties) -> None:
    """A notes page is printed by itself, so it says its marking at its head and its foot, as a slide does."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.oxml import parse_xml

    if not properties.marks.lines:
        return
    first = max(int(each.get("id", 0)) for each in page.iter("{*}cNvPr")) + 1
    size = file.element.find("{*}notesSz")
    width, height = int(size.get("cx")), int(size.get("cy"))
    held = (each.placeholder_format for each in master.notes_master.placeholders)
    feet = [each.idx for each in held if each.type == PP_PLACEHOLDER.FOOTER]
    left, across, high = width // 20, width * 9 // 10, height // 25
    head, foot = (Box(left, height * share // 100, across, high) for share in (2, 91))
    boxes = (("hdr", 0, head), ("ftr", next(iter(feet), FOOTER), foot))
    for number, (kind, index, box) in enumerate(boxes, first):
        xml = presentation.notes_marking(number, kind, index, properties.marks.banner, box, properties.language)
        page.cSld.spTree.append(parse_xml(xml))

"""Notes pages: the speaker's notes to a slide, each on a page that is printed by itself.

All pages of a deck are alike but for the words and the number. So one page is built from the notes master, and the words
are inserted into its XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from msgspec import Struct

from reportgen.deck.oxml import parse_shape, presentation_xml, shape_xml
from reportgen.deck.oxml.text_xml import TextSetting
from reportgen.deck.package import P, serialize
from reportgen.deck.theme.placeholders import find_placeholders, placeholder_type
from reportgen.deck.values import Box, Properties, Slide
from reportgen.deck.write.footers import find_footers, read_place
from reportgen.deck.xml_lookup import get_int

if TYPE_CHECKING:
    from pptx.parts.slide import NotesMasterPart
    from pptx.presentation import Presentation

FOOTER = "90"  # the index of a notes page's footer where the notes master has none
FILLED = ("body", "sldNum")
NOTES_WIDTH, NOTES_HEIGHT = 6_858_000, 9_144_000  # EMU, for a theme without a size of notes pages: 7.5 × 10 inches
CUT = "words"  # the processing instruction that marks where words are inserted


class NotesPage(Struct, frozen=True):
    """The page that all notes pages of a deck begin as: its master's part, and its XML cut where words are inserted.

    Every second of `pieces` names the words: "body" or "sldNum".
    """

    master: str
    pieces: tuple[str, ...]

    def fill(self, slide: Slide, number: int, setting: TextSetting) -> bytes:
        """Return one slide's page as XML, with its notes and its number."""
        words = {
            "body": presentation_xml.build_notes_body(slide.notes, setting),
            "sldNum": shape_xml.build_number_field(number, setting.language),
        }
        return "".join(words[piece] if at % 2 else piece for at, piece in enumerate(self.pieces)).encode()


def build_page(file: Presentation, properties: Properties) -> NotesPage:
    """Build the page; the presentation gets a notes master if it has none."""
    from pptx.oxml.slide import CT_NotesSlide
    from pptx.slide import NotesSlide

    master = file.part.notes_master_part
    blank = CT_NotesSlide.new()
    NotesSlide(blank, master).clone_master_placeholders(master.notes_master)
    for text in list(blank.iter(f"{P}txBody")):
        text.getparent().remove(text)
    _add_marking(blank, master, file, properties)
    for shape in find_placeholders(blank):
        if (kind := placeholder_type(shape)) in FILLED:
            shape.append(etree.ProcessingInstruction(CUT, kind))
    pieces = re.split(rf"<\?{CUT} (\w+)\?>", serialize(blank).decode())
    return NotesPage(master.partname.membername, tuple(pieces))


def _add_marking(page: Any, master: NotesMasterPart, file: Presentation, properties: Properties) -> None:
    """Print the marking in the page's header and footer, as on a slide: a notes page is printed by itself."""
    if not properties.marks.lines:
        return
    first = max(get_int(each, "id") for each in page.iter("{*}cNvPr")) + 1
    size = file.element.find("{*}notesSz")
    width, height = get_int(size, "cx", NOTES_WIDTH), get_int(size, "cy", NOTES_HEIGHT)
    footers = [read_place(each).index for each in find_footers(master.notes_master.element)]
    left, across, high = width // 20, width * 9 // 10, height // 25
    head, foot = (Box(left, height * share // 100, across, high) for share in (2, 91))
    boxes = (("hdr", None, head), ("ftr", next(iter(footers), FOOTER), foot))
    for number, (kind, index, box) in enumerate(boxes, first):
        banner = properties.marks.banner
        xml = presentation_xml.build_notes_marking(number, kind, index, banner, box, properties.language)
        page.cSld.spTree.append(parse_shape(xml))

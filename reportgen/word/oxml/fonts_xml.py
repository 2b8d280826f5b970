"""The part of a Word file that lists its typefaces, with what stands in for one that a reader's machine lacks."""

from __future__ import annotations

from lxml import etree

from reportgen.word.oxml.box_xml import FACE
from reportgen.word.oxml.elements import build
from reportgen.word.oxml.styles_xml import Looks

SERIF, SANS = ("roman", "Georgia"), ("swiss", "Arial")
"""The kinds of faces as Word names them, each with a face of Word's own."""


def build_fonts_table(looks: Looks) -> etree._Element:
    """Return the root of word/fontTable.xml."""
    kinds = {looks.serif: SERIF, looks.sans: SANS}
    others = (looks.complex_face, looks.east_asian_face, FACE)
    return build(
        "w:fonts",
        *(
            build("w:font", build("w:altName", val=stand_in), build("w:family", val=kind), name=face)
            for face, (kind, stand_in) in kinds.items()
        ),
        *(build("w:font", build("w:family", val="auto"), name=face) for face in others if face and face not in kinds),
    )

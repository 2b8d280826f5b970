"""What stands beside the slides: the text of notes pages, and the presentation's sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from reportgen.deck.oxml import attribute, chars
from reportgen.deck.oxml.shape_xml import NUMBER_FIELD, Place, placeholder
from reportgen.deck.oxml.text_xml import Setting, paragraph
from reportgen.deck.theme import Level
from reportgen.deck.values import Box, Paragraph

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
NOTES = Level("+mn-lt")
FIRST_SLIDE = 256


def notes_body(paragraphs: Sequence[Paragraph], setting: Setting) -> str:
    inner = "".join(paragraph(each, NOTES, setting) for each in paragraphs)
    return f"<p:txBody><a:bodyPr/><a:lstStyle/>{inner or '<a:p/>'}</p:txBody>"


def notes_number(number: int, language: str) -> str:
    field = f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang={attribute(language)}/><a:t>{number}</a:t></a:fld>'
    return f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{field}</a:p></p:txBody>"


def notes_marking(number: int, kind: str, index: int, words: str, box: Box, language: str) -> str:
    """A notes page's head or foot ("hdr", "ftr"), where it says how it is marked; `number` is the shape's id."""
    name = {"hdr": "marking", "ftr": "marking below"}[kind]
    anchor = {"hdr": "t", "ftr": "b"}[kind]
    look = f'<a:rPr lang={attribute(language)} sz="1000" b="1"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="{NOTES.family}"/></a:rPr>'
    text = (
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle/><a:p><a:pPr algn="ctr"/><a:r>{look}<a:t>{chars(words)}</a:t></a:r></a:p></p:txBody>'
    )
    return placeholder(number, name, Place(kind, str(index) if index else None, "quarter"), text, box)


def add_slides(listing: Any, relations: Sequence[str]) -> None:
    """Lists the slides that these relations lead to; ids begin where the standard has them begin."""
    for number, relation in enumerate(relations, FIRST_SLIDE):
        etree.SubElement(listing, f"{{{P}}}sldId", {"id": str(number), f"{{{R}}}id": relation})


def add_notes_master(root: Any, relation: str) -> None:
    """Lists the notes master, in its place after the slide masters."""
    if root.find(f"{{{P}}}notesMasterIdLst") is None:
        listing = etree.Element(f"{{{P}}}notesMasterIdLst")
        etree.SubElement(listing, f"{{{P}}}notesMasterId", {f"{{{R}}}id": relation})
        root.find(f"{{{P}}}sldMasterIdLst").addnext(listing)


def add_sections(root: Any, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Sections with their slides' ids; their own ids follow from place and name, so they stay the same."""
    entries = "".join(
        f'<p14:section name={attribute(name)} id="{{{str(uuid5(NAMESPACE_URL, f"{place}/{name}")).upper()}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
        + "</p14:sldIdLst></p14:section>"
        for place, (name, slides) in enumerate(sections)
    )
    listing = f'<p14:sectionLst xmlns:p14="{P14}">{entries}</p14:sectionLst>'
    extension = f'<p:ext xmlns:p="{P}" uri="{SECTIONS}">{listing}</p:ext>'
    extensions = root.find(f"{{{P}}}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{{{P}}}extLst")
    extensions.append(etree.fromstring(extension))

"""The text of notes pages, and the presentation's lists of slides, sections and its notes master."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from reportgen.deck.oxml import build_tight_body, escape_text, quote_attribute
from reportgen.deck.oxml.shape_xml import Place, build_placeholder
from reportgen.deck.oxml.text_xml import TextSetting, build_paragraph
from reportgen.deck.package import SECTIONS, P, R
from reportgen.deck.theme import Level
from reportgen.deck.values import Box, Paragraph

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
NOTES = Level("+mn-lt")
FIRST_SLIDE = 256


def build_notes_body(paragraphs: Sequence[Paragraph], setting: TextSetting) -> str:
    inner = "".join(build_paragraph(each, NOTES, setting) for each in paragraphs)
    return f"<p:txBody><a:bodyPr/><a:lstStyle/>{inner or '<a:p/>'}</p:txBody>"


def build_notes_marking(number: int, kind: str, index: str | None, words: str, box: Box, language: str) -> str:
    """Build the marking in a notes page's header ("hdr") or footer ("ftr"); `number` is the shape's id."""
    name, anchor = {"hdr": ("marking", "t"), "ftr": ("marking below", "b")}[kind]
    look = f'<a:rPr lang={quote_attribute(language)} sz="1000" b="1"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="{NOTES.family}"/></a:rPr>'
    paragraph = f'<a:p><a:pPr algn="ctr"/><a:r>{look}<a:t>{escape_text(words)}</a:t></a:r></a:p>'
    text = f"<p:txBody>{build_tight_body(anchor)}<a:lstStyle/>{paragraph}</p:txBody>"
    return build_placeholder(number, name, Place(kind, index, "quarter"), text, box)


def add_slides(listing: Any, relations: Sequence[str]) -> None:
    """List the slides that these relations lead to; ids begin at the standard's lowest."""
    for number, relation in enumerate(relations, FIRST_SLIDE):
        etree.SubElement(listing, f"{P}sldId", {"id": str(number), f"{R}id": relation})


def add_notes_master(root: Any, relation: str) -> None:
    """List the notes master, after the slide masters as the schema asks."""
    if root.find(f"{P}notesMasterIdLst") is None:
        listing = etree.Element(f"{P}notesMasterIdLst")
        etree.SubElement(listing, f"{P}notesMasterId", {f"{R}id": relation})
        root.find(f"{P}sldMasterIdLst").addnext(listing)


def add_sections(root: Any, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """List sections with their slides' ids; their own ids follow from place and name, so every run writes the same."""
    entries = "".join(
        f'<p14:section name={quote_attribute(name)} id="{{{str(uuid5(NAMESPACE_URL, f"{place}/{name}")).upper()}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
        + "</p14:sldIdLst></p14:section>"
        for place, (name, slides) in enumerate(sections)
    )
    listing = f'<p14:sectionLst xmlns:p14="{P14}">{entries}</p14:sectionLst>'
    extension = f'<p:ext xmlns:p="{P[1:-1]}" uri="{SECTIONS}">{listing}</p:ext>'
    extensions = root.find(f"{P}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{P}extLst")
    extensions.append(etree.fromstring(extension))

"""The part of a Word file that holds its footnotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.word.house_styles import style_id
from reportgen.word.oxml.elements import build, build_text
from reportgen.word.word_values import Paragraph

if TYPE_CHECKING:
    from reportgen.word.oxml.body_xml import BodyWriter

SEPARATOR, CONTINUED = -1, 0
"""The ids of the lines above footnotes, and above those that continue from the page before."""


def build_footnotes(
    notes: Mapping[int, tuple[Paragraph, ...]], body: BodyWriter
) -> tuple[etree._Element, Mapping[str, str]]:
    """Return the root of word/footnotes.xml, and the addresses of its links by the ids of their relations."""
    links: dict[str, str] = {}

    def link(address: str) -> str:
        identity = f"rId{len(links) + 1}"
        links[identity] = address
        return identity

    body.links = link
    root = build(
        "w:footnotes",
        _build_line(SEPARATOR, "separator", "w:separator"),
        _build_line(CONTINUED, "continuationSeparator", "w:continuationSeparator"),
    )
    for number, paragraphs in notes.items():
        note = build("w:footnote", id=number)
        for at, paragraph in enumerate(paragraphs):
            note.append(body.write_paragraph(paragraph, *([] if at else _build_number())))
        root.append(note)
    return root, links


def _build_number() -> list[etree._Element]:
    """Return a note's number, which Word counts, and a space."""
    style = build("w:rPr", build("w:rStyle", val=style_id("footnote reference")))
    return [build("w:r", style, build("w:footnoteRef")), build("w:r", build_text(" "))]


def _build_line(identity: int, kind: str, tag: str) -> etree._Element:
    spacing = build("w:pPr", build("w:spacing", after=0, line=240, lineRule="auto"))
    return build("w:footnote", build("w:p", spacing, build("w:r", build(tag))), type=kind, id=identity)

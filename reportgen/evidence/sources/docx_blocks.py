"""Blocks of a Word file, read from its XML: tracked insertions are text, deletions are not."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from reportgen.evidence.sources.paragraphs import TYPES, Block, Kind
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_XML = 100 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRINTED = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_SKIPPED = {
    f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}txbxContent",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|berschrift|titre)\d*", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> list[Block]:
    """Return the paragraphs of the document's body, those of tables included, and then its notes."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.namelist()
            if "word/document.xml" not in parts:
                raise FileError(
                    "a ZIP archive, but not a Word file", Location(name), f"the article must be one of {TYPES}"
                )
            body = _part(package, "word/document.xml", name)
            notes = [
                _part(package, part, name) for part in ("word/footnotes.xml", "word/endnotes.xml") if part in parts
            ]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, NotImplementedError, EOFError):
        raise FileError(
            "a damaged or encrypted Word file", Location(name), "open it in a word processor and save it again"
        ) from None
    return _blocks(body) + [block for part in notes for block in _blocks(part, "note")]


def _part(package: zipfile.ZipFile, part: str, name: str) -> _Element:
    from lxml import etree

    if package.getinfo(part).file_size > MAX_XML:
        raise FileError(f"{part} in it is larger than {MAX_XML // 1024**2} MB", Location(name), "save the text alone")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(part), parser)


def _blocks(root: _Element, kind: Kind | None = None) -> list[Block]:
    found = []
    for paragraph in root.iter(f"{_W}p"):
        text = re.sub(r"[^\S\n]+", " ", _text(paragraph))
        if text.strip():
            found.append(Block(tuple(text.split("\n")), kind or _kind(paragraph), structured=True))
    return found


def _kind(paragraph: _Element) -> Kind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and _HEADING_STYLE.fullmatch(str(style.get(f"{_W}val")).replace(" ", "")):
        return "head"
    if paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
        return "head"
    return "item" if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else "text"


def _text(element: _Element) -> str:
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _PRINTED:
            parts.append(_PRINTED[str(child.tag)])
        elif child.tag not in _SKIPPED and child.tag != f"{_W}p":
            parts.append(_text(child))
    return "".join(parts)

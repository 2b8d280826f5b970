"""A finished PDF -> what it says and where: its text in reading order, alternative texts, links, properties.

Reading order is that of the structure tree; text outside it (furniture, stamps, a file without tags) keeps the order in
which it is painted. What is no text is named in `unread`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.pdf.reading.letters import Letter, join_letters, merge_letters, name_of, read_letters, split_lines
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

INDEEPEST = 200  # levels of tags

INLINE = {"Span", "NonStruct", "Reference", "Link", "Annot", "Quote", "BibEntry", "Code", "Em", "Strong", "Sub", "Ruby"}
DEEPEST = 200  # levels of tags


class Span(Struct, frozen=True):
    """Words that stand together: a paragraph, a cell, a figure's labels. The box is points from the page's lower left.

    `role` is the structure tag ("P", "TD", "Figure"), "Artifact" for furniture, "" for text without a tag.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    role: str = ""


class HiddenText(Struct, frozen=True):
    """Words that are not painted: an alternative text, a link's address, an annotation's contents."""

    text: str
    page: int


class Pdf(Struct, frozen=True):
    """Everything that was read. `size` is the first page's width and height in points."""

    pages: int
    size: tuple[float, float]
    tagged: bool
    spans: tuple[Span, ...]
    alternatives: tuple[HiddenText, ...] = ()
    links: tuple[HiddenText, ...] = ()
    annotations: tuple[HiddenText, ...] = ()
    ticked: tuple[HiddenText, ...] = ()
    """What the boxes are called that somebody has ticked."""
    attachments: Mapping[str, bytes] = ()  # type: ignore[assignment]
    bookmarks: tuple[str, ...] = ()
    properties: Mapping[str, str] = ()  # type: ignore[assignment]
    unread: tuple[str, ...] = ()


def read_pdf(data: bytes, name: str) -> Pdf:
    """Read a PDF. FileError for what is none, is encrypted, damaged, or has no text at all."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    if b"%PDF-" not in data[:1024]:
        raise FileError("not a PDF", Location(name), "name a finished memo (.pdf) or deck (.pptx)")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every oddity in a font
    try:
        found = _Reading(data).result()
    except PDFPasswordIncorrect:
        hint = "open it with its password and save it without one"
        raise FileError("an encrypted PDF", Location(name), hint) from None
    except (
        PDFException,
        PSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        raise _damaged(data, str(error) or type(error).__name__, name) from None
    if not found.pages:
        raise _damaged(data, "it has no pages", name)
    if not found.spans:
        pages = f"{found.pages} page{'s' * (found.pages != 1)}"
        hint = "recognize its text first (OCR), for example with ocrmypdf"
        raise FileError(f"a PDF of {pages} without a text layer: pictures of text", Location(name), hint)
    return found


def _damaged(data: bytes, reason: str, name: str) -> FileError:
    return FileError(
        f"a damaged PDF: {reason if b'%%EOF' in data[-2048:] else 'it is cut off'}", Location(name), "make it again"
    )


class _Reading:
    """One pass over pages and structure."""

    def __init__(self, data: bytes) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        self.document: PDFDocument = PDFDocument(PDFParser(io.BytesIO(data)))
        self.pages = list(PDFPage.create_pages(self.document))
        self.numbers = {page.pageid: number for number, page in enumerate(self.pages, 1)}
        self.unread: list[str] = []
        self.marked: dict[tuple[int, int], list[Letter]] = {}
        self.loose: list[tuple[int, str, list[Letter]]] = []
        self.alternatives: list[HiddenText] = []
        self.actual: dict[tuple[int, int], str] = {}

    def result(self) -> Pdf:
        self._letters()
        tagged = list(self._tagged())
        rest = self.loose + [(page, "", letters) for (page, _), letters in self.marked.items() if letters]
        spans = tagged + [_span(line, page, role) for page, role, letters in rest for line in split_lines(letters)]
        links, annotations, ticked = self._annotations()
        box = self.pages[0].mediabox if self.pages else (0, 0, 0, 0)
        return Pdf(
            len(self.pages), (float(box[2] - box[0]), float(box[3] - box[1])), bool(tagged),
            tuple(span for span in spans if span.text.strip()), tuple(self.alternatives), tuple(links), tuple(annotations),
            tuple(ticked), dict(self._attachments()), tuple(self._bookmarks()), dict(self._properties()), tuple(self.unread),
        )  # fmt: skip

    def _letters(self) -> None:
        from pdfminer.pdfinterp import PDFResourceManager

        manager = PDFResourceManager()
        for number, page in enumerate(self.pages, 1):
            found = read_letters(page, manager)
            for key, letters in found.groups:
                if isinstance(key, int):
                    self.marked.setdefault((number, key), []).extend(letters)
                elif letters and not key and self.loose and self.loose[-1][:2] == (number, ""):
                    self.loose[-1][2].extend(
                        letters
                    )  # text without a tag goes on behind a mark that says nothing of structure
                elif letters:
                    self.loose.append((number, key, letters))
            if not any(letters for _, letters in found.groups):
                self.unread.append(f"page {number} has no text")
            if found.pictures:
                self.unread.append(f"page {number}: {found.pictures} picture{'s' * (found.pictures != 1)}")
            if found.nameless:
                self.unread.append(f"page {number}: {found.nameless} letters whose font does not say which they are")

    def _tagged(self) -> Iterator[Span]:
        """The spans of the structure tree, one for each block, a block that runs over a page's end one for each page."""
        from pdfminer.pdftypes import resolve1

        root = resolve1(self.document.catalog.get("StructTreeRoot"))
        if not isinstance(root, dict):
            return
        roles = {key: name_of(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
        blocks: dict[tuple[int, int], tuple[str, list[Letter]]] = {}
        for block, role, page, mark in self._marks(root, roles):
            letters, before = self.marked.pop((page, mark), []), blocks.get((block, page), ("", []))[1]
            if (actual := self.actual.get((page, mark))) and (at := letters or before[-1:]):  # a space paints nothing
                letters = [merge_letters(at, actual)]
            if letters:
                blocks.setdefault((block, page), (role, []))[1].extend(letters)
        for (_, page), (role, letters) in blocks.items():
            yield _span(letters, page, role)

    def _marks(self, root: Any, roles: Mapping[str, str]) -> Iterator[tuple[int, str, int, int]]:
        """Block, its role, page and number of each piece of marked content, in the order of the tree."""
        from pdfminer.pdftypes import PDFObjRef, resolve1

        numbers = count(1)
        seen: set[int] = set()

        def walk(kid: Any, block: int, role: str, page: int, depth: int) -> Iterator[tuple[int, str, int, int]]:
            if isinstance(kid, PDFObjRef):
                if kid.objid in seen or depth > DEEPEST:
                    return
                seen.add(kid.objid)
            element = resolve1(kid)
            if isinstance(element, int):
                yield block, role, page, element
            elif isinstance(element, list):
                for each in element:
                    yield from walk(each, block, role, page, depth)
            elif isinstance(element, dict):
                page = self.numbers.get(getattr(element.get("Pg"), "objid", None), page)
                if "MCID" in element:
                    yield block, role, page, resolve1(element["MCID"])
                elif "S" in element:
                    tag = name_of(element["S"])
                    tag = roles.get(tag, tag)
                    if (alt := element.get("Alt")) is not None:
                        self.alternatives.append(HiddenText(_text(resolve1(alt)), page))
                    if tag not in INLINE:
                        block, role = next(numbers), tag
                    if (actual := element.get("ActualText")) is not None and isinstance(mark := _only(element), int):
                        self.actual[page, mark] = _text(resolve1(actual))
                    yield from walk(element.get("K"), block, role, page, depth + 1)

        yield from walk(root.get("K"), 0, "", 1, 0)

    def _annotations(self) -> tuple[list[HiddenText], list[HiddenText], list[HiddenText]]:
        """Where links lead, what comments, stamps and form fields say, and which boxes are ticked."""
        from pdfminer.pdftypes import resolve1

        links, others, ticked = [], [], []
        for number, page in enumerate(self.pages, 1):
            for each in resolve1(page.annots) or []:
                annotation = resolve1(each)
                if not isinstance(annotation, dict):
                    continue
                action = resolve1(annotation.get("A")) or {}
                if name_of(annotation.get("Subtype")) == "Link":
                    if "URI" in action:
                        links.append(HiddenText(_text(resolve1(action["URI"])), number))
                    continue
                if name_of(annotation.get("Subtype")) == "Widget" and name_of(annotation.get("FT")) == "Btn":
                    if name_of(annotation.get("AS")) not in ("", "Off"):
                        ticked.append(HiddenText(_text(resolve1(annotation.get("TU", b""))), number))
                    continue
                words = [
                    _text(resolve1(annotation[key])) for key in ("Contents", "V") if annotation.get(key) is not None
                ]
                others += [HiddenText(text, number) for text in words if text.strip()]
                if "AP" in annotation:
                    self.unread.append(f"page {number}: what a {name_of(annotation.get('Subtype'))} annotation draws")
        return links, others, ticked

    def _bookmarks(self) -> Iterator[str]:
        from pdfminer.pdfdocument import PDFNoOutlines

        try:
            for _, title, *_ in self.document.get_outlines():
                yield _text(title)
        except PDFNoOutlines:
            return

    def _properties(self) -> Iterator[tuple[str, str]]:
        """The document's information, and what its XMP metadata says of the same, under xmp:."""
        from pdfminer.pdftypes import resolve1

        for info in self.document.info:
            for key in ("Title", "Author", "Subject", "Keywords"):
                if info.get(key) is not None:
                    yield key, _text(resolve1(info[key]))
        stream = resolve1(self.document.catalog.get("Metadata"))
        if stream is not None:
            yield from _xmp(stream.get_data())

    def _attachments(self) -> Iterator[tuple[str, bytes]]:
        """The files inside the file, by the names that their specifications give."""
        from pdfminer.pdftypes import PDFStream, resolve1

        names = resolve1((resolve1(self.document.catalog.get("Names")) or {}).get("EmbeddedFiles"))
        for entry in (resolve1(each) for each in resolve1((names or {}).get("Names")) or []):
            if isinstance(entry, dict):
                stream = resolve1((resolve1(entry.get("EF")) or {}).get("F"))
                name = resolve1(entry.get("UF", entry.get("F", b"")))
                yield _text(name), stream.get_data() if isinstance(stream, PDFStream) else b""


def _only(element: Mapping[str, Any]) -> Any:
    """The one kid of a structure element; None when it has several, or none."""
    from pdfminer.pdftypes import resolve1

    kids = resolve1(element.get("K"))
    return resolve1(kids[0]) if isinstance(kids, list) and len(kids) == 1 else kids


def _span(letters: Iterable[Letter], page: int, role: str) -> Span:
    text, box = join_letters(letters)
    return Span(text, page, box, role)


def _text(value: Any) -> str:
    """A PDF text string."""
    from pdfminer.utils import decode_text

    return decode_text(value) if isinstance(value, bytes) else str(value)


def _xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    from lxml import etree

    dublin_core, adobe = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}"
    wanted = {
        f"{dublin_core}title": "Title",
        f"{dublin_core}creator": "Author",
        f"{dublin_core}description": "Subject",
        f"{dublin_core}rights": "Rights",
        f"{adobe}Keywords": "Keywords",
    }
    try:
        root = etree.fromstring(packet, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return
    for element in root.iter(etree.Element):
        name = str(element.tag)
        if name in wanted:
            items = list(element.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")) or [element]
            texts = (" ".join("".join(str(part) for part in item.itertext()).split()) for item in items)
            if text := ", ".join(filter(None, texts)):  # several authors are items, and one text elsewhere
                yield f"xmp:{wanted[name]}", text

"""Read a finished PDF: its text in reading order with pages and boxes, alternative texts, links and properties.

Reading order is that of the structure tree; text outside it (running text, stamps, a file without tags) keeps the order
in which it is painted. Content that is not text is listed in `unread`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from reportgen.pdf.reading.letters import Letter, join_letters, merge_letters, name_of, read_letters, split_lines
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

INLINE = {"Span", "NonStruct", "Reference", "Link", "Annot", "Quote", "BibEntry", "Code", "Em", "Strong", "Sub", "Ruby"}
DEEPEST = 200  # levels of tags


class Span(Struct, frozen=True):
    """Words that stand together: a paragraph, a cell, a figure's labels.

    `box` is left, low, right and high, in points from the page's lower left; `role` is the structure tag ("P", "TD",
    "Figure"), "Artifact" for running text, "" for text without a tag.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    role: str = ""


class HiddenText(Struct, frozen=True):
    """Words that the page does not paint: an alternative text, a link's address, an annotation's contents."""

    text: str
    page: int


class Pdf(Struct, frozen=True):
    """The contents of a PDF; `size` is the first page's width and height in points."""

    pages: int
    size: tuple[float, float]
    tagged: bool
    spans: tuple[Span, ...]
    alternatives: tuple[HiddenText, ...] = ()
    links: tuple[HiddenText, ...] = ()
    annotations: tuple[HiddenText, ...] = ()
    ticked: tuple[HiddenText, ...] = ()
    """The names of the boxes that somebody has ticked."""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    bookmarks: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def read_pdf(data: bytes, name: str) -> Pdf:
    """Return a PDF's contents; raise FileError when it is no PDF, encrypted, damaged, or without any text."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    if b"%PDF-" not in data[:1024]:
        raise FileError("not a PDF", Location(name), "name a finished memo (.pdf) or deck (.pptx)")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports every oddity in a font
    try:
        pdf = _PdfReader(data).read()
    except PDFPasswordIncorrect:
        hint = "open it with its password and save it without one"
        raise FileError("an encrypted PDF", Location(name), hint) from None
    except (
        PDFException, PSException, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError,
    ) as error:  # fmt: skip
        raise _build_damage_error(data, str(error) or type(error).__name__, name) from None
    if not pdf.pages:
        raise _build_damage_error(data, "it has no pages", name)
    if not pdf.spans:
        pages = f"{pdf.pages} page{'s' * (pdf.pages != 1)}"
        hint = "recognize its text first (OCR), for example with ocrmypdf"
        raise FileError(f"a PDF of {pages} without a text layer: pictures of text", Location(name), hint)
    return pdf


def _build_damage_error(data: bytes, reason: str, name: str) -> FileError:
    reason = reason if b"%%EOF" in data[-2048:] else "it is cut off"
    return FileError(f"a damaged PDF: {reason}", Location(name), "build it again")


class _PdfReader:
    """Reads the pages and the structure tree of one PDF."""

    def __init__(self, data: bytes) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        self.document: PDFDocument = PDFDocument(PDFParser(io.BytesIO(data)))
        self.pages = list(PDFPage.create_pages(self.document))
        self.numbers = {page.pageid: number for number, page in enumerate(self.pages, 1)}
        self.unread: list[str] = []
        self.marked: dict[tuple[int, int], list[Letter]] = {}
        """The letters of each piece of marked content, by page and number."""
        self.untagged: list[tuple[int, str, list[Letter]]] = []
        """The page, the role and the letters of other text."""
        self.alternatives: list[HiddenText] = []
        self.actual: dict[tuple[int, int], str] = {}
        """The /ActualText of tags, by the page and number of their marked content."""

    def read(self) -> Pdf:
        self._read_letters()
        tagged = list(self._tagged_spans())
        rest = self.untagged + [(page, "", letters) for (page, _), letters in self.marked.items() if letters]
        spans = tagged + [_span(line, page, role) for page, role, letters in rest for line in split_lines(letters)]
        links, annotations, ticked = self._read_annotations()
        box = self.pages[0].mediabox if self.pages else (0, 0, 0, 0)
        return Pdf(
            len(self.pages), (float(box[2] - box[0]), float(box[3] - box[1])), bool(tagged),
            tuple(span for span in spans if span.text.strip()), tuple(self.alternatives), tuple(links), tuple(annotations),
            tuple(ticked), dict(self._attachments()), tuple(self._bookmarks()), dict(self._properties()), tuple(self.unread),
        )  # fmt: skip

    def _read_letters(self) -> None:
        """Sort the letters of all pages by their marks, and note what is no text."""
        from pdfminer.pdfinterp import PDFResourceManager

        manager = PDFResourceManager()
        for number, page in enumerate(self.pages, 1):
            content = read_letters(page, manager)
            for key, letters in content.groups:
                if isinstance(key, int):
                    self.marked.setdefault((number, key), []).extend(letters)
                elif letters and not key and self.untagged and self.untagged[-1][:2] == (number, ""):
                    self.untagged[-1][2].extend(letters)  # text without a tag runs on behind a mark that is no tag
                elif letters:
                    self.untagged.append((number, key, letters))
            if not any(letters for _, letters in content.groups):
                self.unread.append(f"page {number} has no text")
            if content.pictures:
                self.unread.append(f"page {number}: {content.pictures} picture{'s' * (content.pictures != 1)}")
            if content.unmapped:
                self.unread.append(f"page {number}: {content.unmapped} letters that their font does not identify")

    def _tagged_spans(self) -> Iterator[Span]:
        """Yield a span for each block of the structure tree, and for each page of a block that runs over pages."""
        from pdfminer.pdftypes import resolve1

        root = resolve1(self.document.catalog.get("StructTreeRoot"))
        if not isinstance(root, dict):
            return
        roles = {key: name_of(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
        blocks: dict[tuple[int, int], tuple[str, list[Letter]]] = {}
        for block, role, page, mark in self._walk_marks(root, roles):
            letters, before = self.marked.pop((page, mark), []), blocks.get((block, page), ("", []))[1]
            actual = self.actual.get((page, mark))
            if actual and (place := letters or before[-1:]):  # a space paints nothing: it stands behind the last letter
                letters = [merge_letters(place, actual)]
            if letters:
                blocks.setdefault((block, page), (role, []))[1].extend(letters)
        for (_, page), (role, letters) in blocks.items():
            yield _span(letters, page, role)

    def _walk_marks(self, root: Any, roles: Mapping[str, str]) -> Iterator[tuple[int, str, int, int]]:
        """Yield block, role, page and number of each piece of marked content, in the order of the tree.

        Alternative and actual texts are kept on the way.
        """
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
                for child in element:
                    yield from walk(child, block, role, page, depth)
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
                    actual, mark = element.get("ActualText"), _only_kid(element)
                    if actual is not None and isinstance(mark, int):
                        self.actual[page, mark] = _text(resolve1(actual))
                    yield from walk(element.get("K"), block, role, page, depth + 1)

        yield from walk(root.get("K"), 0, "", 1, 0)

    def _read_annotations(self) -> tuple[list[HiddenText], list[HiddenText], list[HiddenText]]:
        """Return the addresses of links, the words of comments, stamps and form fields, and the names of ticked boxes."""
        from pdfminer.pdftypes import resolve1

        links, others, ticked = [], [], []
        for number, page in enumerate(self.pages, 1):
            for annotation in map(resolve1, resolve1(page.annots) or []):
                if not isinstance(annotation, dict):
                    continue
                action = resolve1(annotation.get("A")) or {}
                kind = name_of(annotation.get("Subtype"))
                if kind == "Link":
                    if "URI" in action:
                        links.append(HiddenText(_text(resolve1(action["URI"])), number))
                    continue
                if kind == "Widget" and name_of(annotation.get("FT")) == "Btn":
                    if name_of(annotation.get("AS")) not in ("", "Off"):
                        ticked.append(HiddenText(_text(resolve1(annotation.get("TU", b""))), number))
                    continue
                words = [
                    _text(resolve1(annotation[key])) for key in ("Contents", "V") if annotation.get(key) is not None
                ]
                others += [HiddenText(text, number) for text in words if text.strip()]
                if "AP" in annotation:
                    self.unread.append(f"page {number}: the drawing of a {kind} annotation")
        return links, others, ticked

    def _bookmarks(self) -> Iterator[str]:
        from pdfminer.pdfdocument import PDFNoOutlines

        try:
            for _, title, *_ in self.document.get_outlines():
                yield _text(title)
        except PDFNoOutlines:
            return

    def _properties(self) -> Iterator[tuple[str, str]]:
        """Yield the document's properties, and those of its XMP metadata with xmp: before their names."""
        from pdfminer.pdftypes import resolve1

        for info in self.document.info:
            for key in ("Title", "Author", "Subject", "Keywords"):
                if info.get(key) is not None:
                    yield key, _text(resolve1(info[key]))
        stream = resolve1(self.document.catalog.get("Metadata"))
        if stream is not None:
            yield from _xmp(stream.get_data())

    def _attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield the attached files with the names in their file specifications."""
        from pdfminer.pdftypes import PDFStream, resolve1

        names = resolve1((resolve1(self.document.catalog.get("Names")) or {}).get("EmbeddedFiles"))
        for entry in map(resolve1, resolve1((names or {}).get("Names")) or []):
            if isinstance(entry, dict):
                stream = resolve1((resolve1(entry.get("EF")) or {}).get("F"))
                name = resolve1(entry.get("UF", entry.get("F", b"")))
                yield _text(name), stream.get_data() if isinstance(stream, PDFStream) else b""


def _only_kid(element: Mapping[str, Any]) -> Any:
    """Return the one kid of a structure element; the list of them, or None, where there is not just one."""
    from pdfminer.pdftypes import resolve1

    kids = resolve1(element.get("K"))
    return resolve1(kids[0]) if isinstance(kids, list) and len(kids) == 1 else kids


def _span(letters: Iterable[Letter], page: int, role: str) -> Span:
    text, box = join_letters(letters)
    return Span(text, page, box, role)


def _text(value: Any) -> str:
    """Decode a PDF text string."""
    from pdfminer.utils import decode_text

    return decode_text(value) if isinstance(value, bytes) else str(value)


def _xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    """Yield the known properties of an XMP packet."""
    from lxml import etree

    dublin_core, adobe = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}"
    keys = {
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
        if key := keys.get(str(element.tag)):
            items = list(element.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")) or [element]
            texts = (" ".join("".join(str(part) for part in item.itertext()).split()) for item in items)
            if text := ", ".join(filter(None, texts)):  # several authors are items here, and one text in the properties
                yield f"xmp:{key}", text

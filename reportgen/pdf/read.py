"""A finished PDF -> what it says and where: its text in reading order, alternative texts, links, properties.

Reading order is that of the structure tree; text outside it (furniture, stamps, a file without tags) keeps the order in
which it is painted. What is no text is named in `unread`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from reportgen.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

INLINE = {"Span", "NonStruct", "Reference", "Link", "Annot", "Quote", "BibEntry", "Code", "Em", "Strong", "Sub", "Ruby"}
GAP = 0.16  # of the type's size: more room between two letters is a space
SHIFT = 0.12  # of the type's size: a letter so far off the line stands on another, or is raised
DEEPEST = 200  # levels of tags


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand together: a paragraph, a cell, a figure's labels. The box is points from the page's lower left.

    `role` is the structure tag ("P", "TD", "Figure"), "Artifact" for furniture, "" for text without a tag.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """Words that are not painted: an alternative text, a link's address, an annotation's contents."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Pdf:
    """Everything that was read. `size` is the first page's width and height in points."""

    pages: int
    size: tuple[float, float]
    tagged: bool
    spans: tuple[Span, ...]
    alternatives: tuple[Described, ...] = ()
    links: tuple[Described, ...] = ()
    annotations: tuple[Described, ...] = ()
    bookmarks: tuple[str, ...] = ()
    properties: Mapping[str, str] = ()  # type: ignore[assignment]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    x: float
    y: float
    end: float
    size: float


def read(data: bytes, name: str) -> Pdf:
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
    except (PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError) as error:
        raise FileError(f"a damaged PDF: {error or type(error).__name__}", Location(name), "make it again") from None
    if not found.pages:
        raise FileError("a PDF without pages: it is cut off or damaged", Location(name), "make it again")
    if not found.spans:
        pages = f"{found.pages} page{'s' * (found.pages != 1)}"
        hint = "recognize its text first (OCR), for example with ocrmypdf"
        raise FileError(f"a PDF of {pages} without a text layer: pictures of text", Location(name), hint)
    return found


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
        self.marked: dict[tuple[int, int], list[_Letter]] = {}
        self.loose: list[tuple[int, str, list[_Letter]]] = []
        self.alternatives: list[Described] = []

    def result(self) -> Pdf:
        self._letters()
        tagged = list(self._tagged())
        rest = [(page, role, letters) for page, role, letters in self.loose]
        rest += [(page, "", letters) for (page, _), letters in self.marked.items() if letters]
        spans = tagged + [_span(letters, page, role) for page, role, letters in rest]
        links, annotations = self._annotations()
        box = self.pages[0].mediabox if self.pages else (0, 0, 0, 0)
        return Pdf(
            len(self.pages), (float(box[2] - box[0]), float(box[3] - box[1])), bool(tagged),
            tuple(span for span in spans if span.text.strip()), tuple(self.alternatives), tuple(links), tuple(annotations),
            tuple(self._bookmarks()), dict(self._properties()), (*self.unread, *self._attachments()),
        )  # fmt: skip

    def _letters(self) -> None:
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

        manager = PDFResourceManager()
        for number, page in enumerate(self.pages, 1):
            device = _device(manager)
            device.interpreter = PDFPageInterpreter(manager, device)
            device.interpreter.process_page(page)
            for key, letters in device.groups:
                if isinstance(key, int):
                    self.marked.setdefault((number, key), []).extend(letters)
                elif letters:
                    self.loose.append((number, key, letters))
            if not any(letters for _, letters in device.groups):
                self.unread.append(f"page {number} has no text")
            if device.pictures:
                self.unread.append(f"page {number}: {device.pictures} picture{'s' * (device.pictures != 1)}")
            if device.nameless:
                self.unread.append(f"page {number}: {device.nameless} letters whose font does not say which they are")

    def _tagged(self) -> Iterator[Span]:
        """The spans of the structure tree, one for each block, a block that runs over a page's end one for each page."""
        from pdfminer.pdftypes import resolve1

        root = resolve1(self.document.catalog.get("StructTreeRoot"))
        if not isinstance(root, dict):
            return
        roles = {key: _name(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
        blocks: dict[tuple[int, int], tuple[str, list[_Letter]]] = {}
        for block, role, page, mark in self._marks(root, roles):
            if letters := self.marked.pop((page, mark), None):
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
                    tag = _name(element["S"])
                    tag = roles.get(tag, tag)
                    if (alt := element.get("Alt")) is not None:
                        self.alternatives.append(Described(_text(resolve1(alt)), page))
                    if tag not in INLINE:
                        block, role = next(numbers), tag
                    yield from walk(element.get("K"), block, role, page, depth + 1)

        yield from walk(root.get("K"), 0, "", 1, 0)

    def _annotations(self) -> tuple[list[Described], list[Described]]:
        """Where links lead, and what comments, stamps and form fields say."""
        from pdfminer.pdftypes import resolve1

        links, others = [], []
        for number, page in enumerate(self.pages, 1):
            for each in resolve1(page.annots) or []:
                annotation = resolve1(each)
                if not isinstance(annotation, dict):
                    continue
                action = resolve1(annotation.get("A")) or {}
                if _name(annotation.get("Subtype")) == "Link":
                    if "URI" in action:
                        links.append(Described(_text(resolve1(action["URI"])), number))
                    continue
                words = [_text(resolve1(annotation[key])) for key in ("Contents", "V") if annotation.get(key) is not None]
                others += [Described(text, number) for text in words if text.strip()]
                if "AP" in annotation:
                    self.unread.append(f"page {number}: what a {_name(annotation.get('Subtype'))} annotation draws")
        return links, others

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

    def _attachments(self) -> Iterator[str]:
        from pdfminer.pdftypes import resolve1

        names = resolve1((resolve1(self.document.catalog.get("Names")) or {}).get("EmbeddedFiles"))
        for entry in resolve1((names or {}).get("Names")) or []:
            if isinstance(entry, bytes):
                yield f"the attachment {_text(entry)}"


def _device(manager: Any) -> Any:
    """What the interpreter paints on: it keeps letters by the marked content that they are in."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined

    class Letters(PDFTextDevice):
        def __init__(self) -> None:
            super().__init__(manager)
            self.interpreter: Any = None
            self.stack: list[int | str] = []
            self.groups: list[tuple[int | str, list[_Letter]]] = [("", [])]
            self.pictures = self.nameless = 0

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            if _name(props) and self.interpreter.resources:
                props = (self.interpreter.resources.get("Properties") or {}).get(_name(props))
            from pdfminer.pdftypes import resolve1

            props = resolve1(props)
            inherited = self.stack[-1] if self.stack else ""
            own = props.get("MCID") if isinstance(props, dict) else None
            self._enter(own if own is not None else "Artifact" if _name(tag) == "Artifact" else inherited)

        def _enter(self, key: int | str) -> None:
            self.stack.append(key)
            self.groups.append((key, []))

        def end_tag(self) -> None:
            if self.stack:
                self.stack.pop()
            self.groups.append((self.stack[-1] if self.stack else "", []))

        def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
            self.pictures += 1

        def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
                self.nameless += 1
            advance = float(font.char_width(cid) * fontsize * scaling)
            size = abs(fontsize) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
            x, y = matrix[4] + rise * matrix[2], matrix[5] + rise * matrix[3]
            self.groups[-1][1].append(_Letter(text, x, y, x + advance * matrix[0], size))
            return advance

    return Letters()


def _span(letters: Iterable[_Letter], page: int, role: str) -> Span:
    """Letters joined to text: a space where there is room for one, and where another line begins."""
    parts: list[str] = []
    last: _Letter | None = None
    left = low = float("inf")
    right = high = float("-inf")
    for letter in letters:
        if last is not None and not parts[-1].isspace():
            size = max(last.size, letter.size)
            shifted = abs(letter.y - last.y) > SHIFT * size or letter.x < last.x - size
            if shifted or letter.x - last.end > GAP * size:
                parts.append(" ")
        parts.append(letter.text)
        left, low = min(left, letter.x), min(low, letter.y)
        right, high = max(right, letter.end), max(high, letter.y + letter.size)
        last = letter
    return Span("".join(parts).strip(), page, (left, low, right, high), role)


def _name(value: Any) -> str:
    """A PDF name as text; nothing for anything else."""
    name = getattr(value, "name", "")
    return name if isinstance(name, str) else name.decode("latin-1") if isinstance(name, bytes) else ""


def _text(value: Any) -> str:
    """A PDF text string."""
    from pdfminer.utils import decode_text

    return decode_text(value) if isinstance(value, bytes) else str(value)


def _xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    from lxml import etree

    wanted = {"title": "Title", "creator": "Author", "description": "Subject", "Keywords": "Keywords"}
    try:
        root = etree.fromstring(packet, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in wanted and (text := " ".join("".join(str(part) for part in element.itertext()).split())):
            yield f"xmp:{wanted[name]}", text

"""Read a finished PDF: its text in reading order with pages and boxes, alternative texts, links and properties.

Reading order is that of the structure tree; text outside it (running text, stamps, a file without tags) keeps the order
in which it is painted. Words that cannot be seen are read too, and say so.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from reportgen.pdf.reading.document_parts import DocumentParts, Link, decode, read_parts
from reportgen.pdf.reading.letters import Letter, is_jumbled, join_letters, merge_letters, name_of, split_lines
from reportgen.pdf.reading.page_content import read_page
from reportgen.pdf.reading.painting import Box, Key, Shape
from reportgen.pdf.reading.shown_fonts import FontCollection, ShownFont, build_font_manager
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

Mark = tuple[int, int]
"""A piece of marked content: its page and its number there."""
INLINE = {"Span", "NonStruct", "Reference", "Link", "Annot", "Quote", "BibEntry", "Code", "Em", "Strong", "Sub", "Ruby"}
CELLS = {"TH", "TD"}
DEEPEST = 200  # levels of tags


class Span(Struct, frozen=True):
    """Words that stand together: a paragraph, a cell, a figure's labels.

    `box` is left, low, right and high, in points from the page's lower left; `role` is the structure tag ("P", "TD",
    "Figure"), "Artifact" for running text, "" for text without a tag. `flaws` are the words in it that cannot be seen, each
    with the reason. `is_jumbled` says that its words do not stand one after the other; cells of a row have one number, `row`.
    """

    text: str
    page: int
    box: Box
    role: str = ""
    flaws: tuple[tuple[str, str], ...] = ()
    is_jumbled: bool = False
    row: int = 0


class HiddenText(Struct, frozen=True):
    """Words that the page does not paint, such as an alternative text."""

    text: str
    page: int


class Spoken(Struct, frozen=True):
    """An /ActualText, which programs and screen readers take instead of the letters painted."""

    text: str
    painted: str
    page: int


class Drawing(Struct, frozen=True):
    """The contents of a tagged figure, in the order of painting."""

    page: int
    shapes: tuple[Shape, ...]
    letters: tuple[Letter, ...]


class Pdf(Struct, frozen=True):
    """The contents of a PDF; `size` is the first page's width and height in points.

    `figures` come in the order of the tags, `decorations` are the page and the shape of everything painted outside them.
    """

    pages: int
    size: tuple[float, float]
    tagged: bool
    spans: tuple[Span, ...]
    alternatives: tuple[HiddenText, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    expansions: tuple[HiddenText, ...] = ()
    """Expansions of abbreviations, and descriptions that stand in a page's content."""
    languages: frozenset[str] = frozenset()
    """The languages of tags."""
    figures: tuple[Drawing, ...] = ()
    decorations: tuple[tuple[int, Shape], ...] = ()
    layered: tuple[int, ...] = ()
    """The pages with content that belongs to a layer."""
    fonts: tuple[ShownFont, ...] = ()
    parts: DocumentParts = DocumentParts()
    link_words: tuple[str, ...] = ()
    """The words that each link of `parts` stands on."""
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
        PDFException, PSException, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, ArithmeticError,
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

        self.data = data
        self.document: PDFDocument = PDFDocument(PDFParser(io.BytesIO(data)))
        self.pages = list(PDFPage.create_pages(self.document))
        self.numbers = {page.pageid: number for number, page in enumerate(self.pages, 1)}
        self.unread: list[str] = []
        self.marked: dict[Mark, list[Letter]] = {}
        """The letters of each piece of marked content, by page and number."""
        self.untagged: list[tuple[int, str, list[Letter]]] = []
        """The page, the role and the letters of other text."""
        self.shapes: dict[tuple[int, Key], list[Shape]] = {}
        """The shapes of each piece of marked content, by page and key."""
        self.alternatives: list[HiddenText] = []
        self.expansions: list[HiddenText] = []
        self.languages: set[str] = set()
        self.actual: list[tuple[str, list[Mark]]] = []
        """The /ActualText of each tag that has one, and the marked content below it."""
        self.figures: dict[int, list[Mark]] = {}
        """The marked content of each figure."""
        self.rows: dict[int, int] = {}
        """The row of each cell, by their blocks."""
        self.layered: list[int] = []
        self.fonts = FontCollection()

    def read(self) -> Pdf:
        self._read_pages()
        letters = {mark: tuple(group) for mark, group in self.marked.items()}
        tagged = list(self._tagged_spans())
        rest = self.untagged + [(page, "", group) for (page, _), group in self.marked.items() if group]
        spans = tagged + [_span(line, page, role) for page, role, group in rest for line in split_lines(group)]
        drawings = tuple(self._draw(marks, letters) for marks in self.figures.values())
        inside = {mark for marks in self.figures.values() for mark in marks}
        parts = read_parts(self.document, self.pages, self.data)
        box = self.pages[0].mediabox if self.pages else (0, 0, 0, 0)
        return Pdf(
            pages=len(self.pages),
            size=(float(box[2] - box[0]), float(box[3] - box[1])),
            tagged=bool(tagged),
            spans=tuple(span for span in spans if span.text.strip()),
            alternatives=tuple(self.alternatives),
            spoken=tuple(self._spoken(letters)),
            expansions=tuple(self.expansions),
            languages=frozenset(self.languages),
            figures=drawings,
            decorations=tuple(
                (key[0], shape) for key, shapes in self.shapes.items() if key not in inside for shape in shapes
            ),
            layered=tuple(self.layered),
            fonts=self.fonts.shown(),
            parts=parts,
            link_words=tuple(self._words_under(parts.links, letters)),
            properties=dict(self._properties()),
            unread=tuple(self.unread),
        )

    def _read_pages(self) -> None:
        """Sort the letters and shapes of all pages by their marks, and note what is no text."""
        manager = build_font_manager()
        for number, page in enumerate(self.pages, 1):
            content = read_page(page, manager)
            for key, letters in content.groups:
                if isinstance(key, int):
                    self.marked.setdefault((number, key), []).extend(letters)
                elif letters and not key and self.untagged and self.untagged[-1][:2] == (number, ""):
                    self.untagged[-1][2].extend(letters)  # text without a tag runs on behind a mark that is no tag
                elif letters:
                    self.untagged.append((number, key, letters))
            for shape in content.shapes:
                self.shapes.setdefault((number, shape.key), []).append(shape)
            self.expansions += [HiddenText(text, number) for text in content.descriptions]
            self.layered += [number] if content.layers else []
            self.fonts.add(content.glyphs, number)
            if not any(letters for _, letters in content.groups):
                self.unread.append(f"page {number} has no text")
            if content.unmapped:
                self.unread.append(f"page {number}: {content.unmapped} letters that their font does not identify")

    def _draw(self, marks: list[Mark], letters: Mapping[Mark, tuple[Letter, ...]]) -> Drawing:
        page = marks[0][0]
        shapes = tuple(shape for mark in marks for shape in self.shapes.get(mark, ()))
        return Drawing(page, shapes, tuple(letter for mark in marks for letter in letters.get(mark, ())))

    def _words_under(self, links: Iterable[Link], letters: Mapping[Mark, tuple[Letter, ...]]) -> Iterator[str]:
        """Yield the words that each link stands on."""
        by_page: dict[int, list[Letter]] = {}
        for (page, _), group in letters.items():
            by_page.setdefault(page, []).extend(each for letter in group for each in (letter.painted or (letter,)))
        for link in links:
            left, low, right, high = link.box
            under = (
                letter.text
                for letter in by_page.get(link.page, ())
                if left <= (letter.x + letter.end) / 2 <= right and low <= letter.y + letter.size / 3 <= high
            )
            yield "".join(under)

    def _spoken(self, letters: Mapping[Mark, tuple[Letter, ...]]) -> Iterator[Spoken]:
        """Yield each /ActualText, of tags and in pages, with the letters that it stands for."""
        for said, marks in self.actual:
            painted = [letter for mark in marks for letter in letters.get(mark, ())]
            yield Spoken(said, _join(painted), marks[0][0] if marks else 1)
        in_pages = [(mark[0], group) for mark, group in letters.items()] + [
            (page, group) for page, _, group in self.untagged
        ]
        for page, group in in_pages:
            for letter in group:
                if letter.whole:
                    yield Spoken(letter.text, _join(letter.painted), page)

    def _tagged_spans(self) -> Iterator[Span]:
        """Yield a span for each block of the structure tree, and for each page of a block that runs over pages."""
        from pdfminer.pdftypes import resolve1

        root = resolve1(self.document.catalog.get("StructTreeRoot"))
        if not isinstance(root, dict):
            return
        roles = {key: name_of(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
        blocks: dict[tuple[int, int], tuple[str, list[Letter]]] = {}
        marks = list(self._walk_marks(root, roles))
        actual = {below[0]: said for said, below in self.actual if len(below) == 1}
        for block, role, page, mark in marks:
            letters, before = self.marked.pop((page, mark), []), blocks.get((block, page), ("", []))[1]
            said = actual.get((page, mark))
            if said and (place := letters or before[-1:]):  # a space paints nothing: it stands behind the last letter
                letters = [merge_letters(place, said)]
            if letters:
                blocks.setdefault((block, page), (role, []))[1].extend(letters)
        for (block, page), (role, letters) in blocks.items():
            yield _span(letters, page, role, self.rows.get(block, 0))

    def _walk_marks(self, root: Any, roles: Mapping[str, str]) -> Iterator[tuple[int, str, int, int]]:
        """Yield block, role, page and number of each piece of marked content, in the order of the tree.

        Alternative and actual texts, languages and figures are kept on the way; `below` are the lists that get each piece.
        """
        from pdfminer.pdftypes import PDFObjRef, resolve1

        numbers = count(1)
        seen: set[int] = set()

        def walk(
            kid: Any, block: int, role: str, page: int, depth: int, below: tuple[list[Mark], ...]
        ) -> Iterator[tuple[int, str, int, int]]:
            if isinstance(kid, PDFObjRef):
                if kid.objid in seen or depth > DEEPEST:
                    return
                seen.add(kid.objid)
            element = resolve1(kid)
            if isinstance(element, dict):
                page = self.numbers.get(getattr(element.get("Pg"), "objid", None), page)
            mark = (
                element if isinstance(element, int) else resolve1(element["MCID"]) if _is_reference(element) else None
            )
            if mark is not None:
                for marks in below:
                    marks.append((page, mark))
                yield block, role, page, mark
            elif isinstance(element, list):
                for child in element:
                    yield from walk(child, block, role, page, depth, below)
            elif isinstance(element, dict) and "S" in element:
                tag = name_of(element["S"])
                tag = roles.get(tag, tag)
                self._read_texts(element, page)
                if tag not in INLINE:
                    outer, (block, role) = block, (next(numbers), tag)
                    if tag in CELLS:
                        self.rows[block] = outer
                if tag == "Figure":
                    below = (*below, self.figures.setdefault(block, []))
                if (actual := element.get("ActualText")) is not None:
                    self.actual.append((decode(resolve1(actual)), []))
                    below = (*below, self.actual[-1][1])
                yield from walk(element.get("K"), block, role, page, depth + 1, below)

        yield from walk(root.get("K"), 0, "", 1, 0, ())
        self.figures = {block: marks for block, marks in self.figures.items() if marks}

    def _read_texts(self, element: Mapping[str, Any], page: int) -> None:
        """Keep the alternative text, the expansion and the language of a tag."""
        from pdfminer.pdftypes import resolve1

        for key, texts in (("Alt", self.alternatives), ("E", self.expansions)):
            if (text := resolve1(element.get(key))) is not None:
                texts.append(HiddenText(decode(text), page))
        if (language := resolve1(element.get("Lang"))) is not None:
            self.languages.add(decode(language))

    def _properties(self) -> Iterator[tuple[str, str]]:
        """Yield the document's properties, and those of its XMP metadata with xmp: before their names."""
        from pdfminer.pdftypes import resolve1

        for info in self.document.info:
            for key in ("Title", "Author", "Subject", "Keywords"):
                if info.get(key) is not None:
                    yield key, decode(resolve1(info[key]))
        stream = resolve1(self.document.catalog.get("Metadata"))
        if stream is not None:
            yield from _xmp(stream.get_data())


def _is_reference(element: Any) -> bool:
    """Say whether a kid of a tag refers to marked content."""
    return isinstance(element, dict) and "MCID" in element


def _join(letters: Iterable[Letter]) -> str:
    """Return the letters that are painted, one after the other."""
    return "".join(each.text for letter in letters for each in (letter.painted or (letter,)))


def _span(letters: Iterable[Letter], page: int, role: str, row: int = 0) -> Span:
    letters = list(letters)
    text, box = join_letters(letters)
    flaws = tuple(
        (flaw, join_letters(group)[0]) for flaw, group in groupby(letters, key=lambda letter: letter.flaw) if flaw
    )
    return Span(text, page, box, role, flaws, role != "Figure" and is_jumbled(letters), row)


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

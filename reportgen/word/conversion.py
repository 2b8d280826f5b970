"""Convert a memo's HTML into the values of a Word document.

The HTML is the one that the PDF is made of, a closed set of elements (`memo/memo_elements.py`), so a new form needs nothing
here. Its texts keep the marks of the trace, which become the paths of each piece of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec.structs import replace

from reportgen.charts.scene import MARKS
from reportgen.word.element_styles import find_style
from reportgen.word.paragraph_filling import Line, Look, change_look
from reportgen.word.table_columns import Measures, choose_widths, divide_room
from reportgen.word.word_trace import NOTES_PLACE
from reportgen.word.word_values import (
    Block,
    Box,
    Break,
    Cell,
    Columns,
    Content,
    Item,
    ListStart,
    NoteMark,
    Paragraph,
    Picture,
    Table,
    Text,
    WordMemo,
)

INLINE = frozenset({"strong", "em", "a", "sub", "sup", "br", "code", "span", "img", "input"})
BLOCK_SPANS = frozenset({"title", "subtitle"})
FLOWS = frozenset({"section", "div", "header", "figure", "blockquote"})
LISTS = frozenset({"ol", "ul"})
SIDE_BY_SIDE = frozenset({"columns", "strip"})
RULED_LINE = "Ruled Line"
BLANK = "________"  # room for initials or a date
STARTS_PAGE = frozenset(("signature", "sheet"))
NOTE = re.compile(r"note-(\d+)")


def convert_memo(root: etree._Element, measures: Measures) -> WordMemo:
    """Return the document of a memo's HTML, whose texts have the marks of the trace."""
    body = root.find("body")
    assert body is not None
    converter = _Converter(body, measures)
    blocks = tuple(converter.convert_flow(body, ()))
    return WordMemo(blocks, tuple(converter.designation), converter.notes, tuple(converter.lists))


Above = tuple[frozenset[str], ...]
"""The tags and classes of the elements around one, the nearest last."""


class _Converter:
    """Walks the HTML once; notes, lists and the designation are collected on the way."""

    def __init__(self, body: etree._Element, measures: Measures) -> None:
        self.measures, self.room = measures, measures.measure
        self.designation: list[Paragraph] = []
        self.notes: dict[int, tuple[Paragraph, ...]] = {}
        self.lists: list[ListStart] = []
        self.marked: set[int] = set()
        self.numbers = _find_notes(body)

    def convert_flow(self, element: etree._Element, above: Above, level: int = 0) -> Iterator[Block]:
        """Yield the blocks of an element that holds no words of its own; `level` counts the lists around it."""
        inside = (*above, _names_of(element))
        blocks: list[Block] = []
        for child in element:
            noted = len(self.notes)
            blocks += self._convert_block(child, inside, level)
            if not noted < len(self.notes):
                continue
            if blocks and isinstance(last := blocks[-1], Paragraph):
                blocks[-1] = replace(last, anchors=(*last.anchors, NOTES_PLACE))
        if blocks and STARTS_PAGE & inside[-1] and isinstance(first := blocks[0], Paragraph):
            blocks[0] = replace(first, starts_page=True)
        yield from blocks

    def _convert_block(self, element: etree._Element, above: Above, level: int) -> Iterator[Block]:
        names = _names_of(element)
        if element.tag == "article":
            self.designation += [each for each in self.convert_flow(element, above) if isinstance(each, Paragraph)]
        elif element.tag == "table":
            yield from self._convert_table(element, above)
        elif element.tag in LISTS:
            yield from self._convert_list(element, above, level)
        elif names & SIDE_BY_SIDE:
            yield self._convert_columns(element, above)
        elif "signed" in names:
            yield self._convert_line(element, above)
        elif element.tag == "img":
            line = Line()
            self._add_inline(element, line, Look())
            yield Paragraph(find_style(element, above), line.finish())
        elif element.tag in FLOWS:
            blocks = list(self.convert_flow(element, above, level))
            first = next((at for at, block in enumerate(blocks) if isinstance(block, Paragraph)), None)
            if element.get("id") and first is not None and isinstance(begin := blocks[first], Paragraph):
                blocks[first] = replace(begin, anchors=(str(element.get("id")), *begin.anchors))
            if element.tag == "figure" and blocks and isinstance(end := blocks[-1], Paragraph):
                blocks[-1] = replace(end, ends_exhibit=True)
            yield from blocks
        else:
            yield from self.convert_words(element, above, level)

    def convert_words(
        self, element: etree._Element, above: Above, level: int = 0, item: Item | None = None, keeps_empty: bool = False
    ) -> Iterator[Block]:
        """Yield the paragraphs of an element that holds words, and of the blocks among them."""
        style = find_style(element, above)
        keeps_empty = keeps_empty or style == RULED_LINE
        inside = (*above, _names_of(element))
        lead = "Judgment Lead" if style == "Judgment" else ""
        line = Line(lead)
        is_begun = False

        def finish() -> Iterator[Paragraph]:
            nonlocal line, item, is_begun
            contents = line.finish()
            if contents:
                yield Paragraph(style, contents, tuple(line.anchors), item, 0 if item else level)
                item, is_begun = None, True
            line = Line(lead)

        line.add(element.text or "", Look())
        for child in element:
            if child.tag in INLINE and not _names_of(child) & BLOCK_SPANS:
                self._add_inline(child, line, Look())
            else:
                yield from finish()
                for block in self._convert_block(child, inside, level):
                    is_begun = True
                    yield block
            line.add(child.tail or "", Look())
        yield from finish()
        if keeps_empty and not is_begun:
            yield Paragraph(style, (Break("tab"),) if style == RULED_LINE else ())

    def _convert_line(self, element: etree._Element, above: Above) -> Paragraph:
        """Return the paragraphs of an element as one line, with a stop between them."""
        contents: list[Content] = []
        style = "Normal"
        for block in self.convert_flow(element, above):
            assert isinstance(block, Paragraph)
            contents += [*([Break("tab")] if contents else []), *block.contents]
            style = block.style
        return Paragraph(style, tuple(contents))

    def _convert_list(self, element: etree._Element, above: Above, level: int) -> Iterator[Block]:
        inside = (*above, _names_of(element))
        items = [child for child in element if child.tag == "li"]
        if element.tag == "ol" and items and all(NOTE.fullmatch(child.get("id", "")) for child in items):
            yield from self._convert_notes(items, inside)
            return
        self.lists.append(ListStart(element.tag == "ol"))
        own = Item(len(self.lists) - 1, level)
        for child in items:
            yield from self.convert_words(child, inside, level + 1, own)

    def _convert_notes(self, items: Sequence[etree._Element], above: Above) -> Iterator[Block]:
        """Collect notes that the text has marks for; others stay where they are, as paragraphs."""
        for child in items:
            number = int(child.get("id", "").partition("-")[2])
            if number in self.numbers:
                link = next(iter(child), None)
                if link is not None and link.tag == "a":  # the note's own number, which Word prints
                    _drop(link)
                blocks = self.convert_words(child, above)
                self.notes[number] = tuple(
                    replace(block, style="footnote text") for block in blocks if isinstance(block, Paragraph)
                )
            else:
                yield from self.convert_words(child, above)

    def _convert_table(self, element: etree._Element, above: Above) -> Iterator[Block]:
        inside = (*above, _names_of(element))
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        title = ""
        for part in element:
            if part.tag == "caption":
                for block in self.convert_words(part, inside):
                    title = title or (block.text if isinstance(block, Paragraph) else "")
                    yield block
            elif part.tag in ("thead", "tbody"):
                own = (*inside, _names_of(part), frozenset({"tr"}))
                found = [tuple(self._convert_cell(cell, own) for cell in row) for row in part]
                rows += found
                heads += len(found) if part.tag == "thead" else 0
        if rows:
            widths = choose_widths(self.measures, element, inside, rows, self.room)
            yield Table(_find_kind(inside), widths, tuple(rows), heads, title)

    def _convert_cell(self, element: etree._Element, above: Above) -> Cell:
        blocks = [each for each in self.convert_words(element, above, keeps_empty=True) if isinstance(each, Paragraph)]
        names = _names_of(element)
        is_number = "number" in names and any("figure" in each for each in above)
        return Cell(tuple(blocks), element.tag == "th", is_number)

    def _convert_columns(self, element: etree._Element, above: Above) -> Block:
        inside = (*above, _names_of(element))
        room, widths = self.room, divide_room([_names_of(child) for child in element], self.room)
        parts = []
        for child, self.room in zip(element, widths, strict=True):
            parts.append(tuple(self._convert_block(child, inside, 0)))
        self.room = room
        return Columns(tuple(parts), widths)

    def _add_inline(self, element: etree._Element, line: Line, look: Look) -> None:
        """Add the words of an inline element, and of those in it, to a paragraph."""
        names = _names_of(element)
        paths = line.reader.origin
        if element.get("id"):
            line.anchors.append(str(element.get("id")))
        if element.tag == "br":
            line.contents.append(Break("line", paths))
            line.has_space = True
        elif element.tag == "img":
            name = str(element.get("src"))
            if size := self.measures.pictures.get(name):
                line.contents.append(Picture(name, str(element.get("alt")), *size, paths))
            line.has_space = False
        elif element.tag == "input" and element.get("type") == "text":
            parent = element.getparent()
            if parent is not None and parent.get("class") == "choice":  # elsewhere the paragraph itself is a ruled line
                line.contents.append(Text(BLANK, paths))
        elif element.tag == "input":
            line.contents.append(Box(str(element.get("title")), paths))
            line.has_space = False
        elif sign := next((mark.sign for name, mark in MARKS.items() if name in names), ""):
            style = "Sign Against" if names & {"obstacle", "no"} else "Sign"
            line.contents.append(Text(f"{sign} ", "", style))
            line.has_space = True
        elif note := self._find_note(element):
            self._add_note(element, note, line)
        else:
            is_lead = line.lead and element.tag == "strong"
            inner = replace(look, style=line.lead) if is_lead else change_look(element, names, look)
            line.add(element.text or "", inner)
            for child in element:
                self._add_inline(child, line, inner)
                line.add(child.tail or "", inner)

    def _find_note(self, element: etree._Element) -> int:
        """Return the number of the note that an element leads to, 0 where it leads elsewhere."""
        link = element[0] if element.tag == "sup" and len(element) == 1 else element
        found = NOTE.fullmatch(link.get("href", "").removeprefix("#")) if link.tag == "a" else None
        return int(found[1]) if found and int(found[1]) in self.numbers else 0

    def _add_note(self, element: etree._Element, number: int, line: Line) -> None:
        line.contents.append(NoteMark(number, number not in self.marked, line.reader.origin))
        self.marked.add(number)
        line.has_space = False
        for text in element.itertext():
            _read_marks_only(str(text), line)


def _read_marks_only(text: str, line: Line) -> None:
    """Let a paragraph's reader see the marks of words that it does not print."""
    for _ in line.reader.split(text):
        pass


def _find_notes(body: etree._Element) -> frozenset[int]:
    """Return the numbers of the notes that Word can number itself: those that the text marks first in their order."""
    marks = [NOTE.fullmatch(link.get("href", "").removeprefix("#")) for link in body.iter("a")]
    cited = list(dict.fromkeys(int(found[1]) for found in marks if found))
    notes = [NOTE.fullmatch(item.get("id", "")) for item in body.iter("li")]
    listed = [int(found[1]) for found in notes if found]
    return frozenset(cited) if cited == listed == list(range(1, len(cited) + 1)) else frozenset()


def _drop(element: etree._Element) -> None:
    """Remove an element, and keep what follows it."""
    parent = element.getparent()
    assert parent is not None
    parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _names_of(element: etree._Element) -> frozenset[str]:
    return frozenset({str(element.tag), *element.get("class", "").split()})


def _find_kind(above: Above) -> str:
    """Return the kind of a table's rules, by its class or by what it is in."""
    for names in reversed(above):
        for kind in ("letterhead", "ruled", "figure"):
            if kind in names:
                return kind
    return "plain"

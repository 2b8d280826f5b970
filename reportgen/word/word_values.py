"""A memo as a Word document, in plain values: paragraphs, lists and tables in the order in which they are read.

Lengths are points. The paths of the brief that a text comes from are kept with it (`paths`, "" for a template's words).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

Position = Literal["", "superscript", "subscript"]


class Text(Struct, frozen=True):
    """Words that look the same: in a weight and slope, raised or lowered, in a language of their own, leading somewhere.

    `style` names a character style; `href` is an address, or "#" and an anchor of the document.
    """

    words: str
    paths: str = ""
    style: str = ""
    bold: bool = False
    italic: bool = False
    position: Position = ""
    language: str = ""
    href: str = ""


class Break(Struct, frozen=True):
    """A line's end within a paragraph, or the stop between its two halves."""

    kind: Literal["line", "tab"] = "line"
    paths: str = ""


class NoteMark(Struct, frozen=True):
    """The raised number of a note; the first mark of a note is the one that the note belongs to."""

    number: int
    is_first: bool = True
    paths: str = ""


class Box(Struct, frozen=True):
    """A box to tick; `name` is what screen readers say."""

    name: str
    paths: str = ""


class Picture(Struct, frozen=True):
    """A picture by the name that the HTML has for it, with its alternative text and its size in points."""

    name: str
    alternative: str
    width: float
    height: float
    paths: str = ""


Content = Text | Break | NoteMark | Box | Picture


class Item(Struct, frozen=True):
    """The place of a paragraph in a list: the list's number in the document and its level, counted from 0."""

    list_number: int
    level: int = 0


class Paragraph(Struct, frozen=True):
    """A paragraph with the name of its style; `anchors` are the places in it that links lead to.

    `indent` counts the lists that it is in, where it is no item of its own; what `ends_exhibit` may stand on another page than
    what follows.
    """

    style: str
    contents: tuple[Content, ...]
    anchors: tuple[str, ...] = ()
    item: Item | None = None
    indent: int = 0
    starts_page: bool = False
    ends_exhibit: bool = False

    @property
    def text(self) -> str:
        """Its words, with a space for a line's end."""
        return "".join(
            each.words if isinstance(each, Text) else " " * isinstance(each, Break) for each in self.contents
        )


class Cell(Struct, frozen=True):
    """A cell of a table; it may head its row or its column, and hold numbers, which stand at its end."""

    blocks: tuple[Paragraph, ...]
    is_header: bool = False
    has_numbers: bool = False


class Table(Struct, frozen=True):
    """A table: the kind of its rules, the widths of its columns in points, and its rows, the first of which may be heads."""

    kind: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0
    title: str = ""

    @property
    def has_row_heads(self) -> bool:
        """True where the first cell of a row heads it."""
        return any(row[0].is_header for row in self.rows[self.heads :])


class Columns(Struct, frozen=True):
    """Parts of a page side by side, with the widths of their columns in points; the space between two is GUTTER."""

    parts: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...]


class ListStart(Struct, frozen=True):
    """A list of the document: whether its items are numbered, by the number that `Item` names."""

    is_numbered: bool


Block = Paragraph | Table | Columns


class WordMemo(Struct, frozen=True):
    """A memo before it is written."""

    blocks: tuple[Block, ...]
    designation: tuple[Paragraph, ...] = ()
    """The block at the foot of the first page."""
    notes: Mapping[int, tuple[Paragraph, ...]] = {}
    lists: tuple[ListStart, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in the order of the document: the designation, the body, the notes."""
        yield from self.designation
        yield from iter_paragraphs(self.blocks)
        for note in self.notes.values():
            yield from note


def iter_paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks, of cells and columns too, in order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from cell.blocks
            case Columns():
                for part in block.parts:
                    yield from iter_paragraphs(part)

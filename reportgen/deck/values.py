"""The deck as plain values: slides, slots and their contents, independent of PowerPoint and python-pptx.

Type sizes are points and stay None until `fit` chooses them; boxes are EMU (914,400 to the inch). Every check and
every transformation works on these values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brief.marks import Marks
from reportgen.charts.scene import Mark, NativeChart, Role, Scene
from reportgen.system.errors import Location
from reportgen.text.trace import Piece, shift_pieces

EMU_PER_POINT = 12_700


class Box(Struct, frozen=True):
    """A rectangle on the slide, in EMU."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def area(self) -> int:
        return self.width * self.height

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """Return the smallest box that holds all."""
        found = list(boxes)
        left, top = min(box.x for box in found), min(box.y for box in found)
        return cls(left, top, max(box.right for box in found) - left, max(box.bottom for box in found) - top)

    def common(self, other: Box) -> tuple[int, int]:
        """Return the width and height of the common part of two boxes, negative where they stand apart."""
        width = min(self.right, other.right) - max(self.x, other.x)
        return width, min(self.bottom, other.bottom) - max(self.y, other.y)

    def overlap(self, other: Box) -> int:
        """Return the area that two boxes have in common, in EMU²."""
        width, height = self.common(other)
        return max(0, width) * max(0, height)

    def likeness(self, other: Box) -> float:
        """Return the area that two boxes share as a part of the area that both cover, from 0 to 1."""
        overlap = self.overlap(other)
        union = self.area + other.area - overlap
        return overlap / union if union else 0.0


class Run(Struct, frozen=True):
    """Words in one format. A line break is a run of "\\n".

    `fact` is the id of the fact that the words state; `language` is their language tag where it is not the deck's.
    `trace` says which of them come from where in the brief.
    """

    template_extras: ClassVar[tuple[str, ...]] = ()

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    href: str | None = None
    role: Role | None = None
    fact: str | None = None
    language: str | None = None
    trace: tuple[Piece, ...] = ()

    def with_text(self, text: str) -> Run:
        """Return the run with other words in the same format."""
        return self if text == self.text else replace(self, text=text, trace=())

    def has_format_of(self, other: Run) -> bool:
        """Return whether the words of both are set alike."""
        return replace(self, text="", trace=()) == replace(other, text="", trace=())

    def join(self, after: Run) -> Run:
        """Return the run with the words of another one in the same format after its own."""
        return replace(self, text=self.text + after.text, trace=self.trace + shift_pieces(after.trace, len(self.text)))


class Paragraph(Struct, frozen=True):
    """A paragraph, or an item of a list of the kind `list`, nested `level` deep (0 to 2).

    `start` is the first number of the item's numbered list, the same on all its items; it is more than 1 where the list
    continues from another slide.
    """

    runs: tuple[Run, ...]
    level: int = 0
    list: Literal["", "bullet", "number"] = ""
    start: int = 1

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Text(Struct, frozen=True):
    """The paragraphs of one slot, all in one size."""

    paragraphs: tuple[Paragraph, ...]
    size: float | None = None


class TableCell(Struct, frozen=True):
    template_names: ClassVar[tuple[str, ...]] = ("runs", "mark", "header", "number")

    runs: tuple[Run, ...]
    mark: Mark | Literal[""] = ""
    header: bool = False
    number: bool = False


class TableContent(Struct, frozen=True):
    """A native table. `widths` are shares of the slot and sum to 1; `heights` are the rows' EMU, header first.

    `air` is what each row has beyond its need (points). In a size above `largest` (points) some word would be wider than its
    column.
    """

    template_names: ClassVar[tuple[str, ...]] = ("header", "rows", "widths", "alt")

    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    alt: str
    exhibit: str | None = None
    size: float | None = None
    heights: tuple[int, ...] = ()
    air: float = 0.0
    largest: float | None = None

    @property
    def all_rows(self) -> tuple[tuple[TableCell, ...], ...]:
        return (self.header, *self.rows)


class Drawing(Struct, frozen=True):
    """An exhibit's drawing; `kind` begins its shape's name, such as "chart" in "chart: sma"."""

    exhibit: str
    kind: str
    alt: str
    native: NativeChart | Scene


Content = Text | TableContent | Drawing


class Slot(Struct, frozen=True):
    """The content of a placeholder; `box` replaces the layout's where unused slots leave it more room.

    `own_slide` content has no room beside the other slots and continues on a slide of its own.
    """

    name: str
    content: Content
    where: Location
    box: Box | None = None
    own_slide: bool = False


class Slide(Struct, frozen=True):
    """One slide; its slots come in reading order, the title first.

    `part` is (number, count) where a slide was split into several; `language` is the language of the words that mark
    the parts.
    """

    id: str
    layout: str
    slots: tuple[Slot, ...]
    where: Location
    notes: tuple[Paragraph, ...] = ()
    section: str | None = None
    part: tuple[int, int] | None = None
    language: str = "en-US"

    @property
    def title(self) -> str:
        return next((" ".join(p.text for p in slot.content.paragraphs) for slot in self.slots
                     if slot.name == "title" and isinstance(slot.content, Text)), "")  # fmt: skip


class Properties(Struct, frozen=True):
    """The properties of the whole deck. `footer`, `date` and the banner of `marks` are printed on every slide, unless empty."""

    template_names: ClassVar[tuple[str, ...]] = ("title", "author", "subject", "language", "footer", "date", "marks")

    title: str
    author: str
    created: datetime
    subject: str = ""
    language: str = "en-US"
    writing: str = ""
    """The writing tag of labels, where the house writes otherwise than its language does."""
    footer: str = ""
    banner: str = ""
    """The color of the marking in our own theme, where the house has one for it."""
    date: str = ""
    marks: Marks = field(default_factory=Marks)
    locations: Mapping[str, Location] = field(default_factory=dict)
    """The places in the brief of the words that every slide prints, by slot."""

    def furniture_text(self, slot: str) -> str:
        """Return the words that every slide prints in a furniture slot; the slide number is not among them."""
        marks = self.marks
        return {
            "footer": self.footer,
            "date": self.date,
            "marking": marks.banner,
            "designation": "\n".join(marks.block),
            "distribution": " ".join(marks.statement),
        }.get(slot, "")


class Deck(Struct, frozen=True):
    """A deck. `furniture_sizes` are the type sizes (points) of the furniture by (layout, slot), once `fit` has chosen them."""

    properties: Properties
    slides: tuple[Slide, ...]
    furniture_sizes: Mapping[tuple[str, str], float] = field(default_factory=dict)


def runs_of(content: Content) -> Iterator[Run]:
    """Yield every run of a slot's content, in reading order."""
    if isinstance(content, Text):
        for paragraph in content.paragraphs:
            yield from paragraph.runs
    elif isinstance(content, TableContent):
        for row in content.all_rows:
            for cell in row:
                yield from cell.runs

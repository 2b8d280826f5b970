"""The values of a finished deck as its reader sees it.

Boxes are EMU, type is points. Shapes come in the order of the file, in which they are painted and read aloud. Members of
groups are listed singly, in the slide's own coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.theme.placeholders import TITLES
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view.forms.file_contents import Content

Kind = Literal["text", "shape", "line", "picture", "table", "chart", "diagram", "object", "group"]
FURNITURE = ("dt", "ftr", "sldNum", "hdr")
RAISED = "\u2009"  # put around raised and lowered letters, so that a note's number is no part of the word before it


class Run(Struct, frozen=True):
    """Words in one format. `color` is None if it is not a single colour; `link` is the address that the words lead to.

    `own_color` is True if the slide sets the colour, not its layout or master. `leads` says where a click, or the pointer
    alone, leads, actions included.
    """

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    family: str = ""
    color: RGB | None = None
    raised: bool = False
    link: str | None = None
    own_color: bool = False
    struck: bool = False
    language: str = ""
    leads: str = ""
    spacing: float = 0.0
    """Points between its letters, beyond the face's own."""
    highlight: RGB | None = None
    capitals: bool = False


class ParagraphFormat(Struct, frozen=True):
    """Alignment, indents and spacing of a paragraph: lengths are points, `spacing` is a multiple of the line height.

    `leading`, if not 0, is the exact distance between lines.
    """

    align: str = "l"
    left: float = 0.0
    right: float = 0.0
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float = 1.0
    leading: float = 0.0
    left_to_right: bool = True
    bullet: str = ""
    """The sign, or the kind of number, before each item of a list."""


class Paragraph(Struct, frozen=True):
    """A paragraph; `inherited_size` is the size that its layout or master sets, if one does."""

    runs: tuple[Run, ...]
    size: float
    inherited_size: float | None = None
    format: ParagraphFormat = ParagraphFormat()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def marked_text(self) -> str:
        return "".join(f"{RAISED}{run.text}{RAISED}" if run.raised else run.text for run in self.runs)


class Frame(Struct, frozen=True):
    """The placement of text in its box; insets are left, top, right, bottom in points."""

    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    anchor: str = "t"
    wrap: bool = True
    grows: bool = False
    rotated: bool = False
    columns: int = 1


class Cell(Struct, frozen=True):
    """A table's cell; `spans` are its columns and rows, `covered` if another cell spans over it, `crossed` by a line."""

    paragraphs: tuple[Paragraph, ...]
    frame: Frame
    background: RGB | None
    filled: bool = False
    spans: tuple[int, int] = (1, 1)
    covered: bool = False
    crossed: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()


class Table(Struct, frozen=True):
    """A table; column widths and row heights are EMU."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    has_header: bool
    unknown_style: bool = False


class ChartText(Struct, frozen=True):
    """Words of a chart in one format: the labels of an axis, the legend, the labels of a series."""

    part: str
    size: float
    bold: bool
    color: RGB | None
    background: RGB | None


class Mark(Struct, frozen=True):
    """A series or a pie's slice: its colour, what else distinguishes it, and True if its name is next to it."""

    name: str
    color: RGB | None
    texture: str = ""
    named: bool = False


class Point(Struct, frozen=True):
    """A point's value, the text that its label prints ("" without a label), and what its own number formats would print."""

    value: float
    label: str = ""
    formatted: frozenset[str] = frozenset()


class Series(Struct, frozen=True):
    """A series: its points by their positions from 0, without the gaps."""

    name: str
    points: Mapping[int, Point]


class Chart(Struct, frozen=True):
    """A chart; `disagreements` say where its workbook differs from what it shows, `form` how it is drawn."""

    texts: tuple[ChartText, ...]
    marks: tuple[Mark, ...]
    has_legend: bool
    is_pie: bool = False
    titles: tuple[str, ...] = ()
    categories: Mapping[int, str] = {}
    series: tuple[Series, ...] = ()
    disagreements: tuple[str, ...] = ()
    has_workbook: bool = True
    form: Mapping[str, str] = {}


class Shape(Struct, frozen=True, dict=True):
    """A shape. `placeholder` is the type of placeholder that it fills; `groups` are the numbers of the groups around it."""

    name: str
    kind: Kind
    box: Box | None
    placeholder: str = ""
    alt: str = ""
    decorative: bool = False
    hidden: bool = False
    """The shape, or a group around it, is not shown."""
    groups: tuple[int, ...] = ()
    in_described_group: bool = False
    """A group around it has an alternative text or is decorative."""
    member_groups: tuple[int, ...] = ()
    """Of a group: the `groups` of its members."""
    paragraphs: tuple[Paragraph, ...] = ()
    frame: Frame = Frame()
    background: RGB | None = None
    repeated: bool = False
    """The same words are on most slides."""
    table: Table | None = None
    chart: Chart | None = None
    diagram: tuple[str, ...] = ()
    """The texts of a SmartArt diagram."""
    opaque: bool = False
    """It hides what is painted below it."""
    form: Mapping[str, str] = {}
    """Its paint, its turn, and its links."""

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()

    @cached_property
    def marked_text(self) -> str:
        """Its words, a diagram's too, with raised letters set apart."""
        return "\n".join((*(paragraph.marked_text for paragraph in self.paragraphs), *self.diagram))

    @property
    def cell_texts(self) -> list[list[str]]:
        """The words of a table's cells, row by row, with raised letters set apart."""
        rows = self.table.rows if self.table else ()
        return [[" ".join(each.marked_text for each in cell.paragraphs) for cell in row] for row in rows]

    @cached_property
    def words(self) -> str:
        """Everything that it says, to recognize it by."""
        if self.chart:
            return " ".join((*self.chart.categories.values(), *(series.name for series in self.chart.series)))
        return self.marked_text or " ".join(text for row in self.cell_texts for text in row)

    @property
    def is_furniture(self) -> bool:
        """True for what is on every slide: date, footer, number, a marking, a motto."""
        return self.placeholder in FURNITURE or self.repeated

    @property
    def is_title(self) -> bool:
        return self.placeholder in TITLES

    @property
    def has_content(self) -> bool:
        """True if it has words, or is a table, chart or diagram."""
        return bool(self.text) or self.kind in ("table", "chart", "diagram")

    @property
    def label(self) -> str:
        """Its name for messages, or its first words."""
        words = " ".join(self.text.split())
        return f"“{self.name or words[:40] or self.kind}”"


class Slide(Struct, frozen=True, dict=True):
    """A slide and its part, with its layout's name, type (title, obj, secHead, …) and the types of its placeholders."""

    number: int
    id: str
    part: str
    all_shapes: tuple[Shape, ...]
    notes_part: str = ""
    notes: tuple[Shape, ...] = ()
    """The shapes of its notes page that have words."""
    comments: tuple[str, ...] = ()
    layout: str = ""
    layout_type: str = ""
    layout_placeholders: frozenset[str] = frozenset()
    backdrop: tuple[tuple[Box | None, str], ...] = ()
    """The paint of master and layout below its shapes: boxes, and the names of their fills."""
    form: Mapping[str, str] = {}
    """Its hidden and moving parts, and the way to the next slide."""

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes that are shown."""
        return tuple(shape for shape in self.all_shapes if not shape.hidden)

    @property
    def title(self) -> str:
        return next((" ".join(shape.text.split()) for shape in self.shapes if shape.is_title), "")


class Section(Struct, frozen=True):
    name: str
    slides: tuple[str, ...]


class Deck(Struct, frozen=True):
    """A finished deck. `unread` lists what is no text, `unjudged` what no rule can judge; `program` wrote the file last."""

    width: int
    height: int
    slides: tuple[Slide, ...]
    sections: tuple[Section, ...] = ()
    masters: tuple[Shape, ...] = ()
    """The shapes with words that masters and layouts print on the slides."""
    properties: Mapping[str, str] = {}
    unread: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    contents: tuple[Content, ...] = ()
    """The contents of the file besides slides."""
    form: Mapping[str, str] = {}
    """The size of its slides, and which of them are shown."""
    program: str = ""
    theme: tuple[str, str] = ("", "")
    """The name of its first master's theme, and the theme's colours as text."""


def measure_overlap(one: Box, other: Box) -> tuple[float, float]:
    """Return the width and height of two boxes' common part in points; negative where they stand apart."""
    width, height = one.common(other)
    return width / EMU_PER_POINT, height / EMU_PER_POINT


def measure_coverage(cover: Box, box: Box) -> float:
    """Return the share of a box that another hides."""
    return cover.overlap(box) / (max(1, box.width) * max(1, box.height))

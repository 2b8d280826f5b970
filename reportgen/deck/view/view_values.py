"""The values of a finished deck as its reader sees it.

Boxes are EMU, type is points. Shapes come in the order of the file, in which they are painted and read aloud. Members of
groups are listed singly, in the slide's own coordinates.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.theme.placeholders import TITLES
from reportgen.deck.values import EMU_PER_POINT, Box

Kind = Literal["text", "shape", "line", "picture", "table", "chart", "diagram", "object", "group"]
FURNITURE = ("dt", "ftr", "sldNum", "hdr")


class Run(Struct, frozen=True):
    """Words in one format. `color` is None if it is not a single colour; `link` is the address that the words lead to.

    `own_color` is True if the slide sets the colour, not its layout or master.
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


class Paragraph(Struct, frozen=True):
    """A paragraph; `inherited_size` is the size that its layout or master sets, if one does."""

    runs: tuple[Run, ...]
    size: float
    inherited_size: float | None = None
    format: ParagraphFormat = ParagraphFormat()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Frame(Struct, frozen=True):
    """How text is placed in its box; insets are left, top, right, bottom in points."""

    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    anchor: str = "t"
    wrap: bool = True
    grows: bool = False
    rotated: bool = False
    columns: int = 1


class Cell(Struct, frozen=True):
    """A table's cell; `spans` are its columns and rows, `covered` if another cell spans over it."""

    paragraphs: tuple[Paragraph, ...]
    frame: Frame
    background: RGB | None
    filled: bool = False
    spans: tuple[int, int] = (1, 1)
    covered: bool = False

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


class Chart(Struct, frozen=True):
    texts: tuple[ChartText, ...]
    marks: tuple[Mark, ...]
    has_legend: bool
    is_pie: bool = False


class Shape(Struct, frozen=True, dict=True):
    """A shape. `placeholder` is the type of placeholder that it fills; `groups` are the numbers of the groups around it."""

    name: str
    kind: Kind
    box: Box | None
    placeholder: str = ""
    alt: str = ""
    decorative: bool = False
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

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()

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


class Slide(Struct, frozen=True):
    """A slide and its part, with its layout's name, type (title, obj, secHead, …) and the types of its placeholders."""

    number: int
    id: str
    part: str
    shapes: tuple[Shape, ...]
    layout: str = ""
    layout_type: str = ""
    layout_placeholders: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return next((" ".join(shape.text.split()) for shape in self.shapes if shape.is_title), "")


class Section(Struct, frozen=True):
    name: str
    slides: tuple[str, ...]


class Deck(Struct, frozen=True):
    """A finished deck. `unread` lists what no rule can judge."""

    width: int
    height: int
    slides: tuple[Slide, ...]
    sections: tuple[Section, ...] = ()
    unread: tuple[str, ...] = ()


def measure_overlap(one: Box, other: Box) -> tuple[float, float]:
    """Return the width and height of two boxes' common part in points; negative where they stand apart."""
    width, height = one.common(other)
    return width / EMU_PER_POINT, height / EMU_PER_POINT


def measure_coverage(cover: Box, box: Box) -> float:
    """Return the share of a box that another hides."""
    return cover.overlap(box) / (max(1, box.width) * max(1, box.height))

"""A finished deck as its reader sees it: every size, colour and box resolved through layout, master and theme.

Boxes are EMU, type is points. Shapes come in the order of the file, which is the one in which they are painted and read
aloud. Members of groups stand alone, in the slide's own coordinates.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.values import EMU_PER_POINT, Box

Kind = Literal["text", "form", "line", "picture", "table", "chart", "diagram", "object", "group"]
FURNITURE = ("dt", "ftr", "sldNum", "hdr")
TITLES = ("title", "ctrTitle")


class Run(Struct, frozen=True):
    """Words set alike. `color` is None where it is no one colour, `link` is where the words lead.

    `dressed` where the colour is the slide's own choice, not its layout's or its master's.
    """

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    family: str = ""
    color: RGB | None = None
    raised: bool = False
    link: str | None = None
    dressed: bool = False


class Lines(Struct, frozen=True):
    """How the lines of a paragraph stand: lengths are points, `spacing` is a share of their height."""

    align: str = "l"
    left: float = 0.0
    right: float = 0.0
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float = 1.0
    exact: float = 0.0
    """The lines' distance in points, where it is set as such."""
    upright: bool = True
    """Read from left to right."""


class Paragraph(Struct, frozen=True):
    """`given` is the size that its layout or master sets it in, where they do."""

    runs: tuple[Run, ...]
    size: float
    given: float | None = None
    lines: Lines = Lines()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Frame(Struct, frozen=True):
    """How text stands in its box; insets are left, top, right, bottom in points."""

    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    anchor: str = "t"
    wrap: bool = True
    grows: bool = False
    turned: bool = False
    columns: int = 1


class Cell(Struct, frozen=True):
    """A cell of a table; `spans` where it takes the room of others, `covered` where another takes its."""

    paragraphs: tuple[Paragraph, ...]
    frame: Frame
    behind: RGB | None
    filled: bool = False
    spans: tuple[int, int] = (1, 1)
    covered: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()


class Table(Struct, frozen=True):
    """Column widths and row heights are EMU."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    header: bool
    unknown_style: bool = False


class ChartText(Struct, frozen=True):
    """Words of a chart that are set alike: the labels of an axis, the legend, the labels of a series."""

    part: str
    size: float
    bold: bool
    color: RGB | None
    behind: RGB | None


class Mark(Struct, frozen=True):
    """A series, or a pie's slice: its colour, what else tells it apart, and whether its name stands beside it."""

    name: str
    color: RGB | None
    texture: str = ""
    named: bool = False


class Chart(Struct, frozen=True):
    texts: tuple[ChartText, ...]
    marks: tuple[Mark, ...]
    legend: bool
    slices: bool = False


class Shape(Struct, frozen=True, dict=True):
    """A shape. `holds` is the kind of placeholder that it fills; `group` the names of the groups that it is in."""

    name: str
    kind: Kind
    box: Box | None
    holds: str = ""
    alt: str = ""
    decorative: bool = False
    group: tuple[int, ...] = ()
    described: bool = False
    """Whether a group that it is in has an alternative text, or is decorative."""
    inside: tuple[int, ...] = ()
    """Of a group: the groups that its members are in."""
    paragraphs: tuple[Paragraph, ...] = ()
    frame: Frame = Frame()
    behind: RGB | None = None
    standing: bool = False
    """Whether the same words stand on most slides."""
    table: Table | None = None
    chart: Chart | None = None

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()

    @property
    def furniture(self) -> bool:
        """What stands on every slide: date, footer, number; a marking, a motto."""
        return self.holds in FURNITURE or self.standing

    @property
    def title(self) -> bool:
        return self.holds in TITLES

    @property
    def speaks(self) -> bool:
        """Whether it has words, or stands for some."""
        return bool(self.text) or self.kind in ("table", "chart", "diagram")

    @property
    def called(self) -> str:
        """Its name for a finding, or its first words."""
        words = " ".join(self.text.split())
        return f"“{self.name or words[:40] or self.kind}”"


class Slide(Struct, frozen=True):
    """`offers` are the kinds of placeholder of its layout; `kind` is the layout's own: title, obj, secHead ..."""

    number: int
    id: str
    shapes: tuple[Shape, ...]
    layout: str = ""
    kind: str = ""
    offers: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return next((" ".join(shape.text.split()) for shape in self.shapes if shape.title), "")


class Section(Struct, frozen=True):
    name: str
    slides: tuple[str, ...]


class Deck(Struct, frozen=True):
    """A finished deck. `unread` says what no rule could judge."""

    width: int
    height: int
    slides: tuple[Slide, ...]
    sections: tuple[Section, ...] = ()
    unread: tuple[str, ...] = ()


def meet(one: Box, other: Box) -> tuple[float, float]:
    """How wide and how high two boxes' common part is, in points; negative where they stand apart."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return width / EMU_PER_POINT, height / EMU_PER_POINT


def coverage(cover: Box, box: Box) -> float:
    """The share of a box that another hides."""
    width, height = meet(cover, box)
    area = max(1, box.width) * max(1, box.height) / EMU_PER_POINT**2
    return width * height / area if width > 0 and height > 0 else 0.0

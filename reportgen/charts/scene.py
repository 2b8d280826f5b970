"""The values that exhibits pass to a document: a native chart, a scene of shapes, a table, a figure.

Lengths are points, y grows downwards. Colours are roles of the brand, so that both media follow the theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.text.numbers import Quantity

Role = Literal["ink", "secondary", "accent", "signal", "quiet", "hairline", "panel", "paper"]
"""Colours by meaning: text, secondary text, main series, the point made, other series, rules, panels, ground."""

Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""The share of a text's width or height before the point that places it."""

Texture = Literal["solid", "open"]
"""The certainty of a drawn value: open (a lighter tint with a dashed edge) for a bound, an estimate or a forecast."""


class NativePoint(Struct, frozen=True):
    """One drawn value: its number (None is a gap), its direct label, the label's Excel format, colour and texture.

    `side` is where the name of a scatter chart's point stands: right, left, top or below.
    """

    value: float | None
    label: str | None = None
    format_code: str = "General"
    role: Role = "accent"
    texture: Texture = "solid"
    side: Literal["r", "l", "t", "b", ""] = ""


class NativeAxis(Struct, frozen=True):
    """The axis of a scatter chart from left to right: its title, ends, step and Excel format."""

    title: str
    minimum: float
    maximum: float
    step: float
    code: str


class NativeSeries(Struct, frozen=True):
    """One series; a hidden one is drawn without fill, as the base of floating bars.

    `labels` is the place of its labels; auto is beyond the end of a bar, in the middle of a stacked part, and to the
    right of a line's point. A label with more than its number ("$5 bn  reported") has all of it in its format code.
    """

    name: str
    points: tuple[NativePoint, ...]
    role: Role = "accent"
    hidden: bool = False
    label_role: Role = "ink"
    labels: Literal["auto", "center", "inside_base", "inside_end", "outside_end"] = "auto"


class NativeChart(Struct, frozen=True):
    """An editable chart: categories in reading order (the first is drawn on top, or leftmost).

    `step` is the distance between the value axis's ticks; without one the axis is hidden, as each value has a label.
    `gaps` says whether a line stops at a missing value or bridges it. Of steps of time, every nth is named, where n is the first of
    `named` that has room; `every` is what has been chosen. `axis_code` is the Excel format of the value
    axis. In a scatter chart, `categories` are the numbers of `x_axis`, and the workbook has the `point_names` beside them.
    """

    type: Literal["bar", "column", "line", "area", "scatter"]
    grouping: Literal["clustered", "stacked", "percent"]
    categories: tuple[str, ...]
    series: tuple[NativeSeries, ...]
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    gap_width: int = 60
    legend: bool = False
    step: float | None = None
    gaps: Literal["gap", "bridge"] = "gap"
    named: tuple[int, ...] = ()
    every: int = 1
    axis_code: str = "#,##0"
    x_axis: NativeAxis | None = None
    y_title: str = ""
    point_names: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the axes."""
        return (self.x_axis.title, self.y_title) if self.x_axis else ()

    @property
    def is_slope(self) -> bool:
        """True for lines between two times, which are labelled at both ends."""
        return self.type == "line" and len(self.categories) == 2 and self.step is None

    @property
    def axis_names(self) -> tuple[str, ...]:
        """The names on the category axis: every `every`th, and "" for the others."""
        return tuple("" if at % self.every else name for at, name in enumerate(self.categories))

    def restore_names(self, found: Mapping[int, str]) -> dict[int, str]:
        """Return the names on a file's axis, by position, with those of ours that it leaves out; as they are where it has others."""
        names = {at: name for at, name in found.items() if name}
        shown = {at for at, name in enumerate(self.axis_names) if name}
        if not names or not set(names) <= shown:
            return dict(found)
        return {**{at: name for at, name in enumerate(self.categories) if at not in shown}, **names}


class SceneText(Struct, frozen=True):
    """A text whose box has its top left corner at (x, y), in points; it wraps at the width and is never rotated.

    The width leaves PowerPoint a little room, so that a text measured as one line stays one line.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    size: float
    role: Role = "ink"
    bold: bool = False
    align: Align = "left"
    anchor: Anchor = "top"


class SceneRect(Struct, frozen=True):
    """A bar or panel; y grows downwards, all in points."""

    x: float
    y: float
    width: float
    height: float
    role: Role = "accent"
    texture: Texture = "solid"
    name: str = ""


class SceneLine(Struct, frozen=True):
    """A straight rule or tick from (x1, y1) to (x2, y2), `weight` points thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role = "hairline"
    weight: float = 0.75
    dashed: bool = False


class SceneDot(Struct, frozen=True):
    """A round mark centred on (x, y)."""

    x: float
    y: float
    diameter: float
    role: Role = "accent"
    texture: Texture = "solid"


class ScenePolygon(Struct, frozen=True):
    """A filled area between points, in their order."""

    points: tuple[tuple[float, float], ...]
    role: Role = "accent"
    name: str = ""


MIRRORED: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}
SceneItem = SceneText | SceneRect | SceneLine | SceneDot | ScenePolygon


class Scene(Struct, frozen=True):
    """A drawing made of native shapes, laid out for one size (points); items come in drawing order."""

    width: float
    height: float
    items: tuple[SceneItem, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.items if isinstance(item, SceneText))

    def mirror(self) -> Scene:
        """Swap left and right, for readers from right to left."""
        return Scene(self.width, self.height, tuple(_mirror(item, self.width) for item in self.items))

    def move_down(self, distance: float, height: float) -> Scene:
        """Move all items down, in a scene of a new height."""
        return Scene(self.width, height, tuple(_move_down(item, distance) for item in self.items))


def _mirror(item: SceneItem, width: float) -> SceneItem:
    match item:
        case SceneLine():
            return replace(item, x1=width - item.x1, x2=width - item.x2)
        case SceneDot():
            return replace(item, x=width - item.x)
        case ScenePolygon():
            return replace(item, points=tuple((width - x, y) for x, y in item.points))
        case SceneText():
            return replace(item, x=width - item.x - item.width, align=MIRRORED[item.align])
    return replace(item, x=width - item.x - item.width)


def _move_down(item: SceneItem, distance: float) -> SceneItem:
    if isinstance(item, SceneLine):
        return replace(item, y1=item.y1 + distance, y2=item.y2 + distance)
    if isinstance(item, ScenePolygon):
        return replace(item, points=tuple((x, y + distance) for x, y in item.points))
    return replace(item, y=item.y + distance)


class Datum(Struct, frozen=True):
    """One value of a chart, with its item, series and printed form; a gap has no quantity."""

    item: str
    series: str
    quantity: Quantity | None
    printed: str


Mark = Literal["opening", "obstacle", "need", "yes", "partly", "no"]
"""The answer that a mark gives for a table's cell."""


class MarkSign(Struct, frozen=True):
    """The sign of a mark, one that most typefaces have, and its colour; words always follow it."""

    sign: str
    role: Role


MARKS: dict[Mark, MarkSign] = {
    "opening": MarkSign("+", "accent"),
    "obstacle": MarkSign("×", "signal"),
    "need": MarkSign("→", "accent"),
    "yes": MarkSign("●", "accent"),
    "partly": MarkSign("±", "accent"),
    "no": MarkSign("○", "signal"),
}
"""The signs of all documents, each with one meaning. Paper has them as shapes (css/marking.css): few text faces have all."""


class Cell(Struct, frozen=True):
    """A table cell: inline text of the brief, with a mark before it; `header` cells head their row."""

    template_names: ClassVar[tuple[str, ...]] = ("text", "mark", "header", "number")

    text: str
    mark: Mark | Literal[""] = ""
    header: bool = False
    number: bool = False


class Table(Struct, frozen=True):
    """Rows of a table exhibit; widths are shares of the measure and sum to 1."""

    template_names: ClassVar[tuple[str, ...]] = ("header", "rows", "widths")

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]


class Figure(Struct, frozen=True):
    """One big number ("$136 billion"), its label, and one line of meaning."""

    template_names: ClassVar[tuple[str, ...]] = ("number", "label", "meaning", "role")

    number: str
    label: str
    meaning: str = ""
    role: Role = "accent"

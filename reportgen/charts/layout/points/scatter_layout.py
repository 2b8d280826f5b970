"""Lay out points between two axes, with names beside them, in points."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.charts.layout.geometry import Scale, choose_round_ticks
from reportgen.charts.layout.label_room import HINT
from reportgen.charts.layout.points.point_labels import find_box, place_names
from reportgen.charts.scene import Role, Scene, SceneDot, SceneItem, SceneLine, Texture
from reportgen.charts.style import Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import NumberFormat, Unit

PLOT = 22.0  # em: the height of the plot
DOT = 0.65  # em
FROM_ZERO = 0.25  # an axis begins at zero unless the lowest value is more than this share of the highest
WIDEST_NAME = 14.0  # em


class Point(Struct, frozen=True):
    """A point with its name, its place in value and its look."""

    name: str
    x: float
    y: float
    highlight: bool
    role: Role
    texture: Texture


class Axis(Struct, frozen=True):
    """An axis: its title, its ticks and their step, and what they print."""

    title: str
    ticks: tuple[float, ...]
    step: float
    unit: Unit
    language: str

    @property
    def form(self) -> NumberFormat:
        decimals = next(count for count in range(7) if abs(self.step - round(self.step, count)) < 1e-9 * self.step)
        return NumberFormat(self.unit, decimals=decimals, language=self.language)


def choose_axis(title: str, values: Sequence[float], unit: Unit, language: str) -> Axis:
    """Choose an axis for values; the title names the unit, and percentages have their sign."""
    low, high = min(values), max(values)
    low = 0.0 if 0 < low <= FROM_ZERO * high else low
    ticks, step = choose_round_ticks(low, high, 4)
    return Axis(title, tuple(ticks), step, unit if unit.name == "%" else Unit(""), language)


def lay_out_scatter(points: Sequence[Point], x_axis: Axis, y_axis: Axis, width: float, style: Style) -> Scene:
    """Lay out the points; names that have no room are left out, but for the highlighted ones."""
    y_blocks = [style.block(y_axis.form.short(tick), width) for tick in y_axis.ticks]
    x_blocks = [style.block(x_axis.form.short(tick), width) for tick in x_axis.ticks]
    left = max(block.width for block in y_blocks) + style.em(0.6)
    right = width - x_blocks[-1].width / 2
    head = style.block(y_axis.title, width, small=True)
    top = head.height + style.em(0.6)
    bottom = top + style.em(PLOT)
    across = _scale(x_axis, left + style.em(0.6), right)
    down = _scale(y_axis, bottom - style.em(0.6), top)
    items: list[SceneItem] = [head.at(0, 0, "secondary")]
    for tick, block in zip(y_axis.ticks, y_blocks, strict=True):
        items.append(block.at(left - style.em(0.6), down(tick), "secondary", "right", "middle"))
        items.append(SceneLine(left - style.em(0.3), down(tick), left, down(tick), "quiet", 0.5))
    base, end = bottom + style.em(0.5), left - style.em(1.5)
    for tick, block in zip(x_axis.ticks, x_blocks, strict=True):
        x = across(tick)
        items.append(SceneLine(x, bottom, x, bottom + style.em(0.3), "quiet", 0.5))
        if x - block.width / 2 >= end:
            items.append(block.at(x, base, "secondary", "center"))
            end = x + block.width / 2 + style.em(0.6)
    items += [SceneLine(left, top, left, bottom, "ink", 0.75), SceneLine(left, bottom, width, bottom, "ink", 0.75)]
    items += _draw_points(points, across, down, (left + 1, top, width, bottom - 1), style)
    foot = style.block(x_axis.title, width, small=True)
    y = base + max(block.height for block in x_blocks) + style.em(0.2)
    return Scene(width, y + foot.height, (*items, foot.at(width, y, "secondary", "right")))


def _scale(axis: Axis, start: float, end: float) -> Scale:
    return Scale(start, (end - start) / (axis.ticks[-1] - axis.ticks[0]), axis.ticks[0])


def _draw_points(
    points: Sequence[Point], across: Scale, down: Scale, area: tuple[float, float, float, float], style: Style
) -> list[SceneItem]:
    """Draw the dots, the highlighted ones on top, and the names that have room."""
    places = [(across(point.x), down(point.y)) for point in points]
    names = [style.block(point.name, style.em(WIDEST_NAME), point.highlight) for point in points]
    dot = style.em(DOT)
    flags = [point.highlight for point in points]
    sides = place_names(places, [(name.width, name.height) for name in names], flags, area, dot)
    items: list[SceneItem] = []
    for point, (x, y) in sorted(zip(points, places, strict=True), key=lambda each: each[0].highlight):
        items.append(SceneDot(x, y, dot, point.role, point.texture))
    for point, place, name, side in zip(points, places, names, sides, strict=True):
        if side:
            x, y, *_ = find_box(place, (name.width, name.height), side, dot)
            items.append(name.at(x, y, "signal" if point.role == "signal" else "secondary"))
        elif point.highlight:
            raise FitError(f'there is no room beside the point of "{point.name}" for its name', hint=HINT)
    return items

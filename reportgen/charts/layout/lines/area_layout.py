"""Lay out areas on one another, each named where it ends, in points."""

from __future__ import annotations

from reportgen.charts.layout.date_steps import DateSteps
from reportgen.charts.layout.geometry import Scale, choose_round_ticks, spread_centres
from reportgen.charts.layout.grid import Grid
from reportgen.charts.layout.label_room import HINT
from reportgen.charts.layout.lines.line_layout import LEAST_PLOT, NAMES, PLOT, choose_name_role, place_axis_labels
from reportgen.charts.scene import Scene, SceneItem, SceneLine, ScenePolygon
from reportgen.charts.style import Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Unit


def stack_series(grid: Grid) -> list[list[tuple[float, float]]]:
    """Return by series where its area begins and ends at each category."""
    below = [0.0] * len(grid.categories)
    stacked = []
    for series in grid.series:
        ends = [low + value.number for low, (_, value) in zip(below, series.points, strict=True)]
        stacked.append(list(zip(below, ends, strict=True)))
        below = ends
    return stacked


def choose_axis(grid: Grid) -> tuple[list[float], float]:
    """Choose the value axis, which begins at zero: its ticks and their step."""
    most = max(high for _, high in stack_series(grid)[-1])
    return choose_round_ticks(0.0, most or 1.0, 4)


def lay_out_areas(grid: Grid, unit: Unit, width: float, style: Style, dates: DateSteps | None) -> Scene:
    """Lay out the areas over hairlines, from the axis upwards; `unit` is what the axis prints after its numbers."""
    ticks, step = choose_axis(grid)
    axis = [style.block(grid.format_tick(tick, step, unit), width) for tick in ticks]
    left = max(block.width for block in axis) + style.em(0.6)
    names = [style.block(series.name, width * NAMES, series.role in ("signal", "accent")) for series in grid.series]
    right = width - max(name.width for name in names) - style.em(0.6)
    if right - left < LEAST_PLOT * width:
        raise FitError("the names at the areas' ends leave no room for the areas", hint=HINT)
    top = style.em(0.6)
    bottom = top + max(style.em(PLOT), sum(name.height + 1 for name in names))
    scale = Scale(bottom, -(bottom - top) / (ticks[-1] - ticks[0]), ticks[0])
    labels = [style.block(category.label, style.em(12)) for category in grid.categories]
    gap = (right - left) / (len(labels) - 1)
    xs = [left + gap * index for index in range(len(labels))]
    items: list[SceneItem] = []
    for tick, block in zip(ticks, axis, strict=True):
        items.append(SceneLine(left, scale(tick), right, scale(tick), "hairline", 0.5))
        items.append(block.at(left - style.em(0.6), scale(tick), "secondary", "right", "middle"))
    stacked = stack_series(grid)
    for series, band in zip(grid.series, stacked, strict=True):
        upper = [(x, scale(high)) for x, (_, high) in zip(xs, band, strict=True)]
        lower = [(x, scale(low)) for x, (low, _) in zip(xs, band, strict=True)]
        items.append(ScenePolygon((*upper, *reversed(lower)), series.role, series.name))
    items.append(SceneLine(left, scale(0), right, scale(0), "ink", 0.75))
    wanted = [scale(sum(band[-1]) / 2) for band in stacked]
    heights = [name.height + 1 for name in reversed(names)]
    centres = spread_centres(wanted[::-1], heights, top - style.em(0.6), bottom + style.em(0.6))[::-1]
    for series, name, y in zip(grid.series, names, centres, strict=True):
        items.append(name.at(right + style.em(0.6), y, choose_name_role(series), "left", "middle"))
    base = bottom + style.em(0.7)
    items += place_axis_labels(labels, xs, base, width, dates)
    return Scene(width, base + max(block.height for block in labels), tuple(items))

"""Lay out lines and their names, in points."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.charts.amounts import choose_texture
from reportgen.charts.layout.callouts import lay_out_callouts
from reportgen.charts.layout.date_steps import DateSteps
from reportgen.charts.layout.geometry import Scale, choose_round_ticks, spread_centres, thin_out
from reportgen.charts.layout.grid import Grid, Series
from reportgen.charts.layout.label_room import HINT
from reportgen.charts.scene import Role, Scene, SceneDot, SceneItem, SceneLine, Texture
from reportgen.charts.style import Block, Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Quantity, Unit

PLOT = 14.0  # em: the height of the plot
LEAST_PLOT = 0.3  # the share of the width that they leave to the lines
LABEL_GAP = 4.0  # points between two labels
NAMES = 0.3  # the share of the width that the names at the lines' ends may take
FROM_ZERO = 0.6  # an axis begins at zero unless the lowest value is more than this share of the highest
STRONG, THIN = 2.0, 1.4  # points: the line that makes the point, and the others


class _Plot(Struct, frozen=True):
    """The plot's frame: x of each label, the value scale, and the style."""

    xs: tuple[float, ...]
    scale: Scale
    style: Style


def choose_axis(grid: Grid) -> tuple[list[float], float]:
    """Choose the value axis: its ticks and their step."""
    numbers = [value.number for value in grid.values]
    low, high = min(numbers), max(numbers)
    if 0 < low <= FROM_ZERO * high or 0 < low == high:
        low = 0.0
    elif high < 0 and (high >= FROM_ZERO * low or low == high):
        high = 0.0
    elif low >= 0 and high == 0:
        high = 1.0
    return choose_round_ticks(low, high, 4)


def choose_texture_at(value: Quantity, index: int, forecast: int) -> Texture:
    return "open" if index >= forecast else choose_texture(value.open)


def choose_name_role(series: Series) -> Role:
    """Choose the colour of a line's name: the line's, if it is dark enough to read."""
    return "secondary" if series.role in ("quiet", "hairline") else series.role


def lay_out_lines(
    grid: Grid, forecast: int, bridge: bool, unit: Unit, width: float, style: Style, dates: DateSteps | None = None
) -> Scene:
    """Lay out lines over hairlines with values at the left, each line named at its end; dates stand true to scale.

    `unit` is what the axis prints after its numbers.
    """
    ticks, step = choose_axis(grid)
    axis_blocks = [style.block(grid.format_tick(tick, step, unit), width) for tick in ticks]
    left = max(block.width for block in axis_blocks) + style.em(0.6)
    names = [_set_name(series, width, style) for series in grid.series]
    right = width - max(block.width for block in names) - style.em(0.9)
    if right - left < LEAST_PLOT * width:
        raise FitError("the names at the lines' ends leave no room for the lines", hint=HINT)
    texts = dates.names if dates else [category.label for category in grid.categories]
    labels = [style.block(text, style.em(12)) for text in texts]
    inset = min(labels[0].width / 2, style.em(2))
    left_x, gap = left + inset, (right - left - inset) / (len(labels) - 1)
    steps = tuple(left_x + gap * index for index in range(len(labels)))
    xs = tuple(steps[place] for place in dates.places) if dates else steps
    remarked = [
        (remark, x, value.number, series.role)
        for series in grid.series
        for remark, x, value in zip(series.remarks, xs, series.values, strict=True)
        if remark and value
    ]
    notes = lay_out_callouts([x for _, x, _, _ in remarked], [remark for remark, *_ in remarked], right, style)
    top = notes.height + style.em(0.6)
    bottom = top + max(style.em(PLOT), sum(name.height + 1 for name in names))
    plot = _Plot(xs, Scale(bottom, -(bottom - top) / (ticks[-1] - ticks[0]), ticks[0]), style)
    items: list[SceneItem] = []
    for tick, block in zip(ticks, axis_blocks, strict=True):
        y = plot.scale(tick)
        items.append(SceneLine(left, y, right, y, "ink" if tick == 0 else "hairline", 0.75 if tick == 0 else 0.5))
        items.append(block.at(left - style.em(0.6), y, "secondary", "right", "middle"))
    items += notes.items(notes.height - style.em(0.3), [plot.scale(value) for _, _, value, _ in remarked], style)
    for series in sorted(grid.series, key=lambda series: series.role in ("signal", "accent")):
        items += _draw_line(series, plot, forecast, bridge)
    items += [SceneDot(x, plot.scale(value), style.em(0.65), role) for _, x, value, role in remarked]
    items += _place_names(grid, names, plot, right, top - style.em(0.6), bottom + style.em(0.6))
    base = bottom + style.em(0.7)
    items += place_axis_labels(labels, steps, base, width, dates)
    return Scene(width, base + max(block.height for block in labels), tuple(items))


def _set_name(series: Series, width: float, style: Style) -> Block:
    _, value = series.points[-1]
    return style.block(f"{series.name} {value.short}", width * NAMES, series.role in ("signal", "accent"))


def _draw_line(series: Series, plot: _Plot, forecast: int, bridge: bool) -> list[SceneItem]:
    """Draw the line from value to value: dashed if it leads to an uncertain one, interrupted at a gap."""
    weight = STRONG if series.role in ("signal", "accent") else THIN
    items: list[SceneItem] = []
    before: tuple[int, float] | None = None
    for index, value in enumerate(series.values):
        if value is None:
            before = before if bridge else None
            continue
        y = plot.scale(value.number)
        dashed = choose_texture_at(value, index, len(plot.xs) if series.is_reference else forecast) == "open"
        if before:
            items.append(SceneLine(plot.xs[before[0]], before[1], plot.xs[index], y, series.role, weight, dashed))
        elif index + 1 == len(series.values) or series.values[index + 1] is None:
            items.append(SceneDot(plot.xs[index], y, weight * 2, series.role))
        before = (index, y)
    return items


def _place_names(
    grid: Grid, names: Sequence[Block], plot: _Plot, right: float, low: float, high: float
) -> list[SceneItem]:
    """Place the lines' names at their ends, moved apart where they would meet; a dot marks each end."""
    ends = [plot.scale(series.points[-1][1].number) for series in grid.series]
    downwards = sorted(zip(ends, range(len(ends)), grid.series, names, strict=True))
    centres = spread_centres([row[0] for row in downwards], [row[3].height + 1 for row in downwards], low, high)
    items: list[SceneItem] = []
    for (end, _, series, block), y in zip(downwards, centres, strict=True):
        x = plot.xs[series.points[-1][0]]
        items.append(SceneDot(x, end, plot.style.em(0.5), series.role))
        if abs(y - end) > plot.style.em(0.7) or x < right - 1:
            items.append(SceneLine(x + plot.style.em(0.4), end, right + plot.style.em(0.7), y, "hairline", 0.5))
        items.append(block.at(right + plot.style.em(0.9), y, choose_name_role(series), "left", "middle"))
    return items


def place_axis_labels(
    labels: Sequence[Block], xs: Sequence[float], y: float, width: float, dates: DateSteps | None
) -> list[SceneItem]:
    """Place the labels below a plot: as many as there is room for, of dates at round distances."""
    return _place_dates(labels, xs, y, width, dates) if dates else _place_labels(labels, xs, y, width)


def _place_dates(
    labels: Sequence[Block], steps: Sequence[float], y: float, width: float, dates: DateSteps
) -> list[SceneItem]:
    """Place the names of every nth step from the first, each in the middle of its place, and none that would leave the drawing."""
    widest = max(label.width for label in labels)
    every = dates.choose_named(steps[1] - steps[0], widest + LABEL_GAP)
    shown = [(index, max(steps[index], labels[index].width / 2)) for index in range(0, len(steps), every)]
    return [labels[index].at(x, y, "secondary", "center") for index, x in shown if x + labels[index].width / 2 <= width]


def _place_labels(labels: Sequence[Block], xs: Sequence[float], y: float, width: float) -> list[SceneItem]:
    """Place as many labels as there is room for, the last one among them."""
    shown = thin_out(xs, [label.width for label in labels], width, LABEL_GAP)
    return [labels[index].at(x, y, "secondary", "center") for index, x in shown]

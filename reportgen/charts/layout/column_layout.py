"""Lay out columns and their labels, in points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reportgen.charts.amounts import choose_ink, choose_texture
from reportgen.charts.layout.bar_layout import MIN_THICKNESS, lay_out_key
from reportgen.charts.layout.callouts import lay_out_callouts
from reportgen.charts.layout.geometry import Reach, Scale, choose_round_ticks, fit_scale, spread_centres
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.scene import Role, Scene, SceneItem, SceneLine, SceneRect
from reportgen.charts.style import SLACK, Block, Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Quantity, Unit

PLOT = 13.0  # em: the height of the plot, labels included
FILL = 0.62  # the share of its slot that a category's columns take
FILL_OF_GROUP = 0.8  # the same where several columns share a slot
MAX_THICKNESS = 5.2  # em


def lay_out_columns(grid: Grid, arrangement: str, width: float, style: Style, title: str) -> Scene:
    """Lay out upright bars over their labels; values on the columns, or on an axis if there are too many columns."""
    stacked = arrangement != "grouped"
    bars = 1 if stacked else len(grid.series)
    labelled = _has_room_for_labels(grid, width, bars, arrangement, style)
    ticks, step = _choose_ticks(grid, arrangement, labelled)
    unit = Unit("%") if arrangement == "percent" else None
    axis = [style.block(grid.format_tick(tick, step, unit), width) for tick in ticks]
    left = max((block.width for block in axis), default=0.0) + (style.em(0.6) if axis else 0.0)
    slot = (width - left) / len(grid.categories)
    labels = _set_categories(grid.categories, slot - style.em(0.6), style)
    if not labels:
        raise FitError(
            f'the columns of "{title}" are too narrow for their labels', hint="use `kind: bar`, or shorter labels"
        )
    items, top = lay_out_key(grid.series, width, style) if len(grid.series) > 1 else ([], 0.0)
    remarked = [index for index in range(len(grid.categories)) if _join_remarks(grid, index)]
    centres = [left + slot * (index + 0.5) for index in remarked]
    notes = lay_out_callouts(centres, [_join_remarks(grid, index) for index in remarked], width, style)
    top += notes.height
    scale = _choose_scale(grid, arrangement, labelled, ticks, top, top + style.em(PLOT), style)
    label = style.line() + 1 if labelled and not stacked else 1.0
    targets = [scale(_find_ends(grid, arrangement, index)[1]) - label for index in remarked]
    items += notes.items(top - style.em(0.6), targets, style)
    for tick, number in zip(ticks, axis, strict=True):
        items.append(SceneLine(left, scale(tick), width, scale(tick), "hairline", 0.5))
        items.append(number.at(left - style.em(0.6), scale(tick), "secondary", "right", "middle"))
    for index in range(len(grid.categories)):
        items += _draw_category(grid, arrangement, index, left + slot * index, slot, scale, labelled, style)
    items.append(SceneLine(left, scale(0), width, scale(0), "ink", 0.75))
    bottom = top + style.em(PLOT) + style.em(0.35)
    for index, block in enumerate(labels):
        if block:
            items.append(block.at(left + slot * (index + 0.5), bottom, "ink", "center"))
    return Scene(width, bottom + max(block.height for block in labels if block), tuple(items))


def _join_remarks(grid: Grid, index: int) -> str:
    return "; ".join(remark for series in grid.series if (remark := series.remarks[index]))


def _set_categories(categories: Sequence[Category], slot: float, style: Style) -> list[Block | None]:
    """Set a label for each column, wrapped to its slot; of years and the like only those for which there is room.

    The list is empty if words would have to be broken.
    """
    widest = max(style.longest_word(category.name, category.highlight) for category in categories)
    if widest <= slot:
        return [style.block(category.name, slot, category.highlight) for category in categories]
    if any(" " in category.name or len(category.name) > 10 for category in categories):
        return []
    every = int((widest + style.em(0.6)) / max(slot + style.em(0.6), 0.1)) + 1
    last = len(categories) - 1
    return [
        style.block(category.name, widest + 1) if (last - index) % every == 0 else None
        for index, category in enumerate(categories)
    ]


def _choose_thickness(grid: Grid, slot: float, bars: int, style: Style) -> float:
    """Choose a column's thickness: as wide as its labels need, no wider than its share of the slot."""
    if bars == 1:
        return min(slot * FILL, style.em(MAX_THICKNESS))
    widest = max(style.width(value.short, True) for value in grid.values) + SLACK + 1
    return min(slot * FILL_OF_GROUP / bars, max(style.em(MAX_THICKNESS) * 0.7, widest))


def _has_room_for_labels(grid: Grid, width: float, bars: int, arrangement: str, style: Style) -> bool:
    """Return whether every value can stand on or in its column."""
    slot = width / len(grid.categories)
    thick = _choose_thickness(grid, slot, bars, style)
    if arrangement != "grouped":  # a label too high for its part stands beside the column
        room = min(thick, (slot - thick) / 2 - style.em(0.3))
    else:
        room = slot * 0.95 if bars == 1 else thick
    return all(style.width(value.short, True) + SLACK <= room for value in grid.values)


def _find_ends(grid: Grid, arrangement: str, index: int) -> tuple[float, float]:
    """Return the lowest and highest value of a category's columns, zero included."""
    values = [value.number for series in grid.series if (value := series.values[index])]
    if arrangement == "percent":
        return 0.0, 100.0
    if arrangement == "stacked":
        return 0.0, sum(values)
    return min(0.0, *values, 0.0), max(0.0, *values, 0.0)


def _choose_ticks(grid: Grid, arrangement: str, labelled: bool) -> tuple[list[float], float]:
    if labelled:
        return [], 1.0
    ends = [_find_ends(grid, arrangement, index) for index in range(len(grid.categories))]
    return choose_round_ticks(min(low for low, _ in ends), max(high for _, high in ends), 4)


def _choose_scale(
    grid: Grid, arrangement: str, labelled: bool, ticks: Sequence[float], top: float, bottom: float, style: Style
) -> Scale:
    """Choose the largest scale at which every column with its label fits between top and bottom."""
    room = style.line() + 1 if labelled and arrangement == "grouped" else style.em(0.3)
    reaches = []
    for index in range(len(grid.categories)):
        low, high = _find_ends(grid, arrangement, index)
        reaches.append(Reach(low, high, room if low < 0 else 0, room if high > 0 or low == 0 else 0))
    reaches += [Reach(tick, tick, style.line() / 2, style.line() / 2) for tick in ticks]
    upward = fit_scale(reaches, 0, bottom - top)
    return Scale(bottom - upward.origin, -upward.unit)


def _draw_category(
    grid: Grid, arrangement: str, index: int, x: float, slot: float, scale: Scale, labelled: bool, style: Style
) -> list[SceneItem]:
    if arrangement == "grouped":
        return _draw_group(grid, index, x, slot, scale, labelled, style)
    values = [(series, value) for series in grid.series if (value := series.values[index])]
    total = sum(value.number for _, value in values) or 1.0
    shares = [value.number / total * 100 if arrangement == "percent" else value.number for _, value in values]
    thick = _choose_thickness(grid, slot, 1, style)
    items: list[SceneItem] = []
    beside: list[tuple[Block, float]] = []
    for (series, value), low, high in zip(values, accumulate([0.0, *shares]), accumulate(shares), strict=False):
        if value.number:
            items.append(_make_column(series, value, index, x + (slot - thick) / 2, thick, scale(low), scale(high)))
        block = style.block(value.short, slot, series.role == "signal")
        middle = (scale(low) + scale(high)) / 2
        if labelled and scale(low) - scale(high) >= block.height:
            items.append(
                block.at(x + slot / 2, middle, choose_ink(series.role, choose_texture(value)), "center", "middle")
            )
        elif labelled:
            beside.append((block, middle))
    beside.reverse()  # from the top down
    heights = [block.height for block, _ in beside]
    for (block, _), y in zip(beside, spread_centres([y for _, y in beside], heights, -1e6, scale(0)), strict=True):
        items.append(block.at(x + (slot + thick) / 2 + style.em(0.3), y, "secondary", "left", "middle"))
    return items


def _draw_group(
    grid: Grid, index: int, x: float, slot: float, scale: Scale, labelled: bool, style: Style
) -> list[SceneItem]:
    thick = _choose_thickness(grid, slot, len(grid.series), style)
    left = x + (slot - thick * len(grid.series)) / 2
    items: list[SceneItem] = []
    for series in grid.series:
        if value := series.values[index]:
            if value.number:
                gap = 0.5 if len(grid.series) > 1 else 0.0
                items.append(
                    _make_column(series, value, index, left + gap, thick - 2 * gap, scale(0), scale(value.number))
                )
            if labelled:
                block = style.block(value.short, slot, series.roles[index] == "signal")
                above = value.number >= 0
                y = scale(value.number) + (-1 if above else 1)
                items.append(block.at(left + thick / 2, y, "ink", "center", "bottom" if above else "top"))
        left += thick
    return items


def _make_column(
    series: Series, value: Quantity, index: int, x: float, thick: float, low: float, high: float
) -> SceneRect:
    role: Role = series.roles[index]
    top, height = min(low, high), max(abs(high - low), MIN_THICKNESS)
    return SceneRect(x, top, thick, height, role, choose_texture(value), value.short)

"""Lay out slopes: two upright axes, a line for each item, and labels beside both ends, in points."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.layout.geometry import Scale, spread_centres
from reportgen.charts.layout.grid import Grid, Series
from reportgen.charts.layout.label_room import HINT
from reportgen.charts.layout.lines.line_layout import STRONG, THIN, choose_name_role
from reportgen.charts.scene import Align, Scene, SceneDot, SceneItem, SceneLine
from reportgen.charts.style import Block, Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Quantity

PLOT = 16.0  # em: the height of the plot, unless its labels need more
NAMES = 0.4  # the share of the width that the names may take
LEAST_PLOT = 0.15  # the share that they leave to the lines
WIDEST_PLOT = 26.0  # em: lines that are longer are too flat to be compared
ROOM = 0.06  # of the range of values, free above and below


def choose_ends(grid: Grid) -> tuple[float, float]:
    """Choose the ends of the value axis, which is not drawn: a little beyond the values."""
    numbers = [value.number for value in grid.values]
    low, high = min(numbers), max(numbers)
    room = (high - low or abs(high) or 1.0) * ROOM
    return low - room, high + room


def lay_out_slopes(grid: Grid, width: float, style: Style) -> Scene:
    """Lay out the lines with values at the left, and names with values at the right."""
    pairs = [_get_ends(series) for series in grid.series]
    begins = [_set(pair[0].short, width, series, style) for pair, series in zip(pairs, grid.series, strict=True)]
    ends = [
        _set(f"{series.name} {pair[1].short}", width * NAMES, series, style)
        for pair, series in zip(pairs, grid.series, strict=True)
    ]
    gap = style.em(1.4)
    left = max(block.width for block in begins) + gap
    right = width - max(block.width for block in ends) - gap
    if right - left < LEAST_PLOT * width:
        raise FitError("the names at the lines' ends leave no room for the lines", hint=HINT)
    right = min(right, left + style.em(WIDEST_PLOT))
    bottom = max(style.em(PLOT), *(sum(block.height + 1 for block in blocks) for blocks in (begins, ends)))
    low, high = choose_ends(grid)
    scale = Scale(bottom, -bottom / (high - low), low)
    items: list[SceneItem] = [SceneLine(x, 0, x, bottom, "hairline", 0.75) for x in (left, right)]
    for series, (begin, end) in sorted(zip(grid.series, pairs, strict=True), key=lambda each: _is_strong(each[0])):
        weight = STRONG if _is_strong(series) else THIN
        y1, y2 = scale(begin.number), scale(end.number)
        items.append(SceneLine(left, y1, right, y2, series.role, weight, begin.open or end.open))
        items += [SceneDot(x, y, style.em(0.6), series.role) for x, y in ((left, y1), (right, y2))]
    items += _place(grid, begins, [scale(pair[0].number) for pair in pairs], left, -gap, bottom, style)
    items += _place(grid, ends, [scale(pair[1].number) for pair in pairs], right, gap, bottom, style)
    base = bottom + style.em(0.5)
    heads = [style.block(category.label, (right - left) * 0.8) for category in grid.categories]
    for x, head in zip((left, right), heads, strict=True):
        items.append(head.at(max(x, head.width / 2), base, "secondary", "center"))
    return Scene(width, base + max(head.height for head in heads), tuple(items))


def _get_ends(series: Series) -> tuple[Quantity, Quantity]:
    (_, begin), (_, end) = series.points
    return begin, end


def _is_strong(series: Series) -> bool:
    return series.role in ("signal", "accent")


def _set(text: str, width: float, series: Series, style: Style) -> Block:
    return style.block(text, width, _is_strong(series))


def _place(
    grid: Grid, blocks: Sequence[Block], wanted: Sequence[float], x: float, gap: float, bottom: float, style: Style
) -> list[SceneItem]:
    """Place the labels beside one axis, moved apart where they would meet, with leaders to those that are far from their end."""
    downwards = sorted(zip(wanted, range(len(blocks)), strict=True))
    heights = [blocks[index].height + 1 for _, index in downwards]
    centres = spread_centres([y for y, _ in downwards], heights, 0.0, bottom)
    align: Align = "right" if gap < 0 else "left"
    items: list[SceneItem] = []
    for (end, index), y in zip(downwards, centres, strict=True):
        if abs(y - end) > style.em(0.5):
            items.append(SceneLine(x + gap * 0.3, end, x + gap * 0.85, y, "hairline", 0.5))
        items.append(blocks[index].at(x + gap, y, choose_name_role(grid.series[index]), align, "middle"))
    return items

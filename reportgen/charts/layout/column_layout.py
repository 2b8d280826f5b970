"""Lay out columns and their labels, in points."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.charts.amounts import choose_ink, choose_texture
from reportgen.charts.layout.bar_layout import MIN_THICKNESS, lay_out_key
from reportgen.charts.layout.callouts import lay_out_callouts
from reportgen.charts.layout.geometry import Reach, Scale, choose_round_ticks, fit_scale, spread_centres, thin_out
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.layout.ticks import is_in_time
from reportgen.charts.scene import Scene, SceneItem, SceneLine, SceneRect
from reportgen.charts.style import SLACK, Block, Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Quantity, Unit

PLOT = 13.0  # em: the height of the plot, labels included
FILL = 0.62  # the share of its slot that a category's columns take
FILL_OF_GROUP = 0.8  # the same where several columns share a slot
MAX_THICKNESS = 5.2  # em


def lay_out_columns(grid: Grid, arrangement: str, width: float, style: Style) -> Scene:
    """Lay out upright bars over their labels; values on the columns, or on an axis if there are too many columns."""
    columns = _Columns(grid, arrangement, style)
    labelled = columns.has_room_for_labels(width)
    ends = [columns.find_ends(index) for index in range(len(grid.categories))]
    lowest, highest = min(low for low, _ in ends), max(high for _, high in ends)
    ticks, step = ([], 1.0) if labelled else choose_round_ticks(lowest, highest, 4)
    unit = Unit("%") if arrangement == "percent" else None
    axis = [style.block(grid.format_tick(tick, step, unit), width) for tick in ticks]
    left = max((block.width for block in axis), default=0.0) + (style.em(0.6) if axis else 0.0)
    slot = (width - left) / len(grid.categories)
    labels = _set_categories(grid.categories, slot - style.em(0.6), style, grid.values[0].language)
    if not labels:
        raise FitError("the columns are too narrow for their labels", hint="use `kind: bar`, or shorter labels")
    items, top = lay_out_key(grid.series, width, style) if len(grid.series) > 1 else ([], 0.0)
    remarked = [index for index in range(len(grid.categories)) if grid.remarks_at(index)]
    centres = [left + slot * (index + 0.5) for index in remarked]
    notes = lay_out_callouts(centres, ["; ".join(grid.remarks_at(index)) for index in remarked], width, style)
    top += notes.height
    scale = columns.choose_scale(ends, labelled, ticks, top)
    label = style.line() + 1 if labelled and arrangement == "grouped" else 1.0
    targets = [scale(ends[index][1]) - label for index in remarked]
    items += notes.items(top - style.em(0.6), targets, style)
    for tick, number in zip(ticks, axis, strict=True):
        items.append(SceneLine(left, scale(tick), width, scale(tick), "hairline", 0.5))
        items.append(number.at(left - style.em(0.6), scale(tick), "secondary", "right", "middle"))
    draw = columns.draw_group if arrangement == "grouped" else columns.draw_stack
    for index in range(len(grid.categories)):
        items += draw(index, left + slot * index, slot, scale, labelled)
    items.append(SceneLine(left, scale(0), width, scale(0), "ink", 0.75))
    bottom = top + style.em(PLOT) + style.em(0.35)
    xs = [left + slot * (index + 0.5) for index in range(len(labels))]
    shown = thin_out(xs, [label.width for label in labels], width, style.em(0.3))
    items += [labels[index].at(x, bottom, "ink", "center") for index, x in shown]
    return Scene(width, bottom + max(labels[index].height for index, _ in shown), tuple(items))


def _set_categories(categories: Sequence[Category], slot: float, style: Style, language: str) -> list[Block]:
    """Set a label for each column, wrapped to its slot; years and months may be wider, as some of them can be left out.

    The list is empty if words would have to be broken.
    """
    widest = max(style.longest_word(category.name, category.highlight) for category in categories)
    if widest <= slot:
        return [style.block(category.name, slot, category.highlight) for category in categories]
    if not all(is_in_time(category.name, language) for category in categories):
        return []
    return [style.block(category.name, widest + 1, category.highlight) for category in categories]


class _Columns(Struct, frozen=True):
    """The columns of all categories, side by side in their slot or stacked."""

    grid: Grid
    arrangement: str
    style: Style

    @property
    def per_slot(self) -> int:
        return len(self.grid.series) if self.arrangement == "grouped" else 1

    def choose_thickness(self, slot: float) -> float:
        """Choose a column's thickness: as wide as its labels need, no wider than its share of the slot."""
        if self.per_slot == 1:
            return min(slot * FILL, self.style.em(MAX_THICKNESS))
        widest = max(self.style.width(value.short, True) for value in self.grid.values) + SLACK + 1
        return min(slot * FILL_OF_GROUP / self.per_slot, max(self.style.em(MAX_THICKNESS) * 0.7, widest))

    def has_room_for_labels(self, width: float) -> bool:
        """Return whether every value can stand on or in its column."""
        slot = width / len(self.grid.categories)
        thick = self.choose_thickness(slot)
        if self.arrangement != "grouped":
            return self._has_room_in_stacks(thick, (slot - thick) / 2 - self.style.em(0.3))
        room = slot * 0.95 if self.per_slot == 1 else thick
        return all(self.style.width(value.short, True) + SLACK <= room for value in self.grid.values)

    def _has_room_in_stacks(self, thick: float, beside: float) -> bool:
        """Return whether every label fits into its part, or beside the column if it is too high for the part."""
        stacks = [
            self.grid.stack_at(index, self.arrangement == "percent") for index in range(len(self.grid.categories))
        ]
        ends = [end for stack in stacks for _, _, low, high in stack for end in (low, high)]
        lowest = self.style.line() * (max(ends) - min(ends)) / (self.style.em(PLOT - 1) or 1.0)  # in values
        for stack in stacks:
            for _, value, low, high in stack:
                room = min(thick, beside) if high - low < lowest else thick
                if self.style.width(value.short, True) + SLACK > room:
                    return False
        return True

    def find_ends(self, index: int) -> tuple[float, float]:
        """Return the lowest and highest value of a category's columns, zero included."""
        if self.arrangement == "percent":
            return 0.0, 100.0
        values = [value.number for _, value in self.grid.values_at(index)]
        if self.arrangement == "stacked":
            return sum(value for value in values if value < 0), sum(value for value in values if value > 0)
        return min([0.0, *values]), max([0.0, *values])

    def choose_scale(
        self, ends: Sequence[tuple[float, float]], labelled: bool, ticks: Sequence[float], top: float
    ) -> Scale:
        """Choose the largest scale at which every column with its label fits in the plot."""
        line = self.style.line()
        room = line + 1 if labelled and self.arrangement == "grouped" else self.style.em(0.3)
        reaches = [Reach(low, high, room if low < 0 else 0, room if high > 0 or low == 0 else 0) for low, high in ends]
        reaches += [Reach(tick, tick, line / 2, line / 2) for tick in ticks]
        bottom = top + self.style.em(PLOT)
        upward = fit_scale(reaches, 0, bottom - top)
        return Scale(bottom - upward.origin, -upward.unit)

    def draw_stack(self, index: int, x: float, slot: float, scale: Scale, labelled: bool) -> list[SceneItem]:
        thick = self.choose_thickness(slot)
        items: list[SceneItem] = []
        outside: list[tuple[Block, float]] = []
        for series, value, low, high in self.grid.stack_at(index, self.arrangement == "percent"):
            if value.number:
                items.append(_draw_column(series, value, index, x + (slot - thick) / 2, thick, scale(low), scale(high)))
            block = self.style.block(value.short, slot, series.role == "signal")
            middle = (scale(low) + scale(high)) / 2
            if labelled and scale(low) - scale(high) >= block.height:
                ink = choose_ink(series.role, choose_texture(value.open))
                items.append(block.at(x + slot / 2, middle, ink, "center", "middle"))
            elif labelled:
                outside.append((block, middle))
        outside.reverse()  # from the top down
        heights = [block.height for block, _ in outside]
        foot = scale(min(self.find_ends(index)[0], 0.0))
        highest = max(high for _, high in map(self.find_ends, range(len(self.grid.categories))))
        top = min(scale(highest), foot - sum(heights))  # the key is above
        centres = spread_centres([y for _, y in outside], heights, top, foot)
        x = x + (slot + thick) / 2 + self.style.em(0.3)
        items += [block.at(x, y, "secondary", "left", "middle") for (block, _), y in zip(outside, centres, strict=True)]
        return items

    def draw_group(self, index: int, x: float, slot: float, scale: Scale, labelled: bool) -> list[SceneItem]:
        thick = self.choose_thickness(slot)
        x += (slot - thick * self.per_slot) / 2
        gap = 0.5 if self.per_slot > 1 else 0.0
        items: list[SceneItem] = []
        for series in self.grid.series:
            value = series.values[index]
            if value and value.number:
                end = scale(value.number)
                items.append(_draw_column(series, value, index, x + gap, thick - 2 * gap, scale(0), end))
            if value and labelled:
                block = self.style.block(value.short, slot, series.roles[index] == "signal")
                above = value.number >= 0
                y = scale(value.number) + (-1 if above else 1)
                items.append(block.at(x + thick / 2, y, "ink", "center", "bottom" if above else "top"))
            x += thick
        return items


def _draw_column(
    series: Series, value: Quantity, index: int, x: float, thick: float, low: float, high: float
) -> SceneRect:
    top, height = min(low, high), max(abs(high - low), MIN_THICKNESS)
    return SceneRect(x, top, thick, height, series.roles[index], choose_texture(value.open), value.short)

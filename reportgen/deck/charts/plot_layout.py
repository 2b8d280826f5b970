"""Lays out the plot of a native chart: the room for its names and labels, and the scale of its axes. All sizes are points.

The room is measured beforehand, so that PowerPoint and LibreOffice draw the same plot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.charts.layout.geometry import spread_centres
from reportgen.charts.scene import NativeAxis, NativeChart
from reportgen.deck.charts.excel_format import format_as_excel
from reportgen.deck.oxml.chart_xml import Plot, is_single_stack

SEPARATOR = "\u00a0\u00a0"  # between the number and the words of a label
GAP = 10.0  # between a drawn value and words
LABEL_SIZES = (14.0, 12.0)
NAMES_SHARE = 0.36  # of a bar chart's width, at most, for the categories' names
THICKEST, THICKEST_ALONE = 58.0, 88.0  # two bars, or one, must not fill a slide
THICKEST_RANGE = 12.0  # a range is a line from end to end rather than an amount
LEGEND = 28.0  # the height of a legend at the top
EDGE = 4.0  # kept free around the plot
COUNTED = re.compile(
    r"\W?\d{1,4}\W?|(?:FY|Q)\s?\d{1,4}|\d{4}[-–/]\d{2,4}"
)  # years and days, of which some may be named
FEW_NAMES, LEAST_NAMES, NAME_GAP = 6, 4, 10.0  # categories that are all named; names that are left; points between two
ENDS_LEADING = 1.1  # of their size: the distance of two labels at lines' ends
SLIGHT = 0.5  # points that a label is not moved for


class PlottedChart(Struct, frozen=True):
    """A chart laid out in a frame of `width` by `height`."""

    chart: NativeChart
    plot: Plot
    width: float
    height: float
    plot_width: float
    plot_height: float
    brand: Brand

    @property
    def face(self) -> FontFile:
        return fonts.find_face(self.brand, self.brand.deck_base)

    @property
    def bold(self) -> FontFile:
        return fonts.find_face(self.brand, self.brand.deck_base, bold=True)

    @property
    def value_length(self) -> float:
        """The length of the value axis."""
        return self.plot_width if self.chart.type == "bar" else self.plot_height

    @property
    def category_length(self) -> float:
        """The length of the category axis."""
        return self.plot_height if self.chart.type == "bar" else self.plot_width


def plot_chart(chart: NativeChart, width: float, height: float, brand: Brand) -> PlottedChart:
    """Lay a chart out in a frame of `width` by `height`."""
    top = (LEGEND if chart.legend or chart.y_title else 0.0) + (GAP if chart.step else 0.0)
    is_tight = chart.type == "bar" and (height - top) / max(1, len(chart.categories)) < 24
    size = LABEL_SIZES[1] if is_tight else LABEL_SIZES[0]
    left, right, bottom = _measure_margins(chart, width, size, brand)
    across, down = width - left - right, height - top - EDGE - bottom
    length, breadth = (across, down) if chart.type == "bar" else (down, across)
    minimum, maximum = _scale(chart, length, brand, size)
    lines = [label.replace(SEPARATOR, "\n") for label in _list_labels(chart)]
    gap = _choose_gap(chart, breadth, _measure_widest(lines, size, brand, bold=True))
    area = (left / width, (top + EDGE) / height, across / width, down / height)
    sides = (0, 1) if chart.is_slope else (len(chart.categories) - 1,)
    shifts = {
        (index, at): moved / height
        for at in sides
        for index, moved in _spread_ends(chart, at, down, minimum, maximum, size).items()
    }
    shifts |= {
        key: -lift / height
        for key, lift in _lift_remarks(chart, (across, down), (minimum, maximum), gap, size, brand).items()
    }
    every = _choose_named(chart, across, size, brand)
    titles = {title: (_measure_widest([title], size, brand) + GAP) / width for title in chart.titles}
    plot = Plot(area, minimum, maximum, gap, size, LEGEND / height, shifts, every, titles)
    return PlottedChart(chart, plot, width, height, across, down, brand)


def _measure_margins(chart: NativeChart, width: float, size: float, brand: Brand) -> tuple[float, float, float]:
    """Return the room for names and labels at the left, right and bottom of the plot."""
    face = fonts.find_face(brand, brand.deck_base)
    if is_single_stack(chart):
        return 0.5, 0.5, EDGE  # the edge of the bar has a thickness
    if chart.type == "bar":
        room = NAMES_SHARE * width
        lines = [line for name in chart.categories for line in fonts.wrap(face, name, size, room)]
        return _measure_widest(lines, size, brand) + 2 * GAP, EDGE, EDGE
    if chart.x_axis:
        return _measure_scatter(chart, chart.x_axis, size, brand)
    slot = width / len(chart.categories)
    if chart.type in ("line", "area") and chart.named:
        count = 1
    else:
        slot *= _choose_named(chart, width - 2 * EDGE, size, brand)
        count = max(len(fonts.wrap(face, name, size, slot - GAP)) for name in chart.categories)
    bottom = count * fonts.measure_line_height(face, size) + GAP
    if chart.type != "line" and not chart.step:
        return EDGE, EDGE, bottom
    ends = [format_as_excel(end or 0.0, chart.axis_code) or "" for end in (chart.minimum, chart.maximum)]
    ticks = _measure_widest(ends, size, brand) + GAP
    if chart.type == "column":
        return ticks, EDGE, bottom
    left = max(ticks if chart.step else EDGE, fonts.measure_width(face, chart.categories[0], size) / 2)
    if chart.is_slope:
        starts = [series.points[0].label or "" for series in chart.series]
        left = max(left, _measure_widest(starts, size, brand, bold=True) + 2 * GAP)
    ends = [series.points[-1].label or "" for series in chart.series if series.points]
    return left, _measure_widest(ends, size, brand, bold=True) + 2 * GAP, bottom


def _measure_scatter(chart: NativeChart, axis: NativeAxis, size: float, brand: Brand) -> tuple[float, float, float]:
    """Return the room at the left, right and bottom of points: for numbers, and for the title below them."""
    ends = [format_as_excel(end or 0.0, chart.axis_code) or "" for end in (chart.minimum, chart.maximum)]
    last = format_as_excel(axis.maximum, axis.code) or ""
    line = fonts.measure_line_height(fonts.find_face(brand, brand.deck_base), size)
    return _measure_widest(ends, size, brand) + GAP, _measure_widest([last], size, brand) / 2 + EDGE, 2 * line + GAP


def _scale(chart: NativeChart, length: float, brand: Brand, size: float) -> tuple[float | None, float | None]:
    """Return the ends of the value axis: from zero for bars, with room for the labels beyond the longest bars."""
    if chart.grouping == "percent":
        return 0.0, 1.0
    if chart.type == "scatter":
        return chart.minimum, chart.maximum
    if chart.type in ("line", "area"):
        return _scale_line(chart, length, size)
    rows = [[point.value or 0.0 for point in series.points] for series in chart.series]
    if chart.grouping == "stacked":
        stacks = list(zip(*rows, strict=True))
        low = min(0.0, 0.0, *(sum(value for value in stack if value < 0) for stack in stacks))
        high = max(0.0, 0.0, *(sum(value for value in stack if value > 0) for stack in stacks))
        room = 0.0
    else:
        values = [value for row in rows for value in row]
        low, high = min(0.0, 0.0, *values), max(0.0, 0.0, *values)
        room = measure_label_room(chart, brand, size)
    high = high or (0.0 if low else 1.0)
    scale = (high - low) / max(1.0, length - room * ((high > 0) + (low < 0)))
    return (
        chart.minimum if chart.minimum is not None else low - (room * scale if low < 0 else 0.0),
        chart.maximum if chart.maximum is not None else high + (room * scale if high > 0 else 0.0),
    )


def _scale_line(chart: NativeChart, length: float, size: float) -> tuple[float, float]:
    """Return the ends of a line's axis: the given ones, else zero or below, and room for a label above the highest point."""
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    low = chart.minimum if chart.minimum is not None else min(0.0, *values, 0.0)
    if chart.maximum is not None:
        return low, chart.maximum
    high = max(values)
    high = high if high > low else low + 1
    room = 1.5 * size + GAP
    return low, high + (high - low) * room / max(1.0, length - room)


def _choose_named(chart: NativeChart, width: float, size: float, brand: Brand) -> int:
    """Return n, where every nth category is named: 1, or more where years or days in a row have no room for all their names."""
    count = len(chart.categories)
    if chart.type == "scatter":
        return 1
    if chart.named:
        face, is_line = fonts.find_face(brand, brand.deck_base), chart.type in ("line", "area")
        slot = width / max(1, count - is_line)
        longest = max(fonts.measure_longest_word(face, name, size) for name in chart.categories)
        if not is_line and longest + NAME_GAP / 3 <= slot:
            return 1  # in several lines, which only names of all categories may take
        needed = _measure_widest(chart.categories, size, brand) + NAME_GAP
        return next((each for each in chart.named if each * slot >= needed), count)
    if chart.type == "bar" or count < FEW_NAMES or not all(COUNTED.fullmatch(name) for name in chart.categories):
        return 1
    slot = width / max(1, count - (chart.type == "line"))
    widest = _measure_widest(chart.categories, size, brand)
    needed = ceil((widest + NAME_GAP) / slot)
    return needed if needed * (LEAST_NAMES - 1) < count else 1


def _spread_ends(
    chart: NativeChart, at: int, height: float, minimum: float | None, maximum: float | None, size: float
) -> dict[int, float]:
    """Return by series how far the label at a line's end, point `at`, moves down in points, so that none lies over another."""
    if chart.type != "line" or minimum is None or maximum is None:
        return {}
    scale = height / ((maximum - minimum) or 1.0)
    ends = sorted(
        ((maximum - point.value) * scale, index)
        for index, series in enumerate(chart.series)
        for point in series.points[at : at + 1]
        if point.label and point.value is not None
    )
    wanted = [y for y, _ in ends]
    centres = spread_centres(wanted, [ENDS_LEADING * size] * len(ends), -size / 2, height + size / 2)
    return {index: centre - y for (y, index), centre in zip(ends, centres, strict=True) if abs(centre - y) > SLIGHT}


def _lift_remarks(
    chart: NativeChart,
    plot: tuple[float, float],
    ends: tuple[float | None, float | None],
    gap: int,
    size: float,
    brand: Brand,
) -> dict[tuple[int, int], float]:
    """Return by series and point how far a column's label with a remark moves up, so that it is above those of its neighbors."""
    (across, down), (minimum, maximum), count = plot, ends, len(chart.series)
    if chart.type != "column" or chart.grouping != "clustered" or count == 1 or minimum is None or maximum is None:
        return {}
    thick, scale = across / len(chart.categories) / (count + gap / 100), down / ((maximum - minimum) or 1.0)
    line = fonts.measure_line_height(fonts.find_face(brand, brand.deck_base, bold=True), size)
    lifts: dict[tuple[int, int], float] = {}
    for index, series in enumerate(chart.series):
        for at, point in enumerate(series.points):
            if not point.label or SEPARATOR not in point.label or point.value is None:
                continue
            foot = point.value * scale
            for other, row in enumerate(chart.series):
                near = row.points[at]
                if other == index or not near.label or near.value is None:
                    continue
                reach = _measure_widest([point.label, near.label], size, brand, bold=True)
                wide = (reach + min(reach, _measure_widest([near.label], size, brand, bold=True))) / 2
                top = max(near.value, 0.0) * scale + line + EDGE
                if abs(index - other) * thick < wide and foot < top and foot + line > near.value * scale:
                    foot = top
            if foot > point.value * scale:
                lifts[index, at] = foot - point.value * scale
    return lifts


def measure_label_room(chart: NativeChart, brand: Brand, size: float) -> float:
    """Return how far the labels reach beyond their bars along the value axis."""
    labels = _list_labels(chart)
    if not labels:
        return 0.0
    if chart.type == "bar":
        return _measure_widest(labels, size, brand, bold=True) + GAP
    face = fonts.find_face(brand, brand.deck_base, bold=True)
    lines = max(label.count("\n") + 1 for label in labels)
    lifted = len(chart.series) > 1 and any(SEPARATOR in label for label in labels)
    return (lines + lifted) * fonts.measure_line_height(face, size) + GAP


def _measure_widest(texts: Iterable[str], size: float, brand: Brand, bold: bool = False) -> float:
    face = fonts.find_face(brand, brand.deck_base, bold=bold)
    return max((fonts.measure_width(face, text, size) for text in texts), default=0.0)


def _list_labels(chart: NativeChart) -> list[str]:
    return [point.label for series in chart.series for point in series.points if point.label]


def _choose_gap(chart: NativeChart, breadth: float, words: float) -> int:
    """Return the gap between categories in percent of a bar's thickness: the chart's own, or wider so that no bar is a block.

    Stacked columns are wide enough for the words inside them, if there is room.
    """
    bars = len(chart.series) if chart.grouping == "clustered" else 1
    slot = breadth / max(1, len(chart.categories))
    thickest = THICKEST_ALONE if len(chart.categories) == 1 else THICKEST
    if any(series.hidden for series in chart.series):
        thickest = THICKEST_RANGE
    if chart.type == "column" and chart.grouping != "clustered":
        thickest = max(thickest, words + GAP)
    return min(500, max(chart.gap_width, round((slot / thickest - bars) * 100)))

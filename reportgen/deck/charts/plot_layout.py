"""The plot of a native chart: how much room its names and labels take, and the scale of its axes. All sizes are points.

The room is measured beforehand, so that PowerPoint and LibreOffice draw the same plot.
"""

from __future__ import annotations

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.stacks import GAP, SEPARATOR
from reportgen.deck.oxml.chart_xml import Plot, is_single_stack

LABEL_SIZES = (14.0, 12.0)
NAMES_SHARE = 0.36  # of a bar chart's width, at most, for the categories' names
THICKEST, ALONE = 58.0, 88.0  # points: two bars should not fill a slide, nor one
LEGEND = 28.0  # points that a legend takes at the top


def lay_out_plot(chart: NativeChart, width: float, height: float, brand: Brand) -> Plot:
    """Room for names and labels measured beforehand, so that PowerPoint and LibreOffice draw the same plot."""
    top = (LEGEND if chart.legend else 0.0) + (GAP if chart.step else 0.0)
    size = (
        LABEL_SIZES[0]
        if (height - top) / max(1, len(chart.categories)) >= 24 or chart.type != "bar"
        else LABEL_SIZES[1]
    )
    face = fonts.find_face(brand, brand.deck_base)
    if is_single_stack(chart):
        left, bottom, right = 0.5, 4.0, 0.5  # points: the edge of the bar has a thickness
    elif chart.type == "bar":
        widest = max(
            fonts.measure_width(face, line, size)
            for name in chart.categories
            for line in fonts.wrap(face, name, size, NAMES_SHARE * width)
        )
        left, bottom, right = widest + 2 * GAP, 4.0, 4.0
    else:
        slot = width / len(chart.categories)
        lines = max(len(fonts.wrap(face, name, size, slot - GAP)) for name in chart.categories)
        left, bottom = 4.0, lines * fonts.measure_line_height(face, size) + GAP
        right = _last_label(chart, brand, size) if chart.type == "line" else 4.0
        if chart.type == "line":
            ticks = fonts.measure_width(face, f"{max(abs(chart.minimum or 0), abs(chart.maximum or 0)):,g}", size) + GAP
            left = max(ticks if chart.step else left, fonts.measure_width(face, chart.categories[0], size) / 2)
    area = (left / width, (top + 4) / height, (width - left - right) / width, (height - top - 4 - bottom) / height)
    length = (width - left - right) if chart.type == "bar" else (height - top - 4 - bottom)
    breadth = (height - top - 4 - bottom) if chart.type == "bar" else (width - left - right)
    minimum, maximum = _scale(chart, length, brand, size)
    gap = _gap(chart, breadth, measure_widest_label(chart, brand, size))
    return Plot(area, minimum, maximum, gap, size, LEGEND / height)


def _last_label(chart: NativeChart, brand: Brand, size: float) -> float:
    """The room that the labels of a line's last points need at its right."""
    face = fonts.find_face(brand, brand.deck_base, bold=True)
    labels = [series.points[-1].label or "" for series in chart.series if series.points]
    return max(fonts.measure_width(face, label, size) for label in labels) + 2 * GAP


def _scale(chart: NativeChart, length: float, brand: Brand, size: float) -> tuple[float | None, float | None]:
    """The value axis: from zero for bars, and with room for the labels beyond the longest bars."""
    if chart.grouping == "percent":
        return 0.0, 1.0
    if chart.type == "line":
        return _line_scale(chart, length, size)
    if chart.grouping == "stacked":
        columns = list(zip(*([point.value or 0.0 for point in series.points] for series in chart.series), strict=True))
        low = min(0.0, *(sum(value for value in column if value < 0) for column in columns), 0.0)
        high = max(0.0, *(sum(value for value in column if value > 0) for column in columns), 0.0)
        room = 0.0
    else:
        values = [point.value for series in chart.series for point in series.points if point.value is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        room = measure_label_room(chart, brand, size)
    high, low = high or (0.0 if low else 1.0), low
    scale = (high - low) / max(1.0, length - room * ((high > 0) + (low < 0)))
    return (
        chart.minimum if chart.minimum is not None else low - (room * scale if low < 0 else 0.0),
        chart.maximum if chart.maximum is not None else high + (room * scale if high > 0 else 0.0),
    )


def _line_scale(chart: NativeChart, length: float, size: float) -> tuple[float, float]:
    """A line's axis: the given ends, else zero or below, and room for a label above the highest point."""
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    low = chart.minimum if chart.minimum is not None else min(0.0, *values, 0.0)
    if chart.maximum is not None:
        return low, chart.maximum
    high = max(values)
    high = high if high > low else low + 1
    room = 1.5 * size + GAP
    return low, high + (high - low) * room / max(1.0, length - room)


def measure_label_room(chart: NativeChart, brand: Brand, size: float) -> float:
    """How far the labels reach beyond their bars, in points along the value axis."""
    face = fonts.find_face(brand, brand.deck_base, bold=True)
    labels = [point.label for series in chart.series for point in series.points if point.label]
    if not labels:
        return 0.0
    if chart.type == "bar":
        return max(fonts.measure_width(face, label, size) for label in labels) + GAP
    return max(label.count("\n") + 1 for label in labels) * fonts.measure_line_height(face, size) + GAP


def _gap(chart: NativeChart, breadth: float, words: float) -> int:
    """The gap between categories in percent of a bar's thickness: the chart's own, or wider so that no bar is a block.

    Stacked columns are wide enough for the words inside them, if there is room.
    """
    bars = len(chart.series) if chart.grouping == "clustered" else 1
    slot = breadth / max(1, len(chart.categories))
    thickest = ALONE if len(chart.categories) == 1 else THICKEST
    if chart.type == "column" and chart.grouping != "clustered":
        thickest = max(thickest, words + GAP)
    return min(500, max(chart.gap_width, round((slot / thickest - bars) * 100)))


def measure_widest_label(chart: NativeChart, brand: Brand, size: float) -> float:
    """The widest line of any label, number and name on two lines."""
    face = fonts.find_face(brand, brand.deck_base, bold=True)
    labels = [point.label for series in chart.series for point in series.points if point.label]
    return max((fonts.measure_width(face, label.replace(SEPARATOR, "\n"), size) for label in labels), default=0.0)

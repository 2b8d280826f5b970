"""The segments of stacked bars and columns with their labels: how large each is, and where it stands. All sizes are points."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.deck.charts.plot_layout import GAP, SEPARATOR, PlottedChart
from reportgen.deck.oxml.chart_xml import is_single_stack

INSET = 3.0  # between a segment's base and the label that begins there


class Segment(Struct, frozen=True):
    """One series' segment of one category's stack; `start` and `length` are measured along the value axis.

    `words` are its label as it is printed: number and name on two lines where the segment is narrow. They take `along` and
    `across` of the value and the category axis. An `overflowing` label is larger than its segment; it begins at the
    segment's base (`at_base`) where it would otherwise reach over the axis to the names.
    """

    series: int
    category: int
    start: float
    length: float
    words: str = ""
    along: float = 0.0
    across: float = 0.0
    overflowing: bool = False
    at_base: bool = False

    @property
    def middle(self) -> float:
        """The middle of the label, along the value axis."""
        return self.start + (INSET + self.along / 2 if self.at_base else self.length / 2)


def lay_out_stacks(plotted: PlottedChart) -> Iterator[Segment]:
    """Yield every segment of every stack, stack by stack and in their order on the axis; none for a chart without stacks."""
    chart = plotted.chart
    if chart.type in ("line", "area", "scatter") or chart.grouping == "clustered":
        return
    for category in range(len(chart.categories)):
        places = enumerate(_place_parts(plotted, category))
        for series, (start, length) in sorted(places, key=lambda each: each[1][0]):
            yield _add_label(Segment(series, category, start, length), plotted)


def _add_label(segment: Segment, plotted: PlottedChart) -> Segment:
    chart, plot, face = plotted.chart, plotted.plot, plotted.bold
    series, is_bar = chart.series[segment.series], chart.type == "bar"
    point = series.points[segment.category]
    if not point.label or point.value is None:
        return segment
    thickness = plotted.category_length / len(chart.categories) / (1 + plot.gap / 100)
    room = (segment.length if is_bar else thickness) - GAP
    is_narrow = fonts.measure_width(face, point.label, plot.size) > room
    words = point.label.replace(SEPARATOR, "\n") if is_narrow and not series.hidden else point.label
    width, height = fonts.measure_width(face, words, plot.size), (words.count("\n") + 1) * plot.size
    along, across = (width, height) if is_bar else (height, width)
    overflowing = series.labels in ("auto", "center") and (along > segment.length or across > thickness)
    reaches_names = not is_single_stack(chart) and segment.start + segment.length / 2 < along / 2
    return replace(
        segment, words=words, along=along, across=across, overflowing=overflowing, at_base=overflowing and reaches_names
    )


def _place_parts(plotted: PlottedChart, category: int) -> list[tuple[float, float]]:
    """Return where each series' segment of one stack starts, and its length; negative ones reach from zero to the other side."""
    values = [series.points[category].value or 0.0 for series in plotted.chart.series]
    if plotted.chart.grouping == "percent":
        whole, low = sum(values), 0.0
    else:
        low = plotted.plot.minimum or 0.0
        whole = (plotted.plot.maximum or 0.0) - low
    unit = plotted.value_length / (whole or 1.0)
    up = down = 0.0
    places = []
    for value in values:
        begin, end = (up, up + value) if value >= 0 else (down + value, down)
        up, down = (end, down) if value >= 0 else (up, begin)
        start = max(begin, low)  # the axis may begin within the first segment
        places.append(((start - low) * unit, (end - start) * unit))
    return places

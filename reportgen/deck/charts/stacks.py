"""The parts of stacked bars and columns with the labels on them: how large each is, and where it stands. All points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.oxml.chart_xml import Plot, is_single_stack

SEPARATOR = "\u00a0\u00a0"  # stands in a label between the number and the words that go with it
GAP = 10.0  # between a drawn value and words
INSET = 3.0  # between a part's base and the label that begins there


class Part(Struct, frozen=True):
    """One series' part of one category's stack: where it begins and how long it is, from the axis on.

    `words` are its label as it is written, number and name on two lines where the part is narrow; `along` and `across`
    the stack they take so much. Those that are larger than the part are `spilled`; they are `based`, they begin where
    the part does, where they would else reach over the axis to the names.
    """

    index: int
    at: int
    start: float
    length: float
    words: str = ""
    along: float = 0.0
    across: float = 0.0
    spilled: bool = False
    based: bool = False

    @property
    def middle(self) -> float:
        """Where the middle of the label is."""
        return self.start + (INSET + self.along / 2 if self.based else self.length / 2)


def lay_out_stacks(chart: NativeChart, plot: Plot, width: float, height: float, brand: Brand) -> Iterator[Part]:
    """Every part of every stack, stack by stack; nothing of a chart without stacks."""
    if chart.type == "line" or chart.grouping == "clustered":
        return
    for at in range(len(chart.categories)):
        lengths = [_length(chart, plot, width, height, index, at) for index in range(len(chart.series))]
        for index, start in enumerate(accumulate(lengths[:-1], initial=0.0)):
            yield _labelled(Part(index, at, start, lengths[index]), chart, plot, width, height, brand)


def _labelled(part: Part, chart: NativeChart, plot: Plot, width: float, height: float, brand: Brand) -> Part:
    series, lying = chart.series[part.index], chart.type == "bar"
    point = series.points[part.at]
    if not point.label or point.value is None:
        return part
    face = fonts.find_face(brand, brand.deck_base, bold=True)
    thickness = (
        (plot.area[3] * height if lying else plot.area[2] * width) / len(chart.categories) / (1 + plot.gap / 100)
    )
    narrow = fonts.measure_width(face, point.label, plot.size) > (part.length if lying else thickness) - GAP
    words = point.label.replace(SEPARATOR, "\n") if narrow and not series.hidden else point.label
    wide, high = fonts.measure_width(face, words, plot.size), (words.count("\n") + 1) * plot.size
    along, across = (wide, high) if lying else (high, wide)
    spilled = series.labels in ("auto", "center") and (along > part.length or across > thickness)
    based = spilled and not is_single_stack(chart) and part.start + part.length / 2 < along / 2
    return Part(part.index, part.at, part.start, part.length, words, along, across, spilled, based)


def _length(chart: NativeChart, plot: Plot, width: float, height: float, index: int, at: int) -> float:
    values = [series.points[at].value or 0.0 for series in chart.series]
    whole = sum(values) if chart.grouping == "percent" else (plot.maximum or 0.0) - (plot.minimum or 0.0)
    hidden = (plot.minimum or 0.0) if index == 0 and chart.grouping != "percent" else 0.0  # the axis may begin later
    room = plot.area[2] * width if chart.type == "bar" else plot.area[3] * height
    return room * (values[index] - max(0.0, hidden)) / (whole or 1.0)

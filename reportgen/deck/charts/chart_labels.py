"""Measures the labels of a chart: the room that each needs and has, so that none runs into another. All sizes are points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart, Scene, SceneText
from reportgen.deck.charts import plot_layout
from reportgen.deck.charts.stacks import Segment, lay_out_stacks
from reportgen.deck.oxml.chart_xml import is_padded, is_single_stack
from reportgen.system.errors import Diagnostic, FitError

LEAST_PLOT = 0.3  # of the width and of the height: what names and labels leave to the plot
KEY = 26.0  # the width of a legend's key, with the space around it
SHOWN = 60  # letters of a label that a message quotes


class ChartLabel(Struct, frozen=True):
    """One label: the room that it needs and has in its scarcer direction; `kind` names it in messages."""

    words: str
    kind: str
    size: float
    needed: float
    room: float

    def diagnostic(self) -> Diagnostic:
        words = " ".join(self.words.split())
        words = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
        message = f'{self.kind} "{words}" needs {self.needed:.0f} pt and has {self.room:.0f}'
        cut = max(1, ceil(len(self.words) * (1 - self.room / self.needed)))
        return Diagnostic(message, None, f"cut about {cut} letter{'s' if cut > 1 else ''}, or draw fewer")


def measure_labels(chart: NativeChart, width: float, height: float, brand: Brand) -> tuple[ChartLabel, ...]:
    """Measure every label of a chart in a frame of this size."""
    return tuple(_Labels(plot_layout.plot_chart(chart, width, height, brand)).measure())


def measure_scene_labels(scene: Scene, brand: Brand) -> Iterator[ChartLabel]:
    """Measure every label of a drawing, each in the direction in which it is fuller."""
    for item in scene.items:
        if not isinstance(item, SceneText):
            continue
        face = fonts.find_face(brand, brand.deck_base, bold=item.bold)
        lines = fonts.wrap(face, item.text, item.size, item.width)
        height = len(lines) * fonts.measure_line_height(face, item.size)
        width = max(fonts.measure_width(face, line, item.size) for line in lines)
        needed, room = max((width, item.width), (height, item.height), key=lambda each: each[0] / (each[1] or 1.0))
        yield ChartLabel(item.text, "the label", item.size, needed, room)


def require_room(chart: NativeChart, width: float, height: float, brand: Brand) -> None:
    """Raise FitError where names or labels would run into one another; PowerPoint would draw them all the same."""
    plotted = plot_layout.plot_chart(chart, width, height, brand)
    least = min(plotted.plot_width / width, plotted.plot_height / height)
    is_bars = chart.grouping == "clustered" and chart.type in ("bar", "column")
    beyond = plot_layout.measure_label_room(chart, brand, plotted.plot.size) if is_bars else 0.0
    length = plotted.value_length
    if least < LEAST_PLOT or (chart.type in ("bar", "column") and length - beyond < LEAST_PLOT * length):
        raise FitError("the names and labels leave no room for the chart itself", hint="shorten them")
    short = [label for label in _Labels(plotted).measure() if label.needed > label.room]
    if short:
        raise FitError([label.diagnostic() for label in short[:5]])


class _Labels(Struct, frozen=True):
    """Measures the labels of one chart."""

    plotted: plot_layout.PlottedChart

    @property
    def chart(self) -> NativeChart:
        return self.plotted.chart

    @property
    def size(self) -> float:
        return self.plotted.plot.size

    @property
    def line(self) -> float:
        return fonts.measure_line_height(self.plotted.face, self.size)

    @property
    def slot(self) -> float:
        """The length of one category on its axis; in a line chart, the distance from one to the next."""
        count = len(self.chart.categories)
        if self.chart.type in ("line", "area") and not is_padded(self.chart):
            return self.plotted.plot_width / max(1, count - 1)
        return self.plotted.category_length / count

    def measure_bold(self, words: str) -> float:
        return fonts.measure_width(self.plotted.bold, words, self.size)

    def label(self, words: str, needed: float, room: float, kind: str = "the label") -> ChartLabel:
        return ChartLabel(words, kind, self.size, needed, room)

    def measure(self) -> Iterator[ChartLabel]:
        if self.chart.type == "scatter":  # its names have been placed where there is room
            for words in (point.label for point in self.chart.series[0].points if point.label):
                yield self.label(words, self.measure_bold(words), self.plotted.width)
            return
        if not is_single_stack(self.chart):
            yield from map(self.measure_name, self.chart.categories)
        if self.chart.legend:
            names = [series.name for series in self.chart.series if not series.hidden]
            needed = sum(fonts.measure_width(self.plotted.face, name, self.size) + KEY for name in names)
            yield self.label("  ".join(names), needed, self.plotted.width, "the legend")
            yield self.label("  ".join(names), self.line, plot_layout.LEGEND, "the legend")
        if self.chart.type == "area":
            return  # the legend names the areas
        if self.chart.is_slope:
            yield from self.measure_line_ends(0)
            yield from self.measure_line_ends(1)
        elif self.chart.type == "line":
            yield from self.measure_points()
            yield from self.measure_line_ends(len(self.chart.categories) - 1)
        elif self.chart.grouping == "clustered":
            yield from self.measure_bar_ends()
        else:
            yield from self.measure_segments()

    def measure_name(self, name: str) -> ChartLabel:
        """Measure a category's name: beside a bar it may take several lines, below a column no word may be broken."""
        face, kind = self.plotted.face, "the name"
        longest = fonts.measure_longest_word(face, name, self.size)
        if self.chart.type != "bar":
            return self.label(name, longest, self.slot * self.plotted.plot.every, kind)
        room = plot_layout.NAMES_SHARE * self.plotted.width
        if longest > room:
            return self.label(name, longest, room, kind)
        return self.label(name, len(fonts.wrap(face, name, self.size, room)) * self.line, self.slot, kind)

    def measure_bar_ends(self) -> Iterator[ChartLabel]:
        """Measure the labels at the ends of bars and columns that stand side by side."""
        bars = len(self.chart.series)
        for series in self.chart.series:
            for words in (point.label for point in series.points if point.label):
                width = self.measure_bold(words.replace(plot_layout.SEPARATOR, "\n"))
                if self.chart.type == "bar":
                    yield self.label(words, width + plot_layout.GAP, self.plotted.value_length * (1 - LEAST_PLOT))
                    yield self.label(words, bars * self.size, self.slot)
                else:
                    yield self.label(words, bars * width, self.slot)

    def measure_segments(self) -> Iterator[ChartLabel]:
        """Measure the labels in the middle of a stack's segments: beside a narrow one, no label may reach the next."""
        before: Segment | None = None  # the last one with a label
        for segment in lay_out_stacks(self.plotted):
            before = before if before and before.category == segment.category else None
            if not segment.words:
                continue
            if self.chart.series[segment.series].labels not in ("auto", "center"):
                # The ends of a range stand in the unseen segments beside it.
                yield self.label(segment.words, segment.along + plot_layout.GAP, segment.length)
                continue
            yield self.label(segment.words, segment.across, self.slot)
            yield self.label(segment.words, segment.along / 2, self.measure_to_edge(segment.middle))
            if before:
                needed = (before.along + segment.along) / 2
                yield self.label(segment.words, needed, segment.middle - before.middle)
            before = segment

    def measure_to_edge(self, middle: float) -> float:
        """Return the distance from a place along the stack to its far edge, or to the names or the edge before it."""
        (x, y, _, high), frame = self.plotted.plot.area, self.plotted
        free = is_single_stack(self.chart)  # no names stand there
        if self.chart.type == "bar":
            return min(middle + (x * frame.width if free else 0.0), frame.width * (1 - x) - middle)
        foot = (1 - y - high) * frame.height
        return min(middle + (foot if free else 0.0), frame.height - foot - middle)

    def measure_line_ends(self, at: int) -> Iterator[ChartLabel]:
        """Measure the labels beside the lines' ends, the points `at`, moved apart as they are: the plot's height is their room."""
        plot = self.plotted.plot
        scale = self.plotted.plot_height / (((plot.maximum or 0.0) - (plot.minimum or 0.0)) or 1.0)
        ends = sorted(
            (point.value * scale - plot.shifts.get((index, at), 0.0) * self.plotted.height, point.label)
            for index, series in enumerate(self.chart.series)
            for point in series.points[at : at + 1]
            if point.label and point.value is not None
        )
        for (below, _), (above, words) in pairwise(ends):
            yield self.label(words, self.size, above - below)
        if len(ends) > 1:
            room = self.plotted.plot_height + self.size
            yield self.label(ends[-1][1], len(ends) * self.size, room, "the labels at the lines’ ends, beginning with")
        if len(ends) == 1:
            before = plot.area[0] if at == 0 else 1 - plot.area[0] - plot.area[2]
            words, room = ends[0][1], self.plotted.width * before
            yield self.label(words, self.measure_bold(words), room)

    def measure_points(self) -> Iterator[ChartLabel]:
        """Measure the labels over all points but the last: none may reach the value axis, or the frame's edge without one."""
        start = self.slot / 2 if is_padded(self.chart) else 0.0
        start += 0.0 if self.chart.step else self.plotted.plot.area[0] * self.plotted.width
        for series in self.chart.series:
            for at, point in enumerate(series.points[:-1]):
                if point.label and point.value is not None:
                    yield self.label(point.label, self.measure_bold(point.label) / 2, start + at * self.slot)

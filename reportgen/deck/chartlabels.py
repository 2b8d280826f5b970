"""The words of a native chart: what each needs and has, in points, so that none runs into another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from reportgen import fonts
from reportgen.brand import Brand, FontFile
from reportgen.charts.scene import NativeChart, Scene, SceneText
from reportgen.deck.native import GAP, LEGEND, NAMES_SHARE, SEPARATOR, label_room, layout, part_length
from reportgen.deck.oxml.chart import Plot, padded, plain
from reportgen.errors import Diagnostic, FitError

LEAST_PLOT = 0.3  # of the width and of the height: what names and labels leave to the drawing
KEY = 26.0  # points that a legend's key takes, with the space around it


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """One label: points needed and at hand, along the direction that is the scarcer; `what` it is, for the message."""

    words: str
    what: str
    size: float
    needed: float
    room: float

    def diagnostic(self) -> Diagnostic:
        shown = " ".join(self.words.split())
        shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
        message = f'{self.what} "{shown}" needs {self.needed:.0f} pt and has {self.room:.0f}'
        cut = max(1, ceil(len(self.words) * (1 - self.room / self.needed)))
        return Diagnostic(message, None, f"cut about {cut} letter{'s' if cut > 1 else ''}, or draw fewer")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chart laid out in its frame."""

    chart: NativeChart
    plot: Plot
    width: float
    height: float
    face: FontFile
    bold: FontFile

    @property
    def across(self) -> float:
        return self.plot.area[2] * self.width

    @property
    def up(self) -> float:
        return self.plot.area[3] * self.height

    @property
    def line(self) -> float:
        return fonts.line_height(self.face, self.plot.size)

    @property
    def slot(self) -> float:
        """What one category has of the axis that it stands on; of a line's, the way from one to the next."""
        count = len(self.chart.categories)
        if self.chart.type == "line" and not padded(self.chart):
            return self.across / max(1, count - 1)
        return (self.up if self.chart.type == "bar" else self.across) / count

    def label(self, words: str, what: str, needed: float, room: float) -> ChartLabel:
        return ChartLabel(words, what, self.plot.size, needed, room)

    def labels(self) -> Iterator[ChartLabel]:
        if not plain(self.chart):
            yield from (self.name(name) for name in self.chart.categories)
        if self.chart.legend:
            names = [series.name for series in self.chart.series if not series.hidden]
            needed = sum(fonts.width(self.face, name, self.plot.size) + KEY for name in names)
            yield self.label("  ".join(names), "the legend", needed, self.width)
            yield self.label("  ".join(names), "the legend", self.line, LEGEND)
        if self.chart.type == "line":
            yield from self.line_ends()
        elif self.chart.grouping == "clustered":
            yield from self.beyond()
        else:
            yield from self.inside()

    def name(self, name: str) -> ChartLabel:
        """A category's name: beside a bar it may take lines, below a column no word may be broken."""
        size = self.plot.size
        longest = fonts.longest_word(self.face, name, size)
        if self.chart.type != "bar":
            return self.label(name, "the name", longest, self.slot)
        beside = NAMES_SHARE * self.width
        if longest > beside:
            return self.label(name, "the name", longest, beside)
        lines = len(fonts.wrap(self.face, name, size, beside))
        return self.label(name, "the name", lines * self.line, self.slot)

    def beyond(self) -> Iterator[ChartLabel]:
        """Labels at the ends of bars and columns that stand side by side."""
        bars = len(self.chart.series)
        along = self.across if self.chart.type == "bar" else self.up
        for series in self.chart.series:
            for point in series.points:
                if not point.label:
                    continue
                wide = fonts.width(self.bold, point.label.replace(SEPARATOR, "\n"), self.plot.size)
                if self.chart.type == "bar":
                    yield self.label(point.label, "the label", wide + GAP, along * (1 - LEAST_PLOT))
                    yield self.label(point.label, "the label", bars * self.plot.size, self.slot)
                else:
                    yield self.label(point.label, "the label", bars * wide, self.slot)

    def inside(self) -> Iterator[ChartLabel]:
        """Labels in the middle of a stack's parts: beside narrow parts, the words of one must not reach the next."""
        for at in range(len(self.chart.categories)):
            begin = 0.0
            before: tuple[float, float] | None = None  # where the last label's middle is, and half of its length
            for index, series in enumerate(self.chart.series):
                length = self.length(index, at)
                middle, begin = begin + length / 2, begin + length
                words = series.points[at].label
                if not words or series.points[at].value is None:
                    continue
                if series.labels not in ("auto", "center"):  # the ends of a range stand in the unseen parts beside it
                    yield self.label(words, "the label", fonts.width(self.bold, words, self.plot.size) + GAP, length)
                    continue
                half = self.half(words, index, at)
                yield self.label(words, "the label", self.across_part(words, index, at), self.slot)
                yield self.label(words, "the label", half, self.to_edge(middle))
                if before:
                    yield self.label(words, "the label", before[1] + half, middle - before[0])
                before = middle, half

    def length(self, index: int, at: int) -> float:
        """How long a part is along its stack."""
        if self.chart.type == "bar":
            return part_length(self.chart, self.plot, self.width, index, at)
        values = [series.points[at].value or 0.0 for series in self.chart.series]
        whole = sum(values) if self.chart.grouping == "percent" else (self.plot.maximum or 0) - (self.plot.minimum or 0)
        return self.up * values[index] / (whole or 1.0)

    def shown(self, words: str, index: int, at: int) -> str:
        """The label as it is written: number and name on two lines where the part is narrow."""
        narrow = (
            fonts.width(self.bold, words, self.plot.size)
            > part_length(self.chart, self.plot, self.width, index, at) - GAP
        )
        return words.replace(SEPARATOR, "\n") if narrow and not self.chart.series[index].hidden else words

    def half(self, words: str, index: int, at: int) -> float:
        shown = self.shown(words, index, at)
        if self.chart.type == "bar":
            return fonts.width(self.bold, shown, self.plot.size) / 2
        return (shown.count("\n") + 1) * self.plot.size / 2

    def across_part(self, words: str, index: int, at: int) -> float:
        """What a label takes across its stack."""
        shown = self.shown(words, index, at)
        if self.chart.type == "bar":
            return (shown.count("\n") + 1) * self.plot.size
        return fonts.width(self.bold, shown, self.plot.size)

    def to_edge(self, middle: float) -> float:
        """How far it is from a place along the stack to the nearer edge of the frame."""
        x, y, _, high = self.plot.area
        if self.chart.type == "bar":
            return min(x * self.width + middle, self.width * (1 - x) - middle)
        foot = (1 - y - high) * self.height
        return min(foot + middle, self.height - foot - middle)

    def line_ends(self) -> Iterator[ChartLabel]:
        """The labels behind the lines' last points, which must not run into one another."""
        low, high = self.plot.minimum or 0.0, self.plot.maximum or 0.0
        scale = self.up / ((high - low) or 1.0)
        ends = sorted(
            (point.value * scale, point.label)
            for series in self.chart.series
            for point in series.points[-1:]
            if point.label and point.value is not None
        )
        yield from self.over_points()
        for (below, _), (above, words) in pairwise(ends):
            yield self.label(words, "the label", self.plot.size, above - below)
        if len(ends) == 1:
            wide = fonts.width(self.bold, ends[0][1], self.plot.size)
            yield self.label(ends[0][1], "the label", wide, self.width * (1 - self.plot.area[0] - self.plot.area[2]))

    def over_points(self) -> Iterator[ChartLabel]:
        """The labels over all points but the last: none reaches the value axis, or the frame's edge where none is shown."""
        begin = self.slot / 2 if padded(self.chart) else 0.0
        begin += 0.0 if self.chart.step else self.plot.area[0] * self.width
        for series in self.chart.series:
            for at, point in enumerate(series.points[:-1]):
                if point.label and point.value is not None:
                    half = fonts.width(self.bold, point.label, self.plot.size) / 2
                    yield self.label(point.label, "the label", half, begin + at * self.slot)


def measured_labels(chart: NativeChart, width: float, height: float, brand: Brand) -> tuple[ChartLabel, ...]:
    """Every label of a chart in a frame of this size (points), with what it needs and has."""
    face, bold = (fonts.face(brand, brand.deck_base, bold=heavy) for heavy in (False, True))
    return tuple(_Drawn(chart, layout(chart, width, height, brand), width, height, face, bold).labels())


def scene_labels(scene: Scene, brand: Brand) -> Iterator[ChartLabel]:
    """Every label of a drawing, with what it needs and has in the direction in which it is fuller."""
    for item in scene.items:
        if not isinstance(item, SceneText):
            continue
        face = fonts.face(brand, brand.deck_base, bold=item.bold)
        lines = fonts.wrap(face, item.text, item.size, item.width)
        high = len(lines) * fonts.line_height(face, item.size)
        wide = max(fonts.width(face, line, item.size) for line in lines)
        needed, room = max((wide, item.width), (high, item.height), key=lambda each: each[0] / (each[1] or 1.0))
        yield ChartLabel(item.text, "the label", item.size, needed, room)


def require_room(chart: NativeChart, width: float, height: float, brand: Brand) -> None:
    """FitError where names or labels would run into one another: PowerPoint would draw them all the same."""
    plot = layout(chart, width, height, brand)
    across, up = plot.area[2] * width, plot.area[3] * height
    along = across if chart.type == "bar" else up
    left = along - (label_room(chart, brand, plot.size) if chart.grouping == "clustered" else 0.0)
    if min(across / width, up / height) < LEAST_PLOT or (chart.type != "line" and left < LEAST_PLOT * along):
        raise FitError("the names and labels leave no room for the chart itself", hint="shorten them")
    short = [label for label in measured_labels(chart, width, height, brand) if label.needed > label.room]
    if short:
        raise FitError([label.diagnostic() for label in short[:5]])

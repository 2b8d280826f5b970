"""The words of a native chart: what each needs and has, in points, so that none runs into another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from msgspec import Struct

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.charts.scene import NativeChart, Scene, SceneText
from reportgen.deck.charts import stacks
from reportgen.deck.charts.plot_layout import LEGEND, NAMES_SHARE, lay_out_plot, measure_label_room
from reportgen.deck.charts.stacks import GAP, SEPARATOR, Part
from reportgen.deck.oxml.chart_xml import Plot, is_padded, is_single_stack
from reportgen.system.errors import Diagnostic, FitError

LEAST_PLOT = 0.3  # of the width and of the height: what names and labels leave to the drawing
KEY = 26.0  # points that a legend's key takes, with the space around it


class ChartLabel(Struct, frozen=True):
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


class _Drawn(Struct, frozen=True):
    """A chart laid out in its frame."""

    chart: NativeChart
    plot: Plot
    width: float
    height: float
    brand: Brand

    @property
    def face(self) -> FontFile:
        return fonts.find_face(self.brand, self.brand.deck_base)

    @property
    def bold(self) -> FontFile:
        return fonts.find_face(self.brand, self.brand.deck_base, bold=True)

    @property
    def across(self) -> float:
        return self.plot.area[2] * self.width

    @property
    def up(self) -> float:
        return self.plot.area[3] * self.height

    @property
    def line(self) -> float:
        return fonts.measure_line_height(self.face, self.plot.size)

    @property
    def slot(self) -> float:
        """What one category has of the axis that it stands on; of a line's, the way from one to the next."""
        count = len(self.chart.categories)
        if self.chart.type == "line" and not is_padded(self.chart):
            return self.across / max(1, count - 1)
        return (self.up if self.chart.type == "bar" else self.across) / count

    def label(self, words: str, what: str, needed: float, room: float) -> ChartLabel:
        return ChartLabel(words, what, self.plot.size, needed, room)

    def labels(self) -> Iterator[ChartLabel]:
        if not is_single_stack(self.chart):
            yield from (self.name(name) for name in self.chart.categories)
        if self.chart.legend:
            names = [series.name for series in self.chart.series if not series.hidden]
            needed = sum(fonts.measure_width(self.face, name, self.plot.size) + KEY for name in names)
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
        longest = fonts.measure_longest_word(self.face, name, size)
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
                wide = fonts.measure_width(self.bold, point.label.replace(SEPARATOR, "\n"), self.plot.size)
                if self.chart.type == "bar":
                    yield self.label(point.label, "the label", wide + GAP, along * (1 - LEAST_PLOT))
                    yield self.label(point.label, "the label", bars * self.plot.size, self.slot)
                else:
                    yield self.label(point.label, "the label", bars * wide, self.slot)

    def inside(self) -> Iterator[ChartLabel]:
        """Labels in the middle of a stack's parts: beside narrow parts, the words of one must not reach the next."""
        before: Part | None = None  # the last one with a label
        for part in stacks.lay_out_stacks(self.chart, self.plot, self.width, self.height, self.brand):
            series = self.chart.series[part.index]
            before = before if before and before.at == part.at else None
            if not part.words:
                continue
            if series.labels not in ("auto", "center"):  # the ends of a range stand in the unseen parts beside it
                yield self.label(part.words, "the label", part.along + GAP, part.length)
                continue
            yield self.label(part.words, "the label", part.across, self.slot)
            yield self.label(part.words, "the label", part.along / 2, self.to_edge(part.middle))
            if before:
                needed = (before.along + part.along) / 2
                yield self.label(part.words, "the label", needed, part.middle - before.middle)
            before = part

    def to_edge(self, middle: float) -> float:
        """How far it is from a place along the stack to the nearer of the names, or the frame's edge, and its far edge."""
        x, y, _, high = self.plot.area
        if self.chart.type == "bar":
            return min(middle + (x * self.width if is_single_stack(self.chart) else 0.0), self.width * (1 - x) - middle)
        foot = (1 - y - high) * self.height
        return min(middle + (foot if is_single_stack(self.chart) else 0.0), self.height - foot - middle)

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
            wide = fonts.measure_width(self.bold, ends[0][1], self.plot.size)
            yield self.label(ends[0][1], "the label", wide, self.width * (1 - self.plot.area[0] - self.plot.area[2]))

    def over_points(self) -> Iterator[ChartLabel]:
        """The labels over all points but the last: none reaches the value axis, or the frame's edge where none is shown."""
        begin = self.slot / 2 if is_padded(self.chart) else 0.0
        begin += 0.0 if self.chart.step else self.plot.area[0] * self.width
        for series in self.chart.series:
            for at, point in enumerate(series.points[:-1]):
                if point.label and point.value is not None:
                    half = fonts.measure_width(self.bold, point.label, self.plot.size) / 2
                    yield self.label(point.label, "the label", half, begin + at * self.slot)


def measure_labels(chart: NativeChart, width: float, height: float, brand: Brand) -> tuple[ChartLabel, ...]:
    """Every label of a chart in a frame of this size (points), with what it needs and has."""
    return tuple(_Drawn(chart, lay_out_plot(chart, width, height, brand), width, height, brand).labels())


def measure_scene_labels(scene: Scene, brand: Brand) -> Iterator[ChartLabel]:
    """Every label of a drawing, with what it needs and has in the direction in which it is fuller."""
    for item in scene.items:
        if not isinstance(item, SceneText):
            continue
        face = fonts.find_face(brand, brand.deck_base, bold=item.bold)
        lines = fonts.wrap(face, item.text, item.size, item.width)
        high = len(lines) * fonts.measure_line_height(face, item.size)
        wide = max(fonts.measure_width(face, line, item.size) for line in lines)
        needed, room = max((wide, item.width), (high, item.height), key=lambda each: each[0] / (each[1] or 1.0))
        yield ChartLabel(item.text, "the label", item.size, needed, room)


def require_room(chart: NativeChart, width: float, height: float, brand: Brand) -> None:
    """FitError where names or labels would run into one another: PowerPoint would draw them all the same."""
    plot = lay_out_plot(chart, width, height, brand)
    across, up = plot.area[2] * width, plot.area[3] * height
    along = across if chart.type == "bar" else up
    left = along - (measure_label_room(chart, brand, plot.size) if chart.grouping == "clustered" else 0.0)
    if min(across / width, up / height) < LEAST_PLOT or (chart.type != "line" and left < LEAST_PLOT * along):
        raise FitError("the names and labels leave no room for the chart itself", hint="shorten them")
    short = [label for label in measure_labels(chart, width, height, brand) if label.needed > label.room]
    if short:
        raise FitError([label.diagnostic() for label in short[:5]])

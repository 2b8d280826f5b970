"""Resolves a chart: the size and colours of its words, and what distinguishes its series."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.package import A, C
from reportgen.deck.theme.colors.resolved_colors import Color, Fill, ThemeColors, blend_fill
from reportgen.deck.view.chart_data import (
    is_true,
    read_categories,
    read_rich_text,
    read_series,
    read_series_name,
    read_value,
)
from reportgen.deck.view.view_values import Chart, ChartText, Mark
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_first, is_on, iter_children, parse_int

SIZE = 1000  # hundredths of a point: the default size
TITLE_SCALE = 1.2  # a title's default size, as a multiple of the chart's
SLICES = ("pieChart", "pie3DChart", "doughnutChart", "ofPieChart")
INSIDE = ("ctr", "inEnd", "inBase")
AXES = {"catAx": "the labels of the categories", "dateAx": "the labels of the dates",
        "valAx": "the labels of the values", "serAx": "the labels of the series"}  # fmt: skip


def resolve_chart(root: Element, colors: ThemeColors, background: RGB | None) -> Chart:
    """Resolve a chart from the root of its part; `background` is what lies behind its frame."""
    return _ChartResolver(root, colors, background).resolve()


class _ChartResolver(Struct, frozen=True):
    root: Element
    colors: ThemeColors
    background: RGB | None

    def resolve(self) -> Chart:
        background = blend_fill(self.colors.find_fill(self.root.find(f"{C}spPr")), self.background)
        plots = [each for each in iter_children(self.root.find(f"{C}chart/{C}plotArea")) if each.tag.endswith("Chart")]
        is_pie = bool(plots) and all(each.tag.removeprefix(C) in SLICES for each in plots)
        marks = [mark for plot in plots for mark in (self._slices(plot) if is_pie else self._series(plot))]
        legend = self.root.find(f"{C}chart/{C}legend")
        labels = (text for plot in plots for text in self._labels(plot, background))
        texts = [*self._titles_and_axes(background, legend), *labels]
        titles = tuple(text for title in self.root.iter(f"{C}title") if (text := read_rich_text(title)))
        series = tuple(map(read_series, self.root.iter(f"{C}ser")))
        return Chart(
            tuple(dict.fromkeys(texts)), tuple(marks), legend is not None, is_pie,
            titles, read_categories(self.root), series,
        )  # fmt: skip

    def _titles_and_axes(self, background: RGB | None, legend: Element | None) -> Iterator[ChartText]:
        chart = self.root.find(f"{C}chart")
        if (title := find(chart, f"{C}title")) is not None:
            yield self._text("the title", _own_looks(title), background, TITLE_SCALE)
        for axis in iter_children(find(chart, f"{C}plotArea")):
            name = AXES.get(axis.tag.removeprefix(C))
            if not name or is_true(axis, "delete"):
                continue
            if read_value(axis, "tickLblPos") != "none":
                yield self._text(name, [_look(axis)], background)
            if (title := axis.find(f"{C}title")) is not None:
                yield self._text("an axis's title", _own_looks(title), background)
        if legend is not None:
            fill = self.colors.find_fill(legend.find(f"{C}spPr"))
            yield self._text("the legend", [_look(legend)], blend_fill(fill, background))

    def _labels(self, plot: Element, background: RGB | None) -> Iterator[ChartText]:
        stacked = read_value(plot, "grouping") in ("stacked", "percentStacked")
        common = plot.find(f"{C}dLbls")
        for place, series in enumerate(plot.findall(f"{C}ser")):
            own = series.find(f"{C}dLbls")
            title = read_series_name(series)
            name = f"the labels of “{title}”" if title else "the labels"
            for label in [*(own.findall(f"{C}dLbl") if own is not None else ()), own if own is not None else common]:
                if label is None or not _is_shown(label):
                    continue
                position = read_value(label, "dLblPos") or read_value(own, "dLblPos")
                index = read_value(label, "idx")
                inside = position in INSIDE or (not position and stacked)
                under = blend_fill(self._fill(series, index, place), background) if inside else background
                under = blend_fill(self.colors.find_fill(label.find(f"{C}spPr")), under)
                yield self._text(name, [*_own_looks(label), _look(own), _look(common)], under)

    def _text(self, part: str, looks: list[Element | None], background: RGB | None, scale: float = 1.0) -> ChartText:
        base = _look(self.root)
        size = parse_int(get_first(looks, "", "sz")) / 100 or parse_int(get_first([base], "", "sz"), SIZE) / 100 * scale
        bold = is_on(get_first([*looks, base], "", "b"))
        fills = (self.colors.find_fill(look) for look in [*looks, base])
        fill = next((fill for fill in fills if fill), self.colors.find_named("tx1"))
        color = blend_fill(fill if isinstance(fill, Color) else "unread", background)
        return ChartText(part, size, bold, color, background)

    def _fill(self, series: Element, index: str, place: int) -> Fill:
        """Return the fill of a bar, line or slice: the point's own, the series', or the theme's accent in turn."""
        for point in series.findall(f"{C}dPt"):
            if index and read_value(point, "idx") == index and (fill := _own_fill(point, self.colors)):
                return fill
        order = parse_int(read_value(series, "idx"), place)
        return _own_fill(series, self.colors) or self.colors.find_named(f"accent{order % 6 + 1}") or "unread"

    def _series(self, plot: Element) -> Iterator[Mark]:
        for place, series in enumerate(plot.findall(f"{C}ser")):
            fill = self._fill(series, "", place)
            if fill != "none":
                name, labels = read_series_name(series), series.iter(f"{C}dLbls", f"{C}dLbl")
                named = any(is_true(label, "showSerName") or _mentions(label, name) for label in labels)
                yield Mark(name, _color(fill), _texture(series), named)

    def _slices(self, plot: Element) -> Iterator[Mark]:
        for series in plot.findall(f"{C}ser")[:1]:
            names = {point.get("idx", ""): point.findtext(f"{C}v") or "" for point in series.findall(f"{C}cat//{C}pt")}
            labels = [*series.iter(f"{C}dLbls"), *plot.findall(f"{C}dLbls")]
            named = any(is_true(label, "showCatName") for label in labels)
            points = {read_value(point, "idx"): point for point in series.findall(f"{C}dPt")}
            for place, (index, name) in enumerate(names.items()):
                own = points.get(index)
                accent = self.colors.find_named(f"accent{place % 6 + 1}")
                fill = (_own_fill(own, self.colors) if own is not None else None) or accent
                yield Mark(name, _color(fill), _texture(own) if own is not None else "", named)


def _look(parent: Element | None) -> Element | None:
    """Return the run properties that a part of the chart sets for its text."""
    return find(parent, f"{C}txPr/{A}p/{A}pPr/{A}defRPr")


def _own_looks(parent: Element) -> list[Element | None]:
    """Return the run properties of a title or a label, those of its own words first."""
    rich = parent.find(f"{C}tx/{C}rich")
    return [find(rich, f"{A}p/{A}r/{A}rPr"), find(rich, f"{A}p/{A}pPr/{A}defRPr"), _look(parent)]


def _is_shown(label: Element) -> bool:
    shows = ("showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    has_words = label.find(f"{C}tx") is not None or any(is_true(label, name) for name in shows)
    return has_words and not is_true(label, "delete")


def _mentions(label: Element, name: str) -> bool:
    """Return True if a label's own words, or the format of its numbers, name the series."""
    rich = label.find(f"{C}tx")
    words = "" if rich is None else "".join(str(text) for text in rich.itertext())
    return bool(name) and name in words + get_attribute(label.find(f"{C}numFmt"), "formatCode")


def _own_fill(parent: Element, colors: ThemeColors) -> Fill | None:
    """Return the fill of a bar, the stroke of a line without a fill, or a pattern's first colour."""
    look = parent.find(f"{C}spPr")
    if (pattern := find(look, f"{A}pattFill")) is not None:
        return colors.find_color(pattern.find(f"{A}fgClr")) or "unread"
    fill, stroke = colors.find_fill(look), colors.find_fill(find(look, f"{A}ln"))
    return stroke if isinstance(stroke, Color) and not isinstance(fill, Color) else fill


def _texture(parent: Element) -> str:
    """Return what distinguishes a series without colour: pattern, dashes, the form of its markers."""
    look = parent.find(f"{C}spPr")
    found = (
        get_attribute(find(look, f"{A}pattFill"), "prst"),
        get_attribute(find(look, f"{A}ln/{A}prstDash"), "val").replace("solid", ""),
        get_attribute(find(parent, f"{C}marker/{C}symbol"), "val").replace("none", ""),
    )
    return " ".join(part for part in found if part)


def _color(fill: Fill | None) -> RGB | None:
    return fill.rgb if isinstance(fill, Color) else None

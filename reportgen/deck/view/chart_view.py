"""Charts: how their words are set and on what, and what tells their series apart."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.brand.contrast import RGB
from reportgen.deck.view.part_xml import A, C, Element, at, children, first, whole, word
from reportgen.deck.view.resolved_colors import Fill, Paint, Palette
from reportgen.deck.view.view_values import Chart, ChartText, Mark

SIZE = 1000  # hundredths of a point, where a chart says nothing
SLICES = ("pieChart", "pie3DChart", "doughnutChart", "ofPieChart")
INSIDE = ("ctr", "inEnd", "inBase")
AXES = {"catAx": "the labels of the categories", "dateAx": "the labels of the dates",
        "valAx": "the labels of the values", "serAx": "the labels of the series"}  # fmt: skip


def chart(root: Element, palette: Palette, behind: RGB | None) -> Chart:
    return _Reading(root, palette, behind).result()


class _Reading(Struct, frozen=True):
    root: Element
    palette: Palette
    behind: RGB | None

    def result(self) -> Chart:
        ground = _over(self.palette.fill(self.root.find(f"{C}spPr")), self.behind)
        plots = [each for each in children(self.root.find(f"{C}chart/{C}plotArea")) if each.tag.endswith("Chart")]
        slices = bool(plots) and all(each.tag.removeprefix(C) in SLICES for each in plots)
        marks = [mark for plot in plots for mark in (self._slices(plot) if slices else self._series(plot))]
        legend = self.root.find(f"{C}chart/{C}legend")
        texts = [*self._furniture(ground, legend), *(text for plot in plots for text in self._labels(plot, ground))]
        return Chart(tuple(dict.fromkeys(texts)), tuple(marks), legend is not None, slices)

    def _furniture(self, ground: RGB | None, legend: Element | None) -> Iterator[ChartText]:
        """Title, axes and legend."""
        holder = self.root.find(f"{C}chart")
        title = at(holder, f"{C}title")
        if title is not None:
            rich = title.find(f"{C}tx/{C}rich")
            looks = [at(rich, f"{A}p/{A}r/{A}rPr"), at(rich, f"{A}p/{A}pPr/{A}defRPr"), _look(title)]
            yield self._text("the title", looks, ground, 1.2)
        for axis in children(at(holder, f"{C}plotArea")):
            name = AXES.get(axis.tag.removeprefix(C))
            if name and not _is(axis.find(f"{C}delete")) and word(axis.find(f"{C}tickLblPos"), "val") != "none":
                yield self._text(name, [_look(axis)], ground)
            if name and (title := axis.find(f"{C}title")) is not None and not _is(axis.find(f"{C}delete")):
                rich = title.find(f"{C}tx/{C}rich")
                yield self._text("an axis's title", [at(rich, f"{A}p/{A}r/{A}rPr"), at(rich, f"{A}p/{A}pPr/{A}defRPr"), _look(title)], ground)  # fmt: skip
        if legend is not None:
            yield self._text("the legend", [_look(legend)], _over(self.palette.fill(legend.find(f"{C}spPr")), ground))

    def _labels(self, plot: Element, ground: RGB | None) -> Iterator[ChartText]:
        stacked = word(plot.find(f"{C}grouping"), "val") in ("stacked", "percentStacked")
        common = plot.find(f"{C}dLbls")
        for place, series in enumerate(plot.findall(f"{C}ser")):
            own = series.find(f"{C}dLbls")
            name = f"the labels of “{_name(series)}”" if _name(series) else "the labels"
            for label in [*(own.findall(f"{C}dLbl") if own is not None else ()), own if own is not None else common]:
                if label is None or not _shown(label):
                    continue
                where = word(label.find(f"{C}dLblPos"), "val") or word(at(own, f"{C}dLblPos"), "val")
                index = word(label.find(f"{C}idx"), "val")
                inside = where in INSIDE or (not where and stacked)
                under = _over(self._fill(series, index, place), ground) if inside else ground
                under = _over(self.palette.fill(label.find(f"{C}spPr")), under)
                rich = label.find(f"{C}tx/{C}rich")
                looks = [at(rich, f"{A}p/{A}r/{A}rPr"), at(rich, f"{A}p/{A}pPr/{A}defRPr"), _look(label), _look(own), _look(common)]  # fmt: skip
                yield self._text(name, looks, under)

    def _text(self, part: str, looks: list[Element | None], behind: RGB | None, scale: float = 1.0) -> ChartText:
        base = _look(self.root)
        size = whole(first(looks, "", "sz"), 0) / 100 or whole(first([base], "", "sz"), SIZE) / 100 * scale
        bold = first([*looks, base], "", "b") in ("1", "true")
        fill = next((fill for look in [*looks, base] if (fill := self.palette.fill(look))), self.palette.named("tx1"))
        paint = fill if isinstance(fill, Paint) else None
        color = None if paint is None else paint.color if behind is None else paint.over(behind)
        return ChartText(part, size, bold, color, behind)

    def _fill(self, series: Element, index: str, place: int) -> Fill:
        """How a bar, a line or a slice is painted: the point's own, the series', or the theme's in turn."""
        for point in series.findall(f"{C}dPt"):
            if index and word(point.find(f"{C}idx"), "val") == index and (fill := _painted(point, self.palette)):
                return fill
        order = whole(word(series.find(f"{C}idx"), "val"), place)
        return _painted(series, self.palette) or self.palette.named(f"accent{order % 6 + 1}") or "unread"

    def _series(self, plot: Element) -> Iterator[Mark]:
        for place, series in enumerate(plot.findall(f"{C}ser")):
            fill = self._fill(series, "", place)
            if fill != "none":
                named = any(_on(label, "showSerName") or _written(label, _name(series)) for label in series.iter(f"{C}dLbls", f"{C}dLbl"))  # fmt: skip
                yield Mark(_name(series), _color(fill), _texture(series), named)

    def _slices(self, plot: Element) -> Iterator[Mark]:
        for series in plot.findall(f"{C}ser")[:1]:
            names = {point.get("idx", ""): point.findtext(f"{C}v") or "" for point in series.findall(f"{C}cat//{C}pt")}
            labels = [*series.iter(f"{C}dLbls"), *plot.findall(f"{C}dLbls")]
            named = any(_on(label, "showCatName") for label in labels)
            points = {word(point.find(f"{C}idx"), "val"): point for point in series.findall(f"{C}dPt")}
            for place, (index, name) in enumerate(names.items()):
                own = points.get(index)
                fill = (_painted(own, self.palette) if own is not None else None) or self.palette.named(f"accent{place % 6 + 1}")  # fmt: skip
                yield Mark(name, _color(fill or "unread"), _texture(own) if own is not None else "", named)


def _look(holder: Element | None) -> Element | None:
    return at(holder, f"{C}txPr/{A}p/{A}pPr/{A}defRPr")


def _is(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")


def _on(label: Element, name: str) -> bool:
    return _is(label.find(f"{C}{name}"))


def _shown(label: Element) -> bool:
    shows = ("showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    deleted = _is(label.find(f"{C}delete"))
    return not deleted and (label.find(f"{C}tx") is not None or any(_on(label, name) for name in shows))


def _written(label: Element, name: str) -> bool:
    """Whether a label's own words, or the format of its numbers, name the series."""
    rich = label.find(f"{C}tx")
    words = "" if rich is None else "".join(str(text) for text in rich.itertext())
    return bool(name) and name in words + word(label.find(f"{C}numFmt"), "formatCode")


def _name(series: Element) -> str:
    return " ".join(text for value in series.findall(f"{C}tx//{C}v") if (text := value.text))


def _painted(holder: Element, palette: Palette) -> Fill | None:
    """The fill of a bar; of a line without one, its stroke's; a pattern's first colour."""
    look = holder.find(f"{C}spPr")
    if (pattern := at(look, f"{A}pattFill")) is not None:
        return palette.of(pattern.find(f"{A}fgClr")) or "unread"
    fill, stroke = palette.fill(look), palette.fill(at(look, f"{A}ln"))
    return stroke if isinstance(stroke, Paint) and not isinstance(fill, Paint) else fill


def _texture(holder: Element) -> str:
    """What tells a series from others without its colour: pattern, dashes, the form of its markers."""
    look = holder.find(f"{C}spPr")
    found = (
        word(at(look, f"{A}pattFill"), "prst"),
        word(at(look, f"{A}ln/{A}prstDash"), "val").replace("solid", ""),
        word(at(holder, f"{C}marker/{C}symbol"), "val").replace("none", ""),
    )
    return " ".join(part for part in found if part)


def _color(fill: Fill) -> RGB | None:
    return fill.color if isinstance(fill, Paint) else None


def _over(fill: Fill | None, behind: RGB | None) -> RGB | None:
    if isinstance(fill, Paint):
        return fill.color if fill.alpha >= 1 else None if behind is None else fill.over(behind)
    return None if fill == "unread" else behind

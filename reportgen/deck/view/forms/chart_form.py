"""The form of a chart: its kind, its axes, the order and the colours of its series, and what is drawn beside them."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.package import A, C
from reportgen.deck.theme.colors.resolved_colors import ThemeColors
from reportgen.deck.view.forms.fill_names import NONE, name_fill, name_own_fill
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_int, is_on, iter_children, parse_int

MOST_POINTS = 500  # of a series, whose colours are read
LINES = ("lineChart", "line3DChart", "scatterChart", "radarChart", "stockChart")
AXES = {"catAx": "category axis", "dateAx": "date axis", "valAx": "value axis", "serAx": "series axis"}
BESIDE = ("trendline", "errBars", "dropLines", "hiLowLines", "upDownBars", "dTable")
SHOWN = {"showCatName": "categories", "showPercent": "percentages", "showBubbleSize": "sizes"}


def read_chart_form(root: Element, colors: ThemeColors) -> dict[str, str]:
    """Return what a chart's reader sees of its drawing, from the root of the chart's part."""
    return dict(_read(root, colors))


def _read(root: Element, colors: ThemeColors) -> Iterator[tuple[str, str]]:
    area = root.find(f"{C}chart/{C}plotArea")
    plots = [each for each in iter_children(area) if each.tag.endswith("Chart")]
    yield "type", ", ".join(each.tag.removeprefix(C) for each in plots)
    yield "bar direction", ", ".join(filter(None, (_value(plot, "barDir") for plot in plots)))
    yield "grouping", ", ".join(filter(None, (_value(plot, "grouping") for plot in plots)))
    series = [(plot, each) for plot in plots for each in plot.findall(f"{C}ser")]
    places = sorted(range(len(series)), key=lambda at: parse_int(_value(series[at][1], "order"), at))
    yield "order of the series", ", ".join(str(place + 1) for place in places)
    for place, (plot, each) in enumerate(series):
        yield from _read_colors(plot, each, place, colors)
    yield "legend", "shown" if root.find(f"{C}chart/{C}legend") is not None else "none"
    hidden = sum(_is_on(each, "delete") for each in root.iter(f"{C}legendEntry"))
    yield "hidden entries of the legend", str(hidden)
    beside = [name for name in BESIDE for _ in root.iter(f"{C}{name}")]
    yield "additions", ", ".join(beside) or NONE
    labels = list(root.iter(f"{C}dLbls", f"{C}dLbl"))
    shown = [word for tag, word in SHOWN.items() if any(_is_on(each, tag) for each in labels)]
    yield "labels beside the values", ", ".join(shown) or NONE
    moved = sum(1 for each in root.iter(f"{C}dLbl") if each.find(f"{C}layout/{C}manualLayout") is not None)
    yield "labels moved by hand", str(moved)
    yield "overlap of bars", ", ".join(_value(plot, "overlap") or "0" for plot in plots if plot.tag == f"{C}barChart")
    yield (
        "gap between bars",
        ", ".join(_value(plot, "gapWidth") or "150" for plot in plots if plot.tag == f"{C}barChart"),
    )
    layout = find(area, f"{C}layout/{C}manualLayout")
    yield "width of the plot", _number(layout, "w")
    yield "height of the plot", _number(layout, "h")
    counts: dict[str, int] = {}
    for axis in iter_children(area):
        if name := AXES.get(axis.tag.removeprefix(C)):
            counts[name] = counts.get(name, 0) + 1
            name += f" {counts[name]}" if counts[name] > 1 else ""
            for key, value in _read_axis(axis):
                yield f"{name}’s {key}", value


def _read_axis(axis: Element) -> Iterator[tuple[str, str]]:
    scaling = axis.find(f"{C}scaling")
    yield "start", _number(scaling, "min")
    yield "end", _number(scaling, "max")
    yield "direction", _value(scaling, "orientation") or "minMax"
    yield "logarithm", _number(scaling, "logBase", "none")
    hidden = _is_on(axis, "delete")
    yield "labels", "none" if hidden or _value(axis, "tickLblPos") == "none" else "shown"
    yield "crossing", _number(axis, "crossesAt", "") or _value(axis, "crosses") or "autoZero"
    units = axis.find(f"{C}dispUnits")
    yield "units", "as they are" if units is None else _value(units, "builtInUnit") or _value(units, "custUnit")
    if not hidden and axis.tag == f"{C}valAx":
        yield "step", _number(axis, "majorUnit")


def _read_colors(plot: Element, series: Element, place: int, colors: ThemeColors) -> Iterator[tuple[str, str]]:
    """Yield the colour of a series' line, or of each of its bars or slices."""
    kind = plot.tag.removeprefix(C)
    accent = parse_int(_value(series, "idx"), place)
    if kind in LINES:
        yield f"colour of series {place + 1}", _stroke(series, colors) or _accent(accent, colors)
        return
    own = {_value(each, "idx"): each for each in series.findall(f"{C}dPt")}
    common = name_own_fill(series.find(f"{C}spPr"), colors)
    varies = _is_on(plot, "varyColors") and len(plot.findall(f"{C}ser")) == 1
    points = {get_int(each, "idx") for each in series.iterfind(f"{C}val//{C}pt")}
    for at in sorted(points)[:MOST_POINTS]:
        point = own.get(str(at))
        fill = name_own_fill(find(point, f"{C}spPr"), colors) or common
        yield f"colour of series {place + 1}, point {at + 1}", fill or _accent(at if varies else accent, colors)


def _stroke(series: Element, colors: ThemeColors) -> str:
    return name_own_fill(series.find(f"{C}spPr/{A}ln"), colors)


def _accent(number: int, colors: ThemeColors) -> str:
    return name_fill(colors.find_named(f"accent{number % 6 + 1}"))


def _value(parent: Element | None, name: str) -> str:
    return get_attribute(find(parent, f"{C}{name}"), "val")


def _is_on(parent: Element, name: str) -> bool:
    element = parent.find(f"{C}{name}")
    return element is not None and is_on(element.get("val", "1"))


def _number(parent: Element | None, name: str, default: str = "automatic") -> str:
    text = _value(parent, name)
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text or default

"""A native chart as DrawingML: no grid, no border, no legend unless asked for; every value says itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries, Role
from reportgen.deck.oxml import NO_LINE, attribute, chars, fill, line, outline, solid

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
GROUPING = {"clustered": "clustered", "stacked": "stacked", "percent": "percentStacked"}
CATEGORY_AXIS, VALUE_AXIS = 111_111_111, 222_222_222  # any two positive numbers; negative ones are not valid
SHEET = "Sheet1"
SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


@dataclass(frozen=True, slots=True)
class Plot:
    """How a chart is laid out: the plot's x, y, width and height as shares of the frame, its scale, gap and type size."""

    area: tuple[float, float, float, float]
    minimum: float | None
    maximum: float | None
    gap: int
    size: float


def chart_space(chart: NativeChart, plot: Plot, written: Mapping[tuple[int, int], str], language: str) -> bytes:
    """The chart part's XML. `written` are labels by (series, point) that are text, for no number format prints them."""
    series = "".join(_series(chart, index, written, language) for index in range(len(chart.series)))
    body = _line_plot(series) if chart.type == "line" else _bar_plot(chart, plot, series)
    legend = _legend(chart, plot.size) if chart.legend else ""
    blanks = "gap" if chart.gaps == "gap" else "span"
    xml = (
        f'<c:chartSpace {SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_layout(plot)}{body}{_category_axis(chart, plot)}{_value_axis(chart, plot)}"
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr></c:plotArea>{legend}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{blanks}"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{_type(plot.size, 'ink', language)}</c:chartSpace>"
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def plain(chart: NativeChart) -> bool:
    """One bar split into parts needs no name beside it: the slide's title and subtitle say what the whole is."""
    parts = chart.grouping != "clustered" and not any(series.hidden for series in chart.series)
    return parts and len(chart.categories) == 1


def _layout(plot: Plot) -> str:
    x, y, width, height = (f"{share:.4f}" for share in plot.area)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/><c:h val="{height}"/></c:manualLayout></c:layout>'
    )


def _bar_plot(chart: NativeChart, plot: Plot, series: str) -> str:
    overlap = 0 if chart.grouping == "clustered" else 100
    return (
        f'<c:barChart><c:barDir val="{"bar" if chart.type == "bar" else "col"}"/>'
        f'<c:grouping val="{GROUPING[chart.grouping]}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{plot.gap}"/><c:overlap val="{overlap}"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
    )


def _line_plot(series: str) -> str:
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:lineChart>'
    )


def _series(chart: NativeChart, index: int, written: Mapping[tuple[int, int], str], language: str) -> str:
    series = chart.series[index]
    column = chr(ord("B") + index)
    head = (
        f'<c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{chars(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )
    labels = _labels(chart, index, written, language)
    data = _categories(chart.categories) + _values(series, column)
    if chart.type == "line":
        stroke = f"<c:spPr>{line(series.role, 2.25)}</c:spPr>"
        points = "".join(_line_point(series, at, point) for at, point in enumerate(series.points))
        return f'<c:ser>{head}{stroke}{_marker(series.role)}{points}{labels}{data}<c:smooth val="0"/></c:ser>'
    look = f"<a:noFill/>{NO_LINE}" if series.hidden else fill(series.role, "solid") + NO_LINE
    points = "" if series.hidden else "".join(_bar_point(series, at, point) for at, point in enumerate(series.points))
    return f'<c:ser>{head}<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{points}{labels}{data}</c:ser>'


def _bar_point(series: NativeSeries, at: int, point: NativePoint) -> str:
    if point.value is None or (point.role == series.role and point.texture == "solid"):
        return ""
    look = fill(point.role, point.texture) + outline(point.role, point.texture)
    return (
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{look}</c:spPr></c:dPt>'
    )


def _line_point(series: NativeSeries, at: int, point: NativePoint) -> str:
    if point.value is None or (point.role == series.role and point.texture == "solid"):
        return ""
    stroke = line(series.role, 2.25, dashed=point.texture == "open")
    return (
        f'<c:dPt><c:idx val="{at}"/>{_marker(point.role, hollow=point.texture == "open")}'
        f'<c:bubble3D val="0"/><c:spPr>{stroke}</c:spPr></c:dPt>'
    )


def _marker(role: Role, hollow: bool = False) -> str:
    inside = solid("paper" if hollow else role)
    return f'<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{inside}{line(role, 1.5)}</c:spPr></c:marker>'


def _labels(chart: NativeChart, index: int, written: Mapping[tuple[int, int], str], language: str) -> str:
    series = chart.series[index]
    each = "".join(
        _label(chart, index, at, point, written.get((index, at)), language) for at, point in enumerate(series.points)
    )
    return f"<c:dLbls>{each}<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{SHOWN.format(0)}</c:dLbls>"


def _label(chart: NativeChart, index: int, at: int, point: NativePoint, words: str | None, language: str) -> str:
    if point.label is None or point.value is None:
        return f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>'
    role = chart.series[index].label_role
    text = _rich(words, role, language) if words else ""
    code = f'<c:numFmt formatCode={attribute(point.format_code)} sourceLinked="0"/>'
    hatched = point.texture == "open" and chart.grouping != "clustered" and not chart.series[index].hidden
    ground = solid("paper") if hatched else "<a:noFill/>"  # words on hatching are hard to read
    look = f"<c:spPr>{ground}{NO_LINE}</c:spPr>{_label_type(role, language)}"
    place = f'<c:dLblPos val="{_label_place(chart, index, at)}"/>'
    return f'<c:dLbl><c:idx val="{at}"/>{text}{code}{look}{place}{SHOWN.format(1)}</c:dLbl>'


def _label_place(chart: NativeChart, index: int, at: int) -> str:
    """Where the series' labels stand; of a stack none may stand outside, PowerPoint calls such a file broken."""
    series = chart.series[index]
    if series.labels != "auto":
        return {"center": "ctr", "inside_base": "inBase", "inside_end": "inEnd", "outside_end": "outEnd"}[series.labels]
    if chart.type == "line":
        return "r" if at == len(series.points) - 1 else "t"
    return "outEnd" if chart.grouping == "clustered" else "ctr"


def _rich(text: str, role: Role, language: str) -> str:
    lines = "".join(
        f'<a:p><a:pPr><a:defRPr b="1"/></a:pPr><a:r><a:rPr lang={attribute(language)} b="1">{solid(role)}</a:rPr>'
        f"<a:t>{chars(words)}</a:t></a:r></a:p>"
        for words in text.split("\n")
    )
    return f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/>{lines}</c:rich></c:tx>"


def _label_type(role: Role, language: str) -> str:
    look = f'<a:defRPr b="1">{solid(role)}<a:latin typeface="+mn-lt"/></a:defRPr>'
    body = '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr"/>'
    return f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang={attribute(language)}/></a:p></c:txPr>"


def _type(size: float, role: Role, language: str) -> str:
    look = f'<a:defRPr sz="{round(size * 100)}">{solid(role)}<a:latin typeface="+mn-lt"/></a:defRPr>'
    return f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang={attribute(language)}/></a:p></c:txPr>"


def _categories(categories: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{chars(name)}</c:v></c:pt>' for at, name in enumerate(categories))
    return (
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${len(categories) + 1}</c:f>"
        f'<c:strCache><c:ptCount val="{len(categories)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def _values(series: NativeSeries, column: str) -> str:
    count = len(series.points)
    points = "".join(
        f'<c:pt idx="{at}" formatCode={attribute(point.format_code)}><c:v>{point.value!r}</c:v></c:pt>'
        for at, point in enumerate(series.points)
        if point.value is not None
    )
    return (
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numCache></c:numRef></c:val>'
    )


def _category_axis(chart: NativeChart, plot: Plot) -> str:
    """Bars read from the top, so their axis is reversed; labels stay below negative columns."""
    direction = "maxMin" if chart.type == "bar" else "minMax"
    side = "l" if chart.type == "bar" else "b"
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{direction}"/></c:scaling>'
        f'<c:delete val="{int(plain(chart))}"/><c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{line('hairline', 1)}</c:spPr>{_type(plot.size, 'ink', 'en-US')}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: NativeChart, plot: Plot) -> str:
    """Not shown where the labels say it all; with a step it has ticks and hairlines to read values off."""
    bounds = f'<c:max val="{plot.maximum!r}"/>' if plot.maximum is not None else ""
    bounds += f'<c:min val="{plot.minimum!r}"/>' if plot.minimum is not None else ""
    grid = f"<c:majorGridlines><c:spPr>{line('hairline', 0.5)}</c:spPr></c:majorGridlines>" if chart.step else ""
    step = f'<c:majorUnit val="{chart.step!r}"/>' if chart.step else ""
    between = "midCat" if chart.type == "line" else "between"
    return (
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{bounds}</c:scaling>'
        f'<c:delete val="{0 if chart.step else 1}"/><c:axPos val="{"b" if chart.type == "bar" else "l"}"/>{grid}'
        '<c:numFmt formatCode="#,##0.###" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr>{NO_LINE}</c:spPr>{_type(plot.size, "secondary", "en-US")}'
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="autoZero"/>'
        f'<c:crossBetween val="{between}"/>{step}</c:valAx>'
    )


def _legend(chart: NativeChart, size: float) -> str:
    """Above the plot; a hidden series is not in it."""
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
        for index, series in enumerate(chart.series)
        if series.hidden
    )
    look = f'<a:defRPr sz="{round(size * 100)}">{solid("ink")}</a:defRPr>'
    return (
        f'<c:legend><c:legendPos val="t"/>{hidden}<c:overlay val="0"/><c:txPr><a:bodyPr/><a:lstStyle/>'
        f'<a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr></c:legend>'
    )

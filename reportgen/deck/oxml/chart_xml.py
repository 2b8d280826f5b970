"""Native charts as DrawingML: no grid, no border, no legend unless asked for; every value has a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reportgen.charts.scene import NativeAxis, NativeChart, NativePoint, NativeSeries, Role
from reportgen.deck.oxml import NO_LINE, PROLOG, Paint, declare_namespaces, escape_text, quote_attribute
from reportgen.deck.package import A, C, R
from reportgen.text.languages import find_direction

SPACES = declare_namespaces(c=C, a=A, r=R)
PLACES = {"center": "ctr", "inside_base": "inBase", "inside_end": "inEnd", "outside_end": "outEnd"}
GROUPING = {"clustered": "clustered", "stacked": "stacked", "percent": "percentStacked"}
CATEGORY_AXIS, VALUE_AXIS = 111_111_111, 222_222_222  # any two positive numbers; negative ones are not valid
AXES = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'
SHEET = "Sheet1"
SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


class Plot(Struct, frozen=True):
    """The layout of a chart: the plot's x, y, width and height as shares of the frame, its scale, gap and type size.

    `legend` is the share of the frame's height that a legend takes at the top. `shifts`, by series and point, are how far the labels at the
    ends of lines move down, as shares of the frame's height. Of the categories, every `every`th is named.
    `title_widths` are the shares of the frame's width that the axes' titles take.
    """

    area: tuple[float, float, float, float]
    minimum: float | None
    maximum: float | None
    gap: int
    size: float
    legend: float = 0.0
    shifts: Mapping[tuple[int, int], float] = {}
    every: int = 1
    title_widths: Mapping[str, float] = {}


class ChartXml(Struct, frozen=True):
    """Builds one chart's part.

    `text_labels`, by (series, point), are the labels that no number format prints. `overflowing` are those that are larger
    than their segment of the stack; the value is True if they begin at its base. `workbook` is the relation to the
    workbook's part.
    """

    chart: NativeChart
    plot: Plot
    text_labels: Mapping[tuple[int, int], str]
    overflowing: Mapping[tuple[int, int], bool]
    language: str
    paint: Paint
    workbook: str

    @property
    def _mirrored(self) -> bool:
        """True if the chart is read from right to left: bars grow, and categories follow, in that direction."""
        return find_direction(self.language) == "rtl"

    @property
    def _rtl(self) -> str:
        return ' rtl="1"' if self._mirrored else ""

    def build_part(self) -> bytes:
        series = "".join(self._series(index) for index in range(len(self.chart.series)))
        legend = self._legend() if self.chart.legend else ""
        blanks = "gap" if self.chart.gaps == "gap" else "span"
        x, y, width, height = self.plot.area
        x = 1 - x - width if self._mirrored else x
        inner = '<c:layoutTarget val="inner"/>'
        layout = _layout(f"{x:.4f}", f"{y:.4f}", f"{width:.4f}", f"{height:.4f}", inner)
        axes = self._number_axis(self.chart.x_axis) if self.chart.x_axis else self._category_axis()
        xml = (
            f'<c:chartSpace {SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
            f"<c:plotArea>{layout}{self._plot(series)}{axes}{self._value_axis()}"
            f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr></c:plotArea>{legend}"
            f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{blanks}"/></c:chart>'
            f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{self._type('ink')}"
            f'<c:externalData r:id="{self.workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        )
        return f"{PROLOG}{xml}".encode()

    def _plot(self, series: str) -> str:
        if self.chart.type == "line":
            kind = '<c:grouping val="standard"/><c:varyColors val="0"/>'
            return f'<c:lineChart>{kind}{series}<c:marker val="1"/>{AXES}</c:lineChart>'
        if self.chart.type == "scatter":
            kind = '<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
            return f"<c:scatterChart>{kind}{series}{AXES}</c:scatterChart>"
        if self.chart.type == "area":
            return f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{series}{AXES}</c:areaChart>'
        overlap = 0 if self.chart.grouping == "clustered" else 100
        return (
            f'<c:barChart><c:barDir val="{"bar" if self.chart.type == "bar" else "col"}"/>'
            f'<c:grouping val="{GROUPING[self.chart.grouping]}"/><c:varyColors val="0"/>{series}'
            f'<c:gapWidth val="{self.plot.gap}"/><c:overlap val="{overlap}"/>{AXES}</c:barChart>'
        )

    def _series(self, index: int) -> str:
        series, categories = self.chart.series[index], self.chart.categories
        names = "A" if self.chart.every == 1 else "B"  # after the names of all categories
        column = chr(ord(names) + 1 + index)
        name = _strings(f"${column}$1", [series.name])
        head = f'<c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx>'
        labels = self._labels(index)
        data = f"<c:cat>{_strings(f'${names}$2:${names}${len(categories) + 1}', self.chart.axis_names)}</c:cat>{_values(series, column)}"
        if self.chart.type == "scatter":
            return self._points(series, head, labels)
        stated = [(at, point) for at, point in enumerate(series.points) if point.value is not None]
        marked = [(at, point) for at, point in stated if (point.role, point.texture) != (series.role, "solid")]
        if self.chart.type == "line":
            stroke = f"<c:spPr>{self.paint.line(series.role, _choose_weight(series.role))}</c:spPr>"
            dots = _find_dots(series, self.chart.gaps == "bridge")
            marked = [(at, point) for at, point in stated if at not in dots or point.texture != "solid"]
            points = "".join(self._line_point(series.role, at, point, at in dots) for at, point in marked)
            return f'<c:ser>{head}{stroke}{self._marker(series.role)}{points}{labels}{data}<c:smooth val="0"/></c:ser>'
        if self.chart.type == "area":
            return f"<c:ser>{head}<c:spPr>{self.paint.fill(series.role, 'solid')}{NO_LINE}</c:spPr>{data}</c:ser>"
        look = f"<a:noFill/>{NO_LINE}" if series.hidden else self.paint.fill(series.role, "solid") + NO_LINE
        points = "" if series.hidden else "".join(self._bar_point(at, point) for at, point in marked)
        return f'<c:ser>{head}<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{points}{labels}{data}</c:ser>'

    def _points(self, series: NativeSeries, head: str, labels: str) -> str:
        """Build the points of a scatter chart: markers without a line. LibreOffice colors a point alone only if its size differs."""
        marked = [
            (at, point)
            for at, point in enumerate(series.points)
            if (point.role, point.texture) != (series.role, "solid")
        ]
        points = "".join(
            f'<c:dPt><c:idx val="{at}"/>{self._marker(point.role, hollow=point.texture == "open", size=9)}<c:bubble3D val="0"/>'
            f"<c:spPr>{self.paint.fill(point.role, point.texture)}{NO_LINE}</c:spPr></c:dPt>"
            for at, point in marked
        )
        cells = f"{SHEET}!$A$2:$A${len(series.points) + 1}"
        xs = "".join(f'<c:pt idx="{at}"><c:v>{x}</c:v></c:pt>' for at, x in enumerate(self.chart.categories))
        cache = (
            f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(series.points)}"/>{xs}</c:numCache>'
        )
        data = f"<c:xVal><c:numRef><c:f>{cells}</c:f>{cache}</c:numRef></c:xVal>{_values(series, 'B', 'yVal')}"
        look = f'<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>{self._marker(series.role)}'
        return f'<c:ser>{head}{look}{points}{labels}{data}<c:smooth val="0"/></c:ser>'

    def _number_axis(self, axis: NativeAxis) -> str:
        """Build the axis of a scatter chart's first numbers, with its title below it at the end."""
        orientation = "maxMin" if self._mirrored else "minMax"
        title = self._axis_title(axis.title, 1.0, 0.93)
        return (
            f'<c:valAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{orientation}"/>'
            f'<c:max val="{axis.maximum!r}"/><c:min val="{axis.minimum!r}"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>{title}'
            f'<c:numFmt formatCode={quote_attribute(axis.code)} sourceLinked="0"/>'
            '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f"<c:spPr>{self.paint.line('ink', 0.75)}</c:spPr>{self._type('secondary')}"
            f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="{axis.step!r}"/></c:valAx>'
        )

    def _axis_title(self, words: str, x: float, y: float) -> str:
        """Build an axis's title, level, from a place in the frame; one that begins at the right edge ends there."""
        left, _, width, _ = self.plot.area
        share = min(0.9, self.plot.title_widths.get(words, 0.4))
        x = left + width - share if x == 1.0 else x
        text = (
            f'<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:pPr{self._rtl}><a:defRPr b="0"/></a:pPr>'
            f'<a:r><a:rPr lang={quote_attribute(self.language)} {self._size} b="0">{self.paint.solid("secondary")}{self._face}</a:rPr>'
            f"<a:t>{escape_text(words)}</a:t></a:r></a:p></c:rich></c:tx>"
        )
        place = f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>'
        return f'<c:title>{text}<c:layout><c:manualLayout>{place}</c:manualLayout></c:layout><c:overlay val="1"/></c:title>'

    def _bar_point(self, at: int, point: NativePoint) -> str:
        look = self.paint.fill(point.role, point.texture) + self.paint.outline(point.role, point.texture)
        return f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{look}</c:spPr></c:dPt>'

    def _line_point(self, role: Role, at: int, point: NativePoint, is_dot: bool) -> str:
        is_open = point.texture == "open"
        marker = self._marker(point.role, hollow=is_open) if is_dot else '<c:marker><c:symbol val="none"/></c:marker>'
        stroke = self.paint.line(role, _choose_weight(role), dashed=is_open)
        return f'<c:dPt><c:idx val="{at}"/>{marker}<c:bubble3D val="0"/><c:spPr>{stroke}</c:spPr></c:dPt>'

    def _marker(self, role: Role, hollow: bool = False, size: int = 7) -> str:
        inside = self.paint.solid("paper" if hollow else role)
        return f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/><c:spPr>{inside}{self.paint.line(role, 1.5)}</c:spPr></c:marker>'

    def _labels(self, index: int) -> str:
        series = self.chart.series[index]
        each = "".join(self._label(index, at, point) for at, point in enumerate(series.points))
        return f"<c:dLbls>{each}<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{SHOWN.format(0)}</c:dLbls>"

    def _label(self, index: int, at: int, point: NativePoint) -> str:
        if point.label is None or point.value is None:
            return f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>'
        overflows = (index, at) in self.overflowing
        tinted = point.texture == "open" and self.chart.grouping != "clustered" and not self.chart.series[index].hidden
        role = "ink" if overflows or tinted else self.chart.series[index].label_role
        if point.side:
            role = "signal" if point.role == "signal" else "secondary"
        words = self.text_labels.get((index, at))
        text = self._rich(words, role) if words else ""
        code = f'<c:numFmt formatCode={quote_attribute(point.format_code)} sourceLinked="0"/>'
        fill = self.paint.solid("paper") if overflows else "<a:noFill/>"  # text is hard to read across two fills
        body = '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr"/>'
        type_ = self._text_properties('b="1"', self.paint.solid(role) + self._face, body)
        look = f"<c:spPr>{fill}{NO_LINE}</c:spPr>{type_}"
        at_base = self.overflowing.get((index, at), False)
        place = f'<c:dLblPos val="{"inBase" if at_base else self._label_place(index, at)}"/>'
        moved = self._shift(index, at)
        return f'<c:dLbl><c:idx val="{at}"/>{moved}{text}{code}{look}{place}{SHOWN.format(1)}</c:dLbl>'

    def _shift(self, index: int, at: int) -> str:
        """Build the distance by which the label at a line's end is moved from its usual place."""
        share = self.plot.shifts.get((index, at))
        manual = f'<c:manualLayout><c:x val="0"/><c:y val="{share:.4f}"/></c:manualLayout>' if share else ""
        return f"<c:layout>{manual}</c:layout>" if share else ""

    def _label_place(self, index: int, at: int) -> str:
        """Return a label's position; none may stand outside a stack, or PowerPoint calls the file broken."""
        series = self.chart.series[index]
        if series.labels != "auto":
            return PLACES[series.labels]
        if side := series.points[at].side:
            return {"l": "r", "r": "l"}.get(side, side) if self._mirrored else side
        if self.chart.type == "line":
            sides = "rl" if self._mirrored else "lr"
            if at == len(series.points) - 1:
                return sides[1]
            return sides[0] if self.chart.is_slope else "t"
        return "outEnd" if self.chart.grouping == "clustered" else "ctr"

    def _rich(self, text: str, role: Role) -> str:
        lines = "".join(
            f'<a:p><a:pPr{self._rtl}><a:defRPr b="1"/></a:pPr><a:r><a:rPr lang={quote_attribute(self.language)} b="1">{self.paint.solid(role)}</a:rPr>'
            f"<a:t>{escape_text(words)}</a:t></a:r></a:p>"
            for words in text.split("\n")
        )
        return f'<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{lines}</c:rich></c:tx>'  # no wrapping: the lines are measured

    def _type(self, role: Role) -> str:
        return self._text_properties(self._size, self.paint.solid(role) + self._face)

    @property
    def _face(self) -> str:
        return f"<a:latin typeface={quote_attribute(self.paint.face)}/>"

    def _text_properties(self, attributes: str, look: str, body: str = "<a:bodyPr/>") -> str:
        return (
            f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr{self._rtl}><a:defRPr {attributes}>{look}</a:defRPr></a:pPr>"
            f"<a:endParaRPr lang={quote_attribute(self.language)}/></a:p></c:txPr>"
        )

    @property
    def _size(self) -> str:
        return f'sz="{round(self.plot.size * 100)}"'

    def _category_axis(self) -> str:
        """Build the category axis: reversed for bars, which read from the top; labels stay below negative columns."""
        reverse = self.chart.type == "bar" or self._mirrored
        side = ("r" if self._mirrored else "l") if self.chart.type == "bar" else "b"
        grid = f"<c:majorGridlines><c:spPr>{self.paint.line('hairline', 0.75)}</c:spPr></c:majorGridlines>"
        grid = grid if self.chart.is_slope else ""
        skip = f'<c:tickLblSkip val="{self.chart.every}"/>' if self.chart.every > 1 else ""
        return (
            f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/></c:scaling>'
            f'<c:delete val="{int(is_single_stack(self.chart))}"/><c:axPos val="{side}"/>{grid}<c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f"<c:spPr>{self.paint.line('hairline', 1)}</c:spPr>{self._type('ink')}"
            f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            f'<c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{skip}<c:noMultiLvlLbl val="1"/></c:catAx>'
        )

    def _value_axis(self) -> str:
        """Build the value axis: hidden if labels give every value; with a step, labelled and with gridlines."""
        bounds = f'<c:max val="{self.plot.maximum!r}"/>' if self.plot.maximum is not None else ""
        bounds += f'<c:min val="{self.plot.minimum!r}"/>' if self.plot.minimum is not None else ""
        grid = step = ""
        title, rule = "", NO_LINE
        if self.chart.type == "scatter":
            step, rule = f'<c:majorUnit val="{self.chart.step!r}"/>', self.paint.line("ink", 0.75)
            title = self._axis_title(self.chart.y_title, 0.0, 0.0)
        elif self.chart.step:
            grid = f"<c:majorGridlines><c:spPr>{self.paint.line('hairline', 0.5)}</c:spPr></c:majorGridlines>"
            step = f'<c:majorUnit val="{self.chart.step!r}"/>'
        reverse = self.chart.type == "bar" and self._mirrored
        side = "b" if self.chart.type == "bar" else "r" if self._mirrored else "l"
        between = (
            "midCat"
            if self.chart.type in ("area", "scatter") or (self.chart.type == "line" and not is_padded(self.chart))
            else "between"
        )
        return (
            f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/>{bounds}</c:scaling>'
            f'<c:delete val="{0 if self.chart.step else 1}"/><c:axPos val="{side}"/>{grid}{title}'
            f'<c:numFmt formatCode={quote_attribute(self.chart.axis_code)} sourceLinked="0"/>'
            f'<c:majorTickMark val="{"out" if title else "none"}"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="nextTo"/><c:spPr>{rule}</c:spPr>{self._type("secondary")}'
            f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="{"min" if title else "autoZero"}"/>'
            f'<c:crossBetween val="{between}"/>{step}</c:valAx>'
        )

    def _legend(self) -> str:
        """Build the legend above the plot, without hidden series."""
        hidden = "".join(
            f'<c:legendEntry><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
            for index, series in enumerate(self.chart.series)
            if series.hidden
        )
        text = self._text_properties(self._size, self.paint.solid("ink"))
        # the whole width: left to itself, LibreOffice takes two rows where one fits
        place = _layout("0", "0", "1", f"{self.plot.legend:.4f}")
        return f'<c:legend><c:legendPos val="t"/>{hidden}{place}<c:overlay val="0"/>{text}</c:legend>'


def _find_dots(series: NativeSeries, bridged: bool) -> set[int]:
    """Return the points of a line that a dot marks: those with a label, and those that no line reaches."""
    known = [at for at, point in enumerate(series.points) if point.value is not None]
    near = set(range(len(series.points))) if bridged and len(known) > 1 else set(known)
    alone = {at for at in known if at - 1 not in near and at + 1 not in near}
    return alone | {at for at, point in enumerate(series.points) if point.label}


def _choose_weight(role: Role) -> float:
    """Choose a line's thickness in points: more for the one that makes the point."""
    return 2.75 if role in ("signal", "accent") else 1.75


def is_single_stack(chart: NativeChart) -> bool:
    """Return True for one stacked bar: it needs no category label, since the slide's title and subtitle name the whole."""
    parts = chart.grouping != "clustered" and not any(series.hidden for series in chart.series)
    return parts and len(chart.categories) == 1


def is_padded(chart: NativeChart) -> bool:
    """Return True for a line that begins half a step from the axis, so that its first label does not stand on the axis."""
    first = (series.points[0] for series in chart.series if len(series.points) > 1)
    return chart.type == "line" and chart.step is not None and any(point.label for point in first)


def _layout(x: str, y: str, width: str, height: str, target: str = "") -> str:
    return (
        f'<c:layout><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/><c:h val="{height}"/></c:manualLayout></c:layout>'
    )


def _strings(cells: str, texts: Sequence[str]) -> str:
    """Build a reference to cells of the workbook with the texts that they hold."""
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape_text(text)}</c:v></c:pt>' for at, text in enumerate(texts) if text)
    cache = f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>{SHEET}!{cells}</c:f>{cache}</c:strRef>"


def _values(series: NativeSeries, column: str, tag: str = "val") -> str:
    count = len(series.points)
    points = "".join(
        f'<c:pt idx="{at}" formatCode={quote_attribute(point.format_code)}><c:v>{point.value!r}</c:v></c:pt>'
        for at, point in enumerate(series.points)
        if point.value is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{SHEET}!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numCache></c:numRef></c:{tag}>'
    )

"""A chart's specification -> a native, editable PowerPoint chart: its layout measured, its numbers in a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportgen import fonts
from reportgen.beside import waiting
from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck import stacks
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart import SHEET, ChartXml, Plot, plain
from reportgen.deck.parts import BOOK_TYPE, CHART_TYPE, NewPart, NewParts
from reportgen.deck.stacks import GAP, SEPARATOR, Part
from reportgen.later import put_off

if TYPE_CHECKING:
    from reportgen.beside import Beside

CODE = re.compile(
    r'(?:"(?P<before>(?:[^"]|"")*)")?(?P<digits>#,##0|0)(?P<decimals>\.0+)?(?:"(?P<after>(?:[^"]|"")*)")?'
)
CHARTS, SHEETS = "ppt/charts/chart%d.xml", "ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx"
LABEL_SIZES = (14.0, 12.0)
NAMES_SHARE = 0.36  # of a bar chart's width, at most, for the categories' names
THICKEST, ALONE = 58.0, 88.0  # points: two bars should not fill a slide, nor one
XLSX_CHARTS = tuple(
    f"xlsxwriter.chart_{kind}"
    for kind in ["area", "bar", "column", "doughnut", "line", "pie", "radar", "scatter", "stock"]
)
LEGEND = 28.0  # points that a legend takes at the top


def chart_part(
    chart: NativeChart,
    size: tuple[float, float],
    brand: Brand,
    paint: Paint,
    language: str,
    added: NewParts,
    book: Callable[[NativeChart], bytes],
) -> NewPart:
    """The chart as a part, with its workbook, for a frame of this width and height (points); `book` gives the workbook."""
    plot = layout(chart, *size, brand)
    parts = tuple(stacks.parts(chart, plot, *size, brand))
    spilled = {(part.index, part.at): part.based for part in parts if part.spilled}
    part = added.add(CHARTS, CHART_TYPE)
    sheet = added.add(SHEETS, BOOK_TYPE, book(chart))
    key = part.relations.to(sheet.name, "package")
    part.data = ChartXml(chart, plot, written_labels(chart, parts), spilled, language, paint, key).space()
    return part


def written_labels(chart: NativeChart, parts: Iterable[Part]) -> dict[tuple[int, int], str]:
    """The labels by (series, point) that have to be written as text, for no number format prints them.

    Those are labels that say something else than their number, and those of a stack's parts that are too narrow for
    one line: number and name then stand on two.
    """
    found = {(part.index, part.at): part.words for part in parts if "\n" in part.words}
    for index, series in enumerate(chart.series):
        for at, point in enumerate(series.points):
            if point.label is None or point.value is None or (index, at) in found:
                continue
            if point.label != printed(point.value, point.format_code):
                found[index, at] = point.label
    return found


def printed(value: float, code: str) -> str | None:
    """What Excel prints for a value under one of our format codes; None for a code of another form."""
    if found := re.fullmatch(r'"((?:[^"]|"")*)"', code):
        return found[1].replace('""', '"')
    match = CODE.fullmatch(code)
    if not match:
        return None
    grouped = "," if "," in match["digits"] else ""
    digits = f"{abs(value):{grouped}.{len(match['decimals'] or '.') - 1}f}"
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    return sign + (match["before"] or "").replace('""', '"') + digits + (match["after"] or "").replace('""', '"')


def layout(chart: NativeChart, width: float, height: float, brand: Brand) -> Plot:
    """Room for names and labels measured beforehand, so that PowerPoint and LibreOffice draw the same plot."""
    top = (LEGEND if chart.legend else 0.0) + (GAP if chart.step else 0.0)
    size = (
        LABEL_SIZES[0]
        if (height - top) / max(1, len(chart.categories)) >= 24 or chart.type != "bar"
        else LABEL_SIZES[1]
    )
    face = fonts.face(brand, brand.deck_base)
    if plain(chart):
        left, bottom, right = 0.5, 4.0, 0.5  # points: the edge of the bar has a thickness
    elif chart.type == "bar":
        widest = max(
            fonts.width(face, line, size)
            for name in chart.categories
            for line in fonts.wrap(face, name, size, NAMES_SHARE * width)
        )
        left, bottom, right = widest + 2 * GAP, 4.0, 4.0
    else:
        slot = width / len(chart.categories)
        lines = max(len(fonts.wrap(face, name, size, slot - GAP)) for name in chart.categories)
        left, bottom = 4.0, lines * fonts.line_height(face, size) + GAP
        right = _last_label(chart, brand, size) if chart.type == "line" else 4.0
        if chart.type == "line":
            ticks = fonts.width(face, f"{max(abs(chart.minimum or 0), abs(chart.maximum or 0)):,g}", size) + GAP
            left = max(ticks if chart.step else left, fonts.width(face, chart.categories[0], size) / 2)
    area = (left / width, (top + 4) / height, (width - left - right) / width, (height - top - 4 - bottom) / height)
    length = (width - left - right) if chart.type == "bar" else (height - top - 4 - bottom)
    breadth = (height - top - 4 - bottom) if chart.type == "bar" else (width - left - right)
    minimum, maximum = _scale(chart, length, brand, size)
    gap = _gap(chart, breadth, widest_words(chart, brand, size))
    return Plot(area, minimum, maximum, gap, size, LEGEND / height)


def _last_label(chart: NativeChart, brand: Brand, size: float) -> float:
    """The room that the labels of a line's last points need at its right."""
    face = fonts.face(brand, brand.deck_base, bold=True)
    labels = [series.points[-1].label or "" for series in chart.series if series.points]
    return max(fonts.width(face, label, size) for label in labels) + 2 * GAP


def _scale(chart: NativeChart, length: float, brand: Brand, size: float) -> tuple[float | None, float | None]:
    """The value axis: from zero for bars, and with room for the labels beyond the longest bars."""
    if chart.grouping == "percent":
        return 0.0, 1.0
    if chart.type == "line":
        return _line_scale(chart, length, size)
    if chart.grouping == "stacked":
        columns = list(zip(*([point.value or 0.0 for point in series.points] for series in chart.series), strict=True))
        low = min(0.0, *(sum(value for value in column if value < 0) for column in columns), 0.0)
        high = max(0.0, *(sum(value for value in column if value > 0) for column in columns), 0.0)
        room = 0.0
    else:
        values = [point.value for series in chart.series for point in series.points if point.value is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        room = label_room(chart, brand, size)
    high, low = high or (0.0 if low else 1.0), low
    scale = (high - low) / max(1.0, length - room * ((high > 0) + (low < 0)))
    return (
        chart.minimum if chart.minimum is not None else low - (room * scale if low < 0 else 0.0),
        chart.maximum if chart.maximum is not None else high + (room * scale if high > 0 else 0.0),
    )


def _line_scale(chart: NativeChart, length: float, size: float) -> tuple[float, float]:
    """A line's axis: the given ends, else zero or below, and room for a label above the highest point."""
    values = [point.value for series in chart.series for point in series.points if point.value is not None]
    low = chart.minimum if chart.minimum is not None else min(0.0, *values, 0.0)
    if chart.maximum is not None:
        return low, chart.maximum
    high = max(values)
    high = high if high > low else low + 1
    room = 1.5 * size + GAP
    return low, high + (high - low) * room / max(1.0, length - room)


def label_room(chart: NativeChart, brand: Brand, size: float) -> float:
    """How far the labels reach beyond their bars, in points along the value axis."""
    face = fonts.face(brand, brand.deck_base, bold=True)
    labels = [point.label for series in chart.series for point in series.points if point.label]
    if not labels:
        return 0.0
    if chart.type == "bar":
        return max(fonts.width(face, label, size) for label in labels) + GAP
    return max(label.count("\n") + 1 for label in labels) * fonts.line_height(face, size) + GAP


def _gap(chart: NativeChart, breadth: float, words: float) -> int:
    """The gap between categories in percent of a bar's thickness: the chart's own, or wider so that no bar is a block.

    Stacked columns are wide enough for the words inside them, if there is room.
    """
    bars = len(chart.series) if chart.grouping == "clustered" else 1
    slot = breadth / max(1, len(chart.categories))
    thickest = ALONE if len(chart.categories) == 1 else THICKEST
    if chart.type == "column" and chart.grouping != "clustered":
        thickest = max(thickest, words + GAP)
    return min(500, max(chart.gap_width, round((slot / thickest - bars) * 100)))


def widest_words(chart: NativeChart, brand: Brand, size: float) -> float:
    """The widest line of any label, number and name on two lines."""
    face = fonts.face(brand, brand.deck_base, bold=True)
    labels = [point.label for series in chart.series for point in series.points if point.label]
    return max((fonts.width(face, label.replace(SEPARATOR, "\n"), size) for label in labels), default=0.0)


def books(charts: Sequence[NativeChart], made: datetime, clerk: Beside | None = None) -> Callable[[NativeChart], bytes]:
    """What gives a chart its workbook: the `clerk`, a process beside ours, fills those of `charts` meanwhile."""
    filled = waiting(clerk, workbooks, charts, made) if clerk and charts else None
    kept = cache(lambda: filled(str) if filled else {})
    return lambda chart: kept().get(chart) or workbook(chart, made)


def workbooks(
    charts: Sequence[NativeChart],
    made: datetime,
    tell: Callable[[str], object],  # noqa: ARG001  # it has no stages
) -> dict[NativeChart, bytes]:
    return {chart: workbook(chart, made) for chart in charts}


def library() -> Any:
    """XlsxWriter, without what it would draw in a sheet: ours have no charts."""
    with put_off(*XLSX_CHARTS):
        import xlsxwriter

    return xlsxwriter


def workbook(chart: NativeChart, made: datetime) -> bytes:
    """The chart's numbers as the sheet that "Edit data" opens, printed there as on the slide."""
    target = BytesIO()
    book = library().Workbook(target, {"in_memory": True})
    book.set_properties({"created": made})
    sheet = book.add_worksheet(SHEET)
    codes = sorted({point.format_code for series in chart.series for point in series.points})
    formats = {code: book.add_format({"num_format": code}) for code in codes}
    for row, name in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, name)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name)
        for row, point in enumerate(series.points, 1):
            if point.value is not None:
                sheet.write_number(row, column, point.value, formats[point.format_code])
    book.close()
    return target.getvalue()

"""The workbook of a native chart, which "Edit data" opens in PowerPoint."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from reportgen.charts.scene import NativeChart
from reportgen.deck.oxml.chart_xml import SHEET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def build_workbook(chart: NativeChart, created: datetime) -> bytes:
    """Return the chart's numbers as an .xlsx file, formatted as the slide prints them."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": created})
    sheet = book.add_worksheet(SHEET)
    codes = sorted({point.format_code for series in chart.series for point in series.points})
    formats = {code: book.add_format({"num_format": code}) for code in codes}
    if chart.x_axis:
        _write_points(sheet, chart)
        book.close()
        return target.getvalue()
    axis = [] if chart.every == 1 else [chart.axis_names]  # a column of its own, beside all names
    for column, names in enumerate((chart.categories, *axis)):
        for row, name in enumerate(names, 1):
            if name:
                sheet.write_string(row, column, name)
    for column, series in enumerate(chart.series, 1 + len(axis)):
        sheet.write_string(0, column, series.name)
        for row, point in enumerate(series.points, 1):
            if point.value is not None:
                sheet.write_number(row, column, point.value, formats[point.format_code])
    book.close()
    return target.getvalue()


def _write_points(sheet: Worksheet, chart: NativeChart) -> None:
    """Write both numbers of each point, and its name beside them."""
    assert chart.x_axis is not None
    sheet.write_string(0, 0, chart.x_axis.title)
    sheet.write_string(0, 1, chart.y_title)
    for row, (x, point, name) in enumerate(
        zip(chart.categories, chart.series[0].points, chart.point_names, strict=True), 1
    ):
        sheet.write_number(row, 0, float(x))
        sheet.write_number(row, 1, point.value or 0.0)
        sheet.write_string(row, 2, name)

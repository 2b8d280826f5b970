"""Adds charts to a presentation, each with the workbook in which it is edited."""

from __future__ import annotations

from datetime import datetime

from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.number_labels import find_text_labels
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.deck.charts.stacks import lay_out_stacks
from reportgen.deck.charts.workbook import build_workbook
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.chart_xml import ChartXml
from reportgen.deck.write.new_parts import BOOK_TYPE, CHART_TYPE, NewPart, NewParts

CHARTS, SHEETS = "ppt/charts/chart%d.xml", "ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx"


def add_chart(
    chart: NativeChart,
    size: tuple[float, float],
    brand: Brand,
    paint: Paint,
    language: str,
    added: NewParts,
    created: datetime,
) -> NewPart:
    """Add a chart and its workbook, dated `created`, for a frame of `size` (width, height in points); return the chart's part."""
    plotted = plot_chart(chart, *size, brand)
    segments = tuple(lay_out_stacks(plotted))
    overflowing = {(each.series, each.category): each.at_base for each in segments if each.overflowing}
    part = added.add(CHARTS, CHART_TYPE)
    sheet = added.add(SHEETS, BOOK_TYPE, build_workbook(chart, created))
    key = part.relations.to(sheet.name, "package")
    text_labels = find_text_labels(chart, segments)
    part.data = ChartXml(chart, plotted.plot, text_labels, overflowing, language, paint, key).build_part()
    return part

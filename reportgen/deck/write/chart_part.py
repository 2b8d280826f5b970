"""A chart as a part of the presentation, with the workbook that it is edited in."""

from __future__ import annotations

from datetime import datetime

from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts import stacks
from reportgen.deck.charts.number_labels import find_text_labels
from reportgen.deck.charts.plot_layout import lay_out_plot
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
    plot = lay_out_plot(chart, *size, brand)
    parts = tuple(stacks.lay_out_stacks(chart, plot, *size, brand))
    spilled = {(part.index, part.at): part.based for part in parts if part.spilled}
    part = added.add(CHARTS, CHART_TYPE)
    sheet = added.add(SHEETS, BOOK_TYPE, build_workbook(chart, created))
    key = part.relations.to(sheet.name, "package")
    part.data = ChartXml(chart, plot, find_text_labels(chart, parts), spilled, language, paint, key).build_part()
    return part

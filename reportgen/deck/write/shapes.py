"""Slots -> the XML of a slide's shapes: placeholders, tables, charts and groups, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.number_labels import find_text_labels
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.deck.charts.stacks import lay_out_stacks
from reportgen.deck.charts.workbook import build_workbook
from reportgen.deck.layouts import COVER, FURNITURE, LAYOUTS, OPENING
from reportgen.deck.oxml import Paint, shape_xml, table_xml
from reportgen.deck.oxml.chart_xml import ChartXml
from reportgen.deck.oxml.text_xml import TextSetting, build_text_body
from reportgen.deck.palette import Shade
from reportgen.deck.theme import Faces, Placeholder, Theme
from reportgen.deck.values import (
    EMU_PER_POINT,
    Box,
    Drawing,
    Paragraph,
    Properties,
    Run,
    Slide,
    Slot,
    TableContent,
    Text,
)  # fmt: skip
from reportgen.deck.write.new_parts import BOOK_TYPE, CHART_TYPE, NewPart, NewParts

CHARTS, WORKBOOKS = "ppt/charts/chart%d.xml", "ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx"
FIRST_ID = 2  # 1 is the slide's shape tree


class Canvas(Struct, frozen=True):
    """A slide under construction, with all that its shapes need."""

    slide: Slide
    number: int
    part: NewPart
    added: NewParts
    theme: Theme
    brand: Brand
    properties: Properties
    furniture: Mapping[tuple[str, str], float]
    with_workbooks: bool = True

    def placeholder(self, slot: str) -> Placeholder:
        return self.theme.layouts[self.slide.layout][slot]

    def place(self, slot: str) -> shape_xml.Place:
        """Return the layout's placeholder of a slot as a slide names it: by type and index."""
        each = self.placeholder(slot)
        return shape_xml.Place(None if each.type == "obj" else each.type, each.index, each.share)

    @property
    def paint(self) -> Paint:
        faces = self.theme.faces
        palette = self.theme.find_palette(self.slide.layout)
        return Paint(palette, faces.refer(faces.text), named=True) if faces and self.theme.palettes else Paint(palette)

    def setting(self, size: float | None, slot: str) -> TextSetting:
        """Return the setting of a slot's text; its typeface is the theme's for titles or text, or one that a house names."""
        family = self.placeholder(slot).levels[0].family
        faces = self.theme.faces or Faces(self.brand.deck_headings, self.brand.deck_base)
        latin = faces.refer(family)
        return TextSetting(self.properties.language, self.part.relations.link, self.paint, size, latin=latin)


def draw_shapes(canvas: Canvas) -> Iterator[str]:
    """Yield the slide's shapes: the title, the other slots in reading order, then the furniture."""
    numbers = count(FIRST_ID)
    for slot in canvas.slide.slots:
        number = next(numbers)
        yield _draw_slot(canvas, slot, number)
        if isinstance(slot.content, Drawing) and not isinstance(slot.content.native, NativeChart):
            numbers = count(number + 1 + len(slot.content.native.items))
    for name in (*FURNITURE, *OPENING):
        has_place = name in canvas.theme.layouts[canvas.slide.layout]
        if has_place and (xml := _draw_furniture(canvas, name, numbers)):
            yield xml


def _draw_slot(canvas: Canvas, slot: Slot, number: int) -> str:
    placeholder, place = canvas.placeholder(slot.name), canvas.place(slot.name)
    box = slot.box or placeholder.box
    match slot.content:
        case Text(paragraphs, size):
            text = build_text_body(paragraphs, placeholder.levels, canvas.setting(size, slot.name))
            return shape_xml.build_placeholder(number, slot.name, place, text, slot.box)
        case TableContent() as content:
            inner = table_xml.build_table(content, box.width, canvas.setting(content.size, slot.name))
            box = Box(box.x, box.y, box.width, sum(content.heights))
            name = f"table: {content.exhibit or canvas.slide.id}"
            return shape_xml.build_graphic_frame(number, name, content.alt, place, box, shape_xml.TABLE_URI, inner)
        case Drawing() as drawing:
            return _draw_drawing(canvas, drawing, number, place, box)


def _draw_drawing(canvas: Canvas, drawing: Drawing, number: int, place: shape_xml.Place, box: Box) -> str:
    name = f"{drawing.kind}: {drawing.exhibit}"
    if not isinstance(drawing.native, NativeChart):
        language = canvas.properties.language
        return shape_xml.build_group(number, name, drawing.alt, drawing.native, box, language, canvas.paint)
    part = _add_chart(canvas, drawing.native, box)
    inner = shape_xml.build_chart_reference(canvas.part.relations.to(part.name, "chart"))
    return shape_xml.build_graphic_frame(number, name, drawing.alt, place, box, shape_xml.CHART_URI, inner)


def _add_chart(canvas: Canvas, chart: NativeChart, box: Box) -> NewPart:
    """Add a chart and the workbook in which it is edited to the presentation; return the chart's part."""
    properties = canvas.properties
    plotted = plot_chart(chart, box.width / EMU_PER_POINT, box.height / EMU_PER_POINT, canvas.brand)
    segments = tuple(lay_out_stacks(plotted))
    overflowing = {(each.series, each.category): each.at_base for each in segments if each.overflowing}
    labels = find_text_labels(chart, segments)
    part = canvas.added.add(CHARTS, CHART_TYPE)
    book = build_workbook(chart, properties.created) if canvas.with_workbooks else b""
    key = part.relations.to(canvas.added.add(WORKBOOKS, BOOK_TYPE, book).name, "package")
    xml = ChartXml(chart, plotted.plot, labels, overflowing, properties.language, canvas.paint, key)
    part.data = xml.build_part()
    return part


def _draw_furniture(canvas: Canvas, name: str, numbers: count[int]) -> str | None:
    """Return a footer, date, number or marking; PowerPoint shows only those that the slide itself has."""
    row = LAYOUTS[canvas.slide.layout].slot(name)
    if row is None:
        return None
    size = canvas.furniture.get((canvas.slide.layout, name), row.steps[0])
    # LibreOffice takes the colour of a date or number from the master, so the slide repeats the layout's
    ink = canvas.placeholder(name).ink if canvas.theme.palettes else None
    if name == "marking" and canvas.properties.banner and not (canvas.theme.palettes or canvas.slide.layout == COVER):
        ink = Shade(canvas.properties.banner)  # our cover is colored, and so is what reads on it
    paint = replace(canvas.paint, palette={**canvas.paint.palette, "ink": ink}) if ink else canvas.paint
    if name == "slide-number":
        fill = paint.solid("ink") if ink else ""
        text = shape_xml.build_number_field(canvas.number, canvas.properties.language, size, fill)
    else:
        words = canvas.placeholder(name).words or canvas.properties.furniture_text(name)
        if not words:
            return None
        setting = replace(canvas.setting(size, name), turns=False, paint=paint)  # its box stays where the theme has it
        paragraphs = [Paragraph((Run(line, role="ink" if ink else None),)) for line in words.split("\n")]
        text = build_text_body(paragraphs, canvas.placeholder(name).levels, setting)
    return shape_xml.build_placeholder(next(numbers), name, canvas.place(name), text, None)

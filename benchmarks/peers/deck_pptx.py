"""Make a deck with python-pptx, as its documentation shows: deck_pptx.py SLIDES.json FILE.pptx."""

import json
import sys
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches, Pt

TITLE_AND_BODY, TITLE_ONLY = 1, 5
LEFT, TOP = Inches(0.5), Inches(1.6)
TYPES = {
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
}


def add_chart(slide, picture):
    data = CategoryChartData()
    data.categories = picture["categories"]
    for name, values in picture["series"].items():
        data.add_series(name, values)
    size = Pt(picture["width"]), Pt(picture["height"])
    added = slide.shapes.add_chart(TYPES[picture["type"], picture["stacked"]], LEFT, TOP, *size, data)
    added.chart.has_legend = picture["legend"]


def add_drawing(slide, picture):
    shapes = slide.shapes
    for item in picture["items"]:
        if item["is"] == "line":
            x1, y1, x2, y2 = (Pt(item[key]) for key in ("x1", "y1", "x2", "y2"))
            shapes.add_connector(MSO_CONNECTOR.STRAIGHT, LEFT + x1, TOP + y1, LEFT + x2, TOP + y2)
        elif item["is"] == "dot":
            size = Pt(item["diameter"])
            shapes.add_shape(MSO_SHAPE.OVAL, LEFT + Pt(item["x"]), TOP + Pt(item["y"]), size, size)
        else:
            box = LEFT + Pt(item["x"]), TOP + Pt(item["y"]), Pt(item["width"]), Pt(item["height"])
            if item["is"] == "rect":
                shapes.add_shape(MSO_SHAPE.RECTANGLE, *box)
            else:
                frame = shapes.add_textbox(*box).text_frame
                frame.text = item["text"]
                frame.paragraphs[0].font.size = Pt(item["size"])


def add_table(slide, rows):
    table = slide.shapes.add_table(len(rows), len(rows[0]), LEFT, TOP, Inches(9), Inches(3)).table
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
            table.cell(y, x).text_frame.paragraphs[0].font.size = Pt(12)


def main(source, target):
    file = Presentation()
    for content in json.loads(source.read_text("utf-8")):
        slide = file.slides.add_slide(file.slide_layouts[TITLE_AND_BODY if content["text"] else TITLE_ONLY])
        slide.shapes.title.text = content["title"]
        if content["text"]:
            frame = slide.placeholders[1].text_frame
            frame.text = content["text"][0]
            for line in content["text"][1:]:
                frame.add_paragraph().text = line
        for rows in content["tables"]:
            add_table(slide, rows)
        for picture in content["pictures"]:
            add_drawing(slide, picture) if "items" in picture else add_chart(slide, picture)
        slide.notes_slide.notes_text_frame.text = "\n".join(content["notes"])
    file.save(target)


main(Path(sys.argv[1]), sys.argv[2])

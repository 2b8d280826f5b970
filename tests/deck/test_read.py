"""The reader of finished decks."""

import io
import re

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from reportgen.deck.view.chart_data import apply_number_format
from reportgen.deck.view.deck_view import resolve_deck
from reportgen.deck.view.view_values import RAISED
from reportgen.system.errors import FileError
from tests.deck import sample_themes


@pytest.fixture
def file():
    file = pptx.Presentation()
    file.slides.add_slide(file.slide_layouts[5])
    return file


def reread(file):
    target = io.BytesIO()
    file.save(target)
    return resolve_deck(target.getvalue(), "a.pptx")


def shapes_of(file):
    return {shape.name: shape for shape in reread(file).slides[0].shapes}


def test_a_placeholder_has_its_text_and_its_layouts_box(file):
    file.slides[0].shapes.title.text = "A title\nof two lines"
    (title,) = reread(file).slides[0].shapes
    assert (title.kind, title.placeholder, title.text) == ("text", "title", "A title\nof two lines")
    layout = file.slide_layouts[5].placeholders[0]
    box = title.box
    assert box is not None
    assert (box.x, box.y, box.width) == (layout.left, layout.top, layout.width)


def test_runs_are_joined_and_raised_letters_stand_apart(file):
    paragraph = file.slides[0].shapes.title.text_frame.paragraphs[0]
    for text in ("five bil", "lion", "1"):
        paragraph.add_run().text = text
    paragraph.runs[2]._r.get_or_add_rPr().set("baseline", "30000")
    (title,) = reread(file).slides[0].shapes
    assert title.marked_text == f"five billion{RAISED}1{RAISED}"


def test_a_table_has_rows_of_cells(file):
    table = file.slides[0].shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for at, text in enumerate(("a", "b", "c", "d")):
        table.cell(at // 2, at % 2).text = text
    (table,) = (shape for shape in shapes_of(file).values() if shape.table)
    assert table.cell_texts == [["a", "b"], ["c", "d"]]


def chart_on(file, *values: float | None):
    data = CategoryChartData()
    data.categories = ["North", "South"]
    data.add_series("Tons", values)
    frame = file.slides[0].shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
    frame.name = "chart"
    return frame.chart


def test_a_chart_has_names_numbers_labels_and_its_workbook(file):
    chart = chart_on(file, 5, None)
    chart.plots[0].has_data_labels = True
    chart.plots[0].series[0].data_labels.show_value = True
    chart.has_title = True
    chart.chart_title.text_frame.text = "Exports"
    found = shapes_of(file)["chart"].chart
    assert found.categories == {0: "North", 1: "South"}
    (series,) = found.series
    assert (series.name, {at: point.value for at, point in series.points.items()}) == ("Tons", {0: 5.0})
    assert found.titles == ("Exports",)
    assert found.disagreements == ()
    assert not reread(file).unread


def test_what_a_label_prints(file):
    chart = chart_on(file, 5, 7)
    labels = chart.plots[0].series[0].data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, '"<$"0" bn"', False
    chart.plots[0].series[0].points[1].data_label.text_frame.text = "about seven"
    (series,) = shapes_of(file)["chart"].chart.series
    assert [point.label for point in series.points.values()] == ["<$5 bn", "about seven"]


def test_a_workbook_that_someone_changed(file):
    chart, other = chart_on(file, 5, 7), CategoryChartData()
    other.categories = ["North", "West"]
    other.add_series("Tons", (5, 8))
    from pptx.chart.xlsx import CategoryWorkbookWriter

    chart.part.chart_workbook.update_from_xlsx_blob(CategoryWorkbookWriter(other).xlsx_blob)
    assert set(shapes_of(file)["chart"].chart.disagreements) == {
        "cell A3 of the workbook has “West” where the chart shows “South”",
        "cell B3 of the workbook has “8” where the chart shows “7”",
    }


def test_a_chart_that_claims_more_points_than_it_has(file):
    """Neither its counts and positions nor the ranges of its workbook make the reader count so far."""
    root = chart_on(file, 5, 7)._chartSpace
    for count in root.iter(qn("c:ptCount")):
        count.set("val", "2000000000")
    for point in root.xpath(".//c:val//c:pt[2]"):
        point.set("idx", "1999999999")
    for reference in root.iter(qn("c:f")):
        reference.text = re.sub(r"\$3$", "$9999999", reference.text)
    found = shapes_of(file)["chart"].chart
    (series,) = found.series
    assert found.categories == {0: "North", 1: "South"}
    assert {at: point.value for at, point in series.points.items()} == {0: 5.0, 1_999_999_999: 7.0}
    assert found.disagreements == ("cell B3 of the workbook has “7” where the chart shows “”",)


def test_a_workbook_that_is_not_there_is_named(file):
    part = chart_on(file, 5, 7).part
    part.chart_workbook.xlsx_part._blob = b"not a workbook"
    assert reread(file).unread == ("slide 1: “chart”: the chart's workbook is damaged, or of another kind",)


def test_groups_are_opened_and_notes_and_properties_read(file):
    group = file.slides[0].shapes.add_group_shape().shapes.add_group_shape()
    group.shapes.add_textbox(Emu(1), Emu(2), Emu(3), Emu(4)).text_frame.text = "deep inside"
    file.slides[0].notes_slide.notes_text_frame.text = "said"
    file.core_properties.keywords = "key"
    deck = reread(file)
    assert "deep inside" in {shape.text for shape in deck.slides[0].shapes}
    assert [shape.text for shape in deck.slides[0].notes if shape.placeholder == "body"] == ["said"]
    assert deck.properties["keywords"] == "key"


def test_a_hidden_shape_is_read_and_not_shown(file):
    hidden = file.slides[0].shapes.add_group_shape()
    hidden._element.nvGrpSpPr.cNvPr.set("hidden", "1")
    hidden.shapes.add_textbox(Emu(1), Emu(2), Emu(3), Emu(4)).text_frame.text = "kept back"
    (slide,) = reread(file).slides
    assert "kept back" in {shape.text for shape in slide.all_shapes}
    assert {shape.name for shape in slide.shapes} == {file.slides[0].shapes.title.name}


def test_what_a_layout_prints_of_itself(file):
    layout = file.slide_layouts[5]
    text = file.slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    text.text_frame.text = "stamped: 12"
    layout.shapes._spTree.append(text._element)
    assert [shape.text for shape in reread(file).masters] == ["stamped: 12"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"../slideLayouts/slideLayout6.xml", b"../slideLayouts/none.xml", "ppt/slideLayouts/none.xml is missing"),
        (b' Target="../slideLayouts/', b' Other="../slideLayouts/', "slide1.xml.rels has a damaged relation"),
        (b"relationships/slideLayout", b"relationships/other", "ppt/slides/slide1.xml has no slideLayout"),
    ],
)
def test_a_deck_whose_parts_do_not_hold_together_is_refused(file, old, new, message):
    target = io.BytesIO()
    file.save(target)
    parts = sample_themes.unzip_parts(target.getvalue())
    name = "ppt/slides/_rels/slide1.xml.rels"
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with pytest.raises(FileError, match=f"a damaged deck: .*{message}"):
        resolve_deck(sample_themes.zip_parts(parts), "a.pptx")


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (5.0, "General", "5"),
        (0.15, "0%", "15%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (5.0, '"<$"#,##0" bn"', "<$5 bn"),
        (5.0, '\\$#,##0" bn"', "$5 bn"),
        (15.0, '\\<#,##0"%  Samsung"', "<15%  Samsung"),
        (2.5, "0.0##", "2.5"),
        (2.0, "0.###", "2"),
        (-3.0, "0;(0);-", "(3)"),
        (-3.0, "0", "−3"),
        (4.0, '0"th"', "4th"),
        (7.0, '"early 1980s"', "early 1980s"),
        (1.0, "[$-409]0_)", "1"),
    ],
)  # fmt: skip
def test_number_formats(value, code, expected):
    assert apply_number_format(value, code) == expected

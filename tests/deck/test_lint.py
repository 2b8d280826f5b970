"""The lint of a finished deck: each defect, planted in a file, gives its findings; a clean file gives none."""

import io
import random
import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pptx
import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from reportgen.brief import load_brief
from reportgen.deck.lint import all_rules, lint_deck
from reportgen.pipeline.kinds import KINDS
from reportgen.system.errors import FileError
from tests.conftest import BUNDLED, INIT

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101005a"
    "4d6ff10000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def bundled() -> bytes:
    return KINDS["deck"].render(load_brief(BUNDLED))


@pytest.fixture(scope="module")
def small() -> bytes:
    return KINDS["deck"].render(load_brief(INIT))


def edit_deck(data: bytes, change) -> bytes:
    file = pptx.Presentation(io.BytesIO(data))
    change(file)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def lint_lines(data: bytes) -> list[str]:
    return [
        f"{each.slide} {each.shape}: {each.severity}: {each.message} [{each.rule}]"
        for each in lint_deck(data, "deck").findings
    ]


def find_shape(file, slide: int, name: str):
    return next(each for each in file.slides[slide - 1].shapes if each.name == name)


def add_box(file, slide: int, text: str, x: float, y: float, width: float = 3.0, height: float = 0.5, size: float = 18):
    """Add a text box (inches)."""
    added = file.slides[slide - 1].shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height))
    added.name, added.text_frame.text = "sticker", text
    added.text_frame.word_wrap = True
    added.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return added


def element_of(target, tag: str):
    return next(target._element.iter(qn(tag)))


# Each function plants a defect in the bundled deck and returns the findings that it causes: slide 9 has a chart on the
# left and a text on the right, slide 10 a table, slide 16 texts. An ellipsis stands for further findings.


def text_off_slide(file):
    added = find_shape(file, 9, "takeaway")
    added.left, added.top, added.width, added.height = added.left + Pt(91), added.top, added.width, added.height
    return ["9 “takeaway”: error: 48 pt beyond the slide’s right edge [off-slide]"]


def table_grows_off_slide(file):
    cell = next(each for each in file.slides[9].shapes if each.has_table).table.cell(1, 1)
    cell.text_frame.paragraphs[0].runs[0].text = "Talks are stalled, and nobody knows. " * 30
    return [re.compile(r"10 “table: .+”: error: \d+ pt beyond the slide’s bottom edge \[off-slide\]"), ...]


def picture_beside_slide(file):
    added = file.slides[8].shapes.add_picture(io.BytesIO(PICTURE), Inches(14), Inches(1), Inches(1), Inches(1))
    added._element.nvPicPr.cNvPr.set("descr", "A harbor.")
    added.name = "spare"
    return ["9 “spare”: warning: lies outside the slide [off-slide]"]


def words_on_words(file):
    add_box(file, 16, "Over the words", 0.65, 1.85)
    return [re.compile(r"16 “body”: error: the words overlap those of “sticker” by \d+ × \d+ pt \[overlap\]")]


def words_on_a_table(file):
    add_box(file, 10, "Over the table", 2, 3)
    return [re.compile(r"10 “table: north-korea”: error: the words overlap “sticker” by \d+ × \d+ pt \[overlap\]"), ...]


def only_boxes_overlap(file):
    add_box(file, 16, "Below the words", 7.2, 5.7)
    return [re.compile(r"16 “limits”: warning: the box overlaps that of “sticker” by \d+ × \d+ pt \[overlap\]")]


def small_type(file):
    find_shape(file, 9, "takeaway").text_frame.paragraphs[0].runs[0].font.size = Pt(9)
    return ["9 “takeaway”: error: 9 pt type; the minimum for text is 12 pt [type-size]"]


def small_source(file):
    find_shape(file, 9, "source").text_frame.paragraphs[0].runs[0].font.size = Pt(8)
    return ["9 “source”: error: 8 pt type; the minimum for source lines is 10 pt [type-size]"]


def small_cell(file):
    cell = next(each for each in file.slides[9].shapes if each.has_table).table.cell(2, 1)
    cell.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    return ["10 “table: north-korea”, row 3, column 2: error: 11 pt type; the minimum for text is 12 pt [type-size]"]


def small_chart_labels(file):
    chart = find_shape(file, 9, "chart: sma").chart
    chart.category_axis.tick_labels.font.size = Pt(9)
    return ["9 “chart: sma”: error: the labels of the categories: 9 pt type; the minimum for text is 12 pt [type-size]"]


def small_on_every_slide(file):
    for part in (file.slide_master, *file.slide_layouts):
        for holder in part.element.iter(qn("p:ph")):
            if holder.get("type") == "dt":
                for look in holder.getparent().getparent().getparent().iter(qn("a:defRPr")):
                    look.set("sz", "700")
    for slide in file.slides:
        for run in (run for each in slide.shapes if each.name == "date" for run in each._element.iter(qn("a:rPr"))):
            del run.attrib["sz"]
    return [
        re.compile(
            r"1 “date”: warning: 7 pt type; the minimum for footers is 8 pt, here and on 15 more slides \[type-size\]"
        )
    ]


def shrunk_by_the_program(file):
    body = element_of(find_shape(file, 9, "takeaway"), "a:bodyPr")
    body.remove(body[0])
    etree.SubElement(body, qn("a:normAutofit"), fontScale="55000")
    return ["9 “takeaway”: error: 11 pt type; the minimum for text is 12 pt [type-size]"]


def small_body(file):
    for run in find_shape(file, 9, "takeaway").text_frame.paragraphs[0].runs:
        run.font.size = Pt(16)
    return ["9 “takeaway”: warning: body text is 16 pt; its layout sets 20 pt, and the minimum is 18 pt [body-size]"]


def faint_words(file):
    find_shape(file, 10, "takeaway").text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xED, 0x7D, 0x31)
    panel = re.compile(
        r"10 “takeaway”: error: contrast 2\.\d:1 of #ED7D31 on #F\w{5}; the minimum is 4.5:1 \[contrast\]"
    )
    return [panel]


def faint_on_a_form(file):
    added = file.slides[8].shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(9), Inches(4.6), Inches(3), Inches(0.6))
    added.name, added.text_frame.text = "badge", "Draft"
    added.fill.solid()
    added.fill.fore_color.rgb = RGBColor(0xFF, 0xD9, 0x66)
    added.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    return ["9 “badge”: error: contrast 1.4:1 of #FFFFFF on #FFD966; the minimum is 4.5:1 [contrast]", ...]


def faint_cell(file):
    cell = next(each for each in file.slides[9].shapes if each.has_table).table.cell(1, 1)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(0x33, 0x33, 0x33)
    return [
        re.compile(
            r"10 “table: north-korea”, row 2, column 2: error: contrast 1\.\d:1 of #\w{6} on #333333; .+ \[contrast\]"
        )
    ] * 2


def faint_theme(file):
    """The theme's own ink is reported once for each kind of text."""
    theme = file.slide_master.part.part_related_by(pptx.opc.constants.RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(rb"(<a:dk2>\s*<a:srgbClr val=\")\w{6}", rb"\g<1>9AA5B1", theme.blob)
    return [
        re.compile(
            r"2 “source”: warning: contrast 2.5:1 of #9AA5B1 on #FFFFFF; the minimum is 4.5:1, here and on .+ \[contrast\]"
        ),
        ...,
    ]


def faint_chart_labels(file):
    chart = find_shape(file, 9, "chart: sma").chart
    chart.category_axis.tick_labels.font.color.rgb = RGBColor(0xC0, 0xC0, 0xC0)
    return [
        "9 “chart: sma”: error: the labels of the categories: contrast 1.8:1 of #C0C0C0 on #FFFFFF; the minimum is 4.5:1 [contrast]"
    ]


def no_title(file):
    element = find_shape(file, 9, "title")._element
    element.getparent().remove(element)
    return ["9 : error: the slide has no title [title]"]


def empty_title(file):
    find_shape(file, 9, "title").text_frame.text = " "
    return ["9 “title”: error: the title is empty [title]"]


def repeated_title(file):
    for slide in (9, 10):
        find_shape(file, slide, "title").text_frame.text = "The same"
    return ["10 “title”: warning: slide 9 has the same title: “The same” [repeated-title]"]


def chart_without_words(file):
    del find_shape(file, 9, "chart: sma")._element.nvGraphicFramePr.cNvPr.attrib["descr"]
    return ["9 “chart: sma”: error: the chart has no alternative text [alt-text]"]


def table_without_words(file):
    del find_shape(file, 10, "table: north-korea")._element.nvGraphicFramePr.cNvPr.attrib["descr"]
    return ["10 “table: north-korea”: warning: the table has no alternative text [alt-text]"]


def file_name_for_words(file):
    find_shape(file, 9, "chart: sma")._element.nvGraphicFramePr.cNvPr.set("descr", "chart_final2.png")
    return ["9 “chart: sma”: warning: a program wrote the alternative text: “chart_final2.png” [alt-text]"]


def decoration_with_words(file):
    dot = next(each for each in find_shape(file, 3, "timeline: window").shapes if each.name.startswith("dot"))
    dot._element.nvSpPr.cNvPr.set("descr", "A dot.")
    return [re.compile(r"3 “dot \d+”: warning: it is marked as decorative but has an alternative text \[alt-text\]")]


def drawing_without_words(file):
    group = find_shape(file, 3, "timeline: window")._element
    del group.nvGrpSpPr.cNvPr.attrib["descr"]
    for extension in list(group.iter(qn("a:extLst"))):
        extension.getparent().remove(extension)
    return [
        re.compile(
            r"3 “timeline: window”: error: the drawing has no alternative text, and \d+ of its parts .+ \[alt-text\]"
        )
    ]


def title_last(file):
    title = find_shape(file, 9, "title")._element
    title.getparent().append(title)
    return ["9 “title”: warning: the title is read after “subtitle” [reading-order]"]


def source_before_chart(file):
    find_shape(file, 9, "chart: sma")._element.addprevious(find_shape(file, 9, "source")._element)
    return ["9 “chart: sma”: warning: it stands before “source” but is read after it [reading-order]"]


def right_before_left(file):
    find_shape(file, 16, "body")._element.addprevious(find_shape(file, 16, "limits")._element)
    return ["16 “body”: warning: it stands before “limits” but is read after it [reading-order]"]


def empty_placeholder(file):
    find_shape(file, 9, "takeaway").text_frame.text = ""
    return ["9 “takeaway”: error: the placeholder is empty [empty-placeholder]"]


def series_without_names(file):
    chart = find_shape(file, 12, "chart: samsung").chart
    for label in chart._chartSpace.iter(qn("c:dLbl")):
        for words in label.findall(qn("c:tx")):
            label.remove(words)
        label.find(qn("c:numFmt")).set("formatCode", '0"%"')
    return [
        "12 “chart: samsung”: error: only colour distinguishes its 2 series: no legend, and no names next to them [colour-alone]"
    ]


def traffic_light(file):
    cell = next(each for each in file.slides[9].shapes if each.has_table).table.cell(1, 1)
    cell.text_frame.text = ""
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(0xFF, 0, 0)
    return [
        "10 “table: north-korea”, row 2, column 2: warning: the cell has no words and is filled with #FF0000 [colour-alone]"
    ]


def no_header_row(file):
    find_shape(file, 10, "table: north-korea").table.first_row = False
    return ["10 “table: north-korea”: error: the table has no header row [table-header]"]


def merged_cells(file):
    table = find_shape(file, 10, "table: north-korea").table
    table.cell(1, 1).merge(table.cell(1, 2))
    return ["10 “table: north-korea”: warning: 1 merged cell [table-cells]"]


def row_without_words(file):
    row = find_shape(file, 10, "table: north-korea").table._tbl.tr_lst[-1]
    for text in row.iter(qn("a:t")):
        text.text = ""
    return [re.compile(r"10 “table: north-korea”: warning: row \d has no words \[table-cells\]")]


def header_without_words(file):
    for text in find_shape(file, 10, "table: north-korea").table.cell(0, 1)._tc.iter(qn("a:t")):
        text.text = ""
    return ["10 “table: north-korea”: warning: the header of column 2 has no words [table-cells]"]


def link_that_says_nothing(file):
    frame = find_shape(file, 16, "limits").text_frame
    frame.text = "The figures are "
    for words in ("here", ", and at "), ("https://example.org/data", "."):
        run, after = frame.paragraphs[0].add_run(), frame.paragraphs[0].add_run()
        (run.text, after.text), run.hyperlink.address = words, "https://example.org/data"
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(18)
    return ["16 “limits”: warning: the link “here” does not say where it leads [link-text]"]


def too_much_text(file):
    paragraph = find_shape(file, 9, "takeaway").text_frame.paragraphs[0]
    paragraph.runs[0].text = "A sentence that goes on. " * 25
    return [re.compile(r"9 “takeaway”: error: the text is \d+ pt high and its box 192 pt \[overflow\]"), ...]


def stale_section(file):
    slides = file.slides._sldIdLst
    file.part.drop_rel(slides[10].rId)
    slides.remove(slides[10])
    return ["0 : warning: the section “Build” lists 1 slide that the deck does not have [sections]"]


def slide_in_no_section(file):
    sections = file.part._element.iter("{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId")
    gone = list(sections)[8]
    gone.getparent().remove(gone)
    return ["9 : warning: the slide is in no section [sections]"]


def number_missing(file):
    element = find_shape(file, 9, "slide-number")._element
    element.getparent().remove(element)
    return ["9 : warning: the slide has no number, but 14 others have one [furniture]"]


DEFECTS = [
    value
    for value in list(globals().values())
    if getattr(value, "__module__", "") == __name__ and getattr(value, "__code__", None)
    and value.__code__.co_varnames[:1] == ("file",) and value.__code__.co_argcount == 1
]  # fmt: skip


def match(found: list[str], wanted: list) -> bool:
    """Return True if these lines were found and no others; after an ellipsis others may follow."""
    *wanted, last = wanted
    if last is not ...:
        wanted.append(last)
    complete = len(found) == len(wanted) or (last is ... and len(found) > len(wanted))
    return complete and all(
        bool(item.fullmatch(text)) if isinstance(item, re.Pattern) else item == text
        for item, text in zip(wanted, found, strict=False)
    )


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.__name__)
def test_a_defect_is_reported_with_its_place_and_measure(bundled, defect):
    wanted = []
    data = edit_deck(bundled, lambda file: wanted.extend(defect(file)))
    assert match(lint_lines(data), wanted), lint_lines(data)


def test_every_rule_has_a_defect(bundled):
    tried: set[str] = set()
    for defect in DEFECTS:
        for item in defect(pptx.Presentation(io.BytesIO(bundled))):
            tried |= set(re.findall(r"\[([a-z-]+)\\?\]$", getattr(item, "pattern", item))) if item is not ... else set()
    tried = {name.rstrip("\\") for name in tried} | set(re.findall(r"\\\[([a-z-]+)\\\]", _patterns(bundled)))
    assert {rule.id for rule in all_rules()} == tried


def _patterns(bundled) -> str:
    wanted = [item for defect in DEFECTS for item in defect(pptx.Presentation(io.BytesIO(bundled)))]
    return " ".join(item.pattern for item in wanted if isinstance(item, re.Pattern))


def test_every_rule_has_a_page():
    for rule in all_rules():
        assert re.fullmatch(r"[A-Z].{10,60}[^.]", rule.title), rule.id
        assert len(rule.page.strip().split("\n")) > 2, rule.id


def test_our_own_decks_are_clean(bundled, small):
    for data in (bundled, small):
        report = lint_deck(data, "deck")
        assert (report.findings, report.unread) == ((), ())


def test_a_deck_with_a_slide_of_each_layout_is_clean(written, every_layout):
    assert lint_lines(written(every_layout)) == []


def test_a_label_on_a_shape_and_a_note_in_a_chart_are_accepted(bundled):
    def change(file):
        added = file.slides[8].shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(2.2), Inches(2), Inches(0.5))
        added.fill.solid()
        added.fill.fore_color.rgb = RGBColor(0x12, 0x43, 0x6D)
        added._element.nvSpPr.cNvPr.set("descr", "A mark.")
        add_box(file, 9, "A note", 1.2, 2.25, 1.5, 0.4, 14).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(
            255, 255, 255
        )
        note = file.slides[8].shapes[-1]._element
        file.slides[8].shapes[3]._element.addnext(note)
        note.addprevious(added._element)

    assert lint_lines(edit_deck(bundled, change)) == []


def test_contrast_on_a_picture_is_reported_as_not_judged(bundled):
    def change(file):
        added = file.slides[8].shapes.add_picture(
            io.BytesIO(PICTURE), Inches(0.5), Inches(6.3), Inches(12), Inches(0.7)
        )
        added._element.nvPicPr.cNvPr.set("descr", "A harbor.")
        file.slides[8].shapes[0]._element.addnext(added._element)

    report = lint_deck(edit_deck(bundled, change), "deck")
    assert not [each for each in report.findings if each.rule == "contrast"]
    assert "slide 9, “source”: the contrast of words on a picture or a gradient" in report.unread


def plain_deck() -> bytes:
    """Return a deck in the default template with a table, a chart, a shape and a text box."""
    file = pptx.Presentation()
    title = file.slides.add_slide(file.slide_layouts[0])
    title.shapes.title.text, title.placeholders[1].text = "A deck", "A subtitle"
    bullets = file.slides.add_slide(file.slide_layouts[1])
    bullets.shapes.title.text, bullets.placeholders[1].text = "Bullets", "One\nTwo"
    tabled = file.slides.add_slide(file.slide_layouts[5])
    tabled.shapes.title.text = "A table"
    table = tabled.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(8), Inches(1)).table
    for at, cell in enumerate(table.iter_cells()):
        cell.text = f"cell {at}"
    charted = file.slides.add_slide(file.slide_layouts[5])
    charted.shapes.title.text = "A chart"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("North", (1, 2))
    data.add_series("South", (2, 3))
    charted.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(8), Inches(4), data)
    drawn = file.slides.add_slide(file.slide_layouts[5])
    drawn.shapes.title.text = "A form"
    form = drawn.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(2), Inches(3), Inches(1))
    form.text_frame.text = "In white"
    grown = drawn.shapes.add_textbox(Inches(1), Inches(4), Inches(3), Emu(0))
    grown.text_frame.text = "A box that grows"
    grown.text_frame.auto_size = MSO_AUTO_SIZE.SHAPE_TO_FIT_TEXT
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def test_a_deck_in_powerpoints_default_template():
    report = lint_deck(plain_deck(), "deck")
    assert lint_lines(plain_deck()) == [
        "3 “Table 2”: warning: the table has no alternative text [alt-text]",
        "3 “Table 2”, row 1, column 1: error: contrast 4.0:1 of #FFFFFF on #4F81BD; the minimum is 4.5:1 [contrast]",
        "4 “Chart 2”: error: the chart has no alternative text [alt-text]",
        "4 “Chart 2”: error: only colour distinguishes its 2 series: no legend, and no names next to them [colour-alone]",
    ]
    assert report.unread == ("slide 5, “Rectangle 2”: the contrast of words on a picture or a gradient",)


def test_a_legend_is_enough_as_long_as_its_colours_differ_in_grey():
    def alike(file):
        chart = file.slides[3].shapes[1].chart
        chart.has_legend = True
        for series, color in zip(chart.plots[0].series, ("C00000", "007A33"), strict=True):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(color)

    def apart(file):
        alike(file)
        chart = file.slides[3].shapes[1].chart
        chart.plots[0].series[1].format.fill.fore_color.rgb = RGBColor.from_string("A8D5BA")

    def colour_lines(change) -> list[str]:
        return [text for text in lint_lines(edit_deck(plain_deck(), change)) if "colour-alone" in text]

    assert colour_lines(alike) == [
        "4 “Chart 2”: warning: “North” and “South” look alike without colour: #C00000 and #007A33, 1.1:1 [colour-alone]"
    ]
    assert colour_lines(apart) == []


def test_sizes_and_boxes_come_from_layout_and_master():
    def smaller(file):
        title = next(each for each in file.slide_master.placeholders if each.placeholder_format.type == 1)
        assert title is not None
        style = file.slide_master.element.find(
            f"{qn('p:txStyles')}/{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
        )
        style.set("sz", "1000")
        layout = file.slide_layouts[1].placeholders[1]
        layout.left, layout.top, layout.width, layout.height = Inches(8), Inches(2), Inches(4), Inches(3)

    found = [text for text in lint_lines(edit_deck(plain_deck(), smaller)) if text.startswith("2 ")]
    assert found == [
        "2 “Content Placeholder 2”: error: 144 pt beyond the slide’s right edge [off-slide]",
        "2 “Content Placeholder 2”: error: 10 pt type; the minimum for text is 12 pt [type-size]",
    ]


def test_members_of_groups_stand_where_the_group_puts_them(bundled):
    def change(file):
        group = find_shape(file, 3, "timeline: window")._element
        group.grpSpPr.find(f"{qn('a:xfrm')}/{qn('a:off')}").set("x", str(Inches(6)))

    found = lint_lines(edit_deck(bundled, change))
    assert found
    assert all("“label: " in text and "right edge [off-slide]" in text for text in found if "off-slide" in text)
    assert any("off-slide" in text for text in found)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice opens and saves the deck")
def test_a_deck_saved_again_by_libreoffice(bundled, tmp_path):
    """LibreOffice drops alternative texts and the mark of header rows; sizes, colours and boxes stay."""
    (tmp_path / "deck.pptx").write_bytes(bundled)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pptx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "deck.pptx")], check=True, capture_output=True, timeout=180)
    found = lint_deck((tmp_path / "out" / "deck.pptx").read_bytes(), "deck").findings
    assert {each.rule for each in found} == {"alt-text", "table-header"}
    assert sum(each.rule == "table-header" for each in found) == 5


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a PowerPoint deck"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an encrypted deck, or one of PowerPoint 97–2003"),
        (b"PK\x03\x04 cut off", "a damaged deck: it is cut off, or no ZIP archive"),
    ],
)
def test_a_file_that_is_no_deck_is_refused_in_one_line(data, message):
    with pytest.raises(FileError) as caught:
        lint_deck(data, "deck.pptx")
    (found,) = caught.value.diagnostics
    assert (found.message, str(found.where)) == (message, "deck.pptx")


def mutate(data: bytes, seed: int) -> bytes:
    """Return the package with a few of its elements and attributes dropped, doubled, moved or garbled."""
    rng = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kinds = (
        "slides/slide",
        "slideLayouts/slideL",
        "slideMasters/slideM",
        "theme/theme1",
        "charts/chart",
        "presentation",
        "_rels/",
    )
    names = sorted(name for name in parts if any(kind in name for kind in kinds))
    for name in rng.sample(names, 4):
        root = etree.fromstring(parts[name])
        for _ in range(rng.randint(1, 5)):
            _spoil(root, rng)
        parts[name] = etree.tostring(root)
    if rng.random() < 0.2:
        del parts[rng.choice(names)]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def _spoil(root, rng: random.Random) -> None:
    one = rng.choice([each for each in root.iter() if isinstance(each.tag, str)])
    parent = one.getparent()
    match rng.randrange(6):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            parent.insert(rng.randrange(len(parent) + 1), deepcopy(one))
        case 2 if len(one) > 1:
            one.append(one[0])
        case 3 if one.attrib:
            del one.attrib[rng.choice(list(one.attrib))]
        case 4 if one.attrib:
            one.set(rng.choice(list(one.attrib)), rng.choice(["", "-1", "x", "9" * 30, "1e400", "NaN", "50%", "0"]))
        case _:
            other = rng.choice([each for each in root.iter() if isinstance(each.tag, str)])
            one.tag = other.tag


@pytest.mark.parametrize("seed", range(40))
def test_a_spoiled_package_is_linted_or_refused_in_one_line(bundled, seed):
    with suppress(FileError):
        assert all(each.rule and each.message for each in lint_deck(mutate(bundled, seed), "deck").findings)


def test_it_reads_only_the_file_and_gives_the_same_findings_each_time(bundled, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert lint_deck(bundled, "deck") == lint_deck(bundled, "deck")
    assert list(Path(tmp_path).iterdir()) == []


def test_the_words_of_a_link_are_read_as_one_link(written):
    html = '<section id="a" data-layout="bullets"><h2>T</h2><p data-slot="body"><a href="https://example.org">{}</a></p></section>'
    rules = {
        words: [each.rule for each in lint_deck(written(html.format(words)), "d.pptx").findings]
        for words in ("read it here today, please", "click here")
    }
    assert "link-text" not in rules["read it here today, please"]
    assert "link-text" in rules["click here"]

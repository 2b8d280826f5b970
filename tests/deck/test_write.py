"""The finished file, read back with python-pptx: the contents of its slides, and the validity of its parts."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pptx
import pytest
from hypothesis import given, strategies as st
from lxml import etree
from msgspec.structs import replace
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu, Pt

from reportgen import brand as brands, deck
from reportgen.brief.marks import Marks
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.text.link_runs import split_run
from reportgen.deck.theme import build_default
from reportgen.deck.values import Run

from .conftest import PROPERTIES

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def data(written, every_layout) -> bytes:
    return written(every_layout)


@pytest.fixture(scope="module")
def file(data):
    return pptx.Presentation(BytesIO(data))


@pytest.fixture(scope="module")
def parts(data):
    archive = ZipFile(BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def slide(file, layout):
    return next(each for each in file.slides if each.slide_layout.name == LAYOUTS[layout].file_name)


def shape(file, layout, name):
    return next(each for each in slide(file, layout).shapes if each.name == name)


def issues(data: bytes, tmp_path) -> list[str]:
    from openxml_audit import validate_pptx

    path = tmp_path / "deck.pptx"
    path.write_bytes(data)
    return [str(error) for error in validate_pptx(str(path)).errors]


def rezipped(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_the_validator_finds_nothing(data, tmp_path):
    assert issues(data, tmp_path) == []


@pytest.mark.parametrize(
    ("part", "good", "bad"),
    [
        ("ppt/slides/slide2.xml", b'<p:cNvPr id="3"', b'<p:cNvPr id="2"'),
        ("ppt/slides/slide2.xml", b"<a:noAutofit/>", b"<a:noAutofits/>"),
        ("ppt/slides/_rels/slide2.xml.rels", b"../charts/chart", b"../charts/gone"),
    ],
)
def test_the_validator_would_find_a_planted_defect(parts, tmp_path, part, good, bad):
    assert good in parts[part]
    assert issues(rezipped({**parts, part: parts[part].replace(good, bad, 1)}), tmp_path)


def test_slides_use_the_layouts_of_the_same_name(file):
    assert [next(key for key, each in LAYOUTS.items() if each.file_name == one.slide_layout.name) for one in file.slides] == [
        "cover", "chart-left", "chart-right", "chart-full", "timeline", "table", "big-numbers",
        "bullets", "section", "statement", "decision", "sources",
    ]  # fmt: skip


def test_the_slide_is_sixteen_by_nine(file):
    assert (file.slide_width, file.slide_height) == (Emu(12_192_000), Emu(6_858_000))


def test_titles_are_real_titles_and_come_first(file):
    for each in file.slides:
        assert each.shapes[0] == each.shapes.title
        assert each.shapes[0].name == "title"
        assert each.shapes.title.text_frame.text


def test_no_placeholder_is_empty_and_no_prompt_leaks(file, parts):
    for each in file.slides:
        for found in each.placeholders:
            assert not found.has_text_frame or found.text_frame.text.strip(), (each.slide_id, found.name)
    prompts = {
        text for layout in file.slide_layouts for each in layout.placeholders for text in [each.text_frame.text] if text
    }
    said = {found.text_frame.text for each in file.slides for found in each.shapes if found.has_text_frame}
    assert not prompts & said - {"‹#›"}


def test_every_word_of_the_html_is_on_the_slide_or_in_its_notes(file, every_layout):
    def texts(shapes):
        for each in shapes:
            if each.has_text_frame and each.name not in ("footer", "date", "slide-number"):
                yield each.text_frame.text
            if getattr(each, "has_table", False):
                yield from (cell.text_frame.text for row in each.table.rows for cell in row.cells)

    said = " ".join(text for each in file.slides for text in texts(each.shapes))
    said += " ".join(each.notes_slide.notes_text_frame.text for each in file.slides if each.has_notes_slide)
    sections = etree.fromstring(f"<main>{every_layout}</main>")
    words = re.findall(r"[^\s]+", " ".join(sections.itertext()))
    assert [word for word in words if word not in said] == []


def test_footer_date_and_number_show_on_every_slide_but_the_cover(file):
    for number, each in enumerate(file.slides, 1):
        texts = {found.name: found.text_frame.text for found in each.placeholders if found.has_text_frame}
        assert texts["date"] == "December 1, 2020"
        if number > 1:
            assert (texts["footer"], texts["slide-number"]) == ("A footer", str(number))
            field = next(found for found in each.placeholders if found.name == "slide-number")
            assert field.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
            assert field._element.find(f".//{A}fld").get("type") == "slidenum"


def test_a_marking_stands_on_every_slide_and_none_stands_without(opened, every_layout, file):
    marked = opened(every_layout, replace(PROPERTIES, marks=Marks(("UNCLASSIFIED",))))
    for each in marked.slides:
        assert [found.text_frame.text for found in each.placeholders if found.name == "marking"] == ["UNCLASSIFIED"]
    assert not [found for each in file.slides for found in each.shapes if found.name == "marking"]


def test_text_is_set_in_explicit_sizes_and_never_shrunk(file):
    for each in file.slides:
        for found in each.placeholders:
            if found.has_text_frame:
                assert found._element.find(f".//{A}bodyPr/{A}noAutofit") is not None
                sizes = [run.font.size for paragraph in found.text_frame.paragraphs for run in paragraph.runs]
                assert all(size and size >= Pt(10) for size in sizes), found.name


def test_every_run_names_its_language(parts):
    for name, content in parts.items():
        if name.startswith("ppt/slides/slide"):
            for look in etree.fromstring(content).iter(f"{A}rPr"):
                assert look.get("lang") == "en-US", name


def test_charts_are_native_and_can_be_edited(file):
    frame = shape(file, "chart-left", "chart: sma")
    assert frame.placeholder_format.type == PP_PLACEHOLDER.CHART
    chart = frame.chart
    assert list(chart.plots[0].categories) == ["Reported demand", "Contribution"]
    assert list(chart.plots[0].series[0].values) == [5.0, 1.0]
    assert chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"
    assert (
        frame._element._nvXxPr.cNvPr.get("descr")
        == "Demands were more than five times the contribution. Five and less than one."
    )


def chart(file, layout, name):
    return shape(file, layout, name).chart._chartSpace


def values(element, path):
    return [found.get("val") for found in element.iterfind(".//" + "/".join(f"{C}{part}" for part in path.split("/")))]


def test_bars_begin_at_zero_and_read_from_the_top(file):
    space = chart(file, "chart-left", "chart: sma")
    assert values(space, "catAx/scaling/orientation") == ["maxMin"]
    assert values(space, "valAx/scaling/min") == ["0.0"]
    assert float(values(space, "valAx/scaling/max")[0]) > 5
    assert values(space, "valAx/delete") == ["1"]
    assert not list(space.iter(f"{C}majorGridlines"))
    assert not list(space.iter(f"{C}legend"))
    assert all(int(value) > 0 for value in values(space, "axId"))


def test_values_say_themselves_through_their_number_format(file):
    space = chart(file, "chart-left", "chart: sma")
    labels = [label for label in space.iter(f"{C}dLbl") if label.find(f"{C}showVal") is not None]
    assert [label.find(f"{C}numFmt").get("formatCode") for label in labels] == ['"$"#,##0" bn"', '"<$"#,##0" bn"']
    assert not list(space.iter(f"{C}rich"))


def test_a_bounded_value_is_a_tint_with_a_dashed_edge(file):
    points = {each.find(f"{C}idx").get("val"): each for each in chart(file, "chart-left", "chart: sma").iter(f"{C}dPt")}
    assert points["0"].find(f".//{A}solidFill/{A}schemeClr").get("val") == "accent2"
    assert points["1"].find(f".//{A}solidFill/*/{A}alpha") is not None
    assert points["1"].find(f".//{A}pattFill") is None
    assert points["1"].find(f".//{A}prstDash").get("val") == "dash"


def test_stacks_keep_their_labels_inside_and_their_base_unseen(file):
    space = chart(file, "chart-full", "chart: stack")
    assert values(space, "grouping") == ["percentStacked"]
    assert values(space, "overlap") == ["100"]
    assert set(values(space, "dLblPos")) == {"ctr"}
    base = list(space.iter(f"{C}ser"))[2]
    assert base.find(f"{C}spPr/{A}noFill") is not None
    assert list(space.iter(f"{C}legend"))


def test_lines_keep_their_gaps(file):
    space = chart(file, "chart-right", "chart: line")
    points = [each.get("idx") for each in space.find(f".//{C}val").iter(f"{C}pt")]
    assert points == ["0", "2"]
    assert values(space, "dispBlanksAs") == ["gap"]


def test_a_drawing_is_one_named_group_of_native_shapes(file, theme):
    group = shape(file, "timeline", "timeline: window")
    assert group.shape_type == MSO_SHAPE_TYPE.GROUP
    assert [member.name for member in group.shapes] == [
        "line 1",
        "Time left",
        "dot 3",
        "label: January 20, 2021",
        "line 5",
    ]
    assert group._element._nvXxPr.cNvPr.get("descr").startswith("The window opens")
    box = theme.layouts["timeline"]["timeline"].box
    assert (group.left, group.left + group.width <= box.x + box.width) == (box.x, True)
    assert not [found for found in slide(file, "timeline").placeholders if found.placeholder_format.idx == 22]


def test_rules_without_meaning_are_marked_as_decoration(parts):
    timeline = next(content for name, content in parts.items() if b"timeline: window" in content)
    names = re.findall(r'name="([^"]*)"><a:extLst><a:ext uri="\{C183D7F6', timeline.decode())
    assert names == ["line 1", "dot 3", "line 5"]


def test_tables_are_native_flag_their_head_and_have_hairlines_only(file):
    frame = shape(file, "table", "table: matrix")
    assert frame.placeholder_format.type == PP_PLACEHOLDER.TABLE
    table = frame.table
    assert table.first_row
    assert not table.horz_banding
    assert [cell.text_frame.text for cell in table.rows[1].cells] == ["Leaders", "+\tA direct path", "17%"]
    assert abs(table.columns[1].width / table.columns[0].width - 1.5) < 0.01
    assert sum(row.height for row in table.rows) == frame.height
    for cell in table.iter_cells():
        assert cell._tc.tcPr.find(f"{A}lnL/{A}noFill") is not None
        assert cell._tc.tcPr.find(f"{A}lnB/{A}solidFill/{A}schemeClr") is not None


def test_notes_sections_and_links(file, parts):
    notes = slide(file, "chart-left").notes_slide
    assert notes.notes_text_frame.text == "Say the point first.\nThen see the notes."
    sections = re.findall(r'<p14:section name="([^"]*)".*?</p14:section>', parts["ppt/presentation.xml"].decode())
    assert sections == ["Opening", "Now", "Next", "Decide", "Sources"]
    ids = re.findall(r'<p14:sldId id="(\d+)"', parts["ppt/presentation.xml"].decode())
    assert ids == [str(each.slide_id) for each in file.slides]
    links = [
        run.hyperlink.address
        for found in slide(file, "bullets").placeholders
        for paragraph in found.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert set(links) == {"https://example.org"}


def test_core_properties(file):
    core = file.core_properties
    assert (core.title, core.author, core.subject, core.language) == ("A title", "An author", "A subject", "en-US")
    assert core.created == core.modified == datetime(2020, 12, 1)


def test_nothing_stands_outside_the_slide(file):
    for each in file.slides:
        for found in each.shapes:
            assert found.left >= 0
            assert found.top >= 0
            assert found.left + found.width <= file.slide_width
            assert found.top + found.height <= file.slide_height


def test_no_colour_is_written_as_a_number(parts):
    for name, content in parts.items():
        if name.startswith(("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/charts/")):
            assert b"srgbClr" not in content, name


def test_a_changed_brand_changes_the_theme_and_nothing_else(parts, every_layout, tmp_path, compiled):
    (tmp_path / "_brand.yml").write_text(
        'color: {primary: "#0A7F5A"}\ndefaults: {reportgen: {deck: {headings: Calibri}}}\n'
    )
    green = brands.load(tmp_path)
    theme = build_default(green)
    # The titles' face differs, so sizes may: only colours are compared.
    other = ZipFile(BytesIO(deck.write_deck(deck.fit_deck(compiled(every_layout), theme, green), theme, green)))
    found = etree.fromstring(other.read("ppt/theme/theme1.xml"))
    assert found.find(f".//{A}accent1/{A}srgbClr").get("val") == "0A7F5A"
    assert found.find(f".//{A}hlink/{A}srgbClr").get("val") == "0A7F5A"
    assert found.find(f".//{A}majorFont/{A}latin").get("typeface") == "Calibri"
    charts = [name for name in parts if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    assert charts
    assert all(other.read(name) == parts[name] for name in charts)


def test_no_printer_settings_no_thumbnail(parts):
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]


HOSTILE = '<section id="h" data-layout="chart-left"><h2>R&amp;D &lt;b&gt; “x” \'y\' "z" 漢字 Ελ</h2><figure data-slot="chart" data-exhibit="sma"/><p data-slot="source"><a href="https://example.org/?a=1&amp;b=&quot;2&quot;">R&amp;D</a></p></section>'


def test_signs_that_mean_something_in_xml_are_only_text(opened, written, tmp_path):
    each = opened(HOSTILE).slides[0]
    assert each.shapes.title.text_frame.text == "R&D <b> “x” 'y' \"z\" 漢字 Ελ"
    frame = next(found for found in each.shapes if found.name == "chart: sma")
    assert frame._element._nvXxPr.cNvPr.get("descr").startswith("R&D <b> “x” 'y' \"z\" 漢字 Ελ. ")
    source = next(found for found in each.shapes if found.name == "source")
    assert source.text_frame.paragraphs[0].runs[0].hyperlink.address == 'https://example.org/?a=1&b="2"'
    assert issues(written(HOSTILE), tmp_path) == []


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=80))
def test_a_link_in_runs_loses_no_letter(text):
    parts = split_run(Run(text, href="https://example.org"))
    assert "".join(part.text for part in parts) == text
    assert all(part.href for part in parts)

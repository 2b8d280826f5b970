"""Any PowerPoint file as a theme: it keeps its own masters and styles, gets the deck's layouts, or is refused."""

import re
import shutil
import subprocess
from io import BytesIO

import pptx
import pytest
from hypothesis import given, strategies as st
from pptx.util import Emu

from reportgen import deck, fonts
from reportgen.brand.contrast import contrast_ratio, parse_color
from reportgen.brief.marks import Marks
from reportgen.deck import theme as themes
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme import map_file, slot_placement
from reportgen.deck.theme.colors.grounds import Ground
from reportgen.deck.theme.colors.role_shades import choose_palette, resolve_shade
from reportgen.deck.theme.theme_file import ThemeFile, default_layouts
from reportgen.deck.theme.theme_report import describe_theme
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.system.errors import ExitCode, FileError, FitError, TemplateError

from . import sample_themes
from .conftest import EXHIBITS, PROPERTIES

NAMES = {each.file_name for each in LAYOUTS.values()}
MARKED = PROPERTIES.__class__(
    **{name: getattr(PROPERTIES, name) for name in PROPERTIES.__struct_fields__} | {"marks": Marks(("PRE-DECISIONAL",))}
)


def build_deck(data, brand, slides, properties=PROPERTIES):
    """Return the theme, the fitted deck in it and the bytes of its file."""
    theme = themes.parse_theme(data, "agency.pptx")
    looks = theme.adapt_brand(brand)
    compiled = deck.compile_deck(f"<main>{slides}</main>", "slides.html", properties, EXHIBITS, theme, looks)
    fitted = deck.fit_deck(compiled, theme, looks)
    return theme, fitted, deck.write_deck(fitted, theme, brand)


def issues(data, folder):
    from openxml_audit import validate_pptx

    path = folder / "deck.pptx"
    path.write_bytes(data)
    return [str(each) for each in validate_pptx(str(path)).errors]


SOURCES = {
    "4:3": sample_themes.plain,
    "16:9": sample_themes.wide,
    "sixty layouts": lambda: sample_themes.with_layouts(60),
}


@pytest.fixture(scope="module", params=SOURCES)
def custom(request):
    return SOURCES[request.param]()


@pytest.fixture(scope="module")
def result(custom, brand, every_layout):
    return build_deck(custom, brand, every_layout, MARKED)


def test_a_custom_theme_keeps_its_masters_layouts_and_styles(custom, result):
    before, after = pptx.Presentation(BytesIO(custom)), pptx.Presentation(BytesIO(result[2]))
    ours = [layout.name for layout in after.slide_layouts if layout.name in NAMES]
    assert [layout.name for layout in after.slide_layouts if layout.name not in ours] == [
        layout.name for layout in before.slide_layouts
    ]
    then, now = sample_themes.unzip_parts(custom), sample_themes.unzip_parts(result[2])
    kept = [name for name in then if re.match(r"ppt/(theme/theme1|slideLayouts/slideLayout\d+)\.xml", name)]
    assert kept
    for name in kept:
        assert pptx.oxml.parse_xml(now[name]).xpath("string()") == pptx.oxml.parse_xml(then[name]).xpath("string()")
    assert (after.slide_width, after.slide_height) == (before.slide_width, before.slide_height)


def test_only_layouts_that_slides_use_are_added(brand, every_layout):
    only = re.findall(r'<section id="cover".*?</section>', every_layout, re.DOTALL)[0]
    file = pptx.Presentation(BytesIO(build_deck(sample_themes.plain(), brand, only)[2]))
    assert [layout.name for layout in file.slide_layouts if layout.name in NAMES] == ["cover"]


def test_the_theme_s_own_slides_are_dropped(brand, every_layout):
    data = build_deck(sample_themes.wide(), brand, every_layout)[2]
    assert b"of theirs" not in b"".join(sample_themes.unzip_parts(data).values())
    assert len(pptx.Presentation(BytesIO(data)).slides) == every_layout.count("<section")


def test_all_text_is_in_placeholders_of_the_slide_s_layout(result):
    for slide in pptx.Presentation(BytesIO(result[2])).slides:
        held = {each.placeholder_format.idx for each in slide.slide_layout.placeholders}
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert shape.is_placeholder, (slide.slide_id, shape.name)
                assert shape.placeholder_format.idx in held
        assert slide.shapes.title.text_frame.text


def test_the_file_is_valid(result, tmp_path):
    assert issues(result[2], tmp_path) == []


def test_no_slot_is_off_the_slide_or_overlaps_another(result):
    theme, fitted, _ = result
    for slide in fitted.slides:
        boxes = {slot.name: slot.box or theme.layouts[slide.layout][slot.name].box for slot in slide.slots}
        for name, box in boxes.items():
            assert box.x >= 0, name
            assert box.y >= 0, name
            assert box.right <= theme.width, name
            assert box.bottom <= theme.height, name
            clear = [other for other in boxes if other != name and box.overlap(boxes[other])]
            assert not clear, (slide.id, name, clear)


def test_the_marking_is_on_every_slide(result):
    for slide in pptx.Presentation(BytesIO(result[2])).slides:
        assert "PRE-DECISIONAL" in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_colours_are_the_theme_s_own_and_readable(result):
    theme, _, data = result
    slides = [
        part
        for name, part in sample_themes.unzip_parts(data).items()
        if name.startswith(("ppt/slides/", "ppt/charts/"))
    ]
    assert all(b"srgbClr" not in part for part in slides)
    found = ThemeFile("x", theme.parts).colors
    for role in ("ink", "secondary", "accent", "signal"):
        shade = theme.palette[role]
        assert contrast_ratio(resolve_shade(found, shade), found["bg1"]) >= 4.5, role


def test_a_footer_that_the_theme_prints_itself_stays(brand, every_layout):
    footers = [
        shape.text_frame.text
        for slide in pptx.Presentation(BytesIO(build_deck(sample_themes.wide(), brand, every_layout)[2])).slides
        for shape in slide.shapes if shape.name == "footer"
    ]  # fmt: skip
    assert set(footers) == {"Harbor Office · internal"}


def test_a_finished_deck_is_a_theme_without_added_layouts(written, every_layout, theme):
    found = themes.parse_theme(written(every_layout), "deck.pptx")
    assert not found.added_parts
    assert {name: found.boxes(name) for name in LAYOUTS} == {name: theme.boxes(name) for name in LAYOUTS}


def test_the_same_theme_makes_the_same_bytes(brand, every_layout):
    first, second = (build_deck(sample_themes.wide(), brand, every_layout)[2] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", ["template", "slideshow"])
def test_templates_and_shows_are_accepted(kind, brand, every_layout, tmp_path):
    assert issues(build_deck(sample_themes.of_type(kind), brand, every_layout)[2], tmp_path) == []


def test_a_hundred_megabytes_of_media_are_kept(brand, every_layout):
    data = build_deck(sample_themes.with_media(100_000_000), brand, every_layout)[2]
    assert len(sample_themes.unzip_parts(data)["ppt/media/film.png"]) == 100_000_000 // 256 * 256


WORD = sample_themes.replace_bytes(r"\[Content_Types\]\.xml", re.escape(sample_themes.MAIN).encode(), b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")  # fmt: skip
REFUSED = {
    "nothing": (b"", "is not a PowerPoint file"),
    "a picture": (b"\x89PNG\r\n", "is not a PowerPoint file"),
    "PowerPoint 97": (sample_themes.powerpoint_97(), "is a PowerPoint 97–2003 file (.ppt)"),
    "a password": (sample_themes.with_password(), "is protected by a password"),
    "cut off": (sample_themes.plain()[:9000], "is truncated or damaged"),
    "bytes changed": (sample_themes.plain()[:3000] + b"\0" * 4000 + sample_themes.plain()[7000:], "is truncated or damaged"),
    "another archive": (sample_themes.zip_parts({"a.txt": b"a"}), "is a ZIP archive, but not a PowerPoint file"),
    "a Word document": (WORD, "is a Word document"),
    "strict": (sample_themes.replace_bytes(r"ppt/presentation\.xml", rb"http://schemas\.openxmlformats\.org/presentationml/2006/main", b"http://purl.oclc.org/ooxml/presentationml/main"), "Strict Open XML"),
    "no slide size": (sample_themes.replace_bytes(r"ppt/presentation\.xml", rb"<p:sldSz[^>]*/>", b""), "has no slide size"),
    "no layouts": (sample_themes.replace_bytes(r"ppt/slideMasters/_rels/.*", rb"relationships/slideLayout", b"relationships/other"), "has no slide layouts"),
    "no titles": (sample_themes.without_titles(), "no layout of the theme has a title placeholder"),
    "broken XML": (sample_themes.replace_bytes(r"ppt/presentation\.xml", rb"</p:presentation>", b""), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_a_theme_is_refused_in_one_sentence(name):
    data, words = REFUSED[name]
    with pytest.raises(TemplateError) as caught:
        themes.parse_theme(data, "agency.pptx")
    assert caught.value.code == ExitCode.TEMPLATE
    (fault,) = caught.value.diagnostics
    assert words in fault.message
    assert "agency.pptx" in str(fault) or "ppt/" in str(fault)


def test_a_slide_too_small_for_content_is_refused():
    tiny = sample_themes.replace_bytes(
        r"ppt/presentation\.xml", rb'<p:sldSz cx="\d+" cy="\d+"', b'<p:sldSz cx="2743200" cy="2057400"'
    )
    with pytest.raises(TemplateError) as caught:
        themes.parse_theme(tiny, "agency.pptx")
    assert "has room for “" in caught.value.diagnostics[0].message


def test_a_missing_face_is_measured_wider_as_a_substitute(brand):
    theme = themes.parse_theme(sample_themes.wide("Agency Gothic Nowhere"), "agency.pptx")
    face = fonts.find_face(theme.adapt_brand(brand), theme.faces.minor)
    assert face.substitute
    honest = fonts.measure_width(face.__class__("x", face.path), "Harbor", 20)
    assert fonts.measure_width(face, "Harbor", 20) == pytest.approx(honest * 1.05)
    assert not fonts.find_face(brand, "Arial").substitute


def test_inspect_lists_placeholders_and_matched_layouts(brand):
    found = themes.open_theme_file(sample_themes.plain(), "agency.pptx")
    report = describe_theme(found, brand, found.match_layouts()[0])
    assert report.startswith("agency.pptx: 10 × 7.5 in, 4:3, 11 layouts\n")
    assert "titles: Calibri, measured with Carlito" in report
    assert re.search(r"^ +1  content +0\.5, 1\.75; 9 × 4\.95 in, 32 pt  “Content Placeholder 2”$", report, re.MULTILINE)
    assert "  decision     Title and Content: title in 0, table in 1; added: kicker, source\n" in report
    assert "  sources      Two Content: title in 0, body in 1, limits in 2; added: kicker\n" in report
    assert all(len(line) < 130 for line in report.splitlines() if "│" in line)


@pytest.fixture
def mapped(tmp_path):
    """Write a map next to its theme as `theme inspect --write` does, with some words replaced."""
    (tmp_path / "agency.pptx").write_bytes(sample_themes.plain())
    found = themes.open_theme_file(sample_themes.plain(), "agency.pptx")
    text = map_file.format_map("agency.pptx", found.match_layouts()[0], found.layouts)

    def write(*changes):
        path = tmp_path / "agency.yml"
        new = text
        for old, other in changes:
            assert old in new
            new = new.replace(old, other)
        path.write_text(new)
        return path

    return write


def test_an_unedited_map_gives_the_matched_layouts(mapped):
    proposed, read = themes.parse_theme(sample_themes.plain(), "agency.pptx"), themes.read_theme(mapped())
    for name in LAYOUTS:
        ours, theirs = proposed.boxes(name), read.boxes(name)
        assert ours.keys() == theirs.keys()
        for slot, box in ours.items():  # a map rounds to hundredths of an inch
            for side in ("x", "y", "width", "height"):
                assert getattr(box, side) == pytest.approx(getattr(theirs[slot], side), abs=9144 * 2)


def test_an_edited_map_overrides_the_matching(mapped):
    theme = themes.read_theme(mapped(('chart-left:\n    layout: "Title and Content"\n    slots: {chart: 1}\n    area: [0.50, 1.75, 9.00, 4.95]',
                                'chart-left:\n    layout: "Two Content"\n    slots: {chart: 1, takeaway: 2}')))  # fmt: skip
    boxes = theme.boxes("chart-left")
    assert boxes["chart"].x == Emu(457200)
    assert boxes["takeaway"].x > boxes["chart"].right
    assert boxes["chart"].width == boxes["takeaway"].width  # their columns are halves
    assert not boxes["chart"].overlap(boxes["subtitle"])
    assert not boxes["chart"].overlap(boxes["source"])


FAULTS = {
    '  cover:\n    layout: "Title Slide"': ('  covers:\n    layout: "Title Slide"', 'there is no layout "covers"', 'did you mean "cover"?'),
    'layout: "Title Slide"': ('layout: "Title Slyde"', 'the theme has no layout "Title Slyde"', 'did you mean "Title Slide"?'),
    "{subtitle: 1}": ("{subtitle: 8}", '"Title Slide" has no placeholder 8', "it has 0 (ctrTitle), 1 (subTitle)"),
    "{table: 1}": ("{tabel: 1}", 'the layout has no slot "tabel"', 'did you mean "table"?'),
    "{body: 1, limits: 2}": ("{body: 1, limits: 1}", "two slots have the same placeholder", ""),
    "theme: ": ("them: ", "theme is missing", ""),
    "[1.50": ("[-1.50", "area", ""),
}  # fmt: skip


@pytest.mark.parametrize("old", FAULTS)
def test_a_fault_of_a_map_is_reported_with_its_line(old, mapped):
    new, message, hint = FAULTS[old]
    path = mapped((old, new))
    with pytest.raises(TemplateError) as caught:
        themes.read_theme(path)
    fault = caught.value.diagnostics[0]
    assert message in fault.message
    assert hint in (fault.hint or "")
    assert re.match(rf"{re.escape(str(path))}:\d+", str(fault))


def test_a_map_whose_theme_is_missing_is_reported(mapped):
    with pytest.raises(FileError, match="the map's theme: there is no such file"):
        themes.read_theme(mapped(('theme: "agency.pptx"', 'theme: "agensy.pptx"')))


OUR_PALETTE = {name: {each.slot: each.box for each in part.placeholders} for name, part in default_layouts().items()}
LENGTH = st.integers(0, 4 * slot_placement.INCH)


@given(st.sampled_from(sorted(LAYOUTS)), LENGTH, LENGTH, st.integers(5, 14), st.integers(2, 9))
def test_content_stays_in_its_area_without_overlap(name, x, y, width, height):
    area = Box(x, y, width * slot_placement.INCH, height * slot_placement.INCH)
    boxes = slot_placement.arrange(LAYOUTS[name], OUR_PALETTE[name], area)
    whole = Box.around([area, *boxes.values()])
    slack = EMU_PER_POINT
    assert whole.width <= area.width + slack
    assert whole.height <= area.height + slack
    for one, box in boxes.items():
        assert box.width > 0
        assert all(box.overlap(other) <= slack * box.width for two, other in boxes.items() if one != two)


@given(st.lists(st.integers(0, 0xFFFFFF).map("#{:06X}".format), min_size=6, max_size=6), st.booleans())
def test_every_colour_scheme_gives_legible_roles(accents, dark):
    ground, text = ("#101820", "#F4F4F4") if dark else ("#FFFFFF", "#1A1A1A")
    scheme = {"tx1": text, "bg1": ground} | {f"accent{number}": color for number, color in enumerate(accents, 1)}
    colors = {slot: parse_color(color) for slot, color in scheme.items()}
    found = choose_palette(colors, Ground(((1.0, colors["bg1"]),)))
    for role in ("ink", "secondary", "accent", "signal"):
        assert contrast_ratio(resolve_shade(colors, found[role]), colors["bg1"]) >= 4.5
    assert contrast_ratio(resolve_shade(colors, found["quiet"]), colors["bg1"]) >= 2.5


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice's own templates are themes that it writes")
def test_a_theme_that_libreoffice_wrote_works(brand, every_layout, tmp_path):
    source = "/usr/lib/libreoffice/share/template/common/presnt/Vivid.otp"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "pptx"]
    subprocess.run([*command, "--outdir", str(tmp_path), source], check=True, capture_output=True, timeout=180)
    data = build_deck((tmp_path / "Vivid.pptx").read_bytes(), brand, every_layout)[2]
    assert issues(data, tmp_path) == []


def test_a_wide_drawing_gets_the_slide_and_its_words_the_next(brand, theme, every_layout):
    class Tall(EXHIBITS["sma"].__class__):
        """A drawing that needs a width of eleven inches."""

        def native(self, width, height, brand):
            if width < 11 * 72:
                raise FitError("too narrow")
            return self.drawing

    exhibits = {**EXHIBITS, "sma": Tall(title="x", drawing=EXHIBITS["sma"].drawing)}
    section = re.findall(r'<section id="sma".*?</section>', every_layout, re.DOTALL)[0]
    compiled = deck.compile_deck(f"<main>{section}</main>", "slides.html", PROPERTIES, exhibits, theme, brand)
    first, second = deck.fit_deck(compiled, theme, brand).slides
    assert [slot.name for slot in first.slots] == ["title", "subtitle", "chart", "source"]
    assert next(slot.box.width for slot in first.slots if slot.name == "chart") > 11 * slot_placement.INCH
    assert (second.layout, [slot.name for slot in second.slots]) == ("bullets", ["title", "body", "source"])
    assert second.slots[1].content.paragraphs[0].text == "The gap stalls the talks."


def test_no_word_of_a_table_is_broken_where_a_wider_column_or_smaller_type_helps(brand, theme):
    row = "<tr><th>Simultaneously undertaken</th><td>Misunderstandings and intercontinental telecommunications</td><td>A</td></tr>"
    html = (
        '<main><section id="t" data-layout="table"><h2>T</h2><table data-slot="table" data-widths="1 1 30"><thead>'
        f"<tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>{row}</tbody></table></section></main>"
    )
    compiled = deck.compile_deck(html, "slides.html", PROPERTIES, {}, theme, brand)
    (slide,) = deck.fit_deck(compiled, theme, brand).slides
    table = slide.slots[1].content
    width = theme.boxes("table")["table"].width / EMU_PER_POINT
    for share, word in zip(table.widths, ("Simultaneously", "telecommunications"), strict=False):
        face = fonts.find_face(brand, brand.deck_base, bold=word[0] == "S")
        assert fonts.measure_width(face, word, table.size) <= share * width - 10

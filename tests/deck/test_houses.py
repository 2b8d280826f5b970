"""A deck in a house's theme: its words read on what is really behind them, in the face that they are measured in."""

import re
import shutil
from io import BytesIO

import pptx
import pytest
from PIL import Image

from reportgen.deck import lint as deck_lint, theme as themes
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.theme.colors.grounds import Ground, paint_layout
from reportgen.deck.theme.colors.resolved_colors import read_color_map, read_theme_colors
from reportgen.deck.theme.theme_file import ThemeFile
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import require_child
from tests.deck import sample_themes
from tests.deck.test_theme import build_deck, issues

MASTER = r"ppt/slideMasters/slideMaster1\.xml"
COVER = r"ppt/slideLayouts/slideLayout1\.xml"
BACKGROUND = rb"<p:bg>.*?</p:bg>"
WIDE = 12_192_000
SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="band"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}</p:spPr></p:sp>'
)


def solid(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def with_background(fill: str, data: bytes | None = None) -> bytes:
    """Return a theme whose master paints a fill behind everything; its colour map stays as it is: dark on light."""
    new = f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>".encode()
    return sample_themes.replace_bytes(MASTER, BACKGROUND, new, data or sample_themes.wide())


def with_shape(
    part: str, data: bytes | None = None, form: str = "rect", fill: str = solid("123456"), **box: int
) -> bytes:
    """Return a theme with a shape below the placeholders of a layout or a master."""
    shape = SHAPE.format(id=9_000, form=form, fill=fill, **box).encode()
    return sample_themes.replace_bytes(part, rb"</p:grpSpPr>", b"</p:grpSpPr>" + shape, data or sample_themes.wide())


def with_picture(image: Image.Image) -> bytes:
    """Return a theme whose master has a picture as its background."""
    target = BytesIO()
    image.save(target, "PNG")
    parts = sample_themes.unzip_parts(
        with_background('<a:blipFill><a:blip r:embed="rId900"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>')
    )
    listed = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    relation = (
        '<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="../media/ground.png"/></Relationships>'
    )
    parts[listed] = parts[listed].replace(b"</Relationships>", relation.encode())
    parts["ppt/media/ground.png"] = target.getvalue()
    types = parts["[Content_Types].xml"]
    if b'Extension="png"' not in types:
        parts["[Content_Types].xml"] = types.replace(
            b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>'
        )
    return sample_themes.zip_parts(parts)


def checkered(one: str, other: str) -> Image.Image:
    image = Image.new("RGB", (64, 36), one)
    image.paste(Image.new("RGB", (32, 18), other), (0, 0))
    image.paste(Image.new("RGB", (32, 18), other), (32, 18))
    return image


GRADIENT = (
    '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="0A1A2A"/></a:gs><a:gs pos="100000"><a:srgbClr val="30405A"/></a:gs>'
    '</a:gsLst><a:lin ang="5400000"/></a:gradFill>'
)
HOUSES = {
    "dark, with a map for light": lambda: with_background(solid("1E1E2E")),
    "olive": lambda: with_background(solid("948A54")),
    "gradient": lambda: with_background(GRADIENT),
    "picture": lambda: with_picture(Image.new("RGB", (64, 36), "#102030")),
    "busy picture": lambda: with_picture(checkered("#404040", "#C0C0C0")),
    "half-dark cover": lambda: with_shape(COVER, x=0, y=0, width=WIDE, height=3_600_000),
    "dark band at the foot": lambda: with_shape(MASTER, x=0, y=6_200_000, width=WIDE, height=658_000),
}


@pytest.fixture(scope="module", params=HOUSES)
def house(request, brand, every_layout):
    return request.param, *build_deck(HOUSES[request.param](), brand, every_layout)


def test_every_word_reads_on_what_is_behind_it(house):
    """The lint resolves the finished file; where a picture or a gradient lies behind words it cannot judge (see the drawn test)."""
    _, _, _, data = house
    found = [each for each in deck_lint.lint_deck(data, "deck.pptx").findings if each.rule == "contrast"]
    assert not found, list(map(str, found))


def test_the_palette_reads_on_the_painted_layout(house):
    _, theme, _, data = house
    file = ThemeFile("deck.pptx", themes.open_theme_file(data, "deck.pptx").parts)
    for name, part in file.deck_layouts.items():
        colors = file.read_colors(part)
        boxes = {each.slot: each.box for each in part.placeholders}
        assert colors.choose_palette(LAYOUTS[name], boxes) == theme.palettes[name], (
            "the deck read again has the same palette"
        )


def test_the_file_is_valid(house, tmp_path):
    assert issues(house[3], tmp_path) == []


def test_only_a_ground_on_which_nothing_reads_gets_a_sheet(house):
    name, _, _, data = house
    sheets = [part for part in sample_themes.unzip_parts(data).values() if b'name="sheet"' in part]
    assert bool(sheets) == (name == "busy picture")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice draws the slides")
def test_words_can_be_read_as_they_are_drawn(brand, every_layout, tmp_path):
    """Count the pixels: in each word's box, some ink has a contrast with the ground."""
    from tests.deck.drawn_words import find_unreadable

    kinds = ("gradient", "busy picture", "half-dark cover", "dark, with a map for light")
    decks = {kind: build_deck(HOUSES[kind](), brand, every_layout)[2] for kind in kinds}
    assert find_unreadable(decks, tmp_path) == {kind: [] for kind in kinds}


def test_the_drawn_test_would_see_black_on_navy(tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice draws the slides")
    from tests.deck.drawn_words import find_unreadable

    file = pptx.Presentation(BytesIO(with_background(solid("1E1E2E"))))
    file.slides[0].shapes.title.text = "Black on navy"
    target = BytesIO()
    file.save(target)
    assert find_unreadable({"navy": target.getvalue()}, tmp_path)["navy"]


BODY = re.compile(rb"(<p:bodyStyle><a:lvl1pPr.*?<a:latin typeface=\")\+mn-lt(\")", re.DOTALL)


def test_tables_and_drawings_are_written_in_the_face_of_the_master_s_text(brand, every_layout):
    data = sample_themes.change_parts(
        lambda name, part: BODY.sub(rb"\1Calibri\2", part) if name.endswith("slideMaster1.xml") else part,
        sample_themes.wide(),
    )
    theme, _, written = build_deck(data, brand, every_layout)
    assert theme.faces.minor == "Arial"
    assert theme.faces.text == "Calibri"
    assert theme.adapt_brand(brand).deck_base == "Calibri", "drawings are measured in it"
    parts = sample_themes.unzip_parts(written)
    tables = [part for name, part in parts.items() if name.startswith("ppt/slides/slide") and b"<a:tbl>" in part]
    charts = [part for name, part in parts.items() if re.match(r"ppt/charts/chart\d", name)]
    assert tables
    assert charts
    for part in (*tables, *charts):
        assert b'latin typeface="Calibri"' in part


def test_all_titles_of_a_deck_have_one_size(house):
    _, _, fitted, _ = house
    sizes = {
        slot.content.size
        for slide in fitted.slides
        if slide.layout not in ("cover", "section", "statement")
        for slot in slide.slots
        if slot.name == "title"
    }
    assert len(sizes) == 1


def test_a_title_keeps_clear_of_a_sticker(brand, every_layout):
    sticker = {"x": 10_500_000, "y": 300_000, "width": 1_400_000, "height": 500_000}
    theme, _, _ = build_deck(with_shape(MASTER, **sticker), brand, every_layout)
    title = theme.layouts["bullets"]["title"].box
    assert not title.overlap(Box(**sticker))
    assert title.width > WIDE / 2


def test_content_keeps_clear_of_a_logo(brand, every_layout):
    logo = {"x": 11_000_000, "y": 5_600_000, "width": 900_000, "height": 900_000}
    theme, _, _ = build_deck(with_shape(MASTER, **logo), brand, every_layout)
    for name, slots in theme.layouts.items():
        if name not in ("cover", "section"):
            for slot in LAYOUTS[name].fillable:
                assert slot not in slots or not slots[slot].box.overlap(Box(**logo)), (name, slot)


def test_a_long_subtitle_takes_a_second_line(brand):
    words = (
        "The share of calls by ships longer than 220 meters, counted at the outer mark of the harbor in each fiscal year "
        * 2
    )
    slides = (
        '<section id="a" data-layout="chart-left"><h2>A title</h2>'
        f'<p data-slot="subtitle">{words}</p><figure data-slot="chart" data-exhibit="sma"/></section>'
    )
    theme, fitted, _ = build_deck(sample_themes.wide(), brand, slides)
    (slide,) = fitted.slides
    subtitle, chart = (next(each for each in slide.slots if each.name == name) for name in ("subtitle", "chart"))
    assert subtitle.box.height > theme.layouts["chart-left"]["subtitle"].box.height
    assert chart.box.y >= subtitle.box.bottom
    assert chart.box.bottom == theme.layouts["chart-left"]["chart"].box.bottom


def test_macros_are_left_out_and_named(brand, every_layout):
    parts = sample_themes.unzip_parts(sample_themes.wide())
    types = parts["[Content_Types].xml"].replace(
        sample_themes.MAIN.encode(), b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )
    parts["[Content_Types].xml"] = types.replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    parts["ppt/vbaProject.bin"] = b"program"
    listed = "ppt/_rels/presentation.xml.rels"
    relation = b'<Relationship Id="rId900" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    parts[listed] = parts[listed].replace(b"</Relationships>", relation + b"</Relationships>")
    theme, _, written = build_deck(sample_themes.zip_parts(parts), brand, every_layout)
    assert theme.programs == ("macros",)
    assert not [name for name in sample_themes.unzip_parts(written) if "vba" in name]


def test_a_relation_to_a_part_that_a_program_left_out_is_dropped(brand, every_layout):
    parts = sample_themes.unzip_parts(sample_themes.wide())
    listed = "ppt/_rels/presentation.xml.rels"
    relation = b'<Relationship Id="rId900" Type="http://schemas.microsoft.com/office/2018/10/relationships/authors" Target="authors.xml"/>'
    parts[listed] = parts[listed].replace(b"</Relationships>", relation + b"</Relationships>")
    assert build_deck(sample_themes.zip_parts(parts), brand, every_layout)[2]


def find_ground(data: bytes, box: Box) -> Ground:
    """Return the ground behind a box of the first layout."""
    file = themes.open_theme_file(data, "agency.pptx")
    part = file.layouts[0]
    trees = (part.sheet.layout, part.sheet.master)
    theme = pptx.oxml.parse_xml(file.parts["ppt/theme/theme1.xml"])
    assert require_child(theme, ".//{*}clrScheme") is not None
    colors = read_theme_colors(theme, read_color_map(*trees))
    return paint_layout(file.parts, part.part, trees, colors, file.slide).find_ground(box)


@pytest.mark.parametrize(
    ("data", "box", "main"),
    [
        pytest.param(with_background(GRADIENT), Box(0, 0, WIDE, 60_000), (10, 26, 42), id="top of a gradient"),
        pytest.param(with_background(GRADIENT), Box(0, 6_790_000, WIDE, 60_000), (48, 64, 90), id="foot of a gradient"),
        pytest.param(
            with_shape(COVER, x=0, y=0, width=WIDE, height=3_000_000, form="ellipse"),
            Box(0, 0, 100_000, 100_000), (255, 255, 255), id="corner beside an ellipse",
        ),
        pytest.param(
            with_shape(COVER, x=0, y=0, width=WIDE, height=3_000_000, form="rtTriangle"),
            Box(100_000, 2_600_000, 300_000, 300_000), (0x12, 0x34, 0x56), id="corner of a triangle",
        ),
        pytest.param(
            with_shape(COVER, x=0, y=0, width=WIDE, height=3_000_000,
                       fill='<a:solidFill><a:srgbClr val="000000"><a:alpha val="50000"/></a:srgbClr></a:solidFill>'),
            Box(0, 0, WIDE, 2_000_000), (127, 127, 127), id="a shape that is half opaque",
        ),
        pytest.param(with_picture(Image.new("RGB", (8, 8), "#102030")), Box(0, 0, WIDE, 99_999), (16, 32, 48), id="picture"),
    ],
)  # fmt: skip
def test_the_ground_is_what_is_painted(data, box, main):
    found = find_ground(data, box).main
    assert [abs(round(255 * channel) - wanted) <= 6 for channel, wanted in zip(found, main, strict=True)] == [True] * 3


def test_a_stray_line_does_not_spoil_a_ground():
    white, black = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
    assert Ground(((0.98, white), (0.02, black))).measure_contrast(black) == pytest.approx(21)
    assert Ground(((0.8, white), (0.2, black))).measure_contrast(black) == pytest.approx(1)

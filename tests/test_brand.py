"""_brand.yml in Quarto's convention: ours, or the brief's laid over it key by key."""

import pikepdf
import pytest
from hypothesis import given, settings, strategies as st

from reportgen import brand, cli
from reportgen.brand.contrast import MIN_RATIO, contrast_ratio, parse_color
from reportgen.system.errors import ExitCode, ReportgenError
from tests.conftest import INIT


def load(tmp_path, text):
    (tmp_path / "_brand.yml").write_text(text, encoding="utf-8")
    return brand.load(tmp_path)


def test_our_brand_has_every_role_and_every_font_file():
    ours = brand.load()
    assert set(ours.colors) == set(brand.ROLES)
    assert all(font.path.is_file() for font in ours.fonts)
    assert {ours.serif, ours.sans} <= {font.family for font in ours.fonts}
    assert ours.metrics[ours.deck_base] == "Carlito"


def test_one_changed_colour_leaves_the_rest(tmp_path):
    changed, ours = load(tmp_path, 'color:\n  primary: "#070"\n'), brand.load()
    assert changed.colors["accent"] == "#007700"
    assert {**changed.colors, "accent": ours.colors["accent"]} == ours.colors


def test_a_colour_may_name_the_palette_or_another_key(tmp_path):
    changed = load(tmp_path, "color:\n  palette:\n    moss: '#335533'\n  primary: moss\n  danger: primary\n")
    assert changed.colors["accent"] == changed.colors["signal"] == "#335533"


def test_a_font_of_the_house_is_found_beside_its_brand(tmp_path):
    source = next(font.path for font in brand.load().fonts if font.family == "Gelasio")
    (tmp_path / "house.ttf").write_bytes(source.read_bytes())
    changed = load(
        tmp_path, "typography:\n  fonts:\n    - {family: House, source: file, files: [house.ttf]}\n  base: House\n"
    )
    assert changed.serif == "House"
    assert changed.sans == "Public Sans"


def test_a_font_elsewhere_is_named_by_its_whole_path(tmp_path):
    source = next(font.path for font in brand.load().fonts if font.family == "Gelasio")
    house = tmp_path / "house"
    house.mkdir()
    fonts = "typography:\n  fonts:\n    - {{family: House, files: [{}]}}\n"
    changed = load(house, fonts.format(source))
    assert "House" in changed.fallbacks
    (tmp_path / "font.ttf").write_bytes(source.read_bytes())
    with pytest.raises(ReportgenError, match="or be named by its absolute path"):
        load(house, fonts.format("../font.ttf"))
    with pytest.raises(ReportgenError, match=r'_brand.yml:3:31: error: the font file "/no/where.ttf" does not exist'):
        load(house, fonts.format("/no/where.ttf"))


def test_further_families_stand_in_in_their_order_but_not_those_that_only_measure(tmp_path):
    source = next(font.path for font in brand.load().fonts if font.family == "Gelasio")
    files = f"files: [{source}]"
    changed = load(tmp_path, f"typography:\n  fonts:\n    - {{family: B, {files}}}\n    - {{family: A, {files}}}\n")
    assert changed.fallbacks[:2] == ("B", "A")
    assert not {"Gelasio", "Carlito", "Liberation Sans", changed.serif, changed.sans} & set(changed.fallbacks)


def test_keys_that_only_quarto_uses_are_let_through(tmp_path):
    load(
        tmp_path,
        "meta: {name: X, link: https://example.org}\ntypography:\n  monospace: {family: Fira Code}\ndefaults:\n  quarto: {a: 1}\n",
    )


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("color:\n  primry: '#123456'\n", "2:3", 'did you mean "primary"?'),
        ("color:\n  primary: #123456\n", "2:12", "begins a comment"),
        ("color:\n  primary: blu\n", "2:12", 'no colour "blu"'),
        ("color:\n  primary: '#12345'\n", "2:12", "is not a colour"),
        ("color:\n  primary: danger\n  danger: primary\n", "2:12", "defined by itself"),
        ("color: blue\n", "1:8", "expected keys and values"),
        ("colour:\n  primary: '#123456'\n", "1:1", 'did you mean "color"?'),
        ("defaults:\n  reportgen:\n    paper: a5\n", "3:12", "expected one of letter, a4"),
        ("defaults:\n  reportgen:\n    papper: a4\n", "3:5", 'did you mean "paper"?'),
        ("typography:\n  fonts:\n    - {family: X, files: [gone.ttf]}\n", "3:27", "does not exist"),
        ("logo: gone.png\n", "1:7", "does not exist"),
        ("color: [\n", "2:1", "not YAML"),
    ],
)
def test_each_fault_has_its_place(tmp_path, text, place, says):
    with pytest.raises(ReportgenError) as caught:
        load(tmp_path, text)
    assert caught.value.code == ExitCode.TEMPLATE
    found = str(caught.value)
    assert f"_brand.yml:{place}: error: " in found
    assert says in found


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (
            "color:\n  primary: '#0A0'\n",
            "2:12",
            "color.primary (#00AA00) on color.background (#FFFFFF) has a contrast of 3.1:1; text needs 4.5:1",
        ),
        ("color:\n  background: '#999'\n", "2:15", "on color.background (#999999) has a contrast of"),
        ("typography:\n  base: Comic Sans\n", "2:9", 'no font file for "Comic Sans", so Public Sans is used'),
        ("typography:\n  base: Amirri\n", "2:9", 'did you mean "Amiri"?'),
        ("typography:\n  headings: {family: Arial}\n", "2:22", "Liberation Sans is used, which has the same widths"),
        ("meta: {naem: X}\n", "1:8", 'meta.naem has no effect: there is no such key\n  hint: did you mean "name"?'),
        ("logo: {midium: a.png}\n", "1:8", 'did you mean "medium"?'),
        ("logo: https://example.org/logo.png\n", "1:7", "nothing is fetched"),
        ("color:\n  palette:\n    primary: '#123456'\n", "3:5", "move it out of the palette: color.primary"),
        (
            "meta: {link: x}\ncolor: {info: blue}\ntypography: {base: {size: 1rem, color: x}}\n",
            "1",
            "meta.link (line 1), color.info (line 2), typography.base.size (line 3), typography.base.color (line 3)",
        ),
    ],
)
def test_what_has_no_effect_or_another_is_reported_with_its_place(tmp_path, text, place, says):
    found = "\n".join(str(warning) for warning in load(tmp_path, text).warnings)
    assert f"_brand.yml:{place}: " in found
    assert says in found


def test_our_own_brand_and_one_that_says_what_is_printed_warn_of_nothing(tmp_path):
    assert brand.load().warnings == ()
    assert load(tmp_path, "meta: {name: {short: X}}\ncolor: {primary: '#12436D'}\nlogo: {}\n").warnings == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("navy", "#000080"),
        ("rgb(0, 51, 102)", "#003366"),
        ("'#00336680'", "#7F98B2"),
        ("{light: moss, dark: white}", "#335533"),
        ("primary", "#224422"),
    ],
)
def test_colors_are_written_as_brand_files_write_them(tmp_path, written, read):
    changed = load(tmp_path, f"color:\n  palette: {{moss: '#353', primary: '#242'}}\n  primary: {written}\n")
    assert abs(int(changed.colors["accent"][1:], 16) - int(read[1:], 16)) <= (0x201818 if "80" in read else 0) or (
        contrast_ratio(parse_color(changed.colors["accent"]), (1.0, 1.0, 1.0)) >= MIN_RATIO
    )


@settings(max_examples=40)
@given(
    color=st.tuples(*[st.integers(0, 255)] * 3),
    ground=st.tuples(*[st.integers(0, 255)] * 3),
    panel=st.tuples(*[st.integers(0, 255)] * 3),
)
def test_words_read_in_the_colors_of_any_house(tmp_path_factory, color, ground, panel):
    text, paper, light = ("#{:02X}{:02X}{:02X}".format(*each) for each in (color, ground, panel))
    folder = tmp_path_factory.mktemp("house")
    keys = {"foreground": text, "primary": text, "danger": text, "secondary": text, "background": paper, "light": light}
    house = load(folder, "color:\n" + "".join(f"  {key}: '{value}'\n" for key, value in keys.items()))
    for role, below in brand.TEXT_ON_GROUND:
        assert contrast_ratio(parse_color(house.colors[role]), parse_color(house.colors[below])) >= MIN_RATIO
    if contrast_ratio(parse_color(text), parse_color(paper)) >= MIN_RATIO:
        assert house.colors["ink"] == house.colors["accent"] == text


def test_names_of_our_palette_mean_the_houses_own_colors_in_its_file_alone(tmp_path):
    changed, ours = load(tmp_path, "color:\n  palette: {ink: '#900', paper: '#EEE'}\n"), brand.load()
    assert changed.colors == ours.colors


def test_the_logo_of_a_real_brand_file_is_found(tmp_path):
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "wide.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    images = "logo:\n  images:\n    wide: {path: /img/wide.svg, alt: The agency}\n"
    changed = load(tmp_path, f"{images}  medium: {{light: wide, dark: gone.png}}\n")
    assert changed.logo == tmp_path / "img" / "wide.svg"
    assert changed.logo_alt == "The agency"


@pytest.mark.parametrize(
    ("family", "used"),
    [("Open Sans", "Public Sans"), ("Jost", "Public Sans"), ("Merriweather", "Source Serif 4"), ("Noto Serif, serif", "Source Serif 4")],
)  # fmt: skip
def test_a_face_without_a_file_is_set_in_one_of_ours_of_its_kind(tmp_path, family, used):
    changed = load(tmp_path, f"typography: {{base: '{family}', headings: '{family}'}}\n")
    assert (changed.serif, changed.sans) == (used, used)
    assert len(changed.warnings) == 1


def test_a_list_of_typefaces_is_read_as_css_reads_it(tmp_path):
    changed = load(tmp_path, "typography:\n  base: \"'Noto Sans', public sans, sans-serif\"\n")
    assert changed.serif == "Public Sans"
    assert changed.warnings == ()


HOUSE = "meta: {naem: X}\ndefaults: {reportgen: {paper: a4}}\n"


@pytest.fixture
def house(tmp_path):
    """A small brief whose house prints on A4, and has a key that nobody knows."""
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    (tmp_path / "_brand.yml").write_text(HOUSE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("options", "size"), [([], "595.28, 841.89"), (["--paper", "letter"], "612, 792")])
def test_the_house_prints_on_its_paper_unless_an_option_names_another(house, capsys, options, size):
    memo = house / "memo.pdf"
    assert cli.main(["memo", str(house / "brief.yaml"), "-o", str(memo), *options]) == 0
    assert "_brand.yml:1:8: warning: meta.naem has no effect" in capsys.readouterr().err
    with pikepdf.open(memo) as pdf:
        box = pdf.pages[0].MediaBox
    assert ", ".join(f"{float(side):g}" for side in box[2:]) == size

"""_brand.yml in Quarto's convention: ours, or the brief's laid over it key by key."""

import pytest

from reportgen import brand
from reportgen.system.errors import ExitCode, ReportgenError


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
        (
            "color:\n  primary: '#0A0'\n",
            "2:12",
            "color.primary (#00AA00) on color.background (#FFFFFF) has a contrast of 3.1:1; text needs 4.5:1",
        ),
        ("color:\n  background: '#999'\n", "2:15", "on color.background (#999999) has a contrast of"),
        ("color: blue\n", "1:8", "expected keys and values"),
        ("colour:\n  primary: '#123456'\n", "1:1", 'did you mean "color"?'),
        ("typography:\n  base: Comic Sans\n", "2:9", "no font file for"),
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

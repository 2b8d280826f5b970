"""Text is measured as the documents draw it, and broken as PowerPoint breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from reportgen import brand as brands, fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.system.errors import TemplateError
from reportgen.system.resources import asset

FACES = (
    FontFile("Public Sans", asset("fonts", "PublicSans_400Regular.ttf")),
    FontFile("Public Sans", asset("fonts", "PublicSans_400Regular_Italic.ttf"), italic=True),
    FontFile("Public Sans", asset("fonts", "PublicSans_600SemiBold.ttf"), 600),
    FontFile("Public Sans", asset("fonts", "PublicSans_700Bold.ttf"), 700),
    FontFile("Carlito", asset("fonts", "Carlito-Regular.ttf")),
    FontFile("Carlito", asset("fonts", "Carlito-Bold.ttf"), 700),
)
BRAND = Brand("test", {}, FACES, "Public Sans", "Public Sans", "Calibri", "Calibri", {"Calibri": "Carlito"})
SANS, CARLITO = FACES[0], FACES[4]


def test_a_face_is_found_by_weight_and_slope() -> None:
    assert fonts.find_face(BRAND, "Public Sans") is FACES[0]
    assert fonts.find_face(BRAND, "Public Sans", italic=True) is FACES[1]
    assert fonts.find_face(BRAND, "Public Sans", bold=True) is FACES[3]
    assert fonts.find_face(BRAND, "Public Sans", weight=600) is FACES[2]


def test_a_face_that_cannot_be_bundled_is_measured_with_its_twin() -> None:
    assert fonts.find_face(BRAND, "Calibri", bold=True) is FACES[5]


def test_a_family_that_is_nowhere_has_a_stand_in_that_is_measured_wider() -> None:
    face = fonts.find_face(BRAND, "Calibry of Nowhere", bold=True)
    assert face.substitute
    honest = FontFile("x", face.path)
    assert fonts.measure_width(face, "Seoul", 20) == pytest.approx(1.05 * fonts.measure_width(honest, "Seoul", 20))
    limit = fonts.measure_width(honest, "Seoul asks", 20) * 1.01
    assert fonts.wrap(honest, "Seoul asks", 20, limit) == ("Seoul asks",)
    assert fonts.wrap(face, "Seoul asks", 20, limit) == ("Seoul", "asks")


def test_a_house_s_usual_faces_have_files_of_the_same_widths() -> None:
    for family in ("Arial", "Helvetica", "Calibri", "Georgia"):
        assert not fonts.find_face(brands.load(), family).substitute


def test_width_counts_kerning_and_grows_with_size() -> None:
    assert fonts.measure_width(CARLITO, "AVAVAV", 10) < 3 * (
        fonts.measure_width(CARLITO, "A", 10) + fonts.measure_width(CARLITO, "V", 10)
    )
    assert fonts.measure_width(CARLITO, "word", 20) == pytest.approx(2 * fonts.measure_width(CARLITO, "word", 10))
    assert fonts.measure_width(CARLITO, "wide line\nx", 10) == fonts.measure_width(CARLITO, "wide line", 10)
    assert fonts.measure_width(CARLITO, "", 10) == 0


def test_width_is_what_the_font_says() -> None:
    """Carlito's digits are 1038 of 2048 units wide, as Calibri's are."""
    assert fonts.measure_width(CARLITO, "8", 2048) == 1038


def test_line_height_is_never_less_than_what_powerpoint_takes() -> None:
    assert fonts.measure_line_height(SANS, 10) == 12
    assert fonts.measure_line_height(CARLITO, 10) == pytest.approx(12.207, abs=0.001)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ("one two", "three")),
        ("cost-sharing", ("cost-", "sharing")),
        ("one\u00a0two three", ("one\u00a0two", "three")),
        ("a\u00a0b\u00a0c\u00a0d\u00a0e\u00a0f", ("a\u00a0b\u00a0c\u00a0d\u00a0e", "\u00a0f")),
        ("a\n\nb", ("a", "", "b")),
        ("", ("",)),
        ("two   ", ("two",)),
        ("2018-2020-11", ("2018-20", "20-11")),
        ("incomprehensible", ("incompr", "ehensibl", "e")),
    ],
)
def test_lines_break_where_powerpoint_breaks_them(text: str, lines: tuple[str, ...]) -> None:
    assert fonts.wrap(CARLITO, text, 12, 42) == lines


def test_a_letter_wider_than_the_box_still_gets_its_line() -> None:
    assert fonts.wrap(CARLITO, "abc", 12, 1) == ("a", "b", "c")


def test_letters_keep_their_accents() -> None:
    assert fonts.wrap(CARLITO, "e\u0301e\u0301", 12, 1) == ("e\u0301", "e\u0301")


@given(st.text(alphabet="ab cd-e\u00a0f\nWi", max_size=60), st.floats(20, 300))
def test_wrapping_loses_nothing_and_never_overflows(text: str, limit: float) -> None:
    lines = fonts.wrap(SANS, text, 9, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for line in lines:
        assert fonts.measure_width(SANS, line.lstrip(" "), 9) <= limit * 1.01 + 1 or len(line) == 1


def test_missing_glyphs_are_named_once() -> None:
    assert fonts.find_missing(SANS, "a漢\n字漢 ≥") == "漢字"


def test_an_unreadable_font_is_refused() -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        fonts.measure_width(FontFile("None", asset("fonts", "absent.ttf")), "x", 10)


def test_on_paper_a_character_is_measured_with_the_face_that_draws_it(tmp_path):
    """Hangul and Arabic in a face that lacks both, beside the brand's fallbacks; each fallback for its kind of text."""
    nanum = "/usr/share/fonts/truetype/nanum"
    (tmp_path / "_brand.yml").write_text(
        f"typography:\n  fonts:\n    - {{family: NanumMyeongjo, files: [{nanum}/NanumMyeongjo.ttf]}}\n"
        f"    - {{family: NanumGothic, files: [{nanum}/NanumGothic.ttf]}}\n",
        encoding="utf-8",
    )
    ours = brands.load(tmp_path)
    assert fonts.list_paper_families(ours, ours.sans)[:4] == (
        "Public Sans",
        "Source Serif 4",
        "NanumGothic",
        "IBM Plex Sans Arabic",
    )
    assert fonts.list_paper_families(ours, ours.serif)[:4] == (
        "Source Serif 4",
        "Public Sans",
        "NanumMyeongjo",
        "Amiri",
    )
    sans = fonts.find_paper_face(ours, ours.sans)
    for family, text in (("NanumGothic", "집현전"), ("IBM Plex Sans Arabic", "الساحل"), ("Public Sans", "Seoul")):
        assert fonts.measure_width(sans, text, 10) == pytest.approx(
            fonts.measure_width(fonts.find_face(ours, family), text, 10)
        )
    mixed = fonts.measure_width(sans, "Seoul 집현전", 10)
    assert mixed == pytest.approx(fonts.measure_width(sans, "Seoul ", 10) + fonts.measure_width(sans, "집현전", 10))
    assert fonts.find_missing(sans, "aس가\U0001d11e") == "\U0001d11e"


def test_digits_and_spaces_near_arabic_get_the_room_of_the_face_that_draws_it():
    """Both PowerPoint and LibreOffice set them in the Arabic face, which may be wider than the theme's."""
    face = fonts.find_face(brands.load(), "Calibri", bold=True)
    alone, beside = (
        fonts.measure_width(face, "2027", 10),
        fonts.measure_width(face, "مارس 2027", 10) - fonts.measure_width(face, "مارس ", 10),
    )
    assert beside == pytest.approx(28)
    assert beside > alone

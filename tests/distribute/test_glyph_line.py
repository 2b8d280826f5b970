"""Lines of both directions: painted in the order that Unicode's bidirectional algorithm (UAX #9) gives, each character once."""

from collections import Counter

import pytest
from hypothesis import example, given, strategies as st
from msgspec.structs import replace

from reportgen import brand as brands, fonts
from reportgen.brand.fontfile import FontFile
from reportgen.distribution.stamping.glyph_line import NO_TEXT, choose_face, set_line, visual_runs
from reportgen.system.resources import asset
from reportgen.text.stamp_text import clean_line

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEBREW = str.maketrans(dict(zip(CAPITALS, map(chr, range(0x5D0, 0x5EB)), strict=False)))
ARABIC = str.maketrans(dict(zip(CAPITALS, map(chr, (*range(0x628, 0x63B), *range(0x641, 0x64B))), strict=False)))
MIRRORED = str.maketrans("()[]<>«»", ")(][><»«")


def painted(text: str) -> str:
    """The characters of a line from left to right, brackets as they look."""
    return "".join(part.translate(MIRRORED)[::-1] if turned else part for part, turned in visual_runs(text))


# As in UAX #9, capitals stand for letters that run from right to left: what is read, and what is painted.
BOTH = [
    ("ABC", "CBA"),
    ("ABC 12/5", "12/5 CBA"),  # W4: a separator between two numbers belongs to them
    ("ABC 12/5 DEF", "FED 12/5 CBA"),
    ("AB 1,234.5 CD", "DC 1,234.5 BA"),
    ("AB 12:30", "12:30 BA"),
    ("AB 2020/12/05 CD", "DC 2020/12/05 BA"),
    ("AB 1, 2", "2 ,1 BA"),  # a separator and a space are neutral
    ("AB (CD) EF", "FE (DC) BA"),  # L4: brackets are mirrored
    ("AB (xy) CD", "DC (xy) BA"),  # N0: and go as the line goes
    ("AB [12/5] CD", "DC [12/5] BA"),
    ("AB «CD»", "«DC» BA"),
    ("xy (AB) z", "xy (BA) z"),
    ("xy AB (CD) z", "xy (DC) BA z"),
    ("xy (z AB) CD", "xy (z BA) DC"),
    ("AB xy CD", "DC xy BA"),  # a Latin word in a line from right to left
    ("AB xy 5z CD", "DC xy 5z BA"),
    ("AB xy 12 CD", "DC xy 12 BA"),  # W7: a number behind a Latin word belongs to it
    ("to ABC DE · copy 12", "to ED CBA · copy 12"),
    ("to AB 12/5 · copy 3", "to 12/5 BA · copy 3"),
    ("AB: CD 12 · EF 1 · copy 7", "copy 7 · 1 FE · 12 DC :BA"),
    ("AB & CD ltd. 7", "ltd. 7 DC & BA"),
    ("12 AB", "BA 12"),
    ("A1 · B2", "2B · 1A"),
    ("é AB ñ", "é BA ñ"),
]
EACH = [
    (HEBREW, "AB 12% CD", "DC 12% BA"),  # W5: a percent sign belongs to a European number
    (ARABIC, "AB 12% CD", "DC %12 BA"),  # but not to one behind an Arabic letter (W2, W6)
    (HEBREW, "AB $9.50", "$9.50 BA"),
    (ARABIC, "AB $9.50", "9.50$ BA"),
    (HEBREW, "AB 1-2", "1-2 BA"),
    (ARABIC, "AB 1-2", "2-1 BA"),
    (ARABIC, "AB ١٢/٥ CD", "DC ١٢/٥ BA"),
    (ARABIC, "xy ١٢ · ٣", "xy ٣ · ١٢"),  # N1: numbers turn what is neutral between them
]


@pytest.mark.parametrize(
    ("letters", "text", "shown"), EACH + [(each, *pair) for pair in BOTH for each in (HEBREW, ARABIC)]
)
def test_a_line_is_painted_as_unicode_says(letters, text, shown):
    assert painted(text.translate(letters)) == shown.translate(letters)


# Rows of Unicode's BidiCharacterTest.txt: the characters, and their places from left to right.
UNICODE = [
    ("05D0 05D1 0028 05D2 05D3 005B 0026 0065 0066 005D 002E 0029 0067 0068", "12 13 11 10 9 7 8 6 5 4 3 2 1 0"),
    ("0061 0062 0063 0020 0028 0064 0065 0066 0020 0627 0628 062C 0029 0020 05D0 05D1 05D2", "0 1 2 3 4 5 6 7 8 11 10 9 12 13 16 15 14"),
    ("05D0 05D1 05D2 0020 0028 0064 0065 0066 0020 0627 0628 062C 0029 0020 0061 0062 0063", "14 15 16 13 12 11 10 9 8 5 6 7 4 3 2 1 0"),
    ("0061 0062 0063 0020 0028 0627 0628 062C 0020 0064 0065 0066 0029 0020 05D0 05D1 05D2", "0 1 2 3 4 7 6 5 8 9 10 11 12 13 16 15 14"),
    ("05D0 05D1 05D2 0020 0028 0627 0628 062C 0020 0064 0065 0066 0029 0020 0061 0062 0063", "14 15 16 13 12 9 10 11 8 7 6 5 4 3 2 1 0"),
    ("0627 0628 062C 0020 0062 006F 006F 006B 0028 0073 0029", "4 5 6 7 8 9 10 3 2 1 0"),
    ("062A 0031 002F 0032", "1 2 3 0"),
    ("05D0 0020 0031 002D 0032", "2 3 4 1 0"),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "order"), UNICODE)
def test_unicode_s_own_examples(codes, order):
    text = "".join(chr(int(code, 16)) for code in codes.split())
    shown = "".join(part[::-1] if turned else part for part, turned in visual_runs(text))
    assert shown == "".join(text[int(place)] for place in order.split())


def test_marks_and_joiners_stay_in_the_run_of_their_letter():
    vowels, joined = "A\u05b0B\u05bc".translate(HEBREW), "A\u200cB\u064e".translate(ARABIC)
    assert visual_runs(f"xy {vowels} z") == [("xy ", False), (vowels, True), (" z", False)]
    assert visual_runs(f"xy {joined}") == [("xy ", False), (joined, True)]
    assert visual_runs(f"{joined} 5") == [("5", False), (f"{joined} ", True)]


MIXED = (
    "ab xy12 ,./:%+-·()[]«»&"
    + "ABCDEF".translate(HEBREW)
    + "ABCDEF".translate(ARABIC)
    + "٠٣\u05b0\u064e\u0301\u200d\xa0"
)


@given(st.text(st.sampled_from(MIXED), max_size=40) | st.text(max_size=40))
@example("\U000e0001א\U000e0001")
def test_each_character_is_painted_once(text):
    line = clean_line(text)
    runs = visual_runs(line)
    assert Counter("".join(part for part, _ in runs)) == Counter(line)


@given(st.text(st.sampled_from(MIXED), max_size=40))
@example("אב 1,234.5 גד")
@example("علي 12/5 محمد")
def test_each_character_is_read_from_one_glyph(text):
    own = choose_face(brands.load())
    hebrew = FontFile("Liberation Sans", asset("fonts", "LiberationSans-Regular.ttf"))
    face = replace(own, others=(*own.others, hebrew))
    if fonts.find_missing(face, clean_line(text)):
        return
    line = set_line(text, face)
    assert Counter("".join(glyph.text for glyph in line.glyphs if glyph.text != NO_TEXT)) == Counter(line.text)


def test_digits_in_a_stamp_are_painted_in_their_order():
    face = choose_face(brands.load())
    for text, digits in (("محمد 12/5 علي", "12/5"), ("محمد 1,234.5", "1,234.5")):
        read = "".join(glyph.text for glyph in set_line(text, face).glyphs)
        assert digits in read

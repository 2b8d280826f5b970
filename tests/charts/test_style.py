"""Boxes of a drawing's texts: as wide as LibreOffice takes its words to be, which is a little more than they are."""

import pytest

from reportgen import brand as brands
from reportgen.charts.style import DRIFT, SLACK, Style
from reportgen.fonts import wrap

NOTE = "In order; distances are not to scale."


@pytest.mark.parametrize("size", [12.0, 14.0, 16.0, 18.0])
def test_a_long_label_of_a_slide_gets_more_room_than_a_short_one(size):
    style = Style.deck(brands.load(), size)
    for text in ("In order", NOTE):
        wide = style.width(text)
        assert style.block(text, 900).width == pytest.approx(wide * (1 + DRIFT) + SLACK)
        assert style.block(text, wide * (1 + DRIFT) + SLACK + 0.1).height == style.line()
        assert style.block(text, wide + SLACK).height > style.line()


def test_labels_of_the_memo_are_as_wide_as_their_words():
    style = Style.memo(brands.load())
    assert style.block(NOTE, 900).width == pytest.approx(style.width(NOTE) + SLACK)


@pytest.mark.parametrize("room", range(60, 240, 20))
def test_no_box_is_wider_than_its_room(room):
    style = Style.deck(brands.load())
    assert style.block(NOTE, room).width <= room


@pytest.mark.parametrize("style", [Style.memo(brands.load()), Style.deck(brands.load())])
@pytest.mark.parametrize(
    "text", ["Middle East", "Research budget", "연구개발 한미방위비분담특별협정", "internationalization"]
)
def test_no_word_is_broken_however_little_room_there_is(style, text):
    for room in range(10, 90, 5):
        block = style.block(text, room)
        lines = wrap(style.regular, block.text, block.size, block.width)
        assert " ".join(lines) == text
        assert len(lines) * style.line() == pytest.approx(block.height)


def test_long_words_break_after_slashes_dots_and_soft_hyphens_alone():
    style = Style.memo(brands.load())
    room = style.width("administration/") + 3
    assert style.block("administration/education", room).text == "administration/\neducation"
    assert style.block("adminis\u00adtration\u00adeducation", style.width("administration-") + 3).text.startswith(
        "adminis\u00adtration-\n"
    )
    assert style.block("health/education", 200).text == "health/education"

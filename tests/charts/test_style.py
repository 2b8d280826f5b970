"""Boxes of a drawing's texts: as wide as LibreOffice takes its words to be, which is a little more than they are."""

import pytest

from reportgen import brand as brands
from reportgen.charts.style import DRIFT, SLACK, Style

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

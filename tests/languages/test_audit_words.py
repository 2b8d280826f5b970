"""A line's end inside a word of Hangul, Kanji or Kana is no change of it; inside a Latin or Arabic one it is."""

import pytest

from reportgen.audit.word_stream import plain_words


@pytest.mark.parametrize(
    ("left", "right"), [("걸린다", "걸린 다"), ("漢字かな", "漢 字か な"), ("2031년까지", "2031 년까지")]
)
def test_such_a_text_is_the_same_wherever_its_lines_end(left, right):
    assert plain_words(left) == plain_words(right)


@pytest.mark.parametrize(("left", "right"), [("걸린다", "걸렸다"), ("Seoul", "Se oul"), ("الساحل", "السا حل")])
def test_other_words_differ(left, right):
    assert plain_words(left) != plain_words(right)


def test_a_minus_that_is_bound_to_its_number_is_the_same_and_one_that_is_lost_is_not():
    assert plain_words("lost −\u2060$6 billion") == plain_words("lost −$6 billion")
    assert plain_words("lost −\u2060$6 billion") != plain_words("lost $6 billion")

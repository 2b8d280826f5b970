"""The peers of the benchmarks get the words and charts of our own memo and deck."""

from benchmarks.peer_content import compose_memo, repeat_slides
from benchmarks.workspace import BRIEF
from tests.conftest import ROOT


def test_the_peer_of_the_memo_gets_its_words_and_charts():
    html, pictures = compose_memo(ROOT / BRIEF)
    assert "Troy Stangarone" in html
    assert pictures
    assert all(name in html for name in pictures)


def test_the_peer_of_a_long_deck_gets_its_slides_again():
    slides = [{"id": "cover"}, {"id": "sma"}]
    assert repeat_slides(slides, 3, ROOT / BRIEF) == [*slides, {"id": "sma"}, {"id": "sma"}]

"""The pairing of a finished deck's slides and shapes with those that its brief compiles to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.audit.decks import shape_pairs
from reportgen.audit.decks.expected_slides import ExpectedShape, expect_notes, expect_slide
from reportgen.deck.layouts import FURNITURE, OPENING
from reportgen.deck.theme import Theme
from reportgen.deck.values import Deck, Slide, runs_of
from reportgen.deck.view import view_values as view

SAME_SLIDE = 0.25
"""The least share of its words that a slide must keep to be recognized."""
SAME_NUMBER = 0.15
"""The score for standing at the same number."""


def pair_slides(deck: Deck, theme: Theme, file: view.Deck) -> dict[int, int]:
    """Return pairs of indices, our slides to the file's, by the words on them and by where they stand."""
    ours, theirs = deck.slides, file.slides
    our_words = [shape_pairs.count_words(_expected_texts(deck, slide, theme)) for slide in ours]
    their_words = [shape_pairs.count_words(_file_texts(slide)) for slide in theirs]

    def score(here: int, there: int) -> float:
        return shape_pairs.similarity(our_words[here], their_words[there]) + SAME_NUMBER * (here == there)

    return dict(sorted(shape_pairs.pair(range(len(ours)), range(len(theirs)), score, SAME_SLIDE).items()))


def pair_shapes(ours: Sequence[ExpectedShape], theirs: Sequence[view.Shape]) -> dict[int, int]:
    """Return pairs of indices, our shapes to those of the file, by name, place, words and kind."""
    return shape_pairs.pair(ours, theirs, _score)


def choose_number(printed: str, index: int, file: view.Slide) -> int:
    """Return the number that a slide should print: its own, or its number in the brief's deck where that is printed still.

    The number is a field, which programs show anew; not all of them write it when slides before it are moved or deleted.
    """
    return index + 1 if printed.strip() == str(index + 1) else file.number


def find_slide_path(slide: Slide) -> str:
    """Return the path of a slide's title, or of the first text of the brief on it."""
    runs = (run for slot in slide.slots for run in runs_of(slot.content))
    return next((path for run in runs for piece in run.trace for path in piece.paths), "")


def _score(ours: ExpectedShape, theirs: view.Shape) -> float:
    """Return how surely a shape is the expected one; 0 across kinds."""
    if ours.rows:
        is_kind = theirs.table is not None
    elif ours.chart:
        is_kind = theirs.chart is not None
    else:
        is_drawing = theirs.kind == "picture" or (theirs.kind == "group" and theirs.alt)
        is_kind = theirs.kind in ("text", "shape", "line") or bool(is_drawing and not ours.text)
    has_words = ours.text or ours.rows or ours.chart
    if not is_kind or not (has_words or ours.name == theirs.name or theirs.alt):
        return 0.0
    if ours.words:
        likeness = shape_pairs.text_similarity(ours.words, theirs.words)
    else:
        likeness = shape_pairs.text_similarity(ours.alt, theirs.alt)
    return (
        shape_pairs.NAME * (ours.name == theirs.name)
        + shape_pairs.PLACE * shape_pairs.overlap(ours.box, theirs.box)
        + shape_pairs.WORDS * likeness
        + shape_pairs.HOLDS * (theirs.placeholder in ours.holds)
    )


def _expected_texts(deck: Deck, slide: Slide, theme: Theme) -> Iterator[str]:
    """Yield a slide's own words, without what stands on every slide."""
    for shape in expect_slide(deck, slide, 0, theme):
        if shape.name not in (*FURNITURE, *OPENING):
            yield shape.words
    yield expect_notes(slide).text


def _file_texts(slide: view.Slide) -> Iterator[str]:
    """Yield a finished slide's own words, without what stands on every slide."""
    for shape in slide.all_shapes:
        if shape.placeholder not in ("ftr", "dt", "sldNum"):
            yield shape.words
    for shape in slide.notes:
        if shape.placeholder == "body":
            yield shape.marked_text

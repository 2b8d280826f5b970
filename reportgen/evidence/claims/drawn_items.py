"""Items of a chart that a sentence names: whether it draws the greatest of them, or one above the other, as the sentence says."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.charts.base import Chart
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.number_order import BOTTOM, TOP, find_outdoing
from reportgen.evidence.claims.opposites.senses import meaning_of
from reportgen.evidence.claims.statements import Statement, Word, word_set

_OF_CHANGE = word_set("increase decrease decline rise fall drop growth gain loss improvement change jump reduction cut")
_SIGNS = {"more": 1, "less": -1, "fewer": -1, "higher": 1, "lower": -1, "larger": 1, "smaller": -1, "greater": 1}
_MULTIPLES = word_set("twice half times thrice")
_OTHERS = word_set("second third fourth fifth next one among not nor never than after except but ever since")


class Contradiction(Struct, frozen=True):
    """Words of a sentence that its chart contradicts, with what the chart draws."""

    start: int
    end: int
    drawn: str


def find_drawn_contradictions(claim: Claim) -> Iterator[Contradiction]:
    """Yield the superlatives and comparisons of a chart's title or takeaway that the chart contradicts."""
    if (
        not claim.passage
        or claim.passage.path[0] != "exhibits"
        or claim.passage.path[2:3] not in (("title",), ("takeaway",))
    ):
        return
    texts = claim.statement.texts
    extremes = not (texts.isdisjoint(TOP) and texts.isdisjoint(BOTTOM)) and texts.isdisjoint(_OTHERS)
    for exhibit in claim.exhibits:
        if isinstance(exhibit, Chart):
            values = _values(exhibit)
            if extremes and len(values) > 1 and texts.isdisjoint(_OF_CHANGE):
                yield from _compare_extreme(claim.statement, values)
            if len(values) > 1:
                yield from _compare_pair(claim.statement, values)


def _values(exhibit: Chart) -> dict[str, float]:
    """Return the value of each item of a chart that has one series."""
    data = list(exhibit.data())
    found: dict[str, float] = {}
    for datum in data:
        value = datum.quantity.value if datum.quantity else None
        if datum.item in found or not isinstance(value, float | int):
            return {}
        found[datum.item] = float(value)
    return found


def _compare_extreme(statement: Statement, values: dict[str, float]) -> Iterator[Contradiction]:
    named = [item for item in values if _names(statement, item)]
    words = [word for word in statement.words if word.text in TOP or word.text in BOTTOM]
    if len(named) != 1 or len(words) != 1:
        return
    ends = max(values.values()), min(values.values())
    if values[named[0]] == (ends[0] if words[0].text in TOP else ends[1]) or ends[0] == ends[1]:
        return
    end = max(values, key=values.__getitem__) if words[0].text in TOP else min(values, key=values.__getitem__)
    yield Contradiction(
        words[0].start, words[0].end, f"“{end}” has the {'greatest' if words[0].text in TOP else 'least'}"
    )


def _names(statement: Statement, item: str) -> bool:
    """Return whether a sentence has all the words of an item."""
    wanted = _words_of(item)
    return bool(wanted) and all(_find(statement, word) for word in wanted)


def _words_of(item: str) -> list[Word]:
    """Return the words of an item that a sentence must have to name it."""
    return [word for word in Statement(item).words if meaning_of(word.text, word.stem) or word.text.isdigit()]


def _find(statement: Statement, wanted: Word) -> list[Word]:
    meaning = meaning_of(wanted.text, wanted.stem) or wanted.text
    return [word for word in statement.words if (meaning_of(word.text, word.stem) or word.text) == meaning]


def _compare_pair(statement: Statement, values: dict[str, float]) -> Iterator[Contradiction]:
    """Compare "A exceeds B" with the values of A and B."""
    for start, end, sign in (*find_outdoing(statement), *_find_more(statement)):
        before = [item for item in values if _stands(statement, item, 0, start)]
        before = before or [item for item in values if _stands(statement, item, start, end)]  # "higher in 2004 than"
        after = [item for item in values if _stands(statement, item, end, len(statement.text))]
        if len(before) == 1 and len(after) == 1 and before != after:
            one, two = values[before[0]], values[after[0]]
            if one != two and (one > two) != (sign > 0):
                yield Contradiction(start, end, f"“{before[0]}” is {'below' if one < two else 'above'} “{after[0]}”")


def _find_more(statement: Statement) -> Iterator[tuple[int, int, int]]:
    """Yield where a sentence says "more … than": it "buys more goods than it sells"."""
    words = statement.words
    for index, word in enumerate(words):
        if word.text in _MULTIPLES and [item.text for item in words[index + 1 : index + 2]] == ["as"]:
            last = next((at for at in range(index + 2, min(index + 12, len(words))) if words[at].text == "as"), 0)
            if last:
                yield word.start, words[last].end, -1 if word.text == "half" else 1
        if word.text in _SIGNS and index:
            than = next((at for at in range(index + 1, min(index + 8, len(words))) if words[at].text == "than"), 0)
            if than > index + 1 and statement.clauses[index] == statement.clauses[than]:
                yield word.start, words[than].end, _SIGNS[word.text]


def _stands(statement: Statement, item: str, start: int, end: int) -> bool:
    wanted = _words_of(item)
    return bool(wanted) and all(
        any(start <= word.start and word.end <= end for word in _find(statement, each)) for each in wanted
    )

"""The order of numbers: what a sentence says of two numbers, two years or the ends of a chart, against the numbers themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportgen.charts.base import Chart
from reportgen.evidence.bare_words import shorten
from reportgen.evidence.claims.axes import poles
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.contrasts import COMPARISONS, Contrast, amount_of
from reportgen.evidence.claims.statements import Statement, Word, word_set
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import find_ties, is_date
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_THAN = compile_late(
    r"\W+(?:than )?(?:(?:the|its|their)(?: (?:expected|projected|predicted|estimated|forecast|planned|previous|usual))?|an average of|in [\w\s]{1,20}?(?:, )?(?:at|when it was))\W*$",
    re.IGNORECASE,
)
_GAP = compile_late(
    r"\W*(?:percent|percentage points?|points?|billion|million|(?!(?:is|was|are|were)\b)\w+)?\W*", re.IGNORECASE
)
_JOINED = compile_late(r"\b(?:and|or|but|while|whereas)\b", re.IGNORECASE)
_OUTDOING = word_set(
    "outrun outruns outran outrunning outpace outpaces outpaced outpacing outstrip outstrips outstripped outstripping exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing topped tops outweigh outweighs outweighed outweighing overtake overtakes overtook overtaken overtaking outnumber outnumbers outnumbered outdo outdid"
)
TOP = word_set("highest largest biggest greatest most fastest strongest longest broadest dearest costliest")
BOTTOM = word_set("lowest smallest least fewest slowest weakest shortest cheapest narrowest")
EXTREMES = TOP | BOTTOM
_LAGGING = word_set("trail trails trailed lag lags lagged")


class Order(Struct, frozen=True):
    """Words on the order of two amounts that the amounts contradict."""

    start: int
    end: int
    message: str


def compare_stated(statement: Statement, contrast: Contrast) -> Order | None:
    """Compare two numbers of a sentence: "$3.5 billion in 2022, 13 percent less than the $3.1 billion of 2019"."""
    text, word = statement.text, contrast.word
    numbers = _amounts(statement)
    after = next((item for item in numbers if item.start >= word.end), None)
    if not after or not _THAN.fullmatch(text[word.end : after.start]):
        return None
    alike = [item for item in numbers if item.end <= word.start and (item.kind, item.unit) == (after.kind, after.unit)]
    alike = [item for item in alike if not _GAP.fullmatch(text, max(item.end, item.stop), word.start)]
    if not alike or _JOINED.search(text, alike[-1].end, word.start):
        return None
    before = alike[-1]
    difference = _sign(amount_of(before) - amount_of(after))
    if difference != -contrast.sign or after.high is not None or before.high is not None:
        return None
    return _order(contrast, f", but it is {before.text} against {after.text}")


def compare_years(claim: Claim, contrast: Contrast) -> Order | None:
    """Compare the numbers that the evidence gives for two years that a sentence names: "shrank from 2019 to 2022"."""
    years = _find_years(claim.statement)
    if not years:
        return None
    items = (item for item in claim.evidence if item.stems & contrast.near)
    signs = {sign for item in items for sign in _trend_of_years(item, *years)}
    if signs != {-contrast.sign}:
        return None
    return _order(contrast, f" from {years[0]} to {years[1]}: the numbers of the evidence go the other way")


def _find_years(statement: Statement) -> tuple[int, int] | None:
    """Return the years of a period: "from 2019 to 2022"."""
    words = statement.words
    for index, word in enumerate(words):
        if word.text in ("from", "between"):
            years = [item for item in words[index + 1 : index + 8] if len(item.text) == 4 and item.text.isdigit()]
            if len(years) > 1 and not {"to", "and", "through", "until"}.isdisjoint(
                statement.text[years[0].end : years[1].start].split()
            ):
                return int(years[0].text), int(years[1].text)
    return None


def _trend_of_years(statement: Statement, first: int, last: int) -> Iterator[int]:
    found = find_ties(statement.text)
    ties = [(tie.number, tie.tied.value.year) for tie in found if isinstance(tie.tied.value, PartialDate)]
    for one, year in ties:
        for two, other in ties:
            if (year, other) == (first, last) and (one.kind, one.unit) == (two.kind, two.unit) and not is_date(one):
                yield _sign(amount_of(two) - amount_of(one))


def compare_drawn(claim: Claim, contrast: Contrast) -> Order | None:
    """Compare a word in a chart's title with the first and last values that it draws over years."""
    if not claim.passage or claim.passage.path[0] != "exhibits" or claim.passage.path[2:] != ("title",):
        return None
    signs = {sign for exhibit in claim.exhibits if isinstance(exhibit, Chart) for sign in _trends(exhibit, contrast)}
    return _order(contrast, ", but the exhibit draws the opposite") if signs == {-contrast.sign} else None


def _trends(exhibit: Chart, contrast: Contrast) -> Iterator[int]:
    """Yield the direction of each series over years; of those that the title names, if it names any."""
    series: dict[str, list[tuple[int, float]]] = {}
    for datum in exhibit.data():
        years = [item.value.year for item in find_mentions(datum.item) if isinstance(item.value, PartialDate)]
        value = datum.quantity.value if datum.quantity else None
        if len(years) == 1 and years[0] and isinstance(value, float | int):
            series.setdefault(datum.series, []).append((years[0], float(value)))
    named = {name: points for name, points in series.items() if stem_set(name) & contrast.near} or series
    for points in named.values():
        if len(points) > 1 and len({year for year, _ in points}) == len(points):
            points.sort()
            yield _sign(points[-1][1] - points[0][1])


def compare_subjects(claim: Claim) -> Order | None:
    """Compare two amounts of money that a sentence sets against each other by name: "revenues exceed outlays"."""
    statement = claim.statement
    for start, end, sign in find_outdoing(statement):
        before, after = statement.stems_before(start, 3), statement.stems_after(end, 3)
        words = statement.text[start:end]
        for item in claim.evidence:
            if _is_other_order(item, set(before), set(after), sign):
                return Order(
                    start, end, f"“{words}” is the other way round in the evidence: “{shorten(item.text.strip(), 120)}”"
                )
        if statement.mentions:
            continue
        left, right = list(_money_of(claim, before, after)), list(_money_of(claim, after, before))
        pairs = [(one, two) for one in left for two in right if one.unit == two.unit]
        if pairs and {_sign(amount_of(one) - amount_of(two)) for one, two in pairs} == {-sign}:
            return Order(start, end, f"“{words}”, but the evidence has {pairs[0][0].text} against {pairs[0][1].text}")
    return None


def _is_other_order(item: Statement, before: set[str], after: set[str], sign: int) -> bool:
    """Return whether evidence sets the same two things the other way round: "renewables surpassed coal"."""
    if item.stems.isdisjoint(before) or item.stems.isdisjoint(after):
        return False
    for start, end, other in find_outdoing(item):
        one, two = set(item.stems_before(start, 6)), set(item.stems_after(end, 4))
        straight, crossed = bool(before & one and after & two), bool(before & two and after & one)
        if straight != crossed and (sign == other) == crossed:
            return True
    return False


def may_rank(statement: Statement) -> bool:
    """Return whether a text may say of a thing that it is the greatest, the least, or above another."""
    texts = statement.texts
    return not texts.isdisjoint(("than", "twice", "half", "times")) or not (
        texts.isdisjoint(_OUTDOING) and texts.isdisjoint(_LAGGING) and texts.isdisjoint(EXTREMES)
    )


def find_outdoing(statement: Statement) -> Iterator[tuple[int, int, int]]:
    """Yield the places of words that set one thing above another, with 1, or below it, with -1."""
    texts = statement.texts
    if _OUTDOING.isdisjoint(texts) and _LAGGING.isdisjoint(texts) and not ("than" in texts and texts & COMPARISONS):
        return
    for index, word in enumerate(statement.words):
        if word.text in _OUTDOING or word.text in _LAGGING:
            yield word.start, word.end, 1 if word.text in _OUTDOING else -1
        elif word.text in COMPARISONS and [item.text for item in statement.words[index + 1 : index + 2]] == ["than"]:
            sign = next((pole.sign for pole in poles().get(word.text, ()) if pole.axis == "size"), 0)
            before = {item.text for item in statement.words[max(0, index - 2) : index]}
            if sign and not before.isdisjoint(("is", "are", "was", "were")):
                yield word.start, statement.words[index + 1].end, sign


def _money_of(claim: Claim, own: Sequence[str], other: Sequence[str]) -> Iterator[Mention]:
    """Yield the amounts that the evidence gives for a subject: "outlays in 2025 total $7.0 trillion"."""
    for item in claim.evidence:
        if item.stems.isdisjoint(own):
            continue
        places = [(found, end) for found, _, end in item.content if found in own or found in other]
        for index, number in enumerate(numbers := _amounts(item)):
            before = [place for place in places if place[1] <= number.first]
            if number.kind != "money" or not before or before[-1][0] not in own:
                continue
            if not any(earlier.first >= before[-1][1] for earlier in numbers[:index]):
                yield number


def is_drawn(claim: Claim, group: str) -> bool:
    """Return whether an exhibit draws what a sentence names as the greatest or least of its items."""
    if group not in ("most", "least", "-est"):
        return False
    for exhibit in claim.exhibits:
        data = exhibit.data() if isinstance(exhibit, Chart) else ()
        values = [(datum.quantity.value, datum.item) for datum in data if datum.quantity]
        numbers = [(float(value), item) for value, item in values if isinstance(value, float | int)]
        ends = (
            ([max(numbers)] if group != "least" else []) + ([min(numbers)] if group != "most" else [])
            if len(numbers) > 1
            else []
        )
        if any(stem_set(item) & claim.statement.stems for _, item in ends):
            return True
    return False


def has_rates(claim: Claim) -> bool:
    """Return whether the evidence has percentages to compare, from which somebody may see what is fastest."""
    return sum(item.kind == "percent" for part in claim.evidence for item in _amounts(part)) > 1


def last_amount(statement: Statement, word: Word) -> Mention | None:
    """Return the last number before a word in its sentence: "55 percent in 2018, up from 57 percent"."""
    before = [item for item in _amounts(statement) if item.end <= word.start]
    return before[-1] if before else None


def _amounts(statement: Statement) -> list[Mention]:
    return [item for item in statement.mentions if item.kind not in ("name", "date", "rank")]


def _order(contrast: Contrast, rest: str) -> Order:
    return Order(contrast.word.start, contrast.word.end, f"“{contrast.word.text}”{rest}")


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)

"""Numbers stay with their year and with each other

Where a quote has several numbers, each belongs to its own year ("480 in 2019 and 520 in 2020"), to the number beside it ("580 Gt
for a 50% chance and 420 Gt for a 66% chance") or to its own subject ("women earned 420 euros and men 500"; "Chile and Peru,
$3 million and $7 million, respectively"). A sentence that gives a number to the year, number or subject of another one is wrong,
and so is a chart that draws it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from reportgen.charts.base import Chart
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_within
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_subjects import NO_SUBJECT, Part, Subject, find_parts, find_subjects
from reportgen.evidence.pairing.number_ties import find_ties, is_date
from reportgen.evidence.passages import Passage
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.numbers import PartialDate

ID = "paired-number"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_ENOUGH = 2  # words of another number's part of the quote that show that it is meant
_FEW = 3  # quotes among which a typed number's own can be found


def check(case: Case) -> Iterator[Fault]:
    tied = frozenset(name for name, text in case.quote_words.items() if find_ties(text))
    several = frozenset(name for name, text in case.quote_words.items() if len(find_parts(text)) > 1)
    named = {name: subjects for name, text in case.quote_words.items() if len(subjects := find_subjects(text)) > 1}
    for passage in case.passages:
        if passage.role in ("note", "judgment", "recommendation"):
            continue
        quotes = {*passage.quotes, *(quote for span in passage.facts for quote in case.brief.facts[span.id].quote)}
        if not tied.isdisjoint(quotes):
            yield from _check_ties(case, passage)
        if several.isdisjoint(quotes):
            continue  # most passages: a number alone in its quote is no other's
        misplaced = [
            *(_check_subjects(case, passage, named) if named else ()),
            *_check_contexts(case, passage),
            *_check_swaps(case, passage),
        ]
        yield from {(fault.where, fault.words): fault for fault in misplaced}.values()
    yield from _check_charts(case)


def _check_ties(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for numbers with the year, or with the number beside it, of another number."""
    for tie in find_ties(passage.text):
        quotes = _quotes_of(case, passage, tie.number)
        if found := _find_other(case, quotes, tie.number, tie.tied, tie.is_direct):
            message = f"the quote “{found}” does not have {tie.number.text} with “{tie.tied.text}”"
            hint = f"the source has “{case.quote_words[found]}”"
            yield case.passage_fault(message, passage, tie.number.first, tie.number.end, hint)


def _check_subjects(case: Case, passage: Passage, named: Mapping[str, tuple[Subject, ...]]) -> Iterator[Fault]:
    """Look for numbers in a part of a sentence that names the subject of another number."""
    for printed in _list_parts(case, passage):
        part = printed.part
        for quote in _quotes_of(case, passage, part.number):
            subjects = named.get(quote, ())
            own = [subject for subject in subjects if _is_same(subject.number, part.number)]
            if len(own) != 1:
                continue
            others = (subject for subject in subjects if subject not in own and _is_meant(subject, own[0], printed))
            if other := next(others, None):
                yield _make_fault(case, passage, part, quote, other.number)


class _Printed(Struct, frozen=True):
    """A number of a passage with the words of its part, and those of them that are its fact's unit: no quote need have these."""

    part: Part
    unit: frozenset[str]

    @property
    def said(self) -> frozenset[str]:
        """The words that may be another number's."""
        return self.part.stems - self.unit


def _list_parts(case: Case, passage: Passage) -> Iterator[_Printed]:
    for part in find_parts(passage.text):
        span = next(
            (each for each in passage.facts if each.start < part.number.end and part.number.start < each.end), None
        )
        yield _Printed(part, stem_set(case.brief.quantities[span.id].unit.name) if span else frozenset())


def _is_meant(other: Subject, own: Subject, printed: _Printed) -> bool:
    """Return whether a text names another number's subject and not its own, which has one in the same place.

    What only the first of two numbers has before it is said of both: "pay rose 5 percent in May but only 1 percent in June".
    """
    if (own.number.kind, own.number.unit) != (other.number.kind, other.number.unit):
        return False
    pairs = [
        (mine, theirs) for mine, theirs in ((own.before, other.before), (own.after, other.after)) if mine and theirs
    ]
    return any(theirs & printed.said for _, theirs in pairs) and not any(mine & printed.part.stems for mine, _ in pairs)


def _check_contexts(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for numbers beside which a sentence has words of another number's part of the quote, and none of their own."""
    dates = {tie.number.start: tie.tied for tie in find_ties(passage.text) if is_date(tie.tied)}
    for printed in _list_parts(case, passage):
        part = printed.part
        for quote in _quotes_of(case, passage, part.number):
            if (date := dates.get(part.number.start)) and _tells_apart(case.quote_words[quote], date):
                continue
            known = find_parts(case.quote_words[quote])
            own = [other.stems for other in known if _is_same(other.number, part.number)]
            if len(own) != 1 or len(own[0]) < _ENOUGH or not own[0].isdisjoint(part.stems - _shared_stems(known)):
                continue
            for other in known:
                if len((other.stems - own[0]) & printed.said) >= _ENOUGH:
                    yield _make_fault(case, passage, part, quote, other.number)
                    break


def _check_swaps(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for two numbers of a quote of which each stands with the other's words, and neither with its own."""
    for one, two in pairwise(printed.part for printed in _list_parts(case, passage)):
        for quote in set(_quotes_of(case, passage, one.number)) & set(_quotes_of(case, passage, two.number)):
            known = find_parts(case.quote_words[quote])
            own = [[each for each in known if _is_same(each.number, part.number)] for part in (one, two)]
            if [len(found) for found in own] != [1, 1] or own[0] == own[1]:
                continue
            first, second = own[0][0], own[1][0]
            if (first.number.kind, first.number.unit) != (second.number.kind, second.number.unit):
                continue
            theirs = (_only(first, second), _only(second, first))
            ours = (_only(one, two), _only(two, one))
            is_straight = not theirs[0].isdisjoint(ours[0]) or not theirs[1].isdisjoint(ours[1])
            is_swapped = not theirs[0].isdisjoint(ours[1]) and not theirs[1].isdisjoint(ours[0])
            if is_swapped and not is_straight:
                yield _make_fault(case, passage, one, quote, second.number)


def _only(part: Part, other: Part) -> frozenset[str]:
    """Return the words that one number has beside it and the other has not."""
    return frozenset(word for word in part.stems - other.stems - NO_SUBJECT if not word.isdigit())


def _tells_apart(text: str, date: Mention) -> bool:
    """Return whether a date belongs to one number of a quote alone."""
    return len({tie.number.start for tie in find_ties(text) if is_date(tie.tied) and _agree(tie.tied, date)}) <= 1


def _shared_stems(parts: Sequence[Part]) -> frozenset[str]:
    """Return the stems that every number of a quote has beside it."""
    return frozenset.intersection(*(part.stems for part in parts))


def _make_fault(case: Case, passage: Passage, part: Part, quote: str, other: Mention) -> Fault:
    message = f"{part.number.text} is not what the quote “{quote}” says of this: that is {other.text}"
    hint = f"the source has “{case.quote_words[quote]}”"
    return case.passage_fault(message, passage, part.number.first, part.number.end, hint)


def _quotes_of(case: Case, passage: Passage, number: Mention) -> tuple[str, ...]:
    """Return the quotes that a number of a passage comes from: those of its fact, else the few that back the passage."""
    for span in passage.facts:
        if span.start < number.end and number.start < span.end:
            return tuple(case.brief.facts[span.id].quote)
    return passage.quotes if len(passage.quotes) <= _FEW else ()


def _find_other(
    case: Case, quotes: Iterable[str], number: Mention, tied: Mention, is_direct: bool = True
) -> str | None:
    """Return a quote that ties a number to something else than a text does, and what the text has to another number.

    None if any of the quotes has the pair, or has the number by itself. A year right behind the number need not be another's.
    """
    found = None
    for quote in quotes:
        text = case.quote_words[quote]
        if not any(_is_same(mention, number) for mention in find_mentions(text)):
            continue
        ties = [tie for tie in find_ties(text) if is_date(tie.tied) == is_date(tied)]
        own = [tie for tie in ties if _is_same(tie.number, number)]
        if not own or any(_agree(tie.tied, tied) for tie in own):
            return None
        is_dated = is_direct and is_date(tied) and all(tie.is_direct for tie in own)
        if is_dated or any(_agree(tie.tied, tied) for tie in ties if tie not in own):
            found = quote
    return found


def _is_same(first: Mention, second: Mention) -> bool:
    """Return whether two numbers are equal, whatever their nouns."""
    if first.kind != second.kind or first.is_silent or second.is_silent:
        return False
    _, unit, *amounts = first.same[:5]
    _, other_unit, *other_amounts = second.same[:5]
    return amounts == other_amounts and (unit == other_unit or not unit or not other_unit)


def _agree(first: Mention, second: Mention) -> bool:
    if isinstance(first.value, PartialDate) and isinstance(second.value, PartialDate):
        return is_within(first.value, second.value) or is_within(second.value, first.value)
    return _is_same(first, second)


def _check_charts(case: Case) -> Iterator[Fault]:
    """Look for facts that a chart draws at the year of another."""
    for name, exhibit in case.brief.exhibits.items():
        if not isinstance(exhibit, Chart):
            continue
        for datum in exhibit.data():
            fact = datum.quantity.fact if datum.quantity else None
            if fact is None:
                continue
            for label in (datum.item, datum.series):
                years = [mention for mention in find_mentions(label) if is_date(mention)]
                numbers = find_mentions(case.brief.quantities[fact].prose)
                if len(years) != 1 or not numbers:
                    continue
                if found := _find_other(case, case.brief.facts[fact].quote, numbers[0], years[0], is_direct=False):
                    message = f'the chart draws the fact "{fact}" at {label}, which the quote “{found}” gives for another number'
                    yield case.fault(message, ("exhibits", name), f"the source has “{case.quote_words[found]}”")

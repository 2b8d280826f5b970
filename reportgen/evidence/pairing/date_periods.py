"""Periods and lists of dates that cannot be meant: "between 2016 and 2016", "from 2022 to 2019", "2020, 2022 and 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import is_date, split_sentences
from reportgen.evidence.pairing.paired_text import Misplaced, PairedText
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_BETWEEN = compile_late(
    r"\b(?:between|from)\s(?:(?:the|fiscal|calendar|year|end|of|start|early|late)\s)*\Z", re.IGNORECASE
)
_JOINED = compile_late(
    r"\s(?:and|to|through|until|till)\s(?:(?:the|fiscal|year|end|of|start|early|late)\s)*", re.IGNORECASE
)
_MOVED = compile_late(r"\bfrom\s(?:[^\s,;]+\s){1,6}(?:in|of)\s\Z", re.IGNORECASE)
_MOVED_TO = compile_late(r"\sto\s(?:[^\s,;]+\s){1,6}(?:in|of)\s", re.IGNORECASE)
_LISTED = compile_late(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or)\s+)", re.IGNORECASE)
_THAN = compile_late(r"\bthan\b(?![^.;]*[.;])", re.IGNORECASE)
_ENOUGH = 2  # years of a quote's list that show that a text repeats it


class Backward(Struct, frozen=True):
    """Two dates of which the second should be later than the first and is not."""

    first: Mention
    second: Mention


@lru_cache(maxsize=2048)
def find_backward(text: str) -> tuple[Backward, ...]:
    """Return the periods and changes of a text that end before they begin, or where they begin."""
    dates = [mention for mention in find_mentions(text) if _is_full(mention)]
    return tuple(
        Backward(one, two) for one, two in pairwise(dates) if _is_period(text, one, two) and _is_back(one, two)
    )


def _is_full(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, PartialDate) and bool(value.year) and not value.decade and mention.high is None


def _is_period(text: str, one: Mention, two: Mention) -> bool:
    before, between = text[max(0, one.start - 60) : one.start], text[one.end : two.start]
    return bool(
        (_BETWEEN.search(before) and _JOINED.fullmatch(between))
        or (_MOVED.search(before) and _MOVED_TO.fullmatch(between))
    )


def _is_back(one: Mention, two: Mention) -> bool:
    first, second = one.value, two.value
    if not isinstance(first, PartialDate) or not isinstance(second, PartialDate):
        return False
    if first.month and second.month and (first.day is None) == (second.day is None):
        return _sort_key(second) <= _sort_key(first)
    if first.year == second.year:
        return not (first.month or second.month or one.part or two.part)  # "from March 2020 to 2020" may be said
    return (second.year or 0) < (first.year or 0)


def _sort_key(date: PartialDate) -> tuple[int, int, int]:
    return date.year or 0, date.month or 0, date.day or 0


def find_repeated(text: str) -> Iterator[Mention]:
    """Yield the years of lists that the same sentence has once more."""
    dates = [mention for mention in find_mentions(text) if is_date(mention)]
    for start, end in split_sentences(text):
        own = [mention for mention in dates if start <= mention.start < end]
        listed = _find_listed(text, own)
        for index, mention in enumerate(own):
            if index in listed and any(other.same == mention.same for other in (*own[:index], *own[index + 1 :])):
                yield mention
                break


def find_date_list(text: str) -> tuple[Mention, ...]:
    """Return the dates of a text that stand in lists."""
    dates = [mention for mention in find_mentions(text) if is_date(mention)]
    return tuple(dates[index] for index in sorted(_find_listed(text, dates)))


def _find_listed(text: str, dates: Sequence[Mention]) -> set[int]:
    found: set[int] = set()
    for index, (one, two) in enumerate(pairwise(dates)):
        if _LISTED.fullmatch(text, one.end, two.first):
            found |= {index, index + 1}
    return found


def find_backward_periods(paired: PairedText) -> Iterator[Misplaced]:
    """Yield the periods that end before they begin, unless a quote has the same."""
    for found in find_backward(paired.text):
        pair = (found.first.same, found.second.same)
        quoted = (each for quote in paired.passage.quotes for each in find_backward(paired.quote_words[quote]))
        if not any((each.first.same, each.second.same) == pair for each in quoted):
            message = f"{found.second.text} is no later than {found.first.text}"
            yield Misplaced(found.first.first, found.second.end, message, "compare the dates of the quote")


def find_lost_dates(paired: PairedText) -> Iterator[Misplaced]:
    """Yield the years of a list that a text has oftener than its quotes, while it has not all of theirs."""
    said = [mention.same for mention in find_mentions(paired.text)]
    for date in find_repeated(paired.text):
        for quote in paired.passage.quotes:
            text = paired.quote_words[quote]
            known = [mention.same for mention in find_mentions(text) if is_date(mention)]
            own = [mention.same for mention in find_date_list(text)]
            is_strange = date.same not in known and len(set(own) & set(said)) >= _ENOUGH
            is_oftener = date.same in own and known.count(date.same) < said.count(date.same)
            is_of_itself = is_oftener and _is_compared_with_itself(paired.text, date)
            if is_of_itself or ((is_oftener or is_strange) and not set(own) <= set(said)):
                message = f"{date.text} stands twice, where the quote “{quote}” has it once and another year beside it"
                yield Misplaced(date.first, date.end, message, f"the source has “{text}”")


def _is_compared_with_itself(text: str, date: Mention) -> bool:
    """Return whether a sentence compares a date with dates of which it is one: "2020 had more fires than 2024, 2020 and 2019"."""
    places = [mention for mention in find_mentions(text) if mention.same == date.same]
    return any(_THAN.search(text, one.end, two.first) for one, two in pairwise(places))

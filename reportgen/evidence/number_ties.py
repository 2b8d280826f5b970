"""The years, numbers ("for a 66% chance"), conditions and bases that a text ties to its numbers.

A text is read number by number, clause by clause; what cannot be told apart is tied to nothing, so that no true sentence is
called false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.numbers import PartialDate


class Tie(Struct, frozen=True):
    """A number of a text and a date or number that the text ties to it."""

    number: Mention
    tied: Mention


class Clause(Struct, frozen=True):
    """A condition or base of a text, with the numbers that it belongs to."""

    text: str
    start: int
    end: int
    numbers: tuple[Mention, ...]


_SENTENCE = re.compile(r"(?<=[^A-Z\d.][.!?])\s+(?=[A-Z“\"(])|;\s")
_TO_DATE = re.compile(
    r"(?:\b(?:in|by|for|during|of|as of|at|since|until|through|before|after)|\()\s*"
    r"(?:(?:the|end|start|beginning|middle|close|fiscal|calendar|financial|years?|FY|early|late|mid|first|second|half|quarter|of|about|around)[\s-]*)*$",
    re.IGNORECASE,
)
_NEW_PART = re.compile(r",|;|\b(?:and|or|but|to|from|while|whereas|than|against|versus)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s*(?:[-–—]|to|and|through|until)\s*(?:(?:fiscal|calendar|financial|year|the|FY)\s*)*", re.IGNORECASE
)
_LIST_GAP = re.compile(r"[\s,]*(?:and|or)?\s*", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(for|of|at|with|in|per|out of)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def find_ties(text: str) -> tuple[Tie, ...]:
    """Return the dates and numbers that a text ties to its numbers."""
    if not any(char.isdigit() for char in text):
        return ()
    mentions = [mention for mention in find_mentions(text) if mention.kind != "name"]
    found: list[Tie] = []
    for start, end in split_sentences(text):
        part = [mention for mention in mentions if start <= mention.start < end]
        if len(part) > 1:
            is_listed = "respectively" in text[start:end].lower()
            found += _tie_lists(text, part) if is_listed else [*_tie_dates(text, part), *_tie_numbers(text, part)]
    return tuple(found)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence; a semicolon ends one."""
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def is_date(mention: Mention) -> bool:
    return isinstance(mention.value, PartialDate)


def _tie_lists(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie the lists of a sentence with "respectively": 310 and 290 in 2021 and 2022."""
    lists = _find_lists(text, part)
    pairs = [(one, two) for one, two in pairwise(lists) if len(one) == len(two) > 1]
    for one, two in pairs:
        first, second = (two, one) if is_date(one[0]) and not is_date(two[0]) else (one, two)
        yield from (Tie(number, tied) for number, tied in zip(first, second, strict=True))


def _find_lists(text: str, part: Sequence[Mention]) -> list[list[Mention]]:
    lists: list[list[Mention]] = []
    for index, mention in enumerate(part):
        before = part[index - 1] if index else None
        goes_on = (
            before and is_date(before) == is_date(mention) and _LIST_GAP.fullmatch(text, before.end, mention.first)
        )
        if goes_on:
            lists[-1].append(mention)
        else:
            lists.append([mention])
    return lists


def _tie_dates(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie a date to the number before it ("480 in 2019"), or to those after it ("In 2019, 480")."""
    in_period = set(_find_periods(text, part))
    forward: Mention | None = None
    for index, mention in enumerate(part):
        before = part[index - 1] if index else None
        if not is_date(mention):
            follows = index + 1 < len(part) and _is_tied(text, mention, part[index + 1])
            if forward and not follows:
                yield Tie(mention, forward)
            continue
        if before and not is_date(before) and mention.start not in in_period and _is_tied(text, before, mention):
            yield Tie(before, mention)
            yield from _tie_shares(text, part[:index], mention)
            forward = None
        else:
            forward = None if mention.start in in_period else mention


def _is_tied(text: str, number: Mention, date: Mention) -> bool:
    """Return whether a date is that of the number before it."""
    between = text[number.end : date.first if date.bound_start >= number.end else date.start]
    return is_date(date) and bool(_TO_DATE.search(between)) and not _NEW_PART.search(between)


def _tie_shares(text: str, before: Sequence[Mention], date: Mention) -> Iterator[Tie]:
    """Tie the first of two numbers as well: "$500 million of its required $1.6 billion payment in 2022"."""
    if len(before) > 1 and not is_date(before[-2]):
        between = text[before[-2].end : before[-1].first]
        if re.match(r"\s+(?:\w+\s+)?(?:of|out of)\b", between) and not _NEW_PART.search(between):
            yield Tie(before[-2], date)


def _find_periods(text: str, part: Sequence[Mention]) -> Iterator[int]:
    """Yield the starts of dates that are the ends of a period: no number is of either alone."""
    for one, two in pairwise(part):
        if is_date(one) and is_date(two) and _PERIOD.fullmatch(text, one.end, two.start):
            yield from (one.start, two.start)


def _tie_numbers(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie numbers that a preposition joins: "580 Gt for a 50% chance"."""
    for one, two in pairwise(part):
        between = text[one.end : two.first]
        if not is_date(one) and not is_date(two) and _PREPOSITION.search(between) and not _NEW_PART.search(between):
            yield Tie(one, two)


_MARKERS = r"if(?! any\b| not\b| so\b| ever\b| only\b)|unless|provided that|assuming(?: that)?|as long as|so long as|on condition that|in the event (?:of|that)|contingent on|conditional on|depending on"
_KINDS_OF_PLAN = r"laws?|polic(?:y|ies)|scenarios?|pledges|commitments|trends|assumptions|baseline|trajectory|pathways?"
_CONDITION = (
    rf"\b(?<!as )(?<!what )(?:{_MARKERS})\b(?:(?! and [^,;]*\d)[^,;:.—()]|\.\d)*"
    r"|\b(?:absent|without) (?:further |new |additional |more |any |legislative |policy )*(?:changes?|action|reforms?|legislation|policies|measures|intervention|\w+ by \w+)\b"
    rf"|\bunder (?:(?:the|an?|its|their|all|most|these|those|this) )?(?:[\w-]+ ){{0,3}}?(?:{_KINDS_OF_PLAN})\b|\bunder business[- ]as[- ]usual\b"
)
_MAY_HAVE_CONDITION = re.compile(
    r"\b(?:if|unless|provided|assum|as long|so long|condition|contingent|depend|event|absent|without|under)",
    re.IGNORECASE,
)
_MAY_HAVE_BASE = re.compile(r"\d{4}|level|compar|relative|than|time|average", re.IGNORECASE)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_NAMED_BASE = r"(?:pre-?\s?industrial|pre-?\s?pandemic|pre-?\s?war|pre-?\s?crisis|baseline|business[- ]as[- ]usual|today['’]s|current|present|historical|average|normal)"
_BASE = (
    rf"\b(?:from|on|over|to|below|above|than(?: in)?|against|at|under)\s+(?:(?:the|their|its|a|in|average|mean)\s+)*(?:{_YEAR}(?:[-–]{_YEAR})?|{_NAMED_BASE})(?:['’]s)?\s+(?:levels?|baselines?|base|averages?|times|rates?|values?|period|peaks?|scenario)\b"
    rf"|\b(?:relative to|compared (?:with|to)|in comparison (?:with|to)|against|versus|vs\.?|below|above|than(?: in)?)\s+(?:(?:the|their|its|in|level|levels|of|average|baseline|\w+ly|fiscal year|fiscal|those)\s+)*(?:{_YEAR}(?:[-–]{_YEAR})?\b|{_NAMED_BASE}\b(?:\s+(?:levels?|times|averages?))?)"
    rf"|\bthan (?:in )?(?:a year|the year|the previous year|the year) (?:before|earlier|ago)\b|\b(?:than|from|on|over) (?:a|the previous|the prior) year (?:before|earlier|ago)\b"
)
_LEADING = re.compile(r"\A[\s“\"(]*(?:(?:but|and|so|yet|even|only|thus|however|then),?\s+)?\Z", re.IGNORECASE)
_NEW_STATEMENT = re.compile(
    r";\s|,?\s(?:but|while|whereas|although)\s|,?\sand\s(?=[^,;]*\d)|,\s(?=[^,;]{0,20}\d)", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def find_conditions(text: str) -> tuple[Clause, ...]:
    """Return the conditions of a text, each with the numbers that it limits."""
    return tuple(_find_clauses(text, _compile(_CONDITION))) if _MAY_HAVE_CONDITION.search(text) else ()


@lru_cache(maxsize=2048)
def find_bases(text: str) -> tuple[Clause, ...]:
    """Return the levels with which a text compares its numbers: "from 2010 levels", "relative to 2019"."""
    return tuple(_find_clauses(text, _compile(_BASE))) if _MAY_HAVE_BASE.search(text) else ()


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a long pattern when a text may match."""
    return re.compile(pattern, re.IGNORECASE)


def _find_clauses(text: str, pattern: re.Pattern[str]) -> Iterator[Clause]:
    matches = list(pattern.finditer(text))
    if not matches:
        return
    mentions = [mention for mention in find_mentions(text) if mention.kind != "name"]
    for match in matches:
        start, end = match.start(), len(match[0].rstrip()) + match.start()
        own = [mention for mention in mentions if not start <= mention.start < end]
        sentence = next(((a, b) for a, b in split_sentences(text) if a <= start < b), (0, len(text)))
        numbers = tuple(_choose_numbers(text, own, start, end, sentence))
        amounts = tuple(number for number in numbers if not is_date(number))
        yield Clause(match[0].strip(), start, end, amounts or numbers)


def _choose_numbers(
    text: str, mentions: Sequence[Mention], start: int, end: int, sentence: tuple[int, int]
) -> Iterator[Mention]:
    """Yield the numbers of the statement that a condition or base stands in: before it, or after it where it leads."""
    before = [mention for mention in mentions if sentence[0] <= mention.start < start]
    if before and not _LEADING.match(text, sentence[0], start):
        cuts = [match.end() for match in _NEW_STATEMENT.finditer(text, before[0].end)]
        first = max((cut for cut in cuts if cut <= before[-1].start), default=sentence[0])
        yield from (mention for mention in before if mention.start >= first)
        return
    after = [mention for mention in mentions if end <= mention.start < sentence[1]]
    if after:
        cut = _NEW_STATEMENT.search(text, after[0].end, sentence[1])
        yield from (mention for mention in after if not cut or mention.start < cut.start())

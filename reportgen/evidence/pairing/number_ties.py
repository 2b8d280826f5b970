"""The years and numbers ("for a 66% chance") that a text ties to its numbers.

A text is read number by number, clause by clause; what cannot be told apart is tied to nothing, so that no true sentence is
called false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate


class Tie(Struct, frozen=True):
    """A number of a text and a date or number that the text ties to it."""

    number: Mention
    tied: Mention
    is_direct: bool = True
    """False where a date stands before several numbers: it may not be that of each."""


_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[^A-Z.][.!?])\s+(?=[A-Z“\"(])|;\s|\n\s*\n\s*")
_TO_DATE = re.compile(
    r"(?:\b(?:in|on|by|for|during|of|as of|at|since|until|through|before|after)|\()\s*"
    r"(?:(?:the|end|start|beginning|middle|close|fiscal|calendar|financial|years?|FY|early|late|mid|first|second|half|quarter|of|about|around)[\s-]*)*$",
    re.IGNORECASE,
)
_TO_BASE = re.compile(r"\b(?:levels?|below|above|relative|compared|baseline|than|lower|higher)\b", re.IGNORECASE)
_SINCE = compile_late(r"\bsince\s\Z", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\bfrom (?:an? [\w-]+ of )?\Z")
_TO_END = re.compile(r"(?:\s[^\s,;.()]+){0,6}?\sto(?:\s(?:just|about|over))*\s")
_FROM_START = compile_late(r"(?:\s[^\s,;.()]+){0,6}?\s(?:up from|down from|from)\s")
_BEFORE_BASE = re.compile(
    r"\b(?:compared (?:to|with)|relative to|than(?: in)?)\s(?:(?:the|fiscal|year)\s)*\Z", re.IGNORECASE
)
_LEVEL = re.compile(r"\s+(?:levels?|baselines?|averages?)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\s(?:total|level|figure|rate|estimate|forecast|average|value|sum|count|peak|high|low|record)\sof\s", re.IGNORECASE
)
_NEW_PART = re.compile(r",(?!\d)|;|\b(?:and|or|but|to|from|while|whereas|than|against|versus)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s*(?:[-–—]|to|and|through|until)\s*(?:(?:fiscal|calendar|financial|year|the|FY)\s*)*", re.IGNORECASE
)
_LIST_GAP = compile_late(r"[\s,]*(?:and|or)?\s*", re.IGNORECASE)
_BRACKET = re.compile(r"(?:\s[\w-]+){0,3}\s\(", re.IGNORECASE)
_QUARTER_OF = compile_late(r"(?::|\s+of\s+(?:fiscal\s+)?|\s+|,\s+)(?:FY\s?)?", re.IGNORECASE)
_YEAR_AFTER = compile_late(r"\A(?::|\s+of\s+|\s+)(?:FY\s?)?(?:19|20)\d\d(?:[-–/]\d\d)?|\A\s(?:per\s?cent|percent)")
_PREPOSITION = re.compile(r"\b(for|of|at|with|in|per|out of)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def find_ties(text: str) -> tuple[Tie, ...]:
    """Return the dates and numbers that a text ties to its numbers."""
    if not _DIGIT.search(text):
        return ()
    mentions = [mention for mention in find_mentions(text) if mention.kind != "name"]
    found: list[Tie] = []
    for start, end in split_sentences(text):
        part = [mention for mention in mentions if start <= mention.start < end]
        if len(part) > 1:
            is_listed = "respectively" in text[start:end].lower()
            found += _tie_lists(text, part) if is_listed else [*_tie_dates(text, part), *_tie_numbers(text, part)]
            found += _tie_start(text, part)
    return tuple(found)


def _tie_start(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie a change's start to the date since which it goes on: "Since 1993 the rate has declined from 80 to 23"."""
    if (
        is_date(part[0])
        and not is_date(part[1])
        and _SINCE.search(text, 0, part[0].start + 1 if part[0].first < part[0].start else part[0].start)
    ):
        before = text[part[0].end : part[1].first]
        if _FROM_BEFORE.search(before) and not _NEW_PART.search(before.strip(" ,").removesuffix("from")):
            yield Tie(part[1], part[0])


@lru_cache(maxsize=2048)
def find_changes(text: str) -> tuple[tuple[Mention, Mention], ...]:
    """Return the starts and ends of changes: "from 50,000 to 48,000", "to 4% from 4.2%"."""
    amounts = [mention for mention in find_mentions(text) if mention.kind != "name" and not is_date(mention)]
    found = []
    for one, two in pairwise(amounts):
        if (one.kind, one.unit) != (two.kind, two.unit) or one.high is not None or two.high is not None:
            continue
        before, between = text[max(0, one.first - 24) : one.first], text[one.end : two.first]
        if _FROM_BEFORE.search(before) and _TO_END.fullmatch(between):
            found.append((one, two))
        elif before.endswith("to ") and _FROM_START.fullmatch(between):
            found.append((two, one))
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
    part = [
        mention
        for index, mention in enumerate(part)
        if not (index and _is_year_of_quarter(text, part[index - 1], mention))
    ]
    for index, mention in enumerate(part):
        before = part[index - 1] if index else None
        goes_on = (
            before
            and is_date(before) == is_date(mention)
            and _LIST_GAP.fullmatch(_YEAR_AFTER.sub("", text[before.end : mention.first]))
        )
        if goes_on:
            lists[-1].append(mention)
        else:
            lists.append([mention])
    return lists


def _is_year_of_quarter(text: str, quarter: Mention, year: Mention) -> bool:
    """Return whether a year only says which quarter is meant: "Q1:2026-27", "Q2 of 2026"."""
    return (
        is_date(quarter)
        and is_date(year)
        and bool(quarter.part)
        and not year.part
        and bool(_QUARTER_OF.fullmatch(text, quarter.end, year.start))
    )


def _tie_dates(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie a date to the number before it ("480 in 2019"), or to those after it ("In 2019, 480")."""
    in_period = set(_find_periods(text, part))
    is_alone = sum(not is_date(mention) for mention in part) == 1
    leads = is_date(part[0]) and sum(is_date(mention) for mention in part) == 1  # "In 2024 it sold 5 and bought 3"
    forward: Mention | None = None
    for index, mention in enumerate(part):
        before = part[index - 1] if index else None
        if before and is_date(before) and not is_date(mention) and _TOTAL.fullmatch(text, before.end, mention.first):
            yield Tie(mention, before)  # "the July 2022 total of $49 billion"
            forward = None
            continue
        if not is_date(mention):
            follows = index + 1 < len(part) and _is_tied(text, mention, part[index + 1])
            if forward and not follows:
                yield Tie(mention, forward, is_direct=is_alone or (leads and index == 1))
            continue
        if before and not is_date(before) and mention.start not in in_period and _is_tied(text, before, mention):
            yield Tie(before, mention)
            yield from _tie_shares(text, part[:index], mention)
            forward = None
        elif not is_base(text, mention):
            forward = None if mention.start in in_period else mention


def is_base(text: str, date: Mention) -> bool:
    """Return whether a date is what numbers are compared with: "compared to 1990", "their 2019 levels"."""
    return bool(_LEVEL.match(text, date.end) or _BEFORE_BASE.search(text[max(0, date.start - 40) : date.start]))


def _is_tied(text: str, number: Mention, date: Mention) -> bool:
    """Return whether a date is that of the number before it."""
    between = text[number.end : date.start]
    if _TO_BASE.search(between) or _LEVEL.match(text, date.end):
        return False  # what the number is compared with
    return is_date(date) and bool(_TO_DATE.search(between)) and not _NEW_PART.search(between)


def _is_fiscal_year(mention: Mention) -> bool:
    """Return whether a period is a year that two calendar years have: 2024-25."""
    first, last = mention.value, mention.high
    is_plain = isinstance(first, PartialDate) and isinstance(last, PartialDate) and not first.month and not last.month
    return is_plain and "-" in mention.text.replace("–", "-") and last.year == (first.year or 0) + 1  # type: ignore[union-attr]


def _tie_shares(text: str, before: Sequence[Mention], date: Mention) -> Iterator[Tie]:
    """Tie the first of two numbers as well: "$500 million of its required $1.6 billion payment in 2022"."""
    if len(before) > 1 and not is_date(before[-2]):
        between = text[before[-2].end : before[-1].first]
        if re.match(r"\s+(?:\w+\s+)?(?:of|out of)\b", between) and not _NEW_PART.search(between):
            yield Tie(before[-2], date)


def _find_periods(text: str, part: Sequence[Mention]) -> Iterator[int]:
    """Yield the starts of dates that are the ends of a period: no number is of either alone."""
    yield from (
        mention.start
        for mention in part
        if is_date(mention) and mention.high is not None and not _is_fiscal_year(mention)
    )
    for one, two in pairwise(part):
        if is_date(one) and is_date(two) and _PERIOD.fullmatch(text, one.end, two.start):
            yield from (one.start, two.start)


def _tie_numbers(text: str, part: Sequence[Mention]) -> Iterator[Tie]:
    """Tie numbers that a preposition joins, "580 Gt for a 50% chance", or brackets: "seven causes (5%)"."""
    for one, two in pairwise(part):
        between = text[one.end : two.first]
        if is_date(one) or is_date(two):
            continue
        is_bracketed = _BRACKET.fullmatch(between) and text[max(two.end, two.stop) :].startswith(")")
        if is_bracketed or (_PREPOSITION.search(between) and not _NEW_PART.search(between)):
            yield Tie(one, two)

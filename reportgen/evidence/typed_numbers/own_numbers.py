"""Typed numbers that are the brief's own: the dates that it sets, and counts of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from datetime import date

from reportgen.brief.model import Brief
from reportgen.evidence.case import Case
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.passages import Passage
from reportgen.evidence.typed_numbers.quoted_dates import may_mean
from reportgen.evidence.typed_numbers.word_counts import noun_words
from reportgen.text.numbers import PartialDate

_DAY = re.compile(r"\bday\s*$", re.IGNORECASE)


def is_own(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is the brief's own: a date that it sets, a count of its parts."""
    is_deadline_note = passage.path[-1] == "deadline_note"
    if isinstance(mention.value, PartialDate):
        return is_deadline_note or any(
            may_mean(mention, own) or (own == mention.value and not mention.part) for own in _own_dates(case.brief)
        )
    if is_deadline_note:
        return _is_day_of_deadline(case, passage, mention)
    if mention.is_vague and passage.path[0] == "exhibits" and _is_scale(case, passage, mention):
        return True
    if mention.kind == "count" and not mention.unit and mention.bounds == {"exactly"} and mention.noun:
        if passage.role == "basis" and mention.value == len(case.brief.sources) and mention.start == 0:
            return True  # "One monthly release"
        return any(mention.value == count and noun in noun_words(mention) for noun, count in _own_counts(case, passage))
    return False


def _is_scale(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether an exhibit says in what its numbers are: "Billions of dollars"."""
    scale = mention.text.lower().split()[0].removesuffix("s")
    units = {quantity.unit.name for quantity in case.brief.exhibits[str(passage.path[1])].quantities}
    return any(scale in unit for unit in units)


def _own_dates(brief: Brief) -> Iterator[PartialDate]:
    days: list[date] = [brief.date, *(item.deadline for item in brief.recommendations if item.deadline)]
    yield from (PartialDate(day.year, day.month, day.day) for day in days)
    yield from (event.date for event in brief.timeline)
    for source in brief.sources.values():
        for mention in find_mentions(source.published or ""):
            if isinstance(mention.value, PartialDate):
                yield mention.value
                yield PartialDate(mention.value.year, mention.value.month)
        yield from (PartialDate(int(year)) for year in re.findall(r"\b(?:1[5-9]|20)\d\d\b", source.published or ""))


def _own_counts(case: Case, passage: Passage) -> Iterator[tuple[str, int]]:
    """Yield the nouns that a text may use for the brief's parts, with the number of these parts."""
    brief = case.brief
    parts: dict[str, Sized] = {
        "decision": brief.recommendations, "recommendation": brief.recommendations, "action": brief.recommendations,
        "topic": brief.topics, "finding": brief.topics, "source": brief.sources, "article": brief.sources,
        "text": brief.sources, "question": brief.questions,
    }  # fmt: skip
    yield from ((noun, len(part)) for noun, part in parts.items())
    if passage.path[0] == "exhibits":
        for field, value in case.brief.exhibits[str(passage.path[1])]:
            if isinstance(value, list):
                yield field.removesuffix("s"), len(value)


def _is_day_of_deadline(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether "day 100" counts the days from a fact's date to the deadline beside it."""
    deadline = case.brief.recommendations[int(passage.path[1])].deadline
    if not deadline or not _DAY.search(passage.text[: mention.start]):
        return False
    for quantity in case.brief.quantities.values():
        start = quantity.value
        if isinstance(start, PartialDate) and start.year and start.month and start.day:
            days = (deadline - date(start.year, start.month, start.day)).days
            if mention.value in (days, days + 1):
                return True
    return False

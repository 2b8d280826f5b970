"""Numbers in texts are facts

A number that someone typed has no source: print a fact with ${id} instead, and memo and deck say the same. Accepted
without a fact are only

- numbers inside a “verbatim quotation”, which the rule `quotation` compares,
- numbers of a quote that the text cites, with the same unit and bound, where the brief has no fact for them,
- dates that the brief itself sets: deadlines and what is noted beside them, its timeline, its own date, the year of a source;
  and a month that a fact names more exactly,
- counts of the brief's own parts ("seven decisions", "two bars"), which must be right, and "day 100" of a deadline, counted
  from a fact's date,
- names with figures in them (5G, COVID-19), if the evidence has them letter by letter.

A number in a note on a fact or a source may also be that of a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportgen.brief.model import Brief
from reportgen.evidence.bare_words import bare
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number, stem, within
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.passages import Passage
from reportgen.evidence.quotations import find_quotations
from reportgen.text.numbers import PartialDate, Quantity

ID = "raw-number"
SEVERITY: Severity = "error"

_MONTHS_OF = {"": range(1, 13), "early": range(1, 5), "mid": range(6, 9), "late": range(9, 13)}
_DAYS_OF = {"": range(1, 32), "early": range(1, 11), "mid": range(10, 22), "late": range(20, 32)}
_DAY = re.compile(r"\bday\s*$", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    names = _names(case)
    for passage in case.passages:
        quoted = [(found.start, found.end) for found in find_quotations(passage.text)]
        for mention in find_mentions(passage.text):
            if passage.touches_fact(mention.start, mention.end) or any(
                start <= mention.start < end for start, end in quoted
            ):
                continue
            if found := _judged(case, passage, mention, names):
                message, hint = found
                yield case.finding(ID, SEVERITY, message, passage, mention.first, mention.end, hint)


def _judged(case: Case, passage: Passage, mention: Mention, names: frozenset[str]) -> tuple[str, str] | None:
    """What is wrong with a typed number, and what to do; None where nothing is."""
    said = passage.text[mention.first : mention.end]
    if mention.kind == "name":
        return (
            None
            if _bare_name(mention.text) in names
            else (f"“{said}” stands nowhere in the evidence", "write it as the source does")
        )
    if _is_own(case, passage, mention):
        return None
    fact = _fact_of(case, passage, mention)
    if fact and passage.role != "note":
        return f"“{said}” is typed by hand", f"print the fact: ${{{fact}}}"
    if fact or _in_evidence(case, passage, mention):
        return None
    cited = ", ".join(passage.quotes[:3]) if 0 < len(passage.quotes) <= 3 else "what it cites"
    return (
        f"“{said}” is no fact of the brief, nor in {cited}",
        "make it a fact with its quote, or say it without a number",
    )


def _names(case: Case) -> frozenset[str]:
    """The names with figures that the evidence has."""
    texts = [*case.words.values(), *(source.title for source in case.brief.sources.values())]
    return frozenset(
        _bare_name(mention.text) for text in texts for mention in find_mentions(text) if mention.kind == "name"
    )


def _bare_name(name: str) -> str:
    return bare(name).text.replace("–", "-")


def _fact_of(case: Case, passage: Passage, mention: Mention) -> str | None:
    """The fact that a typed number should be: one that the passage's evidence carries, before any other."""
    equal = [
        name
        for name, quantity in case.brief.quantities.items()
        if is_same_number(mention, quantity) and _same_bound(mention, quantity)
    ]
    near = [name for name in equal if set(case.brief.fact_quotes(name)) & set(passage.quotes)]
    if near or not equal:
        return near[0] if near else None
    return None if mention.kind == "count" and not mention.unit else equal[0]


def _same_bound(mention: Mention, quantity: Quantity) -> bool:
    return quantity.bound in mention.bounds or isinstance(mention.value, PartialDate)


def _in_evidence(case: Case, passage: Passage, mention: Mention) -> bool:
    """Whether a quote of the passage has the number, bound and all; or the passage's facts name the date more exactly."""
    for said in case.quote_mentions(passage.quotes):
        if (
            said.same == mention.same
            and said.bounds & mention.bounds
            and said.part == mention.part
            and _counts_alike(said, mention)
        ):
            return True
    if isinstance(mention.value, PartialDate):
        near = [name for name in case.brief.quantities if set(case.brief.fact_quotes(name)) & set(passage.quotes)]
        return any(
            _meant(value, mention)
            for name in near
            if isinstance(value := case.brief.quantities[name].value, PartialDate)
        )
    return False


def _counts_alike(said: Mention, mention: Mention) -> bool:
    if mention.kind != "count" or mention.unit or not mention.noun or not said.noun:
        return True
    return bool(set(stem(said.noun.lower()).split()[:3]) & set(stem(mention.noun.lower()).split()[:3]))


def _meant(exact: PartialDate, mention: Mention) -> bool:
    """Whether a date may be said so: 20 July 2021 is "July" and "mid-2021"; it is not "2021" by itself."""
    wide = mention.value
    if not isinstance(wide, PartialDate) or wide.decade or not within(exact, wide) or wide == exact:
        return False
    if wide.month is None:
        return bool(mention.part) and exact.month is not None and exact.month in _MONTHS_OF[mention.part]
    return exact.day is None or exact.day in _DAYS_OF[mention.part]


def _is_own(case: Case, passage: Passage, mention: Mention) -> bool:
    """Whether a number is the brief's own: a date that it sets, a count of its parts."""
    if isinstance(mention.value, PartialDate):
        return passage.path[-1] == "deadline_note" or any(
            _meant(own, mention) or own == mention.value for own in _own_dates(case.brief)
        )
    if passage.path[-1] == "deadline_note":
        return _is_day_of(case, passage, mention)
    if mention.kind == "count" and not mention.unit and mention.bounds == {"exactly"} and mention.noun:
        words = stem(mention.noun.lower()).split()[:3]
        return any(mention.value == count for noun, count in _own_counts(case, passage) if noun in words)
    return False


def _own_dates(brief: Brief) -> Iterator[PartialDate]:
    days: list[date] = [brief.date, *(item.deadline for item in brief.recommendations if item.deadline)]
    yield from (PartialDate(day.year, day.month, day.day) for day in days)
    yield from (event.date for event in brief.timeline)
    for source in brief.sources.values():
        yield from (PartialDate(int(year)) for year in re.findall(r"\b(?:1[5-9]|20)\d\d\b", source.published or ""))


def _own_counts(case: Case, passage: Passage) -> Iterator[tuple[str, int]]:
    """The brief's countable parts, by the words that a text calls them."""
    brief = case.brief
    for noun in ("decision", "recommendation", "action"):
        yield noun, len(brief.recommendations)
    for noun in ("topic", "finding"):
        yield noun, len(brief.topics)
    for noun in ("source", "article", "text"):
        yield noun, len(brief.sources)
    yield "question", len(brief.questions)
    if passage.path[0] == "exhibits":
        exhibit = brief.exhibits[str(passage.path[1])]
        for field in type(exhibit).model_fields:
            value = getattr(exhibit, field)
            if isinstance(value, list):
                yield field.removesuffix("s"), len(value)


def _is_day_of(case: Case, passage: Passage, mention: Mention) -> bool:
    """Whether "day 100" counts the days from a fact's date to the deadline beside it."""
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

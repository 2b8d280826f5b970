"""Old numbers are not called current

A fact that has `as_of` must not be presented as holding now. The rule reports a sentence that prints such a fact beside
"now", "today" or "currently" in a memo of a later year or month, and one that prints it beside a later year than its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_within
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.passages import FactSpan, Passage, Sentence
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

ID = "as-of"
SEVERITY: Severity = "error"

_NOW = compile_late(
    r"\b(?:now|today|currently|at present|presently|nowadays|this (?:year|month|week)|at the moment|to date)\b",
    re.IGNORECASE,
)
_COMPARED = compile_late(
    r"\b(?:against|compared (?:with|to)|from|versus|than|after)\s(?:(?:the|about|only|just|some)\s)?\Z", re.IGNORECASE
)
"""Words before a number of the past that is set beside one of today: "are now 40, up from 30"."""


def check(case: Case) -> Iterator[Fault]:
    for passage in case.passages:
        if passage.role in ("note", "basis"):
            continue
        for sentence in passage.sentences:
            for span in passage.facts_in(sentence):
                if as_of := case.brief.facts[span.id].as_of:
                    yield from _check_fact(case, passage, sentence, span, as_of)


def _check_fact(
    case: Case, passage: Passage, sentence: Sentence, fact: FactSpan, as_of: PartialDate
) -> Iterator[Fault]:
    about, hint = f'the fact "{fact.id}" is as of {as_of}', f"say when: in {as_of}"
    dates = [
        (mention, mention.value) for mention in find_mentions(passage.text)
        if isinstance(mention.value, PartialDate) and mention.value.year and sentence.start <= mention.start < sentence.end
    ]  # fmt: skip
    if any(is_within(value, as_of) or is_within(as_of, value) for _, value in dates):
        return
    now = _NOW.search(sentence.text)
    if (
        now
        and not _COMPARED.search(passage.text[max(sentence.start, fact.start - 40) : fact.start])
        and as_of.year is not None
        and not _is_current(as_of, case)
    ):
        start, end = sentence.start + now.start(), sentence.start + now.end()
        yield case.passage_fault(f"{about}, but the sentence says “{now[0]}”", passage, start, end, hint)
    if dates:
        mention, value = dates[0]
        if (value.year or 0) > (as_of.year or 0):
            message = f"{about}, but the sentence says {mention.text}"
            yield case.passage_fault(message, passage, mention.start, mention.end, hint)


def _is_current(as_of: PartialDate, case: Case) -> bool:
    """Return whether a fact is of the memo's month, or of its year where it has no month."""
    day = case.brief.date
    return as_of.year == day.year and as_of.month in (None, day.month)

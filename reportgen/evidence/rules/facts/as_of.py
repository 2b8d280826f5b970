"""Old numbers are not called new

A fact that has `as_of` may not be said to hold now: a sentence that prints it beside "now", "today" or "currently" on a
memo of a later year, or beside a later date than its own, claims more than the source does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import within
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.passages import FactSpan, Passage, Sentence
from reportgen.text.numbers import PartialDate

ID = "as-of"
SEVERITY: Severity = "error"

_NOW = re.compile(
    r"\b(?:now|today|currently|at present|presently|nowadays|this (?:year|month|week)|at the moment|to date)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    for passage in case.passages:
        if passage.role in ("note", "basis"):
            continue
        for sentence in passage.sentences:
            for span in passage.facts:
                if sentence.start <= span.start < sentence.end and case.brief.facts[span.id].as_of:
                    yield from _judged(case, passage, sentence, span)


def _judged(case: Case, passage: Passage, sentence: Sentence, span: FactSpan) -> Iterator[Finding]:
    as_of = case.brief.facts[span.id].as_of
    assert as_of is not None
    now = _NOW.search(sentence.text)
    if now and as_of.year is not None and not _same_time(as_of, case):
        yield case.finding(
            ID,
            SEVERITY,
            f'the fact "{span.id}" is as of {as_of}, and the sentence says “{now[0]}”',
            passage,
            sentence.start + now.start(),
            sentence.start + now.end(),
            f"say when: in {as_of}",
        )
    dates = [
        (mention, mention.value) for mention in find_mentions(passage.text)
        if isinstance(mention.value, PartialDate) and mention.value.year and sentence.start <= mention.start < sentence.end
    ]  # fmt: skip
    if dates and not any(within(value, as_of) or within(as_of, value) for _, value in dates):
        mention, value = dates[0]
        if (value.year or 0) > (as_of.year or 0):
            yield case.finding(
                ID,
                SEVERITY,
                f'the fact "{span.id}" is as of {as_of}, and the sentence says {mention.text}',
                passage,
                mention.start,
                mention.end,
                f"say when: in {as_of}",
            )


def _same_time(as_of: PartialDate, case: Case) -> bool:
    """Whether a fact is of the memo's own month, or of its year where no month is known."""
    day = case.brief.date
    return as_of.year == day.year and as_of.month in (None, day.month)

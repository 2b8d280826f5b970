"""A fact's quote backs its status

A fact with the status `reported` or `forecast` needs a quote that says so: "reported", "according to"; "expected",
"projected", "will". Conversely, if the quote says "reported" or "expected", the fact of its first amount needs that status: a number
that somebody reports is not established, and a forecast is not a finding. If the quote says "according to", the fact
needs `attributed_to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number, lend_rates
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import is_date
from reportgen.evidence.qualifiers import Qualifier, find_qualifiers
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

ID = "fact-status"
SEVERITY: Severity = "error"

_BACKING = {
    "reported": re.compile(
        r"\b(?:reported|reportedly|according to|sa(?:id|ys)|claim\w*|alleg\w*|estimat\w*|rumou?r\w*|unconfirmed)\b",
        re.IGNORECASE,
    ),
    "forecast": re.compile(
        r"\b(?:expect\w*|project\w*|forecast\w*|anticipat\w*|predict\w*|plan\w*|schedul\w*|will|would|could|may|might|likely|next|coming|estimat\w*|(?:set|due|slated|poised) (?:to|for|in|on|by)|heading (?:for|to|towards?)|prepar\w+ to|target(?:s|ed|ing)?|(?:is|are) to|on (?:track|course))\b",
        re.IGNORECASE,
    ),
}
_STATUS = {"reported": "reported", "expected": "forecast"}
"""The status that a class of qualifiers asks for."""
_NEXT_STATEMENT = re.compile(
    r";|(?<![A-Z])[.!?]\s|,? (?:but|while|whereas|although)\b|, which\b|,? and (?=(?:it|they|he|she|is|are|was|were|will|has|have|had|then)\b)"
    r"|,? and (?=(?:the|its|their|his|her|overall|total) (?:[\w’'-]+ ){1,4}(?:is|are|was|were|will|has|have|had)\b)",
    re.IGNORECASE,
)
START_BEFORE = compile_late(
    r"\b(?:from|than|since|after|above|below|against|with|despite|between)\s(?:[^\s,;.]+\s){0,2}\Z"
    r"|\b(?:(?:last|previous|prior)\s\w+[’']s|the)\s(?:[\w-]+\s){0,2}(?:record|level|peak|high|low|rate)\s(?:of\s)?\Z",
    re.IGNORECASE,
)
"""Words before an amount that a forecast starts from or rests on: "expected to grow from 4 percent to 5"."""
_LEADS = compile_late(r"(?:\s(?!from\b|than\b|with\b|after\b)[\w%’'-]+){0,8}\s", re.IGNORECASE)
_LISTED = compile_late(
    r"(?:[\s,(]|\b(?:and|or|with|at|to|in|for|by|of|per|the|a|Q[1-4]|first|second|third|fourth|quarter|half|year|next|decade|century|end|GDP|respectively|within|over|\d{4}(?:-\d\d)?|one|two|three|four|five|ten|years?|decades?))+",
    re.IGNORECASE,
)
"""What may stand between two numbers of one forecast."""
_ACCORDING = re.compile(r"\b(?:according to|by the estimate of|in the words of)\b", re.IGNORECASE)


def check(case: Case) -> Iterator[Fault]:
    for name, fact in case.brief.facts.items():
        backing = _BACKING.get(fact.status) if case.has_english_words(fact.quote) else None
        quotes = case.word_quotes(fact.quote)
        if (
            backing
            and fact.formula is None
            and not fact.values
            and (quotes or not fact.cell)
            and not any(backing.search(case.quote_words[quote]) for quote in quotes)
        ):
            yield case.fault(
                f'the fact "{name}" has the status {fact.status}, but its quote does not say so',
                ("facts", name, "status"),
                "quote the words that say so, or leave `status` out",
            )
    for quote in case.brief.word_quotes:
        if case.has_english_words([quote]):
            yield from _check_quote(case, quote)


def _check_quote(case: Case, quote: str) -> Iterator[Fault]:
    """Yield a fault for each qualifier of a quote that none of its facts carries."""
    facts = {name: fact for name, fact in case.brief.facts.items() if quote in fact.quote and fact.formula is None}
    if not facts:
        return
    text = case.quote_words[quote]
    reported: set[tuple[str, str]] = set()  # a fact lacks its status once, however often the quote says it
    for qualifier in find_qualifiers(text):
        status = _STATUS.get(qualifier.kind)
        named = _find_qualified(case, list(facts), qualifier, text) if status else []
        lacking = named[:1] if named and not any(facts[name].status == status for name in named) else []
        if status == "forecast" and named and not lacking:
            lacking = [
                name for name in _find_listed(case, list(facts), qualifier, text) if facts[name].status == "stated"
            ]
        for name in lacking:
            if (name, status or "") in reported:
                continue
            reported.add((name, status or ""))
            message = f'the quote of the fact "{name}" says “{qualifier.word}”, but the fact does not'
            yield case.fault(message, ("facts", name), f"add status: {status}")
    if _ACCORDING.search(text):
        for name, fact in facts.items():
            if not fact.attributed_to and fact.status != "reported" and not isinstance(fact.value, PartialDate):
                message = f'the quote of the fact "{name}" says “according to”, but the fact does not say to whom'
                yield case.fault(message, ("facts", name), "add attributed_to: with the name that the quote gives")


def _find_qualified(case: Case, facts: list[str], qualifier: Qualifier, text: str) -> list[str]:
    """Return the facts of which a qualifier can speak: those after it in its clause, else its subject.

    A fact without a number of its own in the quote ("this year") can always be meant.
    """
    start, end = next(span for span in split_statements(text) if span[0] <= qualifier.start < span[1])
    places = [
        (mention.start, name)
        for mention in lend_rates(find_mentions(text))
        for name in facts
        if is_same_number(mention, case.brief.quantities[name])
    ]
    after = [(place, name) for place, name in places if qualifier.end <= place < end]
    following = [(place, name) for place, name in after if not START_BEFORE.search(text[max(0, place - 40) : place])]
    if after and not following:
        return []
    if following:
        place, name = following[0]
        if not isinstance(case.brief.quantities[name].value, PartialDate):
            return [other for at, other in following if at == place]  # the first amount is certainly meant
        return [name for _, name in following]
    if unplaced := [name for name in facts if name not in {name for _, name in places}]:
        return unplaced
    before = [(place, name) for place, name in places if start <= place < qualifier.start]
    if before and isinstance(case.brief.quantities[before[-1][1]].value, PartialDate):
        return []  # "the October 2022 forecasts": what happens on a day is forecast behind it
    return [name for _, name in before[-1:]]


def _find_listed(case: Case, facts: list[str], qualifier: Qualifier, text: str) -> Iterator[str]:
    """Yield the facts that a forecast names one after the other: "is projected at 2 percent, with 3 percent in the fourth quarter"."""
    end = next(end for start, end in split_statements(text) if start <= qualifier.start < end)
    before: Mention | None = None
    for mention in find_mentions(text):
        if is_date(mention) or mention.kind == "name" or not qualifier.end <= mention.start < end:
            continue
        between = text[before.end : mention.first] if before else text[qualifier.end : mention.first]
        if not (_LISTED if before else _LEADS).fullmatch(between) or (before and before.kind != mention.kind):
            return
        yield from (name for name in facts if is_same_number(mention, case.brief.quantities[name]))
        before = mention


def split_statements(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a text with a verb of its own, roughly: "… reached 40 and are expected to …"."""
    start = 0
    for match in _NEXT_STATEMENT.finditer(text):
        yield start, match.start()
        start = match.start()
    yield start, len(text)

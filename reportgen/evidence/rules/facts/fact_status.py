"""A fact's status is backed by its quote

A fact that is `reported` or `forecast` needs a quote that says so: reported, according to; expected, projected, will.
And a quote that says "reported" or "expected" needs a fact that carries it: a number that someone merely reports is
not stated, and a forecast is not a finding. A quote that says "according to" needs `attributed_to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.qualifiers import qualifiers
from reportgen.text.numbers import PartialDate

ID = "fact-status"
SEVERITY: Severity = "error"

_BACKING = {
    "reported": re.compile(
        r"\b(?:reported|reportedly|according to|sa(?:id|ys)|claim\w*|alleg\w*|estimat\w*|rumou?r\w*|unconfirmed)\b",
        re.IGNORECASE,
    ),
    "forecast": re.compile(
        r"\b(?:expect\w*|project(?:ed|ion\w*)|forecast\w*|anticipat\w*|predict\w*|plan\w*|schedul\w*|will|would|could|may|might|likely|next|coming|estimat\w*|set to)\b",
        re.IGNORECASE,
    ),
}
_CARRIED = {"reported": "reported", "expected": "forecast"}
_ACCORDING = re.compile(r"\b(?:according to|by the estimate of|in the words of)\b", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    for name, fact in case.brief.facts.items():
        backing = _BACKING.get(fact.status) if case.readable(fact.quote) else None
        if backing and fact.formula is None and not any(backing.search(case.words[quote]) for quote in fact.quote):
            yield case.at(
                ID,
                SEVERITY,
                f'the fact "{name}" is called {fact.status}, and its quote does not say so',
                ("facts", name, "status"),
                "quote the words that say so, or leave status out",
            )
    for quote in case.brief.quotes:
        if case.readable([quote]):
            yield from _carried(case, quote)


def _carried(case: Case, quote: str) -> Iterator[Finding]:
    """Findings for what a quote says of its numbers and no fact carries."""
    facts = [name for name, fact in case.brief.facts.items() if quote in fact.quote and fact.formula is None]
    if not facts:
        return
    text = case.words[quote]
    for qualifier in qualifiers(text):
        status = _CARRIED.get(qualifier.kind)
        if status and not any(case.brief.facts[name].status == status for name in facts):
            name = _nearest(case, facts, qualifier.end, text)
            yield case.at(
                ID,
                SEVERITY,
                f'the quote of the fact "{name}" says “{qualifier.word}”',
                ("facts", name),
                f"add status: {status}",
            )
    if _ACCORDING.search(text):
        for name in facts:
            fact = case.brief.facts[name]
            if not fact.attributed_to and fact.status != "reported" and not isinstance(fact.value, PartialDate):
                yield case.at(
                    ID,
                    SEVERITY,
                    f'the quote of the fact "{name}" says “according to”',
                    ("facts", name),
                    "add attributed_to: whose number it is",
                )


def _nearest(case: Case, facts: list[str], at: int, text: str) -> str:
    """The fact whose number comes next after a place in the quote."""
    from reportgen.evidence.fact_match import is_same_number

    after = [mention for mention in find_mentions(text) if mention.start >= at]
    for mention in after:
        for name in facts:
            if is_same_number(mention, case.brief.quantities[name]):
                return name
    return facts[0]

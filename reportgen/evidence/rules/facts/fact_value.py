"""Facts say what their quotes say

A fact's value, unit and bound must be those of a number in its quotes. "A little less than $1 billion" is a value of 1,
the unit "US$ billion" and the bound "a little less than": no other bound will do. Years that a quote names in passing
("this year", "last year") are counted from the year in which the source appeared, as its `published` has it. `precision`
may not round a fact to another number than its quote has; what a formula rounds says "about" by itself.

In a quote that is not in English no words are read: the value must stand in it as this program writes it in that
language, in digits, or as the fact's `words` or `label` have it; its bound is not compared.

A fact needs a quote, unless it is a formula. One with the status `inferred` is ours: it needs a note that says how we
came by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import disagreement, relative_years
from reportgen.evidence.findings import Finding, Severity

ID = "fact-value"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Finding]:
    for name, fact in case.brief.facts.items():
        if fact.formula is not None:
            continue
        if fact.status == "inferred":
            if fact.note is None:
                yield case.at(
                    ID, SEVERITY, f'the fact "{name}" is inferred, and nothing says how', ("facts", name), "add a note"
                )
        elif not fact.quote:
            yield case.at(
                ID,
                SEVERITY,
                f'the fact "{name}" has no quote',
                ("facts", name),
                "add quote: ID, or status: inferred with a note that says how",
            )
        else:
            yield from _compared(case, name) if case.readable(fact.quote) else _printed(case, name)
            yield from _rounded(case, name)


def _compared(case: Case, name: str) -> Iterator[Finding]:
    fact = case.brief.facts[name]
    years = [
        year
        for quote in fact.quote
        for year in relative_years(case.words[quote], case.year_of(case.brief.quotes[quote].source))
    ]
    found = disagreement(case.brief.quantities[name], case.quote_mentions(fact.quote), years)
    if found:
        quotes = ", ".join(f'"{quote}"' for quote in fact.quote)
        yield case.at(
            ID, SEVERITY, f'the fact "{name}" {found.message}', ("facts", name, found.field),
            f"compare the quote {quotes}: “{_shortened(case.words[fact.quote[0]])}”",
        )  # fmt: skip


def _printed(case: Case, name: str) -> Iterator[Finding]:
    """In a quote whose words are not read, a number stands as the source's language writes it, or as the fact does."""
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    forms: set[str] = {text for text in (fact.words, fact.label) if text}
    for language in {case.brief.language_of(quote) for quote in fact.quote}:
        exact = replace(quantity, bound="exactly", language=language, words=None, label=None)
        forms |= {exact.prose, exact.short}
    if not any(_plain(form) in _plain(case.words[quote]) for form in forms for quote in fact.quote):
        yield case.at(
            ID, SEVERITY, f'the fact "{name}" is {exact.prose}, and its quote does not have these words',
            ("facts", name), "compare the quote; where it writes the number otherwise, give its words as `words`",
        )  # fmt: skip


def _plain(text: str) -> str:
    return "".join(text.replace("٪", "%").split()).casefold()


def _rounded(case: Case, name: str) -> Iterator[Finding]:
    """A precision that prints another number."""
    fact = case.brief.facts[name]
    if (
        fact.precision is not None
        and isinstance(fact.value, float | int)
        and round(fact.value, fact.precision) != fact.value
    ):
        printed = case.brief.quantities[name].format.digits(fact.value)
        message = f'the fact "{name}" is {fact.value:g} and prints as {printed}'
        yield case.at(
            ID, SEVERITY, message, ("facts", name, "precision"), "leave precision out: print what the quote says"
        )


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else text[:119].rsplit(" ", 1)[0] + " …"

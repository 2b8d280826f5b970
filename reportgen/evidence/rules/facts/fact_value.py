"""Facts say what their quotes say

A fact must have the value, unit and bound of a number in its quotes. "A little less than $1 billion" is the value 1, the
unit "US$ billion" and the bound "a little less than"; no other bound will do. Years that a quote names in passing ("this
year", "last year") are counted from the year in the source's `published`. `precision` must not round a fact to another
number than the quote has; a rounded result of a formula says "about" by itself.

Words of a quote that is not in English are not read. The value must be in it as this program writes it in that language,
in digits, or as the fact's `words` or `label` write it; its bound is not compared.

A fact needs a quote, unless it is a formula. A fact with the status `inferred` is your own: it needs a note that says how
you arrived at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.evidence.bare_words import shorten
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import find_disagreement, relative_years
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.pairing.number_signs import find_falls
from reportgen.text.numbers import PartialDate, Quantity

ID = "fact-value"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    for name, fact in case.brief.facts.items():
        if fact.formula is not None or fact.values:
            continue
        if fact.status == "inferred":
            if fact.note is None:
                message = f'the fact "{name}" is inferred, but has no note that says how'
                yield case.fault(message, ("facts", name), "add a note")
        elif fact.cell and not case.word_quotes(fact.quote):
            continue  # data_cell.py compares it
        elif not fact.quote:
            hint = "add quote: ID, or status: inferred with a note that says how"
            yield case.fault(f'the fact "{name}" has no quote', ("facts", name), hint)
        else:
            yield from _compare(case, name) if case.has_english_words(fact.quote) else _find_printed(case, name)
            if not fact.cell:
                yield from _check_precision(case, name)


def _compare(case: Case, name: str) -> Iterator[Fault]:
    fact = case.brief.facts[name]
    years = [
        year
        for quote in case.word_quotes(fact.quote)
        for year in relative_years(case.quote_words[quote], case.publication_year(case.brief.quotes[quote].source))
    ]
    quantity = case.brief.quantities[name]
    mentions = list(case.quote_mentions(case.word_quotes(fact.quote)))
    if isinstance(quantity.value, float | int) and quantity.value < 0:
        mentions += [fall for quote in case.word_quotes(fact.quote) for fall in find_falls(case.quote_words[quote])]
    if found := find_disagreement(quantity, mentions, years):
        names = case.word_quotes(fact.quote)
        quotes = ", ".join(f'"{quote}"' for quote in names)
        hint = f"compare the quote {quotes}: “{shorten(case.quote_words[names[0]], 120)}”"
        if _is_year(case, name):
            message = f'the fact "{name}" is the number {fact.value:g}, and the quote has the year'
            yield case.fault(
                message, ("facts", name, "value"), f'write a date as text, without a unit: value: "{fact.value:g}"'
            )
        else:
            yield case.fault(f'the fact "{name}" {found.message}', ("facts", name, found.field), hint)


def _is_year(case: Case, name: str) -> bool:
    """Return whether a fact is a number where its quote has that year."""
    value = case.brief.facts[name].value
    if not isinstance(value, float | int) or value != int(value):
        return False
    dates = (mention.value for mention in case.quote_mentions(case.brief.facts[name].quote))
    return any(isinstance(date, PartialDate) and date.year == value for date in dates)


def _find_printed(case: Case, name: str) -> Iterator[Fault]:
    """Look for a fact in quotes whose words are not read: as their language writes it, or as the fact does."""
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    forms: set[str] = {text for text in (fact.words, fact.label) if text}
    for language in {case.brief.language_of(quote) for quote in fact.quote}:
        exact = replace(quantity, bound="exactly", language=language, words=None, label=None)
        forms |= {exact.prose, exact.short}
    quotes = [_squeeze(case.quote_words[quote]) for quote in fact.quote]
    if not any(_squeeze(form) in quote or _has_ends(quantity, quote) for form in forms for quote in quotes):
        yield case.fault(
            f'the fact "{name}" is {exact.prose.translate(_UNSEEN)}, but its quote does not have these words',
            ("facts", name),
            "compare the quote; if it writes the number otherwise, give its words as `words`",
        )


_UNSEEN = {0x200E: None, 0x200F: None}
"""Marks of direction, which we print around numbers and few sources have."""


def _has_ends(quantity: Quantity, quote: str) -> bool:
    """Return whether a quote has both ends of a range; the first may leave its unit to the second."""
    spread = quantity.spread
    if not spread or spread.has_centre:
        return False
    low, high = (
        replace(quantity, value=end, spread=None, bound="exactly", words=None, label=None)
        for end in (spread.low, spread.high)
    )
    ends = [_squeeze(form) for form in (high.prose, high.short)]
    starts = [_squeeze(form) for form in (low.prose, low.short, low.format.digits(spread.low))]
    first = [at.start() for start in starts for at in re.finditer(rf"(?<![\d.,]){re.escape(start)}(?![.,]?\d)", quote)]
    last = [at.start() for end in ends for at in re.finditer(rf"(?<![\d.,]){re.escape(end)}", quote)]
    return bool(first and last) and min(first) < max(last)


def _squeeze(text: str) -> str:
    return "".join(text.replace("٪", "%").translate(_UNSEEN).split()).casefold()


def _check_precision(case: Case, name: str) -> Iterator[Fault]:
    fact = case.brief.facts[name]
    for number in (fact.value, fact.low, fact.high, fact.margin) if fact.precision is not None else ():
        if isinstance(number, float | int) and round(number, fact.precision) != number:
            printed = case.brief.quantities[name].format.digits(number)
            message = f'the fact "{name}" is {number:g} but prints as {printed}'
            yield case.fault(message, ("facts", name, "precision"), "leave `precision` out: print what the quote says")

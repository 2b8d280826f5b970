"""Numbers in texts come from facts

A number that somebody typed has no source: print a fact with ${id} instead, and memo and deck state the same. Without a
fact, only these are accepted:

- numbers inside a “verbatim quotation”, which the rule `quotation` compares,
- numbers of a quote that the text cites, with the same unit and bound, if the brief has no fact for them,
- years of a quote that the text cites,
- "more than twice", "nearly half" and the like where a quote that the text cites has the percentage,
- dates that the brief itself sets: its own date, deadlines and the notes beside them, its timeline, the year or month of a
  source; and a month that a fact states more exactly,
- correct counts of the brief's own parts ("seven decisions", "two bars") and of what the sentence lists, "the two" of
  things named before, "four years" where a quote names four in a row, and "day 100" of a deadline, counted from a
  fact's date,
- names with digits (5G, COVID-19), if the evidence has them letter by letter.

A number in a note on a fact or a source may also be a fact's.

Whatever stands beside a fact and changes the number that a reader reads is an error too, unless the evidence says so: digits and
signs (`1${x}`, `−${x}`, `±${x}`), bounds (`less than ${x}`), multipliers (`twice ${x}`, `${x} thousand`) and units (`${x}%`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.case import Case
from reportgen.evidence.fact_edges import Edge, find_edges, is_aim, is_comparison
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_signs import find_falls, is_change, is_rise, turns_sign
from reportgen.evidence.passages import FactSpan, Passage
from reportgen.evidence.quotations import find_quotations
from reportgen.evidence.typed_numbers.own_numbers import is_own
from reportgen.evidence.typed_numbers.quoted_dates import (
    is_month_of_quote,
    is_run_of_quote,
    is_season_of_quote,
    is_time_between,
    is_time_since,
    is_year_of_quote,
    may_mean,
)
from reportgen.evidence.typed_numbers.word_counts import counts_same, is_count_of_words
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate, Quantity

ID = "raw-number"
SEVERITY: Severity = "error"

_OFTEN = compile_late(r"\W*(?:\Z|[.;:,]|(?:in|on|at|by|over|before|since|during|and|but|after)\b)", re.IGNORECASE)
"""What follows a word that says how often something was done, not how many times as large it is."""
_PER = compile_late(r"\bper\s\Z", re.IGNORECASE)
_ESTIMATED = compile_late(r"an estimated\b", re.IGNORECASE)
_ESTIMATE = compile_late(r"\bestimat(?:e|es|ed|ing|ions?)\b", re.IGNORECASE)


def check(case: Case) -> Iterator[Fault]:
    names = _evidence_names(case)
    for passage in case.passages:
        for edge in find_edges(passage, case.is_english):
            if not _is_edge_in_evidence(case, passage, edge):
                words = passage.text[edge.start : edge.end].strip()
                message = f'“{words}” {edge.message} the fact "{edge.fact}"'
                hint = "print the fact alone; for another number, make another fact with its quote"
                yield case.passage_fault(message, passage, edge.start, edge.end, hint)
        yield from _check_signs(case, passage)
        quoted = [range(found.start, found.end) for found in find_quotations(passage.text)]
        for mention in find_mentions(passage.text):
            is_quoted = any(mention.start in span for span in quoted)
            is_unit = mention.is_vague and mention.start == 0 and passage.path[-1] == "subtitle"  # "Millions of people"
            if mention.is_silent or is_unit or is_quoted or passage.touches_fact(mention.start, mention.end):
                continue
            if found := _judge(case, passage, mention, names):
                message, hint = found
                message = f"“{passage.text[mention.first : mention.end]}” {message}"
                yield case.passage_fault(message, passage, mention.first, mention.end, hint)


def _check_signs(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for facts below zero that a text says twice to be below, "fell by −4 percent", or a loss that it calls a change."""
    for span in passage.facts:
        value = case.brief.quantities[span.id].value
        if isinstance(value, float | int) and value > 0 and is_change(passage.text, span.start):
            yield from _check_change(case, passage, span)
        if not isinstance(value, float | int) or value >= 0 or _is_so_in_quotes(case, span):
            continue
        if is_rise(passage.text, span.start):
            message = f'the fact "{span.id}" is below zero, and the words before it say that something rose by it'
            yield case.passage_fault(message, passage, span.start, span.end, "compare the quote; say “changed by”")
        if turns_sign(passage.text, span.start, span.end):
            message = (
                f'the fact "{span.id}" is below zero, and so are the words beside it: together they say that it grew'
            )
            yield case.passage_fault(
                message, passage, span.start, span.end, "say “changed by”, or make the fact positive"
            )


def _is_so_in_quotes(case: Case, span: FactSpan) -> bool:
    """Return whether a quote of a fact below zero says itself that something rose by it: "grew by −0.4 percent"."""
    quantity = case.brief.quantities[span.id]
    texts = [case.quote_words[quote] for quote in case.word_quotes(case.brief.facts[span.id].quote)]
    return any(
        is_same_number(each, quantity) and is_rise(text, each.start) for text in texts for each in find_mentions(text)
    )


def _check_change(case: Case, passage: Passage, span: FactSpan) -> Iterator[Fault]:
    """Look for a fact above zero that a text calls a change, where its quotes say that something fell by it."""
    quantity, quotes = case.brief.quantities[span.id], case.word_quotes(case.brief.facts[span.id].quote)
    opposite = replace(quantity, value=-quantity.number, spread=None)
    texts = [case.quote_words[quote] for quote in quotes]
    falls = [fall for text in texts for fall in find_falls(text) if is_same_number(fall, opposite)]
    if falls and sum(is_same_number(each, quantity) for text in texts for each in find_mentions(text)) <= len(falls):
        message = (
            f'the fact "{span.id}" is above zero, and the text calls it a change, where the quote says that it fell'
        )
        yield case.passage_fault(message, passage, span.start, span.end, "say that it fell, or make the fact negative")


def _is_edge_in_evidence(case: Case, passage: Passage, edge: Edge) -> bool:
    """Return whether the evidence has the number that a fact and its neighbours make."""
    quotes = dict.fromkeys([*passage.quotes, *case.brief.fact_quotes(edge.fact)])
    if not case.has_english_words(quotes):
        return True
    if edge.reading is None:
        words = " ".join(re.sub(r"\d[\d.,]*", " ", passage.text[edge.start : edge.end]).lower().split()[:3])
        return (
            edge.message == "multiplies"
            and bool(words)
            and any(words in case.quote_words[quote].lower() for quote in quotes)
        )
    if edge.message == "adds a bound to":
        if is_comparison(passage, edge) or is_aim(passage, edge):
            return True
        is_estimated = bool(_ESTIMATED.match(passage.text, edge.start))
        if is_estimated and any(_ESTIMATE.search(case.quote_words[quote]) for quote in quotes):
            return True
    return any(
        other.same == edge.reading.same
        and other.bounds & edge.reading.bounds
        and other.is_vague == edge.reading.is_vague
        for other in case.quote_mentions(quotes)
    )


def _judge(case: Case, passage: Passage, mention: Mention, names: frozenset[str]) -> tuple[str, str] | None:
    """Return a message and a hint for a typed number; None where it is accepted."""
    if mention.kind == "name":
        is_known = _normalize_name(mention.text) in names
        return None if is_known else ("is not in the evidence", "write it as the source does")
    dates = (is_year_of_quote, is_month_of_quote, is_season_of_quote, is_time_since, is_time_between)
    accounts = (is_own, is_count_of_words, is_run_of_quote, *dates)
    if any(accounts_for(case, passage, mention) for accounts_for in accounts):
        return None
    if _is_no_amount(passage, mention):
        return None
    if _PER.search(passage.text, 0, mention.start) and _is_divisor(case, passage, mention):
        return None
    fact = _find_fact(case, passage, mention)
    if fact and passage.role != "note":
        return "is typed by hand", f"print the fact: ${{{fact}}}"
    if fact or _is_in_evidence(case, passage, mention) or _is_implied(case, passage, mention):
        return None
    cited = ", ".join(passage.quotes) if 0 < len(passage.quotes) <= 3 else "what it cites"
    return f"is neither a fact of the brief nor in {cited}", "make it a fact with its quote, or say it without a number"


def _is_divisor(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is what a rate of the evidence is per: "deaths per 100,000"."""
    whole = f"{mention.value:g}", f"{mention.value:.0f}"
    return any(other.per.split(" ")[0] in whole for other in case.quote_mentions(passage.quotes) if other.per)


def _is_no_amount(passage: Passage, mention: Mention) -> bool:
    """Return whether a number word says how often or that there are several: "it was split twice", "more than one year"."""
    word = passage.text[mention.start : mention.end].lower()
    if word == "twice":
        return bool(_OFTEN.match(passage.text, mention.end))
    return mention.value == 1 and mention.bounds == {"more than"} and "one" in word


def _evidence_names(case: Case) -> frozenset[str]:
    """Return the names with digits that the evidence has."""
    texts = [*case.quote_words.values(), *(source.title for source in case.brief.sources.values())]
    mentions = [mention for text in texts for mention in find_mentions(text)]
    return frozenset(_normalize_name(mention.text) for mention in mentions if mention.kind == "name")


def _normalize_name(name: str) -> str:
    return strip_typography(name).text.replace("–", "-")


def _find_fact(case: Case, passage: Passage, mention: Mention) -> str | None:
    """Return the fact that a typed number should be: one that the passage's evidence backs, before any other."""
    equal = [
        name
        for name, quantity in case.brief.quantities.items()
        if is_same_number(mention, quantity) and _has_same_bound(mention, quantity)
    ]
    backed = next((name for name in equal if _is_backed(case, passage, name)), None)
    if backed or not equal:
        return backed
    return None if mention.kind == "count" and not mention.unit else equal[0]


def _is_backed(case: Case, passage: Passage, fact: str) -> bool:
    return not set(case.brief.fact_quotes(fact)).isdisjoint(passage.quotes)


def _has_same_bound(mention: Mention, quantity: Quantity) -> bool:
    return quantity.bound in mention.bounds or isinstance(mention.value, PartialDate)


def _is_in_evidence(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a quote of the passage has the number with its bound, or the passage's facts a more exact date."""
    for other in case.quote_mentions(passage.quotes):
        same_words = other.part == mention.part and counts_same(other, mention)
        is_alike = other.same == mention.same and other.is_vague == mention.is_vague
        if is_alike and other.bounds & mention.bounds and same_words:
            return True
        if other.is_age and _is_same_age(other, mention):
            return True
    quantities = case.brief.quantities.items()
    dates = (quantity.value for name, quantity in quantities if _is_backed(case, passage, name))
    return any(isinstance(value, PartialDate) and may_mean(mention, value) for value in dates)


def _is_same_age(age: Mention, mention: Mention) -> bool:
    """Return whether a number is an age of the evidence, with or without its years: "the working age (15–64)"."""
    is_years = mention.kind == "count" and mention.unit in ("", "year")
    same = (age.value, age.high) == (mention.value, mention.high)
    return is_years and same and bool(age.bounds & mention.bounds)


def _is_implied(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a percentage in the evidence is what "more than twice" or "nearly half" says."""
    value = mention.value
    if mention.kind not in ("times", "share") or isinstance(value, PartialDate) or mention.bounds == {"exactly"}:
        return False
    room = max(1.0, value) if mention.kind == "times" else 0.1
    for other in case.quote_mentions(passage.quotes):
        if other.kind != "percent" or isinstance(other.value, PartialDate) or other.high is not None:
            continue
        share = other.value / 100
        is_more = value < share < value + room and not mention.bounds.isdisjoint(
            {"more than", "a little more than", "at least"}
        )
        is_less = value - 0.05 * value <= share < value and not mention.bounds.isdisjoint(
            {"a little less than", "less than"}
        )
        is_about = abs(share - value) <= 0.05 * value and "about" in mention.bounds
        if is_more or is_less or is_about:
            return True
    return False

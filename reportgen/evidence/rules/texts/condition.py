"""Conditions and bases stay with their number

A number that holds only under a condition ("if all pledges are kept", "under current law") or against a base ("from 2010 levels",
"relative to 2019") says something else without it. A text that prints such a fact has to say the condition and the base as
well, in its own words or the source's, and must not turn them round. They are read in the fact's quote, or are the fact's own
`condition` and `base`. An exhibit may say them anywhere in its texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.brief.facts.formula import find_operands
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.pairing.conditions import find_bases, find_conditions
from reportgen.evidence.qualifiers import stem_set

ID = "condition"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_CHECKED = ("finding", "summary", "point", "exhibit", "speech", "answer", "basis", "event")
_MARKER = re.compile(
    r"\b(?:if|unless|provided|assum\w+|as long as|so long as|under|with|without|should|depend\w*|contingent|conditional|absent|in case|when|once|only|on condition|scenario)\b",
    re.IGNORECASE,
)
_MARKER_STEMS = stem_set(
    "unless provided assuming long condition event absent without under contingent conditional depending further"
)
_BASE_STEMS = stem_set(
    "relative compared comparison against versus below above than from level levels average mean baseline base times rate period over"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|unless|without|absent|fail\w*)\b|n[’']t\b", re.IGNORECASE
)
_TURNABLE = re.compile(r"(?:if|unless|provided|assuming|as long as|so long as)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")
_YEAR_BEFORE = re.compile(r"\byears? (?:before|earlier|ago)\b", re.IGNORECASE)
_YEARLY = re.compile(
    r"\b(?:years? (?:before|earlier|ago)|(?:previous|prior|last|preceding) year|year[- ](?:on|over)[- ]year|annual\w*|in (?:a|one) year|from (?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Fault]:
    limits = {name: limit for name in case.brief.facts if any(limit := (_conditions(case, name), _bases(case, name)))}
    if not limits:
        return
    for passage in case.passages:
        if passage.role not in _CHECKED:
            continue
        context = _exhibit_text(case, str(passage.path[1])) if passage.path[0] == "exhibits" else passage.text
        for span in passage.facts:
            for message, hint in _judge(case, span.id, *limits.get(span.id, ((), ())), context):
                yield case.passage_fault(message, passage, span.start, span.end, hint)
    for name, exhibit in case.brief.exhibits.items():
        context = _exhibit_text(case, name)
        for fact in dict.fromkeys(quantity.fact for quantity in exhibit.quantities if quantity.fact in limits):
            for message, hint in _judge(case, fact, *limits[fact], context):
                yield case.fault(f"the exhibit draws it: {message}", ("exhibits", name), hint)


def _exhibit_text(case: Case, name: str) -> str:
    return " ".join(
        item.text for item in case.passages if item.path[:2] == ("exhibits", name) and item.role == "exhibit"
    )


def _conditions(case: Case, name: str) -> tuple[str, ...]:
    """Return the conditions of a fact: its own, else those that its quotes tie to its number, or its formula's facts have."""
    fact = case.brief.facts[name]
    if fact.condition:
        return (fact.condition,)
    if fact.formula is not None:
        found = [text for operand in find_operands(fact.formula) for text in _conditions(case, operand)]
        return tuple(dict.fromkeys(found))
    quantity = case.brief.quantities[name]
    return tuple(
        clause.text
        for quote in fact.quote
        if case.has_english_words([quote])
        for clause in find_conditions(case.quote_words[quote])
        if not (quantity.spread and clause.text.lower().startswith("depending"))  # that is why it is a range
        if any(is_same_number(number, quantity) for number in clause.numbers)
    )


def _bases(case: Case, name: str) -> tuple[str, ...]:
    """Return what a fact is compared with: its own base, else what its quotes tie to its number."""
    fact, quantity = case.brief.facts[name], case.brief.quantities[name]
    if fact.base:
        return (fact.base,)
    return tuple(
        clause.text
        for quote in fact.quote
        if case.has_english_words([quote])
        for clause in find_bases(case.quote_words[quote])
        if any(is_same_number(number, quantity) for number in clause.numbers)
    )


def _judge(
    case: Case, fact: str, conditions: tuple[str, ...], bases: tuple[str, ...], context: str
) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each condition or base that a text loses or changes."""
    for words in conditions:
        if not _says_condition(context, words):
            yield (
                f'the fact "{fact}" holds “{words}”, but the text does not say so',
                f"say “{words}”, in these words or others",
            )
        elif _turns_round(context, words):
            yield f'the fact "{fact}" holds “{words}”, but the text says the opposite', f"say “{words}”"
    for words in bases:
        if not _says_base(context, words):
            yield (
                f'the fact "{fact}" is compared “{words}”, but the text does not say so',
                f"say “{words}”, in these words or others",
            )
    quantity = case.brief.quantities[fact]
    years = {year for words in bases for year in _YEAR.findall(words)}
    for clause in find_bases(context):
        other = set(_YEAR.findall(clause.text))
        if years and other and not years & other and any(is_same_number(number, quantity) for number in clause.numbers):
            yield f'the fact "{fact}" is compared “{bases[0]}”, but the text says “{clause.text}”', f"say “{bases[0]}”"


def _says_condition(text: str, words: str) -> bool:
    stems = stem_set(words) - _MARKER_STEMS
    shared = len(stems & stem_set(text))
    return not stems or shared >= 0.5 * len(stems) or (shared > 0 and bool(_MARKER.search(text)))


def _turns_round(text: str, words: str) -> bool:
    """Return whether a text has the condition with a negation more or less: "unless" for "if"."""
    stems = stem_set(words) - _MARKER_STEMS
    if not _TURNABLE.match(words):
        return False  # "under current law" is "if laws do not change"
    same = [clause for clause in find_conditions(text) if len(stems & stem_set(clause.text)) >= 0.5 * len(stems)]
    return bool(stems and same) and all(_parity(clause.text) != _parity(words) for clause in same)


def _parity(words: str) -> int:
    return len(_NEGATION.findall(words)) % 2


def _says_base(text: str, words: str) -> bool:
    if years := _YEAR.findall(words):
        return any(year in text for year in years)
    if _YEAR_BEFORE.search(words):
        return bool(_YEARLY.search(text))
    stems = stem_set(words) - _BASE_STEMS
    return not stems or not stems.isdisjoint(stem_set(text))

"""The conditions ("if all pledges are kept") and bases ("from 2010 levels") of a text, with the numbers that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import is_date, split_sentences
from reportgen.text.late_pattern import compile_late


class Clause(Struct, frozen=True):
    """A condition or base of a text, with the numbers that it belongs to."""

    text: str
    start: int
    end: int
    numbers: tuple[Mention, ...]


_MARKERS = r"if(?! any\b| not\b| so\b| ever\b| only\b)|unless|provided that|assuming(?: that)?|as long as|so long as|on condition that|in the event (?:of|that)|contingent on|conditional on|depending on"
_KINDS_OF_PLAN = r"laws?|polic(?:y|ies)|scenarios?|pledges|commitments|trends|assumptions|baseline|trajectory|pathways?"
_CONDITION = (
    rf"\b(?<!as )(?<!what )(?:{_MARKERS})\b(?:(?! and [^,;]*\d|—)[^,;:.()]|[.,]\d)*"
    r"|\b(?:absent|without) (?:further |new |additional |more |any |legislative |policy )*(?:changes?|action|reforms?|legislation|policies|measures|intervention|\w+ by \w+)\b"
    rf"|\bunder (?!(?:that|this|such) scenario)(?:(?:the|an?|its|their|all|most|these|those|this) )?(?:[\w-]+ ){{0,3}}?(?:{_KINDS_OF_PLAN})\b|\bunder business[- ]as[- ]usual\b"
    r"|\bat (?:this|that|the current|the present|the same) (?:pace|rate|speed)\b"
    r"|\bbased on (?:(?:the|today['’]s|current|existing|present|their|stated|announced) )*(?:commitments?|pledges|policies|laws?|plans|trends)\b"
)
_MAY_HAVE_CONDITION = re.compile(
    r"\b(?:if|unless|provided|assum|as long|so long|condition|contingent|depend|event|absent|without|under|based|pace|rate|speed)",
    re.IGNORECASE,
)
_MAY_HAVE_BASE = re.compile(r"\d{4}|level|compar|relative|than|time|average|year (?:ago|earlier|before)", re.IGNORECASE)
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_NO_BASE = r"(?:estimates?|forecasts?|projections?|agreements?|laws?|acts?|elections?|budgets?|reports?|targets?|goals?|deals?|plans?|surveys?)\b"
"""Things of a year with which a number is compared as itself: "above the 2025 estimate"."""
_NAMED_BASE = r"(?:pre-?\s?industrial|pre-?\s?pandemic|pre-?\s?war|pre-?\s?crisis|baseline|business[- ]as[- ]usual|today['’]s|current|present|historical|average|normal)"
_BASE = (
    rf"\b(?!over\s(?:the\s)?{_YEAR}[-–]{_YEAR}\speriod)(?:from|on|over|to|below|above|than(?: in)?|against|at|under)\s+(?:(?:the|their|its|a|in|average|mean)\s+)*(?:{_YEAR}(?:[-–]{_YEAR})?|{_NAMED_BASE})(?:['’]s)?\s+(?:levels?|baselines?|base|averages?|times|rates?|values?|period|peaks?|scenario)\b"
    rf"|\b(?:relative to|compared (?:with|to)|in comparison (?:with|to)|against|versus|vs\.?|below|above|exceeding|than(?: in)?)\s+(?:(?:the|their|its|(?<!below )(?<!above )in|level|levels|of|average|baseline|\w+ly|fiscal year|fiscal|those)\s+)*(?:{_YEAR}(?:[-–]{_YEAR})?\b(?!\s{_NO_BASE})|{_NAMED_BASE}\b(?:\s+(?:levels?|times|averages?))?)"
    rf"|\b(?:from|below|above|over|relative to|compared (?:with|to)|than)\s+(?:(?:the|their|its)\s+)?levels?\s+(?:of|in)\s+{_YEAR}\b"
    rf"|\bthan (?:in )?(?:a year|the year|the previous year|the year) (?:before|earlier|ago)\b|\b(?:than|from|on|over) (?:a|the previous|the prior) year (?:before|earlier|ago)\b"
)
_OF_BEFORE = compile_late(r",\s(?:this|that|it)\s(?:may|might|could|would|will|is|can)\b", re.IGNORECASE)
"""What follows a condition on the number of the sentence before: "This was 20,000. But if policies continue, that may be usual."."""
_VERB_NEXT = compile_late(
    r",\s(?:would|could|will|can|may|might|must|is|are|was|were|has|have|had|requires?)\b", re.IGNORECASE
)
_LEADING = compile_late(r"\A[\s“\"(]*(?:(?:but|and|so|yet|even|only|thus|however|then),?\s+)?\Z", re.IGNORECASE)
_OTHER_STATEMENT = compile_late(r";\s|,?\s(?:but|while|whereas|although|though)\s", re.IGNORECASE)
_APART = compile_late(r"(?:\w+\s){4}")
_NEW_STATEMENT = compile_late(
    r";\s|,?\s(?:but|while|whereas|although)\s|,?\sand\s(?=[^,;]*\d)|,\sand\s(?=[^,;]*\b(?:declin|fell|rose|grew|increas|decreas|dropp|improv|worsen))|,\s(?=[^,;]{0,20}\d)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def find_conditions(text: str) -> tuple[Clause, ...]:
    """Return the conditions of a text, each with the numbers that it limits."""
    return tuple(_find_clauses(text, _compile(_CONDITION))) if _MAY_HAVE_CONDITION.search(text) else ()


@lru_cache(maxsize=2048)
def find_bases(text: str) -> tuple[Clause, ...]:
    """Return the levels with which a text compares its numbers: "from 2010 levels", "relative to 2019"."""
    return tuple(_find_clauses(text, _compile(_BASE))) if _MAY_HAVE_BASE.search(text) else ()


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a long pattern when a text may match."""
    return re.compile(pattern, re.IGNORECASE)


_OWN_VERB = compile_late(
    r",\sand\s(?![^,;]*\d)[^,;]*\b(?:declin|fell|rose|grew|increas|decreas|dropp|improv|worsen)\w*", re.IGNORECASE
)


def _find_clauses(text: str, pattern: re.Pattern[str]) -> Iterator[Clause]:
    matches = list(pattern.finditer(text))
    if not matches:
        return
    mentions = [mention for mention in find_mentions(text) if mention.kind != "name"]
    for match in matches:
        start, end = match.start(), len(match[0].rstrip()) + match.start()
        own = [mention for mention in mentions if not start <= mention.start < end]
        sentence = next(((a, b) for a, b in split_sentences(text) if a <= start < b), (0, len(text)))
        numbers = tuple(_choose_numbers(text, own, start, end, sentence))
        amounts = tuple(number for number in numbers if not is_date(number))
        yield Clause(match[0].strip(), start, end, amounts or numbers)


def _choose_numbers(
    text: str, mentions: Sequence[Mention], start: int, end: int, sentence: tuple[int, int]
) -> Iterator[Mention]:
    """Yield the numbers of the statement that a condition or base stands in: before it, or after it where it leads."""
    before = [mention for mention in mentions if sentence[0] <= mention.start < start]
    if before and text[:start].endswith(", ") and text[end : end + 1] == "," and _VERB_NEXT.match(text, end):
        before = []  # "to stay solvent for 75 years, under current law, would take 3 percent": it holds for what follows
    if before and not _LEADING.match(text, sentence[0], start):
        if _OWN_VERB.search(text, before[-1].end, start):
            return  # "1 million people were ill, and survival declined compared with 2019"
        if any(_APART.search(text, cut.end(), start) for cut in _OTHER_STATEMENT.finditer(text, before[-1].end, start)):
            return  # "they would lose 613,000, although we lose nothing unless …"
        cuts = [match.end() for match in _NEW_STATEMENT.finditer(text, before[0].end)]
        first = max((cut for cut in cuts if cut <= before[-1].start), default=sentence[0])
        yield from (mention for mention in before if mention.start >= first)
        return
    after = [mention for mention in mentions if end <= mention.start < sentence[1]]
    if not before and not after and _OF_BEFORE.match(text, end):
        spans = [span for span in split_sentences(text) if span[1] <= sentence[0]]
        said = [mention for mention in mentions if spans and spans[-1][0] <= mention.start < spans[-1][1]]
        yield from said if len(said) == 1 else ()
    if after:
        cut = _NEW_STATEMENT.search(text, after[0].end, sentence[1])
        yield from (mention for mention in after if not cut or mention.start < cut.start())

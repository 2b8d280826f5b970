"""Typed counts of what a text or its quotes list: "three reasons: …", "the two", "four years" where a quote names four in a row."""

from __future__ import annotations

import re

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import strip_plurals
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.evidence.passages import Passage
from reportgen.text.blocks import has_blocks, split_blocks
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_DEFINITE = compile_late(
    r"\b(?:the|these|those|all|both|its|their|our|other|first|last|between the)\s\Z", re.IGNORECASE
)
_ITEM = compile_late(r",\s*(?:and\s+|or\s+)?|;\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+")
_COMMA_ITEM = compile_late(r"[,;]\s*(?:and\s+|or\s+)?")
"""Items that may have an "and" of their own: "roads and rail, ports, and air"."""
_ONE_NAME = r"[A-Z][\w.’'-]*(?: (?:(?:of|the|and the) )?[A-Z][\w.’'-]*)*"
_NAME = compile_late(_ONE_NAME)
_NAMES = compile_late(rf"(?:{_ONE_NAME}, (?:the )?)+{_ONE_NAME},? and (?:the )?{_ONE_NAME}")

_OF_THEM = compile_late(r"(?:of (?:these|those|them|which|whom|the)|that|which|who|others?|were|was|are|have|had)\b")
"""Words after a number that stand for a noun said before: "three of them", "including three that failed"."""


def is_count_of_words(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number counts what the text lists or named before: "three reasons: …", "the two"; years in a row."""
    value = mention.value
    if (
        mention.kind != "count"
        or isinstance(value, PartialDate)
        or mention.bounds != {"exactly"}
        or mention.high is not None
    ):
        return False
    if not 2 <= value <= 12 or mention.is_vague:
        return False
    if mention.unit:
        return mention.unit == "year" and value in _years_in_a_row(case, passage)
    if noun_words(mention)[:1] == ["quarter"]:
        return value in _count_quarters(case, passage)
    sentence = next((each for each in passage.sentences if each.start <= mention.start < each.end), None)
    if sentence and value in _count_items(passage.text, mention, sentence.end):
        return True
    if sentence and sentence.text.endswith(":") and value in _lengths_of_lists(passage.raw):
        return True
    if any(value in _count_names(case.quote_words[quote]) for quote in passage.quotes):
        return True
    if value in _count_singulars(case, passage, mention):
        return True
    if passage.role == "finding" and value in _count_listed(case, passage):
        return True
    before = passage.text[max(0, mention.start - 16) : mention.start]
    if (
        not _DEFINITE.search(before)
        or not mention.text.isalpha()
        or (value != 2 and mention.noun and value != _count_before(passage.text, mention))
    ):
        return False
    words = set(noun_words(mention)[:2])
    return not any(
        other.kind == "count" and not other.unit and other.value != value and words & set(noun_words(other)[:2])
        for other in case.quote_mentions(passage.quotes)
    )


def _count_items(text: str, mention: Mention, end: int) -> set[int]:
    """Return how many things a sentence may list after a number: behind a colon or a dash."""
    colon = re.compile(r":\s|\s[–—]\s|—").search(text, mention.end, end)
    if not colon:
        return set()
    return {len([item for item in cut.split(text[colon.end() : end]) if item.strip()]) for cut in (_ITEM, _COMMA_ITEM)}


def _count_names(text: str) -> set[int]:
    """Return how many names each list of a text has: "Chile, Peru and Bolivia" are three."""
    return {len(_NAME.findall(match[0])) for match in _NAMES.finditer(text)}


def _count_singulars(case: Case, passage: Passage, mention: Mention) -> set[int]:
    """Return how often each quote has a number's noun in the singular: "the pump program ... and the pipe program"."""
    noun = mention.noun.split()[:1]
    if not noun or not noun[0].endswith("s"):
        return set()
    pattern = re.compile(rf"\b{re.escape(strip_plurals(noun[0]))}\b", re.IGNORECASE)
    quotes = passage.quotes or (quote for span in passage.facts for quote in case.brief.fact_quotes(span.id))
    return {len(pattern.findall(case.quote_words[quote])) for quote in quotes if quote in case.quote_words}


def _count_listed(case: Case, passage: Passage) -> set[int]:
    """Return how many names the points of a title's section list."""
    points = (other for other in case.passages if other.role == "point" and other.path[:2] == passage.path[:2])
    return {count for point in points for count in _count_names(point.text)}


def _lengths_of_lists(raw: str) -> set[int]:
    return {len(block.items) for block in split_blocks(raw)} if has_blocks(raw) else set()


def _count_before(text: str, mention: Mention) -> int:
    """Return how many things the words before a number list."""
    return len([item for item in _ITEM.split(text[: mention.start]) if item.strip()])


def _years_in_a_row(case: Case, passage: Passage) -> set[int]:
    """Return how many years in a row each quote of a passage names."""
    counts = set()
    for quote in passage.quotes:
        dates = [mention.value for mention in case.quote_mentions([quote]) if isinstance(mention.value, PartialDate)]
        years = sorted({date.year for date in dates if date.year and not date.decade})
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            counts.add(len(years))
    return counts


def _count_quarters(case: Case, passage: Passage) -> set[int]:
    """Return how many quarters each quote of a passage names, and each quote of the facts that it prints."""
    quotes = {*passage.quotes, *(quote for span in passage.facts for quote in case.brief.fact_quotes(span.id))}
    return {
        len({mention.part for mention in case.quote_mentions([quote]) if mention.part.startswith("Q")})
        for quote in quotes
    }


def counts_same(first: Mention, second: Mention) -> bool:
    """Return whether two equal numbers may count the same thing."""
    if second.is_vague and noun_words(second)[:1] == ["more"]:
        return True  # "millions more may go hungry"
    if second.kind != "count" or second.unit or not second.noun or not first.noun:
        return True
    if _OF_THEM.match(first.noun) or _OF_THEM.match(second.noun):
        return True
    return not set(noun_words(first)).isdisjoint(noun_words(second))


def noun_words(mention: Mention) -> list[str]:
    return strip_plurals(mention.noun.lower()).split()[:3]

"""Conditions and bases stay with their number

A number that holds only under a condition ("if all pledges are kept", "under current law") or against a base ("from 2010 levels",
"relative to 2019") says something else without it. A text that prints such a fact has to say the condition and the base as
well, in its own words or the source's, and must not turn them round. They are read in the fact's quote, or are the fact's own
`condition` and `base`. An exhibit may say them anywhere in its texts. A number that is compared with another
date than in its quote ("than a year ago" for "from the previous month") is an error too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reportgen.brief.facts.formula import find_operands
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.pairing.compared_dates import ComparedDate, find_compared, is_other_date
from reportgen.evidence.pairing.conditions import find_bases, find_conditions
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.passages import FactSpan, Passage
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.late_pattern import compile_late

ID = "condition"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_CHECKED = ("finding", "summary", "point", "exhibit", "speech", "answer", "basis", "event")
_MARKER = compile_late(
    r"\b(?:if|unless|provided|assum\w+|as long as|so long as|under|with|without|should|depend\w*|contingent|conditional|absent|in case|when|once|after|following|upon|only|on condition|scenario)\b",
    re.IGNORECASE,
)
_MARKER_STEMS = stem_set(
    "unless provided assuming long condition event absent without under contingent conditional depending further"
)
_BASE_STEMS = stem_set(
    "relative compared comparison against versus below above than from level levels average mean baseline base times rate period over"
)
_NEGATION = compile_late(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|unless|without|absent|fail\w*)\b|n[’']t\b", re.IGNORECASE
)
_TURNABLE = compile_late(r"(?:if|unless|provided|assuming|as long as|so long as)\b", re.IGNORECASE)
_PACE = compile_late(r"at \w+(?: \w+)? (?:pace|rate|speed)\Z", re.IGNORECASE)
_PACE_KEPT = compile_late(
    r"\b(?:pace|rate|speed|trends?|if|continu\w+|goes on|go on|unchanged|so far)\b", re.IGNORECASE
)
_GOES_ON = compile_late(
    r"(?:this|that|these|those|both|all|each|it|they|the (?:figures|numbers|changes?|cuts?|base))\b", re.IGNORECASE
)
_ADJUSTED = compile_late(r"(\b(?:non|not|un|without|before)[\s-]?(?:any\s)?)?\bseason\w*[\s-]adjust\w*", re.IGNORECASE)
_IF_THEY = compile_late(
    r"\b(?:in that (?:case|event)|otherwise|(?:if|unless|once|when|should|after|without)\b[^.,]*\b(?:they|it|this|that|these|those|both|so|not))\b",
    re.IGNORECASE,
)
"""A condition that refers to what the text said before: "If they ran dry, …"."""
_LONG = 5  # letters of a stem by which its other forms are known
_FEW = 3  # quotes among which a typed year's own can be found
_YEAR = compile_late(r"\b(?:1[5-9]|20|21)\d\d\b")
_YEAR_BEFORE = compile_late(r"\byears? (?:before|earlier|ago)\b", re.IGNORECASE)
_YEARLY = compile_late(
    r"\b(?:years? (?:before|earlier|ago)|(?:previous|prior|last|preceding) year|year[- ](?:on|over)[- ]year|annual\w*|in (?:a|one) year|from (?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Fault]:
    limits = {name: limit for name in case.brief.facts if any(limit := (_conditions(case, name), _bases(case, name)))}
    for passage in case.passages:
        if passage.role not in _CHECKED:
            continue
        yield from _check_compared(case, passage)
        yield from _check_dates(case, passage)
        if "season" in passage.text and passage.facts:
            yield from _check_adjusted(case, passage)
        spans = [span for span in passage.facts if span.id in limits]
        shown = _exhibit_text(case, str(passage.path[1])) if spans and passage.path[0] == "exhibits" else ""
        said = tuple(dict.fromkeys(words for span in spans for words in limits[span.id][0]))
        for span in spans:
            conditions, bases = limits[span.id]
            texts = _Context((shown,)) if shown else _read_context(passage, span)
            others = stem_set(" ".join(words for words in said if words not in conditions))
            for message, hint in _judge(case, span.id, conditions, bases, texts, others):
                yield case.passage_fault(message, passage, span.start, span.end, hint)
    for name, exhibit in case.brief.exhibits.items():
        context = _exhibit_text(case, name)
        for fact in dict.fromkeys(quantity.fact for quantity in exhibit.quantities if quantity.fact in limits):
            for message, hint in _judge(case, fact, *limits[fact], _Context((context,))):
                yield case.fault(f"the exhibit draws it: {message}", ("exhibits", name), hint)


class _Context(Struct, frozen=True):
    """The sentences in which a number's condition may stand: its own first, then the others of its text."""

    sentences: tuple[str, ...]
    before: str = ""
    """What the text says up to the end of the number's own sentence, and what goes on about it."""

    @property
    def whole(self) -> str:
        return " ".join(self.sentences)

    @property
    def held(self) -> str:
        """The words in which a base may stand: what was said before holds on."""
        return self.before or self.whole


def _read_context(passage: Passage, span: FactSpan) -> _Context:
    own = next((each for each in passage.sentences if each.start <= span.start < each.end), None)
    if own is None or len(passage.sentences) < 2:
        return _Context((passage.text,))
    others = [each for each in passage.sentences if each is not own]
    goes_on = next((each for each in others if each.start >= own.end), None)
    end = goes_on.end if goes_on and _GOES_ON.match(goes_on.text) else own.end
    return _Context((own.text, *(each.text for each in others)), passage.text[:end])


def _check_compared(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for years with which a text compares, where its quotes compare with other years."""
    if len(passage.quotes) > _FEW:
        return
    compared = [
        clause
        for clause in find_bases(passage.text)
        if _YEAR.search(clause.text) and not any(passage.touches_fact(each.start, each.end) for each in clause.numbers)
    ]
    quotes = [case.quote_words[quote] for quote in passage.quotes] if compared else []
    years = {year for text in quotes for clause in find_bases(text) for year in _YEAR.findall(clause.text)}
    for clause in compared:
        if years and years.isdisjoint(_YEAR.findall(clause.text)):
            message = f"the text says “{clause.text}”, and what it cites compares with {min(years)}"
            yield case.passage_fault(message, passage, clause.start, clause.end, f"the source has “{quotes[0]}”")


def _check_dates(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for facts that a text compares with another date than their quotes: "than a year ago" for "from the previous month"."""
    for said in find_compared(passage.text) if passage.facts else ():
        span = next(
            (each for each in passage.facts if each.start < said.number.end and said.number.start < each.end), None
        )
        quotes = case.word_quotes(case.brief.facts[span.id].quote) if span else ()
        if not span or any(not _is_otherwise(case, span.id, quote, said.dates[0]) for quote in quotes) or not quotes:
            continue
        message = f'the text compares the fact "{span.id}" “{said.dates[0].text}”, and its quote does not'
        yield case.passage_fault(
            message, passage, span.start, span.end, f"the source has “{case.quote_words[quotes[0]]}”"
        )


def _is_otherwise(case: Case, fact: str, quote: str, said: ComparedDate) -> bool:
    """Return whether a quote compares a fact, wherever it has it, and never with a date that a text may mean."""
    text, quantity = case.quote_words[quote], case.brief.quantities[fact]
    published = case.publication_month(case.brief.quotes[quote].source)
    dates = {each.number.start: each.dates for each in find_compared(text)}
    own = [mention.start for mention in find_mentions(text) if is_same_number(mention, quantity)]
    return bool(own) and all(
        start in dates and all(is_other_date(said, date, published) for date in dates[start]) for start in own
    )


def _check_adjusted(case: Case, passage: Passage) -> Iterator[Fault]:
    """Look for numbers that a text calls seasonally adjusted and their quote does not, or the other way round."""
    for span in passage.facts:
        sentence = next((each.text for each in passage.sentences if each.start <= span.start < each.end), "")
        said = {bool(match[1]) for match in _ADJUSTED.finditer(sentence)}
        quoted = set()
        for quote in case.word_quotes(case.brief.facts[span.id].quote) if said else ():
            text, quantity = case.quote_words[quote], case.brief.quantities[span.id]
            for start, end in split_sentences(text):
                if any(is_same_number(number, quantity) for number in find_mentions(text[start:end])):
                    quoted |= {bool(match[1]) for match in _ADJUSTED.finditer(text, start, end)}
        if len(said) == len(quoted) == 1 and said != quoted:
            message = f'the fact "{span.id}" is {"not " if True in quoted else ""}seasonally adjusted, and the text says the opposite'
            yield case.passage_fault(message, passage, span.start, span.end, "say what the source says")


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
    case: Case,
    fact: str,
    conditions: tuple[str, ...],
    bases: tuple[str, ...],
    texts: _Context,
    others: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each condition or base that a text loses or changes.

    `others` are the words of the conditions that the text's other numbers have: they are not this one's.
    """
    context = texts.whole
    for words in conditions:
        if not _says_condition(texts, words, others):
            yield (
                f'the fact "{fact}" holds “{words}”, but the text does not say so',
                f"say “{words}”, in these words or others",
            )
        elif _turns_round(context, words):
            yield f'the fact "{fact}" holds “{words}”, but the text says the opposite', f"say “{words}”"
    for words in bases:
        if not _says_base(texts.held, words):
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


def _says_condition(texts: _Context, words: str, others: frozenset[str]) -> bool:
    if _PACE.match(words):
        return bool(_PACE_KEPT.search(texts.whole))
    stems = stem_set(words) - _MARKER_STEMS
    stems = stems - others or stems
    if not stems:
        return True
    own, *rest = texts.sentences
    shared = _count_shared(stems, own)
    if shared >= 0.5 * len(stems) or (shared > 0 and bool(_MARKER.search(own))):
        return True
    if _IF_THEY.search(own) and any(_count_shared(stems, text) for text in rest):
        return True
    return any(_has_condition(text, stems) for text in rest) or stems <= stem_set(texts.whole)


def _count_shared(stems: frozenset[str], text: str) -> int:
    """Return how many stems a text has, in another part of speech as well: depletion for depleted."""
    own = stem_set(text)
    return sum(
        stem in own or any(len(stem) >= _LONG and other[:_LONG] == stem[:_LONG] for other in own) for stem in stems
    )


def _has_condition(text: str, stems: frozenset[str]) -> bool:
    """Return whether another sentence than the number's own says a condition: in its whole words, or with "if"."""
    shared = _count_shared(stems, text)
    return shared == len(stems) or (shared >= 0.5 * len(stems) and bool(_MARKER.search(text)))


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

"""Qualifiers stay with what they qualify

If a quote calls something reported, initial, expected, likely or possible, a text that rests on it must not state it
outright. A sentence that repeats the words after such a qualifier needs one of its kind ("reported", "said to"; "could",
"may"; "expected", "forecast"). A sentence that prints a fact with the status `reported` or `forecast` must say so, and so
must an exhibit that draws one. No sentence is firmer than its quotes: "will" and "must" need a quote that has such a
word, and "all" must not replace "many", nor "less" replace "more".

Sentences are compared with the clauses of the cited quotes with which they share words. Judgments and recommendations are
our own and are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.clause_alignment import AlignedClause, Alignment
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.passages import Passage, Sentence
from reportgen.evidence.qualifiers import FIRM, content_stems, find_varying, has_qualifier, says_status
from reportgen.text.late_pattern import compile_late

ID = "qualifier"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_MIXED = ("finding", "summary")  # our advice stands there beside what the source says
_CHECKED = ("finding", "summary", "point", "exhibit", "speech", "answer", "basis", "event")
_AMOUNTS = ("more", "less", "fewer")  # of two numbers, one may be more and the other less
_AHEAD = compile_late(r"\b(?:next|upcoming|coming)\b", re.IGNORECASE)
_REFERS_BACK = re.compile(
    r"(?:For (?:[\w'’-]+ ){1,4}?)?(?:[Tt]hat|[Tt]his|[Ii]t|[Tt]hey|[Tt]hese|[Tt]hose|[Bb]oth) (?:is|are|was|were|would|will|has|have|had|means?|makes?|amounts?|compares?|equals?|corresponds?|represents?|translates|comes?|leaves?|puts?|implies|imply|exceeds?|includes?|rests?)\b|Of (?:these|those|them)\b"
)
_BY_NOW = compile_late(r"\w+ \w+ (?:now|already|currently|today)\b", re.IGNORECASE)
_URGENT = compile_late(
    r"\b(?:urgent|imperative|essential|crucial|indispensable|necessary|ha(?:s|ve) to|needs? to)\b", re.IGNORECASE
)
_THAN_ANY = (("more", "most"), ("fewer", "fewest"), ("less", "least"), ("fewer", "least"))
_ANY_OTHER = compile_late(r"\bthan (?:in |by |of |for )?(?:any|all|every|anyone|anywhere)\b", re.IGNORECASE)
_NEEDS = compile_late(r"\s(?:have|need) to\b", re.IGNORECASE)
_WILL = compile_late(r"\b(?:will|shall|must)\b", re.IGNORECASE)
_FORETELLS = compile_late(r"\b(?:will|would|shall|must|requires?)\b", re.IGNORECASE)
_LEADING_CONDITION = compile_late(
    r"[“\"(]?((?:if|unless|without|absent|should|provided)\b[^,;.]{3,90}),\s", re.IGNORECASE
)
_HOLDS_IF = compile_late(
    r"\b(?:if|unless|without|absent|should|provided|assuming|once|when|otherwise|until|depends?|under|in that case|as long as|with|after|following|but for|failing)\b",
    re.IGNORECASE,
)
_MANY_SHARED = 2  # words of a conditional statement that show that it is repeated
_IF = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
_HINTS = {"reported": "say “reported”", "forecast": "say “expected”, or what the quote says"}


def check(case: Case) -> Iterator[Fault]:
    alignment = Alignment(case.quote_words)
    firm = frozenset(name for name, text in case.quote_words.items() if FIRM.search(text))
    for passage in case.passages:
        if passage.role in _CHECKED:
            for sentence in passage.sentences:
                yield from _check_facts(case, passage, sentence)
                quotes = _find_cited(case, passage)
                aligned = alignment.align(sentence.text, quotes, passage.role not in _MIXED)
                yield from _check_qualifiers(case, passage, sentence, aligned, _find_context(case, passage, sentence))
                yield from _check_variants(case, passage, sentence, aligned)
                yield from _check_consequences(case, passage, sentence, aligned)
                if passage.quotes and firm.isdisjoint(passage.quotes):
                    yield from _check_firmness(case, passage, sentence, aligned)
    yield from _check_exhibits(case)


def _find_cited(case: Case, passage: Passage) -> tuple[str, ...]:
    """Return the quotes that a text repeats: those that a summary cites, where it cites some."""
    if passage.role != "summary":
        return passage.quotes
    printed = (quote for span in passage.facts for quote in case.brief.facts[span.id].quote)
    cited = case.brief.citations(passage.raw)
    return tuple(dict.fromkeys((*cited, *printed))) if cited else passage.quotes


def _check_facts(case: Case, passage: Passage, sentence: Sentence) -> Iterator[Fault]:
    """Look for a fact's status in the sentence that prints it."""
    for span in passage.facts_in(sentence):
        status = case.brief.facts[span.id].status
        if not says_status(status, _find_context(case, passage, sentence)):
            message = f'the fact "{span.id}" is {status}, but the sentence does not say so'
            yield case.passage_fault(message, passage, span.start, span.end, _HINTS[status])


def _check_exhibits(case: Case) -> Iterator[Fault]:
    """Look for a fact's status in the words of the exhibit that draws it."""
    for name, exhibit in case.brief.exhibits.items():
        texts = [item.text for item in case.passages if item.path[:2] == ("exhibits", name) and item.role == "exhibit"]
        for fact in (quantity.fact for quantity in exhibit.quantities if quantity.fact):
            status = case.brief.facts[fact].status
            if not says_status(status, " ".join(texts)):
                message = f'the exhibit draws the fact "{fact}", which is {status}, but does not say so'
                yield case.fault(message, ("exhibits", name), _HINTS[status])


def _find_context(case: Case, passage: Passage, sentence: Sentence) -> str:
    """Return the words that may keep a qualifier: the sentence, or for a label that is but a date, all texts of its exhibit."""
    if _REFERS_BACK.match(sentence.text) and not _BY_NOW.match(
        sentence.text
    ):  # "It projects 40 deaths. That is the highest number since …"
        before = [other.text for other in passage.sentences if other.end <= sentence.start]
        return " ".join((*before[-1:], sentence.text))
    if passage.role != "exhibit" or not _is_date_alone(sentence.text):
        return sentence.text
    return " ".join(item.text for item in case.passages if item.path[:2] == passage.path[:2] and item.role == "exhibit")


def _is_date_alone(text: str) -> bool:
    for mention in reversed(find_mentions(text)):
        text = text[: mention.start] + text[mention.end :]
    return not content_stems(text)


def _check_qualifiers(
    case: Case, passage: Passage, sentence: Sentence, aligned: tuple[AlignedClause, ...], context: str
) -> Iterator[Fault]:
    """Yield a fault for each class of qualifiers that the sentence drops from the clauses it repeats."""
    printed = (case.brief.quantities[span.id] for span in passage.facts_in(sentence))
    dropped = {"estimated"} if any(quantity.spread for quantity in printed) else set[str]()  # its interval says so
    for item in aligned:
        for qualifier in item.qualifiers_in_scope():
            if qualifier.kind not in dropped and not has_qualifier(qualifier.kind, context):
                if _has_other_numbers(case, sentence, item):
                    break
                if qualifier.word.lower() in ("scheduled", "planned") and _AHEAD.search(sentence.text):
                    continue  # "the next meeting is on April 6"
                dropped.add(qualifier.kind)
                message = f"the quote “{item.clause.quote}” says “{qualifier.word}”, but the sentence does not"
                hint = f"the source has “{item.clause.text.strip()}”"
                yield case.passage_fault(message, passage, sentence.start, sentence.end, hint)


def _has_other_numbers(case: Case, sentence: Sentence, item: AlignedClause) -> bool:
    """Return whether a sentence states numbers of the quote, and none of those in the clause: it speaks of another part."""
    stated = {mention.same for mention in find_mentions(sentence.text)}
    clause = {mention.same for mention in find_mentions(item.clause.text)}
    quoted = {mention.same for mention in find_mentions(case.quote_words[item.clause.quote])}
    return bool(clause) and bool(stated & quoted) and not stated & clause


def _check_firmness(
    case: Case, passage: Passage, sentence: Sentence, aligned: tuple[AlignedClause, ...]
) -> Iterator[Fault]:
    """Yield a fault for each word of certainty; none of the passage's quotes has one."""
    if _IF.search(sentence.text) and any(_IF.search(case.quote_words[quote]) for quote in passage.quotes):
        return  # what follows if something holds is not certain
    for match in FIRM.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        is_needed = match[0].lower() == "must" or (
            match[0].lower() == "will" and _NEEDS.match(sentence.text, match.end())
        )
        if is_needed and any(_URGENT.search(case.quote_words[quote]) for quote in passage.quotes):
            continue
        is_forecast = match[0].lower() == "will" and has_qualifier("expected", sentence.text[: match.start()])
        if not is_forecast and not passage.touches_fact(start, end):  # "the bank projects that prices will fall"
            hint = (
                f"the source has “{aligned[0].clause.text.strip()}”"
                if aligned
                else "say “could”, or make it a judgment"
            )
            yield case.passage_fault(f"“{match[0]}” is firmer than what the text cites", passage, start, end, hint)


def _check_consequences(
    case: Case, passage: Passage, sentence: Sentence, aligned: tuple[AlignedClause, ...]
) -> Iterator[Fault]:
    """Yield a fault where a sentence foretells what a quote foretells on a condition: "if realized, it would be a record"."""
    foretold = _WILL.search(sentence.text)
    if not foretold or _HOLDS_IF.search(passage.text):
        return
    for item in aligned[:1]:
        text = case.quote_words[item.clause.quote]
        at = text.find(item.clause.text.strip())
        start, end = next((span for span in split_sentences(text) if span[0] <= at < span[1]), (0, len(text)))
        condition = _LEADING_CONDITION.match(text, start, end)
        if condition and _FORETELLS.search(text, condition.end(), end) and len(item.shared) >= _MANY_SHARED:
            message = f"the quote “{item.clause.quote}” says “{condition[1]}”, but the sentence does not"
            at = sentence.start + foretold.start()
            yield case.passage_fault(
                message, passage, at, at + len(foretold[0]), f"say “{condition[1]}”, in these words or others"
            )


def _check_variants(
    case: Case, passage: Passage, sentence: Sentence, aligned: tuple[AlignedClause, ...]
) -> Iterator[Fault]:
    """Yield a fault for each word that changes what a quote says of the same words: less for more, some for all."""
    for match in find_varying(sentence.text) if aligned else ():
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if passage.touches_fact(start, end):
            continue
        for item in aligned:
            other = item.find_variant(match[0], sentence.text[match.end() :])
            words = sentence.text.lower().split()
            is_of_both = other in words or f"{other}-" in sentence.text.lower()
            is_cited = any(match[0].lower() in case.quote_words[quote].lower() for quote in passage.quotes)
            is_most = (match[0].lower(), other) in _THAN_ANY and _ANY_OTHER.search(sentence.text, match.end())
            if other and not is_most and not (is_of_both and (other in _AMOUNTS or is_cited)):
                message = f"“{match[0]}” where the quote “{item.clause.quote}” has “{other}”"
                yield case.passage_fault(message, passage, start, end, "say what the source says")
                break

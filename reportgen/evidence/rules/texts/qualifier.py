"""Qualifiers stay with what they qualify

What a quote calls reported, initial, expected, likely or possible, a text that rests on it must not say outright: a
sentence that takes over the words behind such a qualifier needs one of its kind ("reported", "said to"; "could", "may";
"expected", "forecast"). A sentence that prints a fact whose status is `reported` or `forecast` must say so, and an exhibit
that draws one must. And no sentence is firmer than its quotes: "will" and "must" need a quote that has such a word, and
"all" does not stand for "many", nor "less" for "more".

Sentences are laid beside the quotes that they cite by the words that they share. Judgments and recommendations are ours
and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.clause_alignment import Aligned, Alignment
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.passages import Passage, Sentence
from reportgen.evidence.qualifiers import FIRM, VARYING, keeps, keeps_status

ID = "qualifier"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_MIXED = ("finding", "summary")  # what we advise stands there beside what the source says
_JUDGED = ("finding", "summary", "point", "exhibit", "speech", "answer", "basis", "event")


def check(case: Case) -> Iterator[Finding]:
    alignment = Alignment(case.words)
    firm = frozenset(name for name, text in case.words.items() if FIRM.search(text))
    for passage in case.passages:
        if passage.role in _JUDGED:
            for sentence in passage.sentences:
                yield from _facts(case, passage, sentence)
                aligned = alignment.of(sentence.text, passage.quotes, passage.role not in _MIXED)
                yield from _quotes(case, passage, sentence, aligned)
                yield from _varied(case, passage, sentence, aligned)
                if passage.quotes and firm.isdisjoint(passage.quotes):
                    yield from _firmer(case, passage, sentence, aligned)
    yield from _drawn(case)


def _facts(case: Case, passage: Passage, sentence: Sentence) -> Iterator[Finding]:
    """A fact's status, in the sentence that prints it."""
    for span in passage.facts:
        if sentence.start <= span.start < sentence.end:
            status = case.brief.facts[span.id].status
            if not keeps_status(status, sentence.text):
                yield case.finding(
                    ID,
                    SEVERITY,
                    f'the fact "{span.id}" is {status}, and the sentence does not say so',
                    passage,
                    span.start,
                    span.end,
                    _say(status),
                )


def _drawn(case: Case) -> Iterator[Finding]:
    """A fact's status, in the words of the exhibit that draws it."""
    for name, exhibit in case.brief.exhibits.items():
        said = " ".join(
            passage.text
            for passage in case.passages
            if passage.path[:2] == ("exhibits", name) and passage.role == "exhibit"
        )
        for quantity in exhibit.quantities():
            status = case.brief.facts[quantity.fact].status if quantity.fact else "stated"
            if not keeps_status(status, said):
                yield case.at(
                    ID,
                    SEVERITY,
                    f'the exhibit draws the fact "{quantity.fact}", which is {status}, and does not say so',
                    ("exhibits", name),
                    _say(status),
                )


def _say(status: str) -> str:
    return {"reported": "say “reported”", "forecast": "say “expected”, or what the quote says"}.get(status, "")


def _quotes(case: Case, passage: Passage, sentence: Sentence, aligned: tuple[Aligned, ...]) -> Iterator[Finding]:
    """Qualifiers of the quotes that the sentence says over again, without them."""
    told: set[str] = set()
    for clause in aligned:
        for qualifier in clause.qualifiers_in_scope():
            if qualifier.kind not in told and not keeps(qualifier.kind, sentence.text):
                told.add(qualifier.kind)
                yield case.finding(
                    ID, SEVERITY, f"the quote “{clause.quote}” says “{qualifier.word}”, and the sentence does not", passage, sentence.start, sentence.end,
                    f"the source has “{clause.text.strip()}”",
                )  # fmt: skip


def _firmer(case: Case, passage: Passage, sentence: Sentence, aligned: tuple[Aligned, ...]) -> Iterator[Finding]:
    """Words of certainty in a text of which no quote has one."""
    for match in FIRM.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not passage.touches_fact(start, end):
            hint = f"the source has “{aligned[0].text.strip()}”" if aligned else "say “could”, or make it a judgment"
            yield case.finding(
                ID, SEVERITY, f"“{match[0]}” is firmer than what the text cites", passage, start, end, hint
            )


def _varied(case: Case, passage: Passage, sentence: Sentence, aligned: tuple[Aligned, ...]) -> Iterator[Finding]:
    """Words that turn round what the quotes have before the same words: less for more, some for all."""
    for match in VARYING.finditer(sentence.text) if aligned else ():
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if passage.touches_fact(start, end):
            continue
        for clause in aligned:
            if other := clause.varies(match[0], sentence.text[match.end() :]):
                yield case.finding(
                    ID,
                    SEVERITY,
                    f"“{match[0]}” where the quote “{clause.quote}” has “{other}”",
                    passage,
                    start,
                    end,
                    "say what the source says",
                )
                break

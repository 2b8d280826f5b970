"""A fact sheet as its template reads it: rows of excerpts, each with its words set apart."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from msgspec import Struct

from reportgen.factcheck.fact_values import VERDICTS, CheckedClaim, Claim, Evidence, FactSheet, Verdict, count_words

ROOM = 120  # characters on each side of a claim's words that an excerpt has

KINDS: dict[Verdict, str] = {
    "differs": "differs",
    "not found": "missing",
    "elsewhere": "elsewhere",
    "computed?": "computed",
    "found": "found",
}
"""The class of each verdict in the stylesheet."""
WORDS: dict[Verdict, str] = {
    "differs": "Differs",
    "not found": "Not found",
    "elsewhere": "Found elsewhere",
    "computed?": "Computed?",
    "found": "Found",
}


class Excerpt(Struct, frozen=True):
    """Words in the text around them, and where they stand."""

    template_names: ClassVar[tuple[str, ...]] = ("before", "words", "after", "place")

    before: str
    words: str
    after: str
    place: str


class Row(Struct, frozen=True):
    """A claim: `kind` is the class of its verdict, `details` are lines below that."""

    template_names: ClassVar[tuple[str, ...]] = ("number", "kind", "verdict", "claim", "evidence", "details")

    number: int
    kind: str
    verdict: str
    claim: Excerpt
    evidence: tuple[Excerpt, ...]
    details: tuple[str, ...]


class Count(Struct, frozen=True):
    """The number of claims with a verdict."""

    template_names: ClassVar[tuple[str, ...]] = ("number", "kind", "words")

    number: int
    kind: str
    words: str


class PairRow(Struct, frozen=True):
    """Two statements that contradict each other."""

    template_names: ClassVar[tuple[str, ...]] = ("first", "second")

    first: Excerpt
    second: Excerpt


class SheetView(Struct, frozen=True):
    """Everything that a sheet prints."""

    template_names: ClassVar[tuple[str, ...]] = (
        "title", "heading", "summary", "against", "says", "marking", "counts", "sources", "notes", "contradictions", "rows",
    )  # fmt: skip

    title: str
    heading: str
    summary: str
    against: str
    says: str
    counts: tuple[Count, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    contradictions: tuple[PairRow, ...]
    rows: tuple[Row, ...]
    marking: tuple[str, ...] = ()


def build_sheet_view(sheet: FactSheet) -> SheetView:
    """Return a fact sheet's rows for the template."""
    heading = PurePath(sheet.document).name
    is_ambiguous = len({PurePath(source).name for source in sheet.sources}) < len(sheet.sources)
    return SheetView(
        title=f"Fact sheet: {heading}",
        heading=heading,
        summary=sheet.summarize(),
        against="Held against:",
        says="The document says",
        counts=tuple(
            Count(count, KINDS[verdict], count_words(verdict, count))
            for verdict in VERDICTS
            if (count := sheet.count(verdict))
        ),
        sources=sheet.sources if is_ambiguous else tuple(PurePath(source).name for source in sheet.sources),
        notes=sheet.notes,
        contradictions=tuple(
            PairRow(_excerpt_claim(each.first), _excerpt_claim(each.second)) for each in sheet.contradictions
        ),
        rows=tuple(_build_row(number, checked, is_ambiguous) for number, checked in enumerate(sheet.claims, 1)),
    )


def _build_row(number: int, checked: CheckedClaim, is_ambiguous: bool) -> Row:
    details = [f"{each.aspect}: {each.document}, the source has {each.source}" for each in checked.differences]
    if checked.note:
        details.append(checked.note)
    evidence = (_excerpt_evidence(checked.evidence, is_ambiguous),) if checked.evidence else ()
    return Row(
        number, KINDS[checked.verdict], WORDS[checked.verdict], _excerpt_claim(checked.claim), evidence, tuple(details)
    )


def _excerpt_claim(claim: Claim) -> Excerpt:
    start, end = claim.offset, claim.offset + len(claim.words)
    return _cut(claim.sentence, start, end, str(claim.place))


def _excerpt_evidence(evidence: Evidence, is_ambiguous: bool) -> Excerpt:
    source = evidence.source if is_ambiguous else PurePath(evidence.source).name
    at = evidence.passage.find(evidence.words)
    place = ", ".join(filter(None, (source, str(evidence.place))))
    if at < 0:
        return Excerpt("", evidence.words, "", place)
    return _cut(evidence.passage, at, at + len(evidence.words), place)


def _cut(text: str, start: int, end: int, place: str) -> Excerpt:
    """Return words with as much of their text as a row has room for, cut at words."""
    before, after = text[:start], text[end:]
    if len(before) > ROOM:
        before = "… " + before[-ROOM:].partition(" ")[2]
    if len(after) > ROOM:
        after = after[:ROOM].rpartition(" ")[0] + " …"
    return Excerpt(before, text[start:end], after, place)

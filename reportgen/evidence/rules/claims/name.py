"""Names are those of the source

A country, a person or an office that a sentence names stands in the source near what the sentence rests on: in the quotes, in their paragraphs or
in the two paragraphs before and after them. For the bottom line that is the whole text. "Hungary has not sent its plan", where the source says so of Estonia, is
reported. A country's adjective, its capital ("Seoul" for South Korea) and initials count as its name. It is a warning, because a brief may know from
elsewhere who somebody is. The rule needs the sources' texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.evidence.case import Case
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.problem import show_nearest
from reportgen.evidence.findings import Fault, Severity
from reportgen.text.late_pattern import compile_late

if TYPE_CHECKING:
    from reportgen.evidence.claims.names import KnownNames

ID = "name"
SEVERITY: Severity = "warning"
READS_ENGLISH = True

_SPELLED = compile_late(r"\(([A-Z][A-Za-z]*[A-Z])s?\)")
_REACH = 2  # paragraphs around a quote


def check(case: Case) -> Iterator[Fault]:
    if not case.sources or any(quote.source not in case.sources for quote in case.brief.word_quotes.values()):
        return
    from reportgen.evidence.claims.names import (
        find_names,
        find_subjects,
        read_names,
    )  # a brief without its texts needs none

    known: dict[tuple[str, ...], KnownNames] = {}
    for claim in case.claims:
        passage = claim.passage
        if not passage or claim.is_ours or claim.is_advice:
            continue
        for name in find_names(claim.statement):
            if any(start <= name.start < end for start, end in claim.quoted):
                continue
            quotes = _quotes_of(claim)
            if quotes not in known:
                known[quotes] = read_names(_texts_of(case, quotes))
            if not known[quotes].has(name.text):
                start, end = claim.start + name.start, claim.start + name.end
                message = f"“{name.text}” is not in the source near what the text rests on"
                yield case.passage_fault(message, passage, start, end, show_nearest(claim))
        for subject in find_subjects(claim.statement):
            if any(name.start == subject.start for name in find_names(claim.statement)):
                continue
            if () not in known:
                known[()] = read_names(_texts_of(case, ()))
            if not known[()].speaks_of(subject.text):
                start, end = claim.start + subject.start, claim.start + subject.end
                message = f"the sources have no “{subject.text}”"
                yield case.passage_fault(message, passage, start, end, show_nearest(claim))


def _quotes_of(claim: Claim) -> tuple[str, ...]:
    """Return the quotes that a claim rests on; none for the whole text."""
    assert claim.passage
    if len(claim.passage.path) < 2 or claim.passage.path[0] in ("bottom_line", "timeline"):
        return ()
    return tuple(sorted({item.quote for item in claim.evidence if item.quote}))


def _texts_of(case: Case, quotes: tuple[str, ...]) -> Iterator[str]:
    """Yield what the source has around some quotes, and what the brief says of itself."""
    brief = case.brief
    for source in brief.sources.values():
        yield f"{source.author} {source.title} {source.publisher or ''} {source.short or ''}"
    yield " ".join(
        map(str, (brief.to, brief.sender, brief.organization, *(item.lead for item in brief.recommendations)))
    )
    for passage in case.passages:  # an acronym that the brief spells out itself
        yield from _SPELLED.findall(passage.text)
    for name, quote in brief.quotes.items():
        if not quotes or name in quotes:
            yield f"{case.quote_words[name]} {quote.speaker or ''}"
    if not quotes or not all(case.found_quotes.get(name) or brief.quotes[name].cell for name in quotes):
        yield from (paragraph.text for source in case.sources.values() for paragraph in source.paragraphs)
        return
    for name in quotes:
        if place := case.found_quotes.get(name):
            paragraphs = case.sources[brief.quotes[name].source].paragraphs
            near = [item for item in paragraphs if abs(item.number - place.paragraph) <= _REACH]
            yield from (item.text for item in near)
            yield from near[0].sections if near else ()

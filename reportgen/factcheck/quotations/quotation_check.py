"""The verdict on a quotation of the document: its words in the sources, and who says them there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.matching.quote_match import Difference as WordDifference, Nearest, SearchableText
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.factcheck.claims import Span
from reportgen.factcheck.fact_values import CheckedClaim, Difference, Evidence
from reportgen.factcheck.quotations.speakers import find_speaker, names_speaker
from reportgen.factcheck.reading.texts import FileText, Part
from reportgen.text.late_pattern import compile_late

ALIKE = 0.34  # of a quotation's words that may differ from the passage that it was taken from
LEAST_WORDS = 3  # of a quotation for which a similar passage is looked for
AROUND = 2  # parts on each side of a quotation in which its speaker is named
EDGE = 3  # words at either end of a passage that may be no part of what was quoted
START = 40  # characters by which a passage is found in its part
REACH = 240  # characters from a passage to the marks around its quotation
_INTERRUPTION = compile_late(r"(?<=[,.?!…])[”\"]\s(?:[^“”\".;:]{3,90}?)[,.:]\s[“\"](?=\w)")
_WORD = compile_late(r"\S+")
_OPENING = compile_late(r"(?:“|(?:\A|(?<=[\s(—]))\")[^”\"]*\Z")
_CLOSING = compile_late(r"\A[^“\"]*(?:”|\"(?=[\s,.;:)—]|\Z))")


class QuotedSource:
    """A source whose words are searched."""

    def __init__(self, file: FileText) -> None:
        self.file = file

    @cached_property
    def text(self) -> SearchableText:
        return SearchableText(
            [
                Paragraph(number, part.text, part.joins, part.place.page, part.turns, is_row=part.is_row)
                for number, part in enumerate(self.file.parts)
            ]
        )

    @cached_property
    def bare(self) -> SearchableText:
        """The text without what interrupts a quotation: the “the report says” of “One,” the report says. “Two.”"""
        return SearchableText(
            [
                Paragraph(number, _INTERRUPTION.sub(" ", part.text), (), part.place.page, is_row=part.is_row)
                for number, part in enumerate(self.file.parts)
            ]
        )


class QuotationChecker:
    """Checks the quotations of a document against the words of its sources."""

    def __init__(self, files: Sequence[FileText]) -> None:
        self.sources = [QuotedSource(file) for file in files]

    def check(self, span: Span) -> CheckedClaim:
        assert span.quotation is not None
        words = span.quotation.words
        for source in self.sources:
            if found := source.text.find(words):
                evidence = _make_evidence(source, found.paragraph, found.passage)
                wrong = self._find_other_speaker(span, source, found.paragraph, found.passage)
                return CheckedClaim(span.claim, "differs" if wrong else "found", evidence, wrong)
            if found := source.bare.find(words):
                evidence = _make_evidence(source, found.paragraph, found.passage)
                return CheckedClaim(
                    span.claim,
                    "found",
                    evidence,
                    self._find_other_speaker(span, source, found.paragraph, found.passage),
                )
        if len(words.split()) >= LEAST_WORDS and (nearest := self._find_nearest(words)):
            source, passage = nearest
            differences = tuple(
                Difference(
                    "words",
                    f"“{each.quote}”" if each.quote else "nothing",
                    f"“{each.source}”" if each.source else "nothing",
                )
                for each in _drop_edges(source.file.parts[passage.paragraph].text, passage)
            )
            evidence = _make_evidence(source, passage.paragraph, _trim_passage(passage.passage, words))
            wrong = self._find_other_speaker(span, source, passage.paragraph, passage.passage)
            return CheckedClaim(span.claim, "differs", evidence, (*differences, *wrong))
        return CheckedClaim(span.claim, "not found")

    def _find_nearest(self, words: str) -> tuple[QuotedSource, Nearest] | None:
        """Return the passage that a quotation was taken from, if most of its words are there."""
        best: tuple[float, QuotedSource, Nearest] | None = None
        for source in self.sources:
            nearest = source.text.find_nearest(words)
            if nearest is None:
                continue
            changed = sum(max(len(each.quote.split()), len(each.source.split())) for each in nearest.differences)
            share = changed / max(1, len(words.split()))
            if nearest.differences and share <= ALIKE and (best is None or share < best[0]):
                best = share, source, nearest
        return best[1:] if best else None

    def _find_other_speaker(self, span: Span, source: QuotedSource, at: int, passage: str) -> tuple[Difference, ...]:
        speaker = find_speaker(span.part.text, span.start, span.quotation.end if span.quotation else span.start)
        if not speaker:
            return ()
        parts: Sequence[Part] = source.file.parts[max(0, at - AROUND) : at + AROUND + 1]
        if names_speaker(" ".join(part.text for part in parts), speaker):
            return ()
        own = source.file.parts[at].text
        start = own.find(passage[:START])
        theirs = find_speaker(own, start, start + len(passage)) if start >= 0 else ""
        if theirs:
            return (Difference("speaker", speaker, theirs),)
        is_known = any(names_speaker(part.text, speaker) for each in self.sources for part in each.file.parts)
        if is_known or not _is_quoted(own, start, passage):
            return ()  # the source's own words are its author's, whom it need not name
        return (Difference("speaker", speaker, "another speaker, and this name nowhere"),)


def _is_quoted(text: str, start: int, passage: str) -> bool:
    """Return whether a passage stands in quotation marks in its source."""
    if start < 0:
        return False
    before, after = text[max(0, start - REACH) : start], text[start + len(passage) :][:REACH]
    opens, closes = _OPENING.search(before), _CLOSING.search(after)
    return bool(opens and closes)


def _trim_passage(passage: str, words: str) -> str:
    """Return a passage without a word or two around it that the quotation does not begin or end with."""
    ours = [strip_typography(word).text for word in (words.split()[0], words.split()[-1])]
    spans = [(match.start(), match.end()) for match in _WORD.finditer(passage)]
    bare = [strip_typography(passage[start:end]).text for start, end in spans]
    first = next((at for at in range(min(EDGE, len(bare))) if bare[at] == ours[0]), 0)
    last = next(
        (at for at in range(len(bare) - 1, max(first, len(bare) - 1 - EDGE), -1) if bare[at] == ours[1]), len(bare) - 1
    )
    return passage[spans[first][0] : spans[last][1]].strip(' ,.;:“”"’') if spans else passage


def _drop_edges(text: str, nearest: Nearest) -> list[WordDifference]:
    """Return the differences without words at an end of the quotation that the source has beside the passage as well."""
    before, _, after = text.partition(nearest.passage)
    sides = [f" {strip_typography(side).text.replace('~', ' ')} " for side in (before, after)]
    found = list(nearest.differences)
    if found and not found[0].source and sides[0].endswith(f" {found[0].quote} "):
        found = found[1:]
    if found and not found[-1].source and sides[1].startswith(f" {found[-1].quote} "):
        found = found[:-1]
    return found or list(nearest.differences)


def _make_evidence(source: QuotedSource, at: int, passage: str) -> Evidence:
    part = source.file.parts[at]
    start = part.text.find(passage[:START])
    spans = list(split_sentences(part.text)) if start >= 0 else []
    first = next((a for a, b in spans if a <= start < b), 0)
    last = next((b for a, b in spans if a <= start + len(passage) - 1 < b), len(part.text))
    text = part.text[first : max(last, start + len(passage))]
    return Evidence(source.file.name, part.place_at(max(0, start)), passage, text)

"""The values that the rules look at, each worked out once: passages, the quotes' words, searchable texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.evidence.claims.claim import Claim, collect_claims
from reportgen.evidence.claims.problem import Problem
from reportgen.evidence.evidence_lock import Lock
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.matching.places import stands_at
from reportgen.evidence.matching.quote_match import Found, SearchableText
from reportgen.evidence.matching.quote_pattern import remove_brackets
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.passages import Passage, collect_passages
from reportgen.evidence.sources.footnote_marks import MARK, blank_marks
from reportgen.evidence.sources.source_text import SourceText
from reportgen.input.edits import Edit
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Location
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.evidence.unjudged.open_evidence import OpenEvidence


_BRACKETED_NUMBER = re.compile(r"\[([^\[\]]*\d[^\[\]]*)\]")
_BRACKETED_RANGE = compile_late(r"\[[−-]?\d[\d.,]*[%\s\w°]*(?:[–-]|to|,)\s*[−-]?\d[\d.,]*[^\[\]]*\]")


class Case(Struct, frozen=True, dict=True):
    """A brief with its evidence: the texts of its sources, as far as they are here, and the lock."""

    brief: Brief
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    lock: Lock | None = None
    profile: str | None = None
    """The memo's profile, where it is not the brief's own."""
    accepts_data: bool = False
    """True where cells that have changed since they were locked are accepted as they are."""
    unprinted: tuple[str, ...] = ()
    """The paths of texts that no document prints, where that is known."""

    @property
    def is_english(self) -> bool:
        return is_english(self.brief.language)

    @cached_property
    def open_evidence(self) -> OpenEvidence:
        """The parts and texts that cannot be judged while the brief has gaps."""
        from reportgen.evidence.unjudged.open_evidence import find_open_evidence

        return find_open_evidence(self.brief, self.passages)

    def has_english_words(self, quotes: Iterable[str]) -> bool:
        """Return whether these quotes are English, so that numbers, bounds and status can be read in them."""
        return all(is_english(self.brief.language_of(quote)) for quote in quotes)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return collect_passages(self.brief)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences that the evidence must support."""
        return collect_claims(self.brief, self.passages, self.quote_words)

    @cached_property
    def searchable_sources(self) -> dict[str, SearchableText]:
        """The sources whose texts are here."""
        return {name: SearchableText(source.paragraphs) for name, source in self.sources.items()}

    @cached_property
    def found_quotes(self) -> dict[str, Found | None]:
        """The quotes whose sources' texts are here, with their places: those that the brief states, if they are there."""
        return {
            name: self.searchable_sources[quote.source].find(
                quote.text, partial(stands_at, quote, text=self.searchable_sources[quote.source])
            )
            for name, quote in self.brief.word_quotes.items()
            if quote.source in self.searchable_sources
        }

    @cached_property
    def searchable_quotes(self) -> dict[str, SearchableText]:
        return {name: SearchableText.of(quote.evidence) for name, quote in self.brief.quotes.items()}

    @cached_property
    def quote_words(self) -> dict[str, str]:
        """The source's own words in each quote: an editor's [brackets] are no evidence."""
        return {name: remove_brackets(self._keep_brackets(name)) for name in self.brief.quotes}

    def _keep_brackets(self, name: str) -> str:
        """Return a quote with the brackets that the source itself has in round ones: "1.09 [0.95 to 1.20] °C"."""
        quote = self.brief.quotes[name]
        if quote.cell:
            return quote.evidence
        text = blank_marks(quote.text).replace(MARK, "")
        if not _BRACKETED_NUMBER.search(text):
            return text
        source = self.sources.get(quote.source)

        def replace(match: re.Match[str]) -> str:
            words = match[0].replace("–", "-")
            is_own = bool(source) and any(words in paragraph.text.replace("–", "-") for paragraph in source.paragraphs)  # type: ignore[union-attr]
            return f"({match[1]})" if is_own or (not source and _BRACKETED_RANGE.fullmatch(match[0])) else match[0]

        return _BRACKETED_NUMBER.sub(replace, text)

    def word_quotes(self, quotes: Iterable[str]) -> list[str]:
        """Return those of some quotes that are words, and not cells."""
        return [quote for quote in quotes if not self.brief.quotes[quote].cell]

    def quote_mentions(self, quotes: Iterable[str]) -> Iterator[Mention]:
        """Yield the numbers in some quotes."""
        for quote in quotes:
            yield from find_mentions(self.quote_words[quote])

    def publication_year(self, source: str) -> int | None:
        """Return the year in a source's `published`; None unless it has exactly one."""
        years = set(re.findall(r"\b(?:1[5-9]|20)\d\d\b", self.brief.sources[source].published or ""))
        return int(years.pop()) if len(years) == 1 else None

    def publication_month(self, source: str) -> PartialDate | None:
        """Return the month and year of a source's `published`; None unless it has exactly one."""
        dates = [mention.value for mention in find_mentions(self.brief.sources[source].published or "")]
        months = [date for date in dates if isinstance(date, PartialDate) and date.year and date.month]
        return PartialDate(months[0].year, months[0].month) if len(months) == 1 else None

    def fault(
        self,
        message: str,
        path: KeyPath,
        hint: str | None = None,
        severity: Severity | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> Fault:
        """Return a fault of a value of the file."""
        path = self.brief.fact_path(path)
        return Fault(message, self.brief.document.where(path), hint, path=path, severity=severity, edits=edits)

    def passage_fault(self, message: str, passage: Passage, start: int, end: int, hint: str | None = None) -> Fault:
        """Return a fault of some characters of a passage."""
        return Fault(message, self._locate(passage, start), hint, passage.text[start:end], passage.path)

    def judge_claims(self, judge: Callable[[Claim], Iterable[Problem]]) -> Iterator[Fault]:
        """Yield what a rule finds wrong with each claim, as faults with their places."""
        for claim in self.claims:
            for problem in judge(claim):
                assert claim.passage, "a claim of a brief has its passage"
                start, end = claim.start + problem.start, claim.start + problem.end
                fault = self.passage_fault(problem.message, claim.passage, start, end, problem.hint)
                yield replace(fault, severity=problem.severity)

    def _locate(self, passage: Passage, start: int) -> Location:
        document = self.brief.document
        if not passage.origin:
            return document.where(passage.path)
        return locate(document, passage.path, passage.raw, passage.origin[min(start, len(passage.origin) - 1)])


def is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


def locate(document: Document, path: KeyPath, raw: str, at: int) -> Location:
    """Return the place of a text's character in the file, walking both side by side over folded lines and escapes."""
    begin, end = document.offsets.get(path, (0, 0))
    text = document.text
    position = begin
    if text[begin : begin + 1] in (">", "|"):
        position = text.find("\n", begin) + 1
    elif text[begin : begin + 1] in ('"', "'"):
        position = begin + 1
    for index, char in enumerate(raw):
        if char.isspace():
            continue
        while position < end and (text[position].isspace() or (text[position] in "\\'" and text[position] != char)):
            position += 1
        if text[position : position + 1] != char:
            return document.find(path, raw[at : at + 12].split("\n")[0]) if index <= at else document.where(path)
        if index >= at:
            break
        position += 1
    line_start = text.rfind("\n", 0, position) + 1
    return Location(document.file, text.count("\n", 0, position) + 1, position - line_start + 1)

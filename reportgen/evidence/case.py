"""Everything that the rules look at, worked out once: passages, their numbers, the quotes' words and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportgen.evidence import evidence_lock as locks
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.passages import Passage, passages
from reportgen.evidence.quote_match import Searchable, spoken
from reportgen.evidence.sources.source_text import SourceText
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Location

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


class Case(Struct, frozen=True, dict=True):
    """A brief with its evidence: the sources that could be read, and what was verified before."""

    brief: Brief
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    lock: locks.Lock | None = None

    @property
    def in_english(self) -> bool:
        """Whether the brief's own texts are in the language whose words most rules know."""
        return is_english(self.brief.language)

    def readable(self, quotes: Iterable[str]) -> bool:
        """Whether the words of these quotes are English, so that numbers, bounds and status can be read in them."""
        return all(is_english(self.brief.language_of(quote)) for quote in quotes)

    @property
    def document(self) -> Document:
        return self.brief.document

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.brief)

    @cached_property
    def searchable(self) -> dict[str, Searchable]:
        """The sources that could be read, ready to be searched."""
        return {name: Searchable(source.paragraphs) for name, source in self.sources.items()}

    @cached_property
    def quoted(self) -> dict[str, Searchable]:
        """Each quote, ready to be searched for words that the prose takes from it."""
        return {name: Searchable.of(quote.text) for name, quote in self.brief.quotes.items()}

    @cached_property
    def words(self) -> dict[str, str]:
        """Each quote's own words: what editors put in brackets is no evidence."""
        return {name: spoken(quote.text) for name, quote in self.brief.quotes.items()}

    def quote_mentions(self, quotes: Iterable[str]) -> Iterator[Mention]:
        """The numbers that some quotes have."""
        for quote in quotes:
            yield from find_mentions(self.words[quote])

    def year_of(self, source: str) -> int | None:
        """The year in which a source appeared, as far as its `published` says one."""
        years = re.findall(r"\b(?:1[5-9]|20)\d\d\b", self.brief.sources[source].published or "")
        return int(years[0]) if len(set(years)) == 1 else None

    def place(self, path: KeyPath, words: str = "") -> Location:
        """The place of some words inside a value of the file."""
        return self.document.find(path, words) if words else self.document.where(path)

    def place_in(self, passage: Passage, start: int) -> Location:
        """The place in the file of a character of a passage: exact wherever the file's text stands as it was read."""
        if not passage.origin:
            return self.place(passage.path)
        return locate(self.document, passage.path, passage.raw, passage.origin[min(start, len(passage.origin) - 1)])

    def finding(
        self,
        rule: str,
        severity: Severity,
        message: str,
        passage: Passage,
        start: int,
        end: int,
        hint: str | None = None,
    ) -> Finding:
        """A finding about some words of a passage."""
        return Finding(
            rule, severity, message, self.place_in(passage, start), hint, passage.text[start:end], passage.path
        )

    def at(
        self, rule: str, severity: Severity, message: str, path: KeyPath, hint: str | None = None, words: str = ""
    ) -> Finding:
        """A finding about a value of the file."""
        return Finding(rule, severity, message, self.place(path, words), hint, words, path)


def is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


def locate(document: Document, path: KeyPath, raw: str, at: int) -> Location:
    """The place of a text's character in the file: both are walked side by side, over folded lines and escapes."""
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

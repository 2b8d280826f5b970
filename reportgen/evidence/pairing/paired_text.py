"""A text of the brief with the quotes that each of its numbers comes from, and the numbers that it gives to the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.evidence.pairing.number_subjects import Part, find_date_parts, find_parts
from reportgen.evidence.pairing.number_ties import find_ties, is_date
from reportgen.evidence.passages import Passage
from reportgen.evidence.qualifiers import stem_set
from reportgen.text.numbers import Quantity

FEW_QUOTES = 3
"""Quotes among which a typed number's own can be found."""
_MANY = 12  # numbers of a text of which each two are compared


class Misplaced(Struct, frozen=True):
    """Some characters of a text that have a number with what a quote says of another."""

    start: int
    end: int
    message: str
    hint: str


class PrintedPart(Struct, frozen=True):
    """A number of a passage with the words of its part, and those of them that are its fact's unit: no quote need have these."""

    part: Part
    unit: frozenset[str]

    @property
    def said(self) -> frozenset[str]:
        """The words that may be another number's."""
        return self.part.stems - self.unit


class PairedText(Struct, frozen=True, dict=True):
    """A passage, and what the brief has of its numbers."""

    passage: Passage
    quote_words: Mapping[str, str]
    """The words of each quote of the brief."""
    fact_quotes: Mapping[str, Sequence[str]]
    """The quotes that each fact of the brief states."""
    quantities: Mapping[str, Quantity]
    labels: Mapping[str, frozenset[str]]
    """The stems of the label that a quote's paragraph begins with."""

    @property
    def text(self) -> str:
        return self.passage.text

    @cached_property
    def parts(self) -> tuple[PrintedPart, ...]:
        """The numbers with the words of their parts of the sentence."""
        return tuple(PrintedPart(part, self._find_unit(part.number)) for part in find_parts(self.text))

    def _find_unit(self, number: Mention) -> frozenset[str]:
        spans = (span for span in self.passage.facts if span.start < number.end and number.start < span.end)
        span = next(spans, None)
        return stem_set(self.quantities[span.id].unit.name) if span else frozenset()

    @cached_property
    def dates(self) -> dict[int, Mention]:
        """The dates of numbers, by where each number starts."""
        return {tie.number.start: tie.tied for tie in find_ties(self.text) if is_date(tie.tied)}

    def list_pairs(self) -> Iterator[tuple[Part, Part]]:
        """Yield two numbers of the text, or two dates."""
        for parts in ([printed.part for printed in self.parts], list(find_date_parts(self.text))):
            if len(parts) <= _MANY:
                yield from combinations(parts, 2)

    def list_pairs_of(self, parts: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
        """Yield two of some numbers of the text that are of one kind and have other words."""
        for one, two in combinations(parts, 2) if len(parts) <= _MANY else ():
            if (one.number.kind, one.number.unit) == (two.number.kind, two.number.unit) and one.stems != two.stems:
                yield one, two

    def quotes_of(self, number: Mention) -> tuple[str, ...]:
        """Return the quotes that a number comes from: those of its fact, else the few that back the passage."""
        for span in self.passage.facts:
            if span.start < number.end and number.start < span.end:
                return tuple(self.fact_quotes[span.id])
        return self.passage.quotes if len(self.passage.quotes) <= FEW_QUOTES else ()

    def misplace(self, number: Mention, quote: str, other: Mention) -> Misplaced:
        """Return a number as one of which a quote says something else than the text."""
        message = f"{number.text} is not what the quote “{quote}” says of this: that is {other.text}"
        return Misplaced(number.first, number.end, message, f"the source has “{self.quote_words[quote]}”")

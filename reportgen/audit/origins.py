"""Where a number comes from: which fact, which quote, the brief's own words, or the structure of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.audit.audit_report import Origin
from reportgen.audit.word_stream import bare
from reportgen.charts.base import find_quantities
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.numbers import PartialDate, Quantity

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

_REFERENCE = re.compile(r"\$\{[^}]*\}|\[@[^\]]*\]")
_FIGURES = re.compile(numerals.FIGURES)
_ELLIPSIS = re.compile(r"…|\.\.\.|\[[^\]]*\]")


class Mark(Struct, frozen=True):
    """Characters of a text of which the compiler knows what they are: a fact, or structure such as a note's number."""

    start: int
    end: int
    kind: str
    id: str


class Origins(Struct, frozen=True, dict=True):
    """The numbers of one brief."""

    brief: Brief

    def aligned(self, mention: Mention, text: str, marks: Sequence[Mark]) -> tuple[Origin, str]:
        """The origin of a number that stands where the brief compiles it to; "unknown" if only a template can have put it there."""
        for mark in marks:
            if mark.kind != "drawn" and mark.start < mention.end and mention.start < mark.end:
                return ("fact", mark.id) if mark.kind == "fact" else ("structural", mark.id)
        if text[: mention.start].endswith("¶"):
            return ("structural", "paragraph") if mention.value in self.paragraphs else ("unknown", "")
        if any(text[max(0, mention.end - len(each)) :].startswith(each) for each in self.citations):
            return "brief", "source"
        if mention.kind == "name":
            return ("brief", "") if self.has_words(mention.text) else ("unknown", "")
        if fact := self.fact(mention):
            return "fact", fact
        if quote := self.quote(mention):
            return "quote", quote
        if self._own(mention):
            return "brief", ""
        if mention.kind == "count" and mention.value in self.counts:
            return "structural", "count"
        if any(mark.kind == "drawn" and mark.start < mention.end and mention.start < mark.end for mark in marks):
            return "structural", "drawing"
        return "unknown", ""

    def elsewhere(self, mention: Mention, text: str) -> tuple[Origin, str]:
        """The origin of a number that stands where the brief has nothing: the same number with the same unit in the brief."""
        if mention.kind == "name":
            return ("brief", "") if self.has_words(mention.text) else ("unknown", "")
        if fact := self.fact(mention, bounded=True):
            return "fact", fact
        if any(mention.same == other.same and mention.bounds & other.bounds for other in self._everywhere) and not text[
            : mention.start
        ].endswith("¶"):
            return "brief", ""
        return "unknown", ""

    def fact(self, mention: Mention, bounded: bool = False) -> str:
        for name, quantity in self.brief.quantities.items():
            if is_same_number(mention, quantity) and (not bounded or quantity.bound in mention.bounds):
                return name
        return ""

    def quote(self, mention: Mention) -> str:
        return next((name for name, said in self._quoted if any(mention.same == other.same for other in said)), "")

    def quotation(self, words: str) -> str:
        """The quote that has these words; what stands beside an ellipsis or brackets each for itself."""
        pieces = [" ".join(bare(piece)) for piece in _ELLIPSIS.split(words)]
        for name, text in self._quote_words.items():
            if all(f" {piece} " in text for piece in pieces if piece):
                return name
        return ""

    def value(self, value: float) -> tuple[Origin, str]:
        """The origin of a chart's bare number: a fact, or what an exhibit has typed in or works out for its drawing."""
        for name, quantity in self.brief.quantities.items():
            if _is(quantity, value):
                return "fact", name
        return ("brief", "") if any(_is(quantity, value) for quantity in self._drawn) else ("unknown", "")

    def has_words(self, text: str) -> bool:
        """Whether the brief has these words, in this order."""
        return f" {' '.join(bare(text))} " in self._words

    def _own(self, mention: Mention) -> bool:
        if self.has_words(mention.text) or (isinstance(mention.value, PartialDate) and self._dated(mention.value)):
            return True
        if any(is_same_number(mention, quantity) for quantity in self._drawn):
            return True
        written = _FIGURES.search(mention.text)  # typed into an exhibit that says the unit once for all of its numbers
        return written is not None and any(
            not each.unit.name and _is(each, numerals.parse_number(written[0])) for each in self._drawn
        )

    def _dated(self, said: PartialDate) -> bool:
        """Whether the brief has this date, or one that this is a part of: its day where the year stands in a table's head."""
        own = [self.brief.date, *(item.deadline for item in self.brief.recommendations if item.deadline)]
        days: list[tuple[int | None, int | None, int | None]] = [(day.year, day.month, day.day) for day in own]
        written = [*(quantity.value for quantity in self._drawn), *(event.date for event in self.brief.timeline)]
        days += [(value.year, value.month, value.day) for value in written if isinstance(value, PartialDate)]
        parts = (said.year, said.month, said.day)
        return any(all(ours is None or ours == theirs for ours, theirs in zip(parts, day, strict=True)) for day in days)

    @cached_property
    def paragraphs(self) -> frozenset[float]:
        return frozenset(float(quote.paragraph) for quote in self.brief.quotes.values() if quote.paragraph)

    @cached_property
    def citations(self) -> frozenset[str]:
        """Sources as they are cited, up to the year: "Stangarone (2020"."""
        return frozenset(source.cited_as.rstrip(")") for source in self.brief.sources.values())

    @cached_property
    def counts(self) -> frozenset[float]:
        """How many of something the brief has, as its documents say it: "seven decisions", "one source"."""
        return frozenset({float(len(self.brief.recommendations)), float(len(self.brief.sources))})

    @cached_property
    def _drawn(self) -> tuple[Quantity, ...]:
        """The numbers typed into exhibits."""
        return tuple(quantity for exhibit in self.brief.exhibits.values() for quantity in find_quantities(exhibit))

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        document = self.brief._document
        written = _texts(document.data if document else self.brief.model_dump())
        return (
            *(_REFERENCE.sub(" ", text) for text in written),
            *(quantity.prose for quantity in self.brief.quantities.values()),
            *self.brief.marks.lines,
            *self.brief.marks.block,
            *self.brief.marks.statement,
        )

    @cached_property
    def _words(self) -> str:
        return " " + " | ".join(" ".join(bare(text)) for text in self._strings) + " "

    @cached_property
    def _everywhere(self) -> tuple[Mention, ...]:
        return tuple(mention for text in self._strings for mention in find_mentions(text))

    @cached_property
    def _quoted(self) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
        return tuple((name, find_mentions(quote.text)) for name, quote in self.brief.quotes.items())

    @cached_property
    def _quote_words(self) -> dict[str, str]:
        return {name: f" {' '.join(bare(quote.text))} " for name, quote in self.brief.quotes.items()}


def _is(quantity: Quantity, value: float) -> bool:
    own = quantity.value
    return not isinstance(own, PartialDate) and abs(own - value) <= 1e-9 * max(1.0, abs(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str | int | float):
        yield str(value)

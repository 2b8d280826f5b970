"""The origin of a number: a fact, a quote, the brief's own words, or the structure of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.audit.audit_report import Origin
from reportgen.audit.word_stream import plain_words
from reportgen.charts.base import find_quantities
from reportgen.evidence.fact_match import is_same_number
from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.numbers import PartialDate, Quantity

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

_REFERENCE = re.compile(r"\$\{[^}]*\}|\[@[^\]]*\]")
_SETTING = re.compile(r"[\^~*_`\\]")
_FIGURES = re.compile(numerals.FIGURES)
_AFTER_ITEM = re.compile(r"\.\s|\s*$")
_ELLIPSIS = re.compile(r"…|\.\.\.|\[[^\]]*\]")


class Mark(Struct, frozen=True):
    """Characters of a text that the compiler knows to be a fact, a drawing, or structure such as a note's number."""

    start: int
    end: int
    kind: str
    id: str


class Origins(Struct, frozen=True, dict=True):
    """The numbers, quotes and words of one brief, to look up where a number of a file comes from."""

    brief: Brief
    house: tuple[str, ...] = ()
    """The lines that its house prints on pages: an address, a foot."""

    def origin_in_place(self, mention: Mention, text: str, marks: Sequence[Mark]) -> tuple[Origin, str]:
        """Return the origin of a number that stands where the brief compiles it to, and its id.

        It is "unknown" where only a template can have put it there.
        """
        inside = [mark for mark in marks if mark.start < mention.end and mention.start < mark.end]
        if known := next((mark for mark in inside if mark.kind != "drawn"), None):
            return ("fact" if known.kind == "fact" else "structural"), known.id
        if self._is_place(mention, text):
            return "structural", "paragraph"
        if text[: mention.start].endswith("¶"):
            return "unknown", ""
        if any(text[max(0, mention.end - len(each)) :].startswith(each) for each in self.citations):
            return "brief", "source"
        if mention.kind == "name":
            return self._origin_of_name(mention)
        if fact := self.find_fact(mention):
            return "fact", fact
        if quote := self.find_quote(mention):
            return "quote", quote
        if self._is_in_brief(mention):
            return "brief", ""
        if mention.kind == "count" and mention.value in self.counts:
            return "structural", "count"
        if self._is_item_number(mention, text):
            return "structural", "number"
        if self._is_of_house(mention, text):
            return "structural", "house"
        return ("structural", "drawing") if inside else ("unknown", "")

    def _is_of_house(self, mention: Mention, text: str) -> bool:
        """Say whether a number stands in a line of the house, such as its address."""
        found = ((text.find(line), line) for line in self.house)
        return any(at >= 0 and at <= mention.start and mention.end <= at + len(line) for at, line in found)

    def origin_anywhere(self, mention: Mention, text: str) -> tuple[Origin, str]:
        """Return the origin of a number that stands where the brief has nothing: the same number and unit in the brief."""
        if mention.kind == "name":
            return self._origin_of_name(mention)
        if fact := self.find_fact(mention, same_bound=True):
            return "fact", fact
        is_paragraph = text[: mention.start].endswith("¶")
        same = (mention.same == other.same and mention.bounds & other.bounds for other in self._mentions)
        return ("brief", "") if not is_paragraph and any(same) else ("unknown", "")

    def find_fact(self, mention: Mention, same_bound: bool = False) -> str:
        """Return the id of the fact that a number states, or "" where there is none."""
        for name, quantity in self.brief.quantities.items():
            if is_same_number(mention, quantity) and (not same_bound or quantity.bound in mention.bounds):
                return name
        return ""

    def find_quote(self, mention: Mention) -> str:
        """Return the id of the quote that has a number, or ""."""
        quotes = self._quoted_numbers.items()
        return next((name for name, numbers in quotes if any(mention.same == other.same for other in numbers)), "")

    def find_quotation(self, words: str) -> str:
        """Return the id of the quote that has these words, or "". Words around an ellipsis or brackets are looked up apart."""
        pieces = [" ".join(plain_words(piece)) for piece in _ELLIPSIS.split(words)]
        quotes = self._quoted_words.items()
        return next((name for name, text in quotes if all(f" {piece} " in text for piece in pieces if piece)), "")

    def origin_of_value(self, value: float) -> tuple[Origin, str]:
        """Return the origin of a chart's bare number: a fact, or what an exhibit states or computes for its drawing."""
        for name, quantity in self.brief.quantities.items():
            if _equals(quantity, value):
                return "fact", name
        return ("brief", "") if any(_equals(quantity, value) for quantity in self._drawn) else ("unknown", "")

    def has_words(self, text: str) -> bool:
        """Say whether the brief has these words, in this order."""
        return f" {' '.join(plain_words(text))} " in self._words

    def _origin_of_name(self, mention: Mention) -> tuple[Origin, str]:
        return ("brief", "") if self.has_words(mention.text) else ("unknown", "")

    def _is_in_brief(self, mention: Mention) -> bool:
        if self.has_words(mention.text) or (isinstance(mention.value, PartialDate) and self._has_date(mention.value)):
            return True
        if any(is_same_number(mention, quantity) for quantity in self._drawn):
            return True
        figures = _FIGURES.search(mention.text)  # of an exhibit that states the unit once for all of its numbers
        return figures is not None and any(
            not each.unit.name and _equals(each, numerals.parse_number(figures[0])) for each in self._drawn
        )

    def _has_date(self, found: PartialDate) -> bool:
        """Say whether the brief has this date, or one that it is a part of, as where a table's head has the year."""
        days = (
            self.brief.date,
            *filter(None, [self.brief.reply_by]),
            *(item.deadline for item in self.brief.recommendations if item.deadline),
            *(each.date for each in self.brief.clearances if each.date),
        )
        values = (*(quantity.value for quantity in self._drawn), *(event.date for event in self.brief.timeline))
        own = [(day.year, day.month, day.day) for day in (*days, *values) if isinstance(day, date | PartialDate)]
        parts = (found.year, found.month, found.day)
        return any(all(part is None or part == other for part, other in zip(parts, day, strict=True)) for day in own)

    def _is_place(self, mention: Mention, text: str) -> bool:
        """Say whether a number is part of a quote's place in its source, such as "p. 14"."""
        around = text[max(0, mention.start - 24) : mention.end + 8]
        at = mention.start - max(0, mention.start - 24)
        end = at + mention.end - mention.start
        return any(
            found.start() <= at and end <= found.end() for place in self.places for found in re.finditer(place, around)
        )

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Patterns of the places that quotes cite, no longer numbers included."""
        listed = (place for quote in self.brief.quotes for place in self.brief.places(quote))
        places = {part for place in listed for part in place.split(", ")}  # columns apart: A2:A9, D2:D9
        return tuple(rf"(?<!\w){re.escape(place)}(?!\d)" for place in places)

    @cached_property
    def citations(self) -> frozenset[str]:
        """Sources as they are cited, up to the year: "Stangarone (2020", "Doe 2023a"."""
        return frozenset(
            words.rstrip(")")
            for source in self.brief.sources.values()
            for words in (source.cited_as, *([source.shortest] if source.citation.is_shared else []))
        )

    @cached_property
    def counts(self) -> frozenset[float]:
        """The counts that a document may state of its brief: "seven decisions", "one source"."""
        return frozenset({float(len(self.brief.recommendations)), float(len(self.brief.sources))})

    def _is_item_number(self, mention: Mention, text: str) -> bool:
        """Return True for the number of a recommendation or an option before its words, or alone in a cell."""
        most = max(len(self.brief.recommendations), len(self.brief.options))
        is_alone = not text[: mention.start].strip() and _AFTER_ITEM.match(text, mention.end)
        return bool(is_alone) and mention.text.isdigit() and 1 <= int(mention.text) <= most

    @cached_property
    def _drawn(self) -> tuple[Quantity, ...]:
        """The numbers typed into exhibits."""
        return tuple(quantity for exhibit in self.brief.exhibits.values() for quantity in find_quantities(exhibit))

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        """Every text of the brief."""
        document, marks = self.brief._document, self.brief.marks
        raw = [_REFERENCE.sub(" ", text) for text in _texts(document.data if document else self.brief.model_dump())]
        return (
            *raw,
            *(self.brief.plain(text) for text in raw if _SETTING.search(text)),  # 10^4^ is 104 in a file's properties
            *(source.reference for source in self.brief.sources.values()),
            *(quantity.prose for quantity in self.brief.quantities.values()),
            *marks.lines, *marks.block, *marks.statement,
        )  # fmt: skip

    @cached_property
    def _words(self) -> str:
        return " " + " | ".join(" ".join(plain_words(text)) for text in self._strings) + " "

    @cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for text in self._strings for mention in find_mentions(text))

    @cached_property
    def _quoted_numbers(self) -> dict[str, tuple[Mention, ...]]:
        return {name: find_mentions(quote.text) for name, quote in self.brief.quotes.items()}

    @cached_property
    def _quoted_words(self) -> dict[str, str]:
        return {name: f" {' '.join(plain_words(quote.text))} " for name, quote in self.brief.quotes.items()}


def _equals(quantity: Quantity, value: float) -> bool:
    own = quantity.value
    return not isinstance(own, PartialDate) and abs(own - value) <= 1e-9 * max(1.0, abs(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str | int | float):
        yield str(value)

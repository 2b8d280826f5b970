"""English that stands in text which runs from right to left: our numbers and labels in a Hebrew or a Persian document.

A number's neighbors decide which way its signs go: in Hebrew, “3–5 percent” would begin with “percent” and end with “3”. Left-to-right
marks at both ends of what we print keep it together, in every program; a full stop that ends an English label needs one behind it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from reportgen.text.languages.english import ENGLISH
from reportgen.text.languages.label_fields import Labels
from reportgen.text.languages.writing import DateParts, FormatParts, Link, Spread, Unit, Writing, quote_for_excel

T = TypeVar("T")
MARK = "\u200e"  # left to right
_PERCENTAGE = re.compile(r"\d[\d.,]*%")
_DIRECTED = re.compile(r"[A-Za-z−<>≤≥≈±×$€£¥₩]")
_ENDED = re.compile(r"(?<=[A-Za-z)])[.!?]$")
"""The end of a label that is a sentence in English."""


class InsertedWriting(Struct, frozen=True):
    """Writes what another language's writing does, so that it keeps its own direction."""

    own: Writing

    def prose(self, form: FormatParts, value: float) -> str:
        return _enclose(self.own.prose(form, value))

    def short(self, form: FormatParts, value: float) -> str:
        return _enclose(self.own.short(form, value))

    def excel(self, form: FormatParts, value: float) -> str:
        mark = quote_for_excel(MARK)
        return f"{mark}{self.own.excel(form, value)}{mark}"

    def range_prose(self, form: FormatParts, value: float, spread: Spread, link: Link) -> str:
        return _enclose(self.own.range_prose(form, value, spread, link))

    def range_short(self, form: FormatParts, value: float, spread: Spread) -> str:
        return _enclose(self.own.range_short(form, value, spread))

    def unit(self, unit: Unit) -> str:
        return self.own.unit(unit)

    def partial_date(self, day: DateParts, prose: bool = False) -> str:
        return _enclose(self.own.partial_date(day, prose))

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str:
        return _enclose(self.own.bounded_date(day, bound, prose))

    def short_day(self, day: date, yearless: bool) -> str:
        return _enclose(self.own.short_day(day, yearless))

    def month(self, month: int, year: int | None) -> str:
        return self.own.month(month, year)


def _enclose(text: str) -> str:
    """Return a text between marks where it has English words or signs, else its percentages: figures go the way of what is around them.

    After an Arabic letter, a percent sign would stand at the left of its number, and not in every program.
    """
    return f"{MARK}{text}{MARK}" if _DIRECTED.search(text) else _PERCENTAGE.sub(rf"{MARK}\g<0>{MARK}", text)


@lru_cache(maxsize=1)
def load_inserted_labels() -> Labels:
    """Return the English labels for a document that runs from right to left."""
    labels = _mark(ENGLISH)
    page = f"{MARK}{labels.page}{MARK}"  # its numbers are fields of their own in Word
    return replace(labels, page=page, letter=ENGLISH.letter)  # mail begins each line where its first letter does


def _mark(value: T) -> T:
    result: Any = value
    match value:
        case str():
            result = _ENDED.sub(rf"\g<0>{MARK}", value)
        case tuple():
            result = tuple(map(_mark, value))
        case dict():
            result = {key: _mark(each) for key, each in value.items()}
        case Struct():
            result = type(value)(**{name: _mark(each) for name, each in asdict(value).items()})
    return cast("T", result)

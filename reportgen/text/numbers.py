"""Numbers and dates with their unit, precision and bound.

A `Quantity` prints as prose ("a little less than $1 billion"), as a short label ("<$1 bn") and as an Excel format code
(`"<$"0" bn"`), in the brief's language, and never claims more than is known: arithmetic keeps bounds, see `formula.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

from reportgen.text.languages import load_labels, load_writing
from reportgen.text.languages.english_numbers import MONTHS, format_number
from reportgen.text.languages.label_fields import NBSP as NBSP
from reportgen.text.languages.writing import (
    SIGNS as SIGNS,
    BoundWords as BoundWords,
    DateParts,
    FormatParts,
    Link,
    Sign,
    Spread as Spread,
    Unit as Unit,
)
from reportgen.text.late_pattern import compile_late

LARGEST, SMALLEST = 1e15, 1e-6  # beyond these a reader wants another unit, and a float is no longer exact
Status = Literal["stated", "reported", "forecast", "inferred"]
_DATE = re.compile(
    r"(?P<decade>\d{3}0)s|(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)-(?P<d>\d\d)"
)


class PartialDate(DateParts, frozen=True):
    """A date as exactly as it is known: a day, a month, a year, a decade, or a day of an unnamed year."""

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse 2021-01-20, 2021-01, 2021, 1980s or --11-03 (ISO 8601 for 3 November). Raises ValueError."""
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError(f'"{text}" is not a date: write 2021-01-20, 2021-01, 2021, 1980s or --11-03')
        part = {name: int(value) for name, value in match.groupdict().items() if value}
        if "decade" in part:
            return cls(year=part["decade"], decade=True)
        month, day = part.get("month", part.get("m")), part.get("day", part.get("d"))
        try:
            date(part.get("year", 2000), month or 1, day or 1)
        except ValueError:
            raise ValueError(f'"{text}" is not in the calendar') from None
        return cls(part.get("year"), month, day)

    def format(self, language: str = "en", prose: bool = False) -> str:
        """Write the date in a language; `prose` asks for a sentence's form ("in the year 2021")."""
        return load_writing(language).partial_date(self, prose)

    def __str__(self) -> str:
        return self.format()

    @property
    def iso(self) -> str:
        """The date as `parse` reads it."""
        if self.decade:
            return f"{self.year}s"
        if not self.year:
            return f"--{self.month:02}-{self.day:02}"
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])

    def position(self) -> float:
        """Return where the date begins on an axis of years: 2021.05 for 2021-01-20. Raises ValueError without a year."""
        if self.year is None:
            raise ValueError(f"{self} has no year, so it has no place on a time axis")
        first = date(self.year, 1, 1)
        days = (date(self.year, self.month or 1, self.day or 1) - first).days
        return self.year + days / ((date(self.year + 1, 1, 1) - first).days if self.year < 9999 else 365)


class GapDate(PartialDate, frozen=True):
    """A date that is not known yet: documents print its `words`."""

    words: str = ""

    @classmethod
    def of(cls, words: str) -> GapDate:
        return cls(words=words)

    def format(self, language: str = "en", prose: bool = False) -> str:  # noqa: ARG002
        return self.words

    @property
    def iso(self) -> str:
        return self.words


class GapDay(date):
    """A day that is not known yet: documents print its `words`, and whoever needs a day takes it for today."""

    words: str

    @classmethod
    def of(cls, words: str) -> GapDay:
        today = date.today()
        day = cls(today.year, today.month, today.day)
        day.words = words
        return day

    def __reduce__(self) -> tuple[Callable[[str], GapDay], tuple[str]]:
        return GapDay.of, (self.words,)  # for the process that audits


_WRITTEN_DATE = compile_late(
    r"(?:(?P<first>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?(?:\s+(?P<day>\d{1,2}),)?\s+(?P<year>\d{4})"
)


def parse_written_date(text: str) -> PartialDate | None:
    """Parse a date alone, as 2026-03-17 or in English words: March 17, 2026, or 17 Mar. 2026. None for anything else."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        found = _WRITTEN_DATE.fullmatch(text.strip())
    months = [month for month in MONTHS if found and month.lower().startswith(found["month"].lower())]
    if not found or len(months) != 1:
        return None
    day = found["first"] or found["day"]
    try:
        return PartialDate.parse(
            f"{found['year']}-{MONTHS.index(months[0]) + 1:02}" + (f"-{int(day):02}" if day else "")
        )
    except ValueError:
        return None


def format_long_date(day: date, language: str = "en") -> str:
    """Write a day as a letter's head does: January 20, 2021."""
    if isinstance(day, GapDay):
        return day.words
    return PartialDate(day.year, day.month, day.day).format(language)


def format_short_date(day: date, year: int | None = None, language: str = "en") -> str:
    """Write a day for a narrow column: Apr 30, 2021, or only Apr 30 in the `year` that the column's head names."""
    if isinstance(day, GapDay):
        return day.words
    return load_writing(language).short_day(day, day.year == year)


class NumberFormat(FormatParts, frozen=True):
    """Writes values of one unit, bound and precision, in text and for Excel."""

    language: str = "en"

    def digits(self, value: float) -> str:
        """Write the number alone, in English."""
        return format_number(round_half_up(value, self.decimals), self.decimals)

    def prose(self, value: float) -> str:
        return load_writing(self.language).prose(self, round_half_up(value, self.decimals))

    def short(self, value: float) -> str:
        return load_writing(self.language).short(self, round_half_up(value, self.decimals))

    def excel(self, value: float) -> str:
        """Return the format code under which Excel and PowerPoint print the value as `short` does."""
        return load_writing(self.language).excel(self, value)


_LINK = re.compile(r"\b(between|from)\s+\Z", re.IGNORECASE)
_PAIRED = {"between": re.compile(r"\s+and\b"), "from": re.compile(r"[^.;:!?]*?\bto\b")}


def find_link(before: str, read_after: Callable[[], str]) -> Link:
    """Return the word on which a range's form depends; none where the sentence itself goes on to a second number.

    What follows is read only where such a word stands before the fact.
    """
    found = _LINK.search(before[-12:])
    if not found:
        return ""
    word = found[1].lower()
    return "" if _PAIRED[word].match(read_after()) else word  # type: ignore[return-value]


def count_decimals(value: float) -> int:
    """Return with how many decimals a number was written: 1 for 8.2, 0 for 136."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def round_half_up(value: float, decimals: int) -> float:
    """Round a number as spreadsheets and their charts print it: 11.25 is 11.3, where `round` has 11.2."""
    if round(value, decimals) == value:
        return value
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def find_print_problem(value: float) -> str | None:
    """Return why a number cannot be printed as it is; None when it can."""
    if not math.isfinite(value):
        return "a value must be a finite number"
    if abs(value) >= LARGEST or 0 < abs(value) < SMALLEST:
        return f"{value:g} is too {'large' if abs(value) >= 1 else 'small'} a number to print"
    return None


class Quantity(Struct, frozen=True, dict=True):
    """A number or date as the evidence has it. `fact` is its id; None for a number typed into an exhibit.

    `words` replaces the whole printed prose ("the early 1980s"), `label` the short form.
    """

    value: float | PartialDate
    unit: Unit = Unit("")
    bound: BoundWords = "exactly"
    decimals: int = 0
    fact: str | None = None
    words: str | None = None
    label: str | None = None
    status: Status = "stated"
    language: str = "en"
    spread: Spread | None = None
    """The ends of a range or interval. `value` is then its centre, or halfway where the source gives none."""
    sourced: tuple[SourcedQuantity, ...] = ()
    """What each source says, where several differ. `value` and `spread` then reach from the least to the largest."""

    @property
    def format(self) -> NumberFormat:
        return NumberFormat(self.unit, self.bound, self.decimals, self.language)

    @property
    def number(self) -> float:
        """The value as a number: a date's place on an axis of years."""
        return self.value.position() if isinstance(self.value, PartialDate) else float(self.value)

    @property
    def sign(self) -> Sign:
        return SIGNS[self.bound]

    @property
    def open(self) -> bool:
        """True if a drawing must show that the value is not exactly known: a bound, an estimate or a forecast."""
        return self.sign != "=" or self.status == "forecast" or self.spread is not None

    @cached_property
    def prose(self) -> str:
        """The form for a sentence: "a little less than $1 billion"."""
        return self.prose_after("")

    def prose_after(self, link: Link) -> str:
        """Return the form for a sentence after a word: "three and five years" after "between"."""
        return self.words or self._join_sourced(prose=True) or self._write(prose=True, link=link)

    @cached_property
    def short(self) -> str:
        """The form for a chart or a table: "<$1 bn"."""
        return self.label or self._join_sourced(prose=False) or self._write(prose=False)

    def split_sourced(self, prose: bool) -> list[tuple[str, str]]:
        """Return the pieces of the printed form, each with the id of the fact that it prints, or "" for words between."""
        labels = load_labels(self.language)
        pieces: list[tuple[str, str]] = []
        for index, each in enumerate(self.sourced):
            if index:
                is_last = index == len(self.sourced) - 1
                pieces.append((labels.either if is_last else labels.marks.comma, ""))
            value = each.quantity.prose if prose else each.quantity.short
            pieces.append((labels.in_brackets.format(value=value, source=each.source), each.quantity.fact or ""))
        return pieces

    def _join_sourced(self, prose: bool) -> str:
        return "".join(text for text, _ in self.split_sourced(prose)) if self.sourced else ""

    def _write(self, prose: bool, link: Link = "") -> str:
        if isinstance(self.value, PartialDate):
            return load_writing(self.language).bounded_date(self.value, self.bound, prose)
        if self.spread:
            writing = load_writing(self.language)
            if prose:
                return writing.range_prose(self.format, self.value, self.spread, link)
            return writing.range_short(self.format, self.value, self.spread)
        return self.format.prose(self.value) if prose else self.format.short(self.value)

    @property
    def excel(self) -> str:
        """The Excel format code that prints the value as `short`."""
        if self.label or self.spread or self.sourced:  # a code can print one number only
            return '"' + self.short.replace('"', '""') + '"'
        return "General" if isinstance(self.value, PartialDate) else self.format.excel(self.value)


class SourcedQuantity(Struct, frozen=True):
    """The value that one of several sources gives, and the words that name the source."""

    quantity: Quantity
    source: str

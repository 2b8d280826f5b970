"""Numbers with their unit, precision and bound; the printed text and the Excel format code come from one place.

A `Quantity` prints as prose ("a little less than $1 billion"), as a short label ("<$1 bn") and as an Excel format code
(`"<$"0" bn"`), and never says more than is known: bounds are carried through arithmetic, see `formula.py`.
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from reportgen.text import languages

NBSP = "\u00a0"
LARGEST, SMALLEST = 1e15, 1e-6  # beyond these a reader wants another unit, and a float is no longer exact

BoundWords = Literal[
    "exactly", "less than", "a little less than", "at most", "about", "at least", "more than", "a little more than"
]
Sign = Literal["=", "<", "≤", "≈", "≥", ">"]
Status = Literal["stated", "reported", "forecast", "inferred"]

SIGNS: dict[str, Sign] = {
    "exactly": "=",
    "less than": "<",
    "a little less than": "<",
    "at most": "≤",
    "about": "≈",
    "at least": "≥",
    "more than": ">",
    "a little more than": ">",
}
assert set(SIGNS) == set(get_args(BoundWords))

SMALL_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINAL_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SCALES = {"thousand": "k", "million": "m", "billion": "bn", "trillion": "tn"}
CURRENCIES = {"US$": "$", "$": "$", "€": "€", "£": "£", "¥": "¥", "₩": "₩"}
_MONEY = re.compile(r"(US\$|[$€£¥₩]|[A-Z]{3})(?: (thousand|million|billion|trillion))?")
_DATE = re.compile(
    r"(?P<decade>\d{3}0)s|(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)-(?P<d>\d\d)"
)


class PartialDate(Struct, frozen=True):
    """A date as exactly as it is known: a day, a month, a year, a decade, or a day of an unnamed year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read 2021-01-20, 2021-01, 2021, 1980s or --11-03 (ISO 8601 for 3 November); ValueError otherwise."""
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
        """The date in a language; where a sentence says more than a label ("in the year 2021"), `prose` asks for it."""
        if writing := languages.load_writing(language):
            return writing.partial_date(self, prose)
        return str(self)

    def __str__(self) -> str:
        if self.decade:
            return f"{self.year}s"
        month = f"{MONTHS[self.month - 1]}" if self.month else ""
        day = f"{NBSP}{self.day}" if self.day else ""
        if not self.year:
            return f"{month}{day}"
        return f"{month}{day}, {self.year}" if day else f"{month} {self.year}".strip()

    @property
    def iso(self) -> str:
        if self.decade:
            return f"{self.year}s"
        if not self.year:
            return f"--{self.month:02}-{self.day:02}"
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])

    def position(self) -> float:
        """Where the date begins on an axis of years: 2021-01-20 is 2021.05. ValueError without a year."""
        if self.year is None:
            raise ValueError(f"{self} has no year, so it has no place on a time axis")
        first = date(self.year, 1, 1)
        days = (date(self.year, self.month or 1, self.day or 1) - first).days
        return self.year + days / ((date(self.year + 1, 1, 1) - first).days if self.year < 9999 else 365)


def format_long_date(day: date, language: str = "en") -> str:
    """A day as a letter's head says it: January 20, 2021."""
    return PartialDate(day.year, day.month, day.day).format(language)


def format_short_date(day: date, year: int | None = None, language: str = "en") -> str:
    """For a table's narrow column: Apr 30, 2021; only Apr 30 where the column's head has named the year."""
    if writing := languages.load_writing(language):
        return writing.short_day(day, day.year == year)
    written = f"{MONTHS[day.month - 1][:3]}{NBSP}{day.day}"
    return written if day.year == year else f"{written}, {day.year}"


def format_month_tick(month: int, year: int | None, language: str = "en") -> str:
    """A month on an axis of time, with its year where that begins: Jan 2021, Apr."""
    if writing := languages.load_writing(language):
        return writing.month(month, year)
    name = MONTHS[month - 1][:3]
    return f"{name} {year}" if year is not None else name


class Unit(Struct, frozen=True):
    """What a number counts: money, percent, times, rank, a calendar date, or anything named ("months")."""

    name: str

    @property
    def kind(self) -> Literal["money", "percent", "times", "rank", "date", "count"]:
        if self.name in ("%", "times", "rank", "date"):
            return {"%": "percent"}.get(self.name, self.name)  # type: ignore[return-value]
        return "money" if _MONEY.fullmatch(self.name) else "count"

    @property
    def _money(self) -> tuple[str, str]:
        """(symbol, scale word) of a currency, such as ("$", "billion")."""
        currency, scale = self.money
        return CURRENCIES.get(currency, currency + NBSP), scale

    def format(self, language: str) -> str:
        """The unit alone, as the line over a drawing names it."""
        writing = languages.load_writing(language)
        return writing.unit(self) if writing else self.name

    @property
    def money(self) -> tuple[str, str]:
        """(currency, scale word) as the brief has them, such as ("US$", "billion")."""
        match = _MONEY.fullmatch(self.name)
        assert match
        return match[1], match[2] or ""

    def prose(self, number: str, singular: bool) -> str:
        match self.kind:
            case "money":
                symbol, scale = self._money
                return _amount(symbol, number, scale)
            case "percent":
                return f"{number}{NBSP}percent"
            case "rank" | "date":
                return number
            case "times":
                return f"{number}{NBSP}times"
        return self._counted(number, singular)

    def short(self, number: str, singular: bool = False) -> str:
        match self.kind:
            case "money":
                symbol, scale = self._money
                return _amount(symbol, number, SCALES.get(scale, ""))
            case "percent":
                return f"{number}%"
            case "times":
                return f"{number}×"
            case "rank" | "date":
                return number
        return self._counted(number, singular)

    def _counted(self, number: str, singular: bool) -> str:
        name = self.name[:-1] if singular and self.name.endswith("s") else self.name
        return f"{number}{NBSP}{name}" if name else number

    def around(self, singular: bool = False) -> tuple[str, str]:
        """What stands before and after the digits of a short label: ("$", " bn")."""
        before, _, after = self.short("\0", singular).partition("\0")
        return before, after


def _amount(symbol: str, number: str, scale: str) -> str:
    """An amount of money; a minus stands before the currency: −$6 bn."""
    sign = "−" if number.startswith("−") else ""
    return f"{sign}{symbol}{number.removeprefix('−')}{NBSP if scale else ''}{scale}"


class NumberFormat(Struct, frozen=True):
    """How a value of this unit, bound and precision is written, in text and in Excel."""

    unit: Unit
    bound: BoundWords = "exactly"
    decimals: int = 0
    language: str = "en"

    def digits(self, value: float) -> str:
        text = f"{abs(value):,.{self.decimals}f}"
        return f"−{text}" if value < 0 and text.strip("0.,") else text

    def prose(self, value: float) -> str:
        if writing := languages.load_writing(self.language):
            return writing.prose(self, value)
        whole = self.decimals == 0 and value == int(value)
        if self.unit.kind == "rank" and whole:
            number = ORDINAL_WORDS[int(value) - 1] if 1 <= value <= 9 else f"{int(value)}{_ordinal_suffix(int(value))}"
        elif self.unit.kind in ("count", "times") and whole and 0 <= value <= 9:
            number = SMALL_WORDS[int(value)]
        else:
            number = self.digits(value)
        text = self.unit.prose(number, singular=value == 1)
        return text if self.bound == "exactly" else f"{self.bound} {text}"

    def short(self, value: float) -> str:
        if writing := languages.load_writing(self.language):
            return writing.short(self, value)
        sign = SIGNS[self.bound]
        if self.unit.kind == "rank":
            return f"{int(value)}{_ordinal_suffix(int(value))}"
        return ("" if sign == "=" else sign) + self.unit.short(self.digits(value), singular=value == 1)

    def excel(self, value: float) -> str:
        """The format code under which Excel and PowerPoint print the value as `short` does."""
        if writing := languages.load_writing(self.language):
            return writing.excel(self, value)
        if self.unit.kind == "rank":
            return f'0"{_ordinal_suffix(int(value))}"'
        before, after = self.unit.around(singular=value == 1)
        sign = SIGNS[self.bound]
        before = ("" if sign == "=" else sign) + before
        pattern = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        return (f'"{before}"' if before else "") + pattern + (f'"{after}"' if after else "")


def _ordinal_suffix(value: int) -> str:
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def count_decimals(value: float) -> int:
    """How many decimals a number was written with: 8.2 has 1, 136 has 0."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def find_print_problem(value: float) -> str | None:
    """Why a number cannot be printed as it is; None when it can."""
    if not math.isfinite(value):
        return "a value must be a finite number"
    if abs(value) >= LARGEST or 0 < abs(value) < SMALLEST:
        return f"{value:g} is too {'large' if abs(value) >= 1 else 'small'} a number to print"
    return None


class Quantity(Struct, frozen=True, dict=True):
    """A number or date as the evidence has it. `fact` is the id it came from; None for a number typed into an exhibit.

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
        """Whether a drawing must show that the value is not exactly known: a bound, an estimate or a forecast."""
        return self.sign != "=" or self.status == "forecast"

    @cached_property
    def prose(self) -> str:
        """As a sentence says it: "a little less than $1 billion"."""
        if self.words:
            return self.words
        if isinstance(self.value, PartialDate):
            return self._format_date("the " if self.value.decade else "", prose=True)
        return self.format.prose(self.value)

    def _format_date(self, article: str, prose: bool = False) -> str:
        assert isinstance(self.value, PartialDate)
        if writing := languages.load_writing(self.language):
            return writing.bounded_date(self.value, self.bound, prose)
        bound = {"<": "before ", ">": "after ", "≈": "about ", "≤": "by ", "≥": "from "}.get(self.sign, "")
        return f"{bound}{article}{self.value}"

    @cached_property
    def short(self) -> str:
        """As a chart or a table says it: "<$1 bn"."""
        if self.label:
            return self.label
        if isinstance(self.value, PartialDate):
            return self._format_date("")
        return self.format.short(self.value)

    @property
    def excel(self) -> str:
        """The Excel format code that prints the value as `short`."""
        if self.label:
            return '"' + self.label.replace('"', '""') + '"'
        return "General" if isinstance(self.value, PartialDate) else self.format.excel(self.value)

    def with_fact(self, fact: str) -> Quantity:
        return replace(self, fact=fact)

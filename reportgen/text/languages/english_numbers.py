"""Numbers and dates in English: "a little less than $1 billion", "<$1 bn", "January 20, 2021"."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct

from reportgen.text.languages.label_fields import NBSP
from reportgen.text.languages.writing import (
    CURRENCY_CODES,
    SIGNS,
    DateParts,
    FormatParts,
    Link,
    Spread,
    Unit,
    excel_digits,
    format_day,
    is_negative,
    quote_for_excel,
)
from reportgen.text.late_pattern import compile_late

SMALL_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINAL_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Percent = Literal["oneword", "twowords", "sign"]
PERCENT: dict[Percent, str] = {"oneword": "percent", "twowords": "per cent", "sign": "%"}
SCALES = {"thousand": "k", "million": "m", "billion": "bn", "trillion": "tn"}
CURRENCIES = {**{sign: sign for sign in CURRENCY_CODES}, "US$": "$", "Rs": f"Rs{NBSP}"}
_PLURAL = compile_late(r"^(\w[^()]*?)s(?=$| per | of | a )")
"""The noun of a unit that is counted: deaths per 100,000 people."""
_MONEY_RATE = re.compile(r"(US\$|[$€£¥₩])\s?((?:thousand|million|billion|trillion)?)\s?(?=per |an? )")
_SYMBOL = re.compile(
    r"[^a-zA-Z]*[^\W\d]{1,2}(?![^\W\d])|\W|[bcdfghj-np-tv-xz]+(?![^\W\d])|\w*[\d/²³]|[^\W\d]+[A-Z](?! )"
)
"""Units after which a number stands in digits: GW, °C, mph, µg/m3."""
BEFORE_DATES = {"=": "", "<": "before ", ">": "after ", "≈": "about ", "≤": "by ", "≥": "from "}


class EnglishWriting(Struct, frozen=True):
    """Writes numbers and dates in English: 5 March 2024 with `day_first`, else March 5, 2024.

    `percent` is the style of percentages in running text: oneword, twowords or sign. `locale` is the tag by which Babel
    shortens months, where that is not as in the United States.
    """

    day_first: bool = False
    percent: Percent = "oneword"
    locale: str = ""

    def prose(self, form: FormatParts, value: float) -> str:
        whole = form.decimals == 0 and value == int(value)
        if form.unit.kind == "rank" and whole:
            number = ORDINAL_WORDS[int(value) - 1] if 1 <= value <= 9 else _format_ordinal(value)
        elif _is_spelled_out(form, value):
            number = SMALL_WORDS[int(value)]
        else:
            number = format_number(value, form.decimals)
        return _add_bound(form, self._add_unit(form.unit, number, value == 1))

    def range_prose(self, form: FormatParts, value: float, spread: Spread, link: Link) -> str:
        if spread.margin is not None:
            text = _add_bound(form, self._restyle(form.unit, _add_margin(form, value, spread.margin)))
            return f"{text} ({spread.interval})" if spread.interval else text
        if spread.has_centre:
            more = f", {spread.interval}" if spread.interval else ""
            return f"{self.prose(form, value)} ({self._restyle(form.unit, _join_ends(form, spread))}{more})"
        text = _add_bound(form, self._restyle(form.unit, _join_ends(form, spread, link)))
        return f"{text} ({spread.interval})" if spread.interval else text

    def range_short(self, form: FormatParts, value: float, spread: Spread) -> str:
        if spread.margin is not None:
            return _format_sign(form) + _add_margin(form, value, spread.margin, short=True)
        ends = _join_ends(form, spread, short=True)
        return f"{self.short(form, value)} ({ends})" if spread.has_centre else _format_sign(form) + ends

    def short(self, form: FormatParts, value: float) -> str:
        if form.unit.kind == "rank":
            return _format_ordinal(value)
        return _format_sign(form) + add_unit(form.unit, format_number(value, form.decimals), value == 1, short=True)

    def excel(self, form: FormatParts, value: float) -> str:
        if form.unit.kind == "rank":
            return f"0{quote_for_excel(_ordinal_suffix(value))}"
        before, _, after = add_unit(form.unit, "\0", value == 1, short=True).partition("\0")
        return quote_for_excel(_format_sign(form) + before) + excel_digits(form.decimals) + quote_for_excel(after)

    def unit(self, unit: Unit) -> str:
        return unit.name.replace("%", PERCENT[self.percent], 1) if unit.kind == "percent" else unit.name

    def _add_unit(self, unit: Unit, number: str, singular: bool) -> str:
        """Add a unit to a number in running text."""
        return self._restyle(unit, add_unit(unit, number, singular))

    def _restyle(self, unit: Unit, text: str) -> str:
        """Write a percentage of running text in the house's style."""
        if unit.kind != "percent" or self.percent == "oneword":
            return text
        return text.replace(f"{NBSP}percent", "%" if self.percent == "sign" else f"{NBSP}per{NBSP}cent", 1)

    def partial_date(self, day: DateParts, prose: bool = False) -> str:  # noqa: ARG002  # a sentence says no more
        if day.decade:
            return f"{day.year}s"
        month = MONTHS[day.month - 1] if day.month else ""
        named = self._name_day(month, day.day) if day.day else month
        if not day.year:
            return named
        return f"{named}{self._before_year}{day.year}" if day.day else f"{named} {day.year}".strip()

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str:
        article = "the " if prose and day.decade else ""
        return f"{BEFORE_DATES[SIGNS[bound]]}{article}{self.partial_date(day)}"

    def short_day(self, day: date, yearless: bool) -> str:
        if self.locale:
            return format_day("MMMd" if yearless else "yMMMd", day, self.locale).replace(" ", NBSP)
        named = self._name_day(MONTHS[day.month - 1][:3], day.day)
        return named if yearless else f"{named}{self._before_year}{day.year}"

    def _name_day(self, month: str, day: int) -> str:
        return f"{day}{NBSP}{month}" if self.day_first else f"{month}{NBSP}{day}"

    @property
    def _before_year(self) -> str:
        return " " if self.day_first else ", "

    def month(self, month: int, year: int | None) -> str:
        if self.locale:
            return format_day("MMM" if year is None else "yMMM", date(year or 2000, month, 1), self.locale)
        name = MONTHS[month - 1][:3]
        return f"{name} {year}" if year is not None else name


def add_unit(unit: Unit, number: str, singular: bool, short: bool = False) -> str:
    """Add a unit to a number; `short` as charts print it. A minus stands before the currency: −$6 bn."""
    match unit.kind:
        case "money":
            currency, scale = unit.money
            scale = SCALES.get(scale, "") if short else scale
            sign = "−" if number.startswith("−") else ""
            symbol = CURRENCIES.get(currency, currency + NBSP)
            return f"{sign}{symbol}{number.removeprefix('−')}{NBSP if scale else ''}{scale}"
        case "percent":
            return f"{number}{'%' if short else f'{NBSP}percent'}{unit.percent_of}"
        case "times":
            return f"{number}×" if short else f"{number}{NBSP}times"
        case "rank" | "date":
            return number
    if rate := _MONEY_RATE.match(unit.name):
        sign = "−" if number.startswith("−") else ""
        symbol = CURRENCIES[rate[1]]
        return (
            f"{sign}{symbol}{number.removeprefix('−')}{NBSP if rate[2] else ''}{rate[2]}{NBSP}{unit.name[rate.end() :]}"
        )
    name = _PLURAL.sub(r"\1", unit.name) if singular else unit.name
    return f"{number}{NBSP}{name}" if name else number


def _is_spelled_out(form: FormatParts, value: float) -> bool:
    if form.decimals or form.unit.kind not in ("count", "times") or _SYMBOL.match(form.unit.name):
        return False
    return value == int(value) and 0 <= value <= 9


def _add_bound(form: FormatParts, text: str) -> str:
    return text if form.bound == "exactly" else f"{form.bound} {text}"


def _add_margin(form: FormatParts, value: float, margin: float, short: bool = False) -> str:
    number = f"{format_number(value, form.decimals)}{NBSP}±{NBSP}{format_number(margin, form.decimals)}"
    return add_unit(form.unit, number, singular=False, short=short)


def _join_ends(form: FormatParts, spread: Spread, link: Link = "", short: bool = False) -> str:
    """Write both ends: 3–5 years; and in words after "between" or "from": three and five years, three to five years.

    A dash beside a minus would be misread, so a range that reaches below zero has "to".
    """
    joint = {"between": " and ", "from": " to "}.get(link, "–" if spread.low >= 0 else " to ")
    ends = (spread.low, spread.high)
    if form.unit.kind == "rank":
        return (joint if joint != "–" else " to ").join(map(_format_ordinal, ends))
    if form.unit.kind == "money" and joint != "–":
        return joint.join(add_unit(form.unit, format_number(end, form.decimals), end == 1, short) for end in ends)
    if link and all(_is_spelled_out(form, end) for end in ends):
        numbers = joint.join(SMALL_WORDS[int(end)] for end in ends)
    else:
        numbers = joint.join(format_number(end, form.decimals) for end in ends)
    return add_unit(form.unit, numbers, singular=False, short=short)


def format_number(value: float, decimals: int) -> str:
    """Write a number with separators, a true minus, and no minus before what rounds to zero."""
    text = f"{abs(value):,.{decimals}f}"
    return f"−{text}" if is_negative(value, text) else text


def _format_sign(form: FormatParts) -> str:
    return "" if SIGNS[form.bound] == "=" else SIGNS[form.bound]


def _format_ordinal(value: float) -> str:
    return f"{int(value)}{_ordinal_suffix(value)}"


def _ordinal_suffix(value: float) -> str:
    if 10 <= int(value) % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(int(value) % 10, "th")

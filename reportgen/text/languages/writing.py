"""The interface of a language's numbers and dates, and what languages share, mostly through Babel."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from msgspec import Struct

from reportgen.text.languages.label_fields import NBSP

if TYPE_CHECKING:
    from babel import Locale

BoundWords = Literal[
    "exactly", "less than", "a little less than", "at most", "about", "at least", "more than", "a little more than"
]
Sign = Literal["=", "<", "≤", "≈", "≥", ">"]
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
CURRENCY_CODES = {
    "US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "RM": "MYR", "Rs": "INR", "₹": "INR", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₱": "PHP",
    "฿": "THB", "₫": "VND", "₦": "NGN", "₴": "UAH",
}  # fmt: skip
"""The codes of the signs that a fact's unit may have instead."""
ISO_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD "
    "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
    "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF "
    "SAR SBD SCR SDG SDR SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XDR XOF "
    "XPF YER ZAR ZMW ZWG"
)
"""The codes of ISO 4217, and two that texts use beside it. Other capitals, such as FPS, count something."""
_MONEY = re.compile(
    rf"({'|'.join(map(re.escape, CURRENCY_CODES))}|{ISO_CODES.replace(' ', '|')})(?: (thousand|million|billion|trillion))?"
)


class DateParts(Struct, frozen=True):
    """A date, any part of which may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False


class Unit(Struct, frozen=True):
    """The unit of a number: money, percent, times, rank, a calendar date, or anything named ("months")."""

    name: str

    @property
    def kind(self) -> Literal["money", "percent", "times", "rank", "date", "count"]:
        if self.name in ("times", "rank", "date"):
            return self.name  # type: ignore[return-value]
        if self.name == "%" or self.name.startswith("% "):
            return "percent"
        return "money" if _MONEY.fullmatch(self.name) else "count"

    @property
    def percent_of(self) -> str:
        """The whole of a percentage, with the space before it: " of GDP" for the unit "% of GDP"."""
        return self.name.removeprefix("%").replace(" ", NBSP, 1)

    @property
    def money(self) -> tuple[str, str]:
        """Currency and scale word as the brief has them, such as ("US$", "billion")."""
        match = _MONEY.fullmatch(self.name)
        assert match
        return match[1], match[2] or ""


class Spread(Struct, frozen=True):
    """The two ends between which a number lies. Without a centre, the source gives the ends alone."""

    low: float
    high: float
    has_centre: bool = True
    margin: float | None = None
    interval: str = ""
    """The name of the interval between the ends: "interquartile range"."""


Link = Literal["", "between", "from"]
"""The word before a range on which its printed form depends."""


class FormatParts(Struct, frozen=True):
    """The unit, bound and precision of a value."""

    unit: Unit
    bound: BoundWords = "exactly"
    decimals: int = 0


class Writing(Protocol):
    """Writes numbers and dates in one language. `short` is for charts and tables, and `excel` prints the same."""

    def prose(self, form: FormatParts, value: float) -> str: ...

    def short(self, form: FormatParts, value: float) -> str: ...

    def excel(self, form: FormatParts, value: float) -> str:
        """Return an Excel format code."""

    def range_prose(self, form: FormatParts, value: float, spread: Spread, link: Link) -> str:
        """Write a range, or a number with its interval or margin; `link` is the word before it."""

    def range_short(self, form: FormatParts, value: float, spread: Spread) -> str: ...

    def unit(self, unit: Unit) -> str:
        """Name a unit alone, for the line over a drawing."""

    def partial_date(self, day: DateParts, prose: bool) -> str: ...

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str: ...

    def short_day(self, day: date, yearless: bool) -> str: ...

    def month(self, month: int, year: int | None) -> str:
        """Write a month for an axis of time, with its year where one begins: Jan 2021, Apr."""


class BabelWriting(Struct, frozen=True):
    """The part of a language's writing that Babel does as it is; `language` is the brief's tag."""

    language: str

    def short_day(self, day: date, yearless: bool) -> str:
        return format_day("MMMd" if yearless else "yMMMd", day, self.language).replace(" ", NBSP)

    def month(self, month: int, year: int | None) -> str:
        return format_day("yMMM" if year is not None else "MMM", date(year or 2000, month, 1), self.language)

    def currency(self, unit: Unit, usual: dict[str, str]) -> str:
        """Return a currency's usual name, else Unicode's."""
        from babel.numbers import get_currency_name

        name = unit.money[0]
        return usual.get(name) or get_currency_name(CURRENCY_CODES.get(name, name), locale=find_locale(self.language))

    def signed(self, value: float, decimals: int, minus: str = "−") -> str:
        """Write a number with its minus."""
        text = format_digits(value, decimals, self.language)
        return f"{minus}{text}" if is_negative(value, text) else text


@lru_cache(maxsize=16)
def find_locale(language: str) -> Locale:
    """Return Babel's locale for a language tag: with its region if Babel knows it, else the language's."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.partition("-")[0])


@lru_cache(maxsize=256)
def format_day(skeleton: str, value: date, language: str) -> str:
    """Write a date by a Unicode skeleton: "yMMMMd" is a whole date, "MMMMd" one without its year."""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, value, locale=find_locale(language))


def format_partial_date(value: DateParts, language: str) -> str:
    """Write a date with the parts that it has; decades are left to each language."""
    skeleton = ("y" if value.year else "") + ("MMMM" if value.month else "") + ("d" if value.day else "")
    day = date(value.year or 2000, value.month or 1, value.day or 1)
    text = format_day(skeleton, day, language)
    if value.month and value.day:
        yearless = format_day("MMMMd", day, language)
        text = text.replace(yearless, yearless.replace(" ", NBSP))
    return text


@lru_cache(maxsize=1024)
def format_digits(value: float, decimals: int, language: str) -> str:
    """Write a number with the language's separators, in Western digits, without its sign."""
    from babel.numbers import format_decimal

    pattern = excel_digits(decimals)
    return format_decimal(abs(value), format=pattern, locale=find_locale(language), numbering_system="latn")


def is_negative(value: float, text: str) -> bool:
    """Return whether a minus stands before the digits: not before what rounds to zero."""
    return value < 0 and any(char in "123456789" for char in text)


def excel_digits(decimals: int) -> str:
    """Return the digits of an Excel format code."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def quote_for_excel(text: str) -> str:
    """Quote words for an Excel format code."""
    return f'"{text}"' if text else ""

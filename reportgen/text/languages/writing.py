"""What a language other than English has to say of numbers and dates, and what such languages share, through Babel."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from reportgen.text.languages.label_fields import NBSP

if TYPE_CHECKING:
    from babel import Locale

CURRENCY_CODES = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW"}


class DateParts(Protocol):
    """A date as a language reads it: each part may be missing."""

    @property
    def year(self) -> int | None: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...
    @property
    def decade(self) -> bool: ...


class UnitParts(Protocol):
    """A unit as a language reads it."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def money(self) -> tuple[str, str]: ...


class FormatParts(Protocol):
    """How a value is to be written, as a language reads it."""

    @property
    def unit(self) -> UnitParts: ...
    @property
    def bound(self) -> str: ...
    @property
    def decimals(self) -> int: ...


class Writing(Protocol):
    """Numbers and dates of one language. `short` is what charts and tables print, and `excel` prints the same."""

    def prose(self, form: FormatParts, value: float) -> str: ...

    def short(self, form: FormatParts, value: float) -> str: ...

    def excel(self, form: FormatParts, value: float) -> str: ...

    def unit(self, unit: UnitParts) -> str:
        """A unit alone, as the line over a drawing names it."""

    def partial_date(self, day: DateParts, prose: bool) -> str: ...

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str: ...

    def short_day(self, day: date, yearless: bool) -> str: ...

    def month(self, month: int, year: int | None) -> str: ...


@lru_cache(maxsize=16)
def find_locale(language: str) -> Locale:
    """Babel's locale for a language tag: with its region where Babel knows it, else that of the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.partition("-")[0])


@lru_cache(maxsize=256)
def format_day(skeleton: str, value: date, language: str) -> str:
    """A date by Unicode's skeletons: "yMMMMd" is a whole date, "MMMMd" one without its year."""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, value, locale=find_locale(language))


def format_partial_date(value: DateParts, language: str) -> str:
    """A date as exactly as it is known; a decade is the language's own affair."""
    skeleton = ("y" if value.year else "") + ("MMMM" if value.month else "") + ("d" if value.day else "")
    written = format_day(skeleton, date(value.year or 2000, value.month or 1, value.day or 1), language)
    if value.month and value.day:
        known = format_day("MMMMd", date(value.year or 2000, value.month, value.day), language)
        written = written.replace(known, known.replace(" ", NBSP))
    return written


@lru_cache(maxsize=1024)
def format_digits(value: float, decimals: int, language: str) -> str:
    """The number with the language's separators, in Western digits, without its sign."""
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(abs(value), format=pattern, locale=find_locale(language), numbering_system="latn")


def is_negative(value: float, written: str) -> bool:
    """Whether a minus stands before the digits: not before what rounds to zero."""
    return value < 0 and any(char in "123456789" for char in written)


def find_currency_name(currency: str, known: dict[str, str], language: str) -> str:
    """What a currency is called: as the language's papers do, else as Unicode has it."""
    from babel.numbers import get_currency_name

    return known.get(currency) or get_currency_name(
        CURRENCY_CODES.get(currency, currency), locale=find_locale(language)
    )


def excel_digits(decimals: int) -> str:
    """Excel's code for the digits."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def quote_for_excel(text: str) -> str:
    """Words in an Excel format code."""
    return f'"{text}"' if text else ""

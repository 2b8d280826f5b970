"""Numbers and dates in Korean: money in 만, 억 and 조, bounds behind the number, dates from the year down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.text.languages import writing
from reportgen.text.languages.label_fields import NBSP

if TYPE_CHECKING:
    from reportgen.text.languages.writing import DateParts, FormatParts, UnitParts

CURRENCIES = {"US$": "달러", "$": "달러", "€": "유로", "£": "파운드", "¥": "엔", "₩": "원"}
SCALES = {"": (0, ""), "thousand": (0, "천"), "million": (2, "만"), "billion": (1, "억"), "trillion": (0, "조")}
"""English scale word -> how many zeros the number gains, and the Korean one: 5 billion is 50억."""
NEXT = {"만": "억", "억": "조"}
STEP = 10_000  # Korean scale words stand four digits apart
LARGE_GROUP = 1000  # from here on a number has a comma, which an Excel code cannot put before a constant zero

PROSE: dict[str, str] = {
    "exactly": "{}",
    "less than": "{} 미만",
    "a little less than": "{}에 조금 못 미치는 수준",
    "at most": "{} 이하",
    "about": "약 {}",
    "at least": "{} 이상",
    "more than": "{} 초과",
    "a little more than": "{} 남짓",
}
SHORT = PROSE | {"a little less than": "{} 미만", "a little more than": "{} 초과"}
DATES: dict[str, str] = {
    "exactly": "{}",
    "less than": "{} 전",
    "a little less than": "{} 전",
    "at most": "{}까지",
    "about": "{}경",
    "at least": "{}부터",
    "more than": "{} 후",
    "a little more than": "{} 후",
}


class KoreanWriting(Struct, frozen=True):
    """How a Korean brief writes; `language` is its tag."""

    language: str

    def prose(self, form: FormatParts, value: float) -> str:
        return PROSE[form.bound].format(self._amount(form, value))

    def short(self, form: FormatParts, value: float) -> str:
        return SHORT[form.bound].format(self._amount(form, value))

    def excel(self, form: FormatParts, value: float) -> str:
        """A code with the digits where Excel can move the decimal point as Korean does, else a constant text."""
        before, after = SHORT[form.bound].split("{}")
        digits, unit = writing.excel_digits(form.decimals), self._after(form.unit)
        if form.unit.kind == "money":
            zeros, _ = SCALES[form.unit.money[1]]
            written = self._amount(form, value)
            if zeros and (form.decimals or abs(value) * 10**zeros >= LARGE_GROUP or not value):
                return writing.quote_for_excel(before + written + after)
            digits, unit = ("0", "0" * zeros + unit) if zeros else (digits, unit)
        return writing.quote_for_excel(before) + digits + writing.quote_for_excel(unit + after)

    def unit(self, unit: UnitParts) -> str:
        if unit.kind != "money":
            return f"단위: {unit.name}"
        zeros, scale = SCALES[unit.money[1]]
        return f"단위: {'1' + '0' * zeros if zeros else ''}{scale} {self._currency(unit)}".replace("  ", " ")

    def partial_date(self, day: DateParts, prose: bool) -> str:  # noqa: ARG002  # a sentence says no more than a label
        return f"{day.year}년대" if day.decade else writing.format_partial_date(day, self.language)

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str:
        return DATES[bound].format(self.partial_date(day, prose))

    def short_day(self, day: date, yearless: bool) -> str:
        return writing.format_day("MMMd" if yearless else "yMMMd", day, self.language).replace(" ", NBSP)

    def month(self, month: int, year: int | None) -> str:
        return writing.format_day("yMMM" if year is not None else "MMM", date(year or 2000, month, 1), self.language)

    def _amount(self, form: FormatParts, value: float) -> str:
        """Number and unit, which never part at a line's end."""
        if form.unit.kind == "money":
            return self._money(form, value)
        return self._signed(value, form.decimals) + self._after(form.unit)

    def _after(self, unit: UnitParts) -> str:
        """What follows the digits; a counter of Hangul follows at once, as in 36개월, any other word after a space."""
        match unit.kind:
            case "money":
                scale = SCALES[unit.money[1]][1]
                return f"{scale}{NBSP}{self._currency(unit)}" if scale else self._currency(unit)
            case "percent":
                return "%"
            case "times":
                return "배"
            case "rank":
                return "위"
        return unit.name if not unit.name or "가" <= unit.name[0] <= "힣" else f"{NBSP}{unit.name}"

    def _currency(self, unit: UnitParts) -> str:
        return writing.find_currency_name(unit.money[0], CURRENCIES, self.language)

    def _money(self, form: FormatParts, value: float) -> str:
        """46 billion dollars are 460억 달러, 1,500 billion are 1조 5,000억 달러."""
        zeros, scale = SCALES[form.unit.money[1]]
        decimals, number = max(0, form.decimals - zeros), round(value * 10**zeros, max(0, form.decimals - zeros))
        written = self._signed(number, decimals) + scale
        if scale in NEXT and abs(number) >= STEP:
            above, rest = divmod(abs(number), STEP)
            sign = "−" if value < 0 else ""
            written = f"{sign}{writing.format_digits(above, 0, self.language)}{NEXT[scale]}"
            written += f"{NBSP}{writing.format_digits(rest, decimals, self.language)}{scale}" if rest else ""
        return f"{written}{NBSP}{self._currency(form.unit)}" if scale else f"{written}{self._currency(form.unit)}"

    def _signed(self, value: float, decimals: int) -> str:
        written = writing.format_digits(value, decimals, self.language)
        return f"−{written}" if writing.is_negative(value, written) else written

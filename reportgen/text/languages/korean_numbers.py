"""Numbers and dates in Korean: money in 만, 억 and 조, bounds behind the number, dates from the year down."""

from __future__ import annotations

from reportgen.text.languages import writing
from reportgen.text.languages.label_fields import NBSP
from reportgen.text.languages.writing import SIGNS, DateParts, FormatParts, Link, Sign, Spread, Unit

CURRENCIES = {"US$": "달러", "$": "달러", "€": "유로", "£": "파운드", "¥": "엔", "₩": "원"}
SCALES = {"": (0, ""), "thousand": (0, "천"), "million": (2, "만"), "billion": (1, "억"), "trillion": (0, "조")}
"""English scale word to the zeros that the number gains and the Korean scale word: 5 billion is 50억."""
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
DATES: dict[Sign, str] = {"=": "{}", "<": "{} 전", "≤": "{}까지", "≈": "{}경", "≥": "{}부터", ">": "{} 후"}


class KoreanWriting(writing.BabelWriting, frozen=True):
    """Writes numbers and dates in Korean."""

    def prose(self, form: FormatParts, value: float) -> str:
        return PROSE[form.bound].format(self._write_amount(form, value))

    def short(self, form: FormatParts, value: float) -> str:
        return SHORT[form.bound].format(self._write_amount(form, value))

    def range_prose(self, form: FormatParts, value: float, spread: Spread, link: Link) -> str:  # noqa: ARG002  # particles follow
        return self._write_range(form, value, spread, PROSE)

    def range_short(self, form: FormatParts, value: float, spread: Spread) -> str:
        return self._write_range(form, value, spread, SHORT)

    def _write_range(self, form: FormatParts, value: float, spread: Spread, bounds: dict[str, str]) -> str:
        """Write both ends, with one unit if it is no money: 3~5년, 30억 달러~50억 달러."""
        more = f"({spread.interval})" if spread.interval else ""
        if spread.margin is not None:
            margin = self.signed(spread.margin, form.decimals)
            amount, unit = self._write_amount(form, value), self._suffix(form.unit)
            if form.unit.kind == "money":
                return (
                    bounds[form.bound].format(f"{amount}{NBSP}±{NBSP}{self._write_amount(form, spread.margin)}") + more
                )
            return bounds[form.bound].format(f"{amount.removesuffix(unit)}{NBSP}±{NBSP}{margin}{unit}") + more
        if form.unit.kind == "money":
            ends = "~".join(self._write_amount(form, end) for end in (spread.low, spread.high))
        else:
            ends = "~".join(self.signed(end, form.decimals) for end in (spread.low, spread.high))
            ends += self._suffix(form.unit)
        if spread.has_centre:
            named = f", {spread.interval}" if spread.interval else ""
            return f"{bounds[form.bound].format(self._write_amount(form, value))}({ends}{named})"
        return bounds[form.bound].format(ends) + more

    def excel(self, form: FormatParts, value: float) -> str:
        """Return a code with digits where Excel can move the decimal point as Korean does, else a constant text."""
        before, after = SHORT[form.bound].split("{}")
        digits, unit = writing.excel_digits(form.decimals), self._suffix(form.unit)
        if form.unit.kind == "money":
            zeros, _ = SCALES[form.unit.money[1]]
            text = self._write_amount(form, value)
            if zeros and (form.decimals or abs(value) * 10**zeros >= LARGE_GROUP or not value):
                return writing.quote_for_excel(before + text + after)
            digits, unit = ("0", "0" * zeros + unit) if zeros else (digits, unit)
        return writing.quote_for_excel(before) + digits + writing.quote_for_excel(unit + after)

    def unit(self, unit: Unit) -> str:
        if unit.kind != "money":
            return f"단위: {unit.name}"
        zeros, scale = SCALES[unit.money[1]]
        return f"단위: {'1' + '0' * zeros if zeros else ''}{scale} {self.currency(unit, CURRENCIES)}".replace("  ", " ")

    def partial_date(self, day: DateParts, prose: bool) -> str:  # noqa: ARG002  # a sentence says no more than a label
        return f"{day.year}년대" if day.decade else writing.format_partial_date(day, self.language)

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str:
        return DATES[SIGNS[bound]].format(self.partial_date(day, prose))

    def _write_amount(self, form: FormatParts, value: float) -> str:
        """Write number and unit, which never part at a line's end."""
        if form.unit.kind == "money":
            return self._write_money(form, value)
        return self.signed(value, form.decimals) + self._suffix(form.unit)

    def _suffix(self, unit: Unit) -> str:
        """Return what follows the digits; a counter in Hangul follows at once, as in 36개월, others after a space."""
        match unit.kind:
            case "money":
                scale = SCALES[unit.money[1]][1]
                return f"{scale}{NBSP if scale else ''}{self.currency(unit, CURRENCIES)}"
            case "percent":
                return f"%{unit.percent_of}"
            case "times":
                return "배"
            case "rank":
                return "위"
        return unit.name if not unit.name or "가" <= unit.name[0] <= "힣" else f"{NBSP}{unit.name}"

    def _write_money(self, form: FormatParts, value: float) -> str:
        """Write money: 46 billion dollars are 460억 달러, 1,500 billion are 1조 5,000억 달러."""
        zeros, scale = SCALES[form.unit.money[1]]
        decimals, number = max(0, form.decimals - zeros), round(value * 10**zeros, max(0, form.decimals - zeros))
        text = self.signed(number, decimals) + scale
        if scale in NEXT and abs(number) >= STEP:
            above, rest = divmod(abs(number), STEP)
            sign = "−" if value < 0 else ""
            text = f"{sign}{writing.format_digits(above, 0, self.language)}{NEXT[scale]}"
            text += f"{NBSP}{writing.format_digits(rest, decimals, self.language)}{scale}" if rest else ""
        return f"{text}{NBSP if scale else ''}{self.currency(form.unit, CURRENCIES)}"

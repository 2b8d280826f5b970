"""Numbers in cells: those of a spreadsheet, and those written as text, which are read only where they can mean one number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from reportgen.input.tables.sheets import Cell, CellError, format_float
from reportgen.text.numbers import count_decimals

DecimalSign = Literal["point", "comma"]
SIGNS: dict[DecimalSign, str] = {"point": ".", "comma": ","}
OTHER = {"point": "comma", "comma": "point"}
_SPACES = re.compile("[\\s\xa0\u2007\u2009\u202f\udca0]+")
_CURRENCY = r"(?:[A-Z]{2,3}\$|[A-Z]{1,2}\$|[$€£¥₩₹₽₪฿]|[A-Z]{3}(?![a-z]))"
_TEXT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−–]?)\s*(?P<before>{_CURRENCY})?\s*(?P<inner>[-−–]?)"
    rf"(?P<digits>\d[\d.,'’ ]*|[.,]\d+)(?P<power>[eE][-+]?\d{{1,3}})?\s*(?P<percent>%)?\s*(?P<after>{_CURRENCY})?\s*(?P<close>\))?"
)
GAPS = frozenset(
    {"-", "–", "—", "−", ".", "..", "...", "…", "x", ":", "/", "*", "n/a", "na", "n.a.", "n. a.", "nan", "null", "none"}
)
"""The marks by which tables say that there is no number."""


class Number(Struct, frozen=True):
    """A number as its cell shows it: 18.2 for the percentage 0.182; the decimals are those that it is written with."""

    value: float
    decimals: int
    percent: bool = False
    currency: str = ""

    def scale(self, factor: float) -> Number:
        if factor == 1:
            return self
        value = float(format_float(float(Decimal(repr(self.value)) * Decimal(repr(factor)))))
        decimals = count_decimals(value)
        shift = Decimal(repr(factor)).normalize()
        if shift.as_tuple().digits == (1,):  # a power of ten moves the decimals that are shown
            decimals = min(decimals, max(0, self.decimals - shift.adjusted()))
        return Number(value, decimals, self.percent, self.currency)


class Style(Struct, frozen=True):
    """The ways in which a file writes numbers, as far as its source says so."""

    decimal: DecimalSign | None = None
    negative: Literal["parentheses"] | None = None


def is_gap(cell: Cell | None) -> bool:
    """Return whether a cell is empty, or only has the mark of a number that is not there."""
    return cell is None or (cell.kind == "text" and str(cell.value).strip().lower() in GAPS)


def read_number(cell: Cell | None, style: Style) -> Number:
    """Return the number in a cell. Raise CellError where there is none, or where it could mean two."""
    if cell is None:
        raise CellError("is empty")
    if cell.kind == "number":
        assert isinstance(cell.value, float)
        value = float(format_float(cell.value))
        if cell.percent:
            value = float(format_float(float(Decimal(repr(value)) * 100)))
        natural = count_decimals(value)
        return Number(value, natural if cell.decimals is None else cell.decimals, cell.percent, cell.currency)
    if cell.kind == "text":
        return _parse_text(str(cell.value), style)
    if cell.kind == "error":
        raise CellError(f"has the error {cell.value}", "mend the formula in the file")
    if cell.kind == "formula":
        hint = "open the file in a spreadsheet program and save it: the values are then stored with the formulas"
        raise CellError("has a formula without a stored value", hint)
    if cell.kind == "date":
        raise CellError(f"is the date {cell.value}, not a number")
    raise CellError(f"is {cell.value}, not a number")


def _parse_text(text: str, style: Style) -> Number:
    shown = Cell("text", text).describe()
    match = _TEXT.fullmatch(_SPACES.sub(" ", text).strip())
    if not match or bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["inner"]):
        raise CellError(f"is the text {shown}, not a number", "leave it out, or write the number alone in the file")
    if match["open"] and style.negative != "parentheses":
        hint = "if parentheses mean a negative number in this file, give its source negative: parentheses"
        raise CellError(f"is {shown}: negative, or in brackets for another reason?", hint)
    number, decimals = _parse_digits(match["digits"].strip(), style, shown)
    if match["power"]:
        number = float(f"{number!r}{match['power']}")
        decimals = count_decimals(number)
    if (
        float(format_float(number)) != number
    ):  # what a program wrote of a number that it cannot hold: 0.6949270329999999
        number = float(format_float(number))
        decimals = count_decimals(number)
    if match["open"] or (match["sign"] or match["inner"]) in ("-", "−", "–"):
        number = -number
    currency = match["before"] or match["after"] or ""
    return Number(number, decimals, bool(match["percent"]), currency)


def _parse_digits(digits: str, style: Style, shown: str) -> tuple[float, int]:
    """Return a number and its decimals. Signs of thousands have three digits after each; the last other sign is the decimal one."""
    plain = digits.replace(" ", "'").replace("’", "'")
    signs = [char for char in plain if not char.isdigit()]
    sign = _find_decimal_sign(plain, signs, style, shown)
    whole, _, fraction = plain.rpartition(sign) if sign else (plain, "", "")
    groups = re.split(r"[.,']", whole)
    others = {char for char in whole if not char.isdigit()}
    is_grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and len(others) == 1
    )
    if not is_grouped or sign in others or (fraction and not fraction.isdigit()):
        if _is_indian(whole, others):
            return float(whole.replace(",", "") + (f".{fraction}" if fraction else "")), len(fraction)
        other = "point" if style.decimal == "comma" else "comma"
        hint = (
            f"the source says decimal: {style.decimal}; is it {other}?" if style.decimal else "write it without signs"
        )
        raise CellError(f"is {shown}, whose digits are not grouped by thousands", hint)
    return float("".join(groups) + (f".{fraction}" if fraction else "")), len(fraction)


def _is_indian(whole: str, others: set[str]) -> bool:
    """Return whether digits are grouped by lakhs and crores: 12,34,567."""
    return others == {","} and bool(re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}", whole))


def _find_decimal_sign(plain: str, signs: list[str], style: Style, shown: str) -> str:
    """Return the decimal sign of a number, "" where it has none. Raise CellError for 1,234, which is two numbers."""
    points = [char for char in signs if char in ".,"]
    if style.decimal:
        sign = SIGNS[style.decimal]
        return sign if sign in points else ""
    found = _prove_sign(plain)
    if found or len(points) != 1:
        return found if found in points else ""
    name = "comma" if points[0] == "," else "point"
    hint = f"say which sign is the decimal one: its source needs decimal: {name}, or decimal: {OTHER[name]}"
    raise CellError(f"is {shown}: {re.sub('[.,]', '', plain)}, or {plain.replace(',', '.')}?", hint)


def _prove_sign(plain: str) -> str:
    """Return the decimal sign that a number by itself proves; "" where it could be either, or is no number."""
    signs = [char for char in plain if char in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1] if signs.count(signs[-1]) == 1 else ""
    if len(signs) > 1:
        is_grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain) or _is_indian(plain, set(signs))
        return ("," if signs[0] == "." else ".") if is_grouped else ""
    before, after = plain.split(signs[0])
    could_be_thousands = re.fullmatch(r"[1-9]\d{0,2}", before) and len(after) == 3
    return "" if could_be_thousands else signs[0]


def infer_decimal_sign(texts: Iterable[str]) -> DecimalSign | Literal["both"] | None:
    """Return the decimal sign that the numbers among some texts prove, "both" where they contradict one another."""
    proofs = set()
    for text in texts:
        match = _TEXT.fullmatch(_SPACES.sub(" ", text).strip()) if "." in text or "," in text else None
        if match and (sign := _prove_sign(match["digits"].strip().replace(" ", "'").replace("’", "'"))):
            proofs.add(sign)
    if len(proofs) == 2:
        return "both"
    return next(("point" if sign == "." else "comma" for sign in proofs), None)

"""The units of formulas: what a sum, a product and a ratio are in, and the unit that the result may be printed in."""

from __future__ import annotations

import re

from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import Unit

_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONTHS = {"month": 1.0, "year": 12.0, "decade": 120.0}
_DAYS = {"day": 1.0, "week": 7.0}
_POINTS = "percentage points"
_RATES = compile_late(r"\bper\b|\ban?\b|/")
"""Words of a unit that is itself a ratio: US$ per person, deaths per 100,000 people."""


class FormulaError(ValueError):
    """A formula that cannot be evaluated; the message says why."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def is_percent(unit: str | None) -> bool:
    return unit is not None and Unit(unit).kind == "percent"


def is_points(unit: str | None) -> bool:
    return unit is not None and bool(re.match(r"percentage points?\b", unit))


def add_units(left: str | None, right: str | None, sign: str, is_rest: bool) -> tuple[str | None, float]:
    """Return the unit of a sum or difference, and how many of it one of the right unit is.

    Percent minus percent is percentage points, unless the left one `is_rest`: what shares leave of the whole.
    """
    if left is None or right is None:
        return (right if left is None else left), 1.0
    if is_percent(left) and is_percent(right) and _percent_of(left) == _percent_of(right):
        return (left if sign == "+" or is_rest else _POINTS + _percent_of(left)), 1.0
    if is_percent(left) and is_points(right):
        return left, 1.0
    factor = find_factor(right, left)
    if factor is None:
        raise FormulaError(f"{_quote(left)} and {_quote(right)} are different units")
    return left, factor


def multiply_units(left: str | None, right: str | None, sign: str, wanted: str) -> tuple[str | None, float, bool]:
    """Return the unit of a product or ratio, its factor, and True for a ratio of two values of one unit."""
    if sign == "*":
        for share, other in ((left, right), (right, left)):
            if is_percent(share) and other is not None and other != "times":
                return other, 0.01, False  # 20 percent of $50 billion
            if share is None or share == "times" or share == "":
                return other, 1.0, False
    else:
        if right is None or right == "times":
            return (None, 1.0, True) if left == right == "times" else (left, 1.0, False)
        if (factor := _find_ratio(left, right)) is not None:
            return None, factor, True
        if right == "":
            return left, 1.0, False
        if left is not None and (_RATES.search(wanted) or (is_percent(wanted) and _are_counts(left, right))):
            return None, _scale_rate(left, wanted), True
    hint = "name the unit of a rate: unit: US$ per person" if sign == "/" else None
    raise FormulaError(f"{_quote(left)} {sign} {_quote(right)} has no unit that we know", hint)


def choose_result_unit(unit: str | None, wanted: str, is_ratio: bool, is_hundredfold: bool) -> tuple[str, float]:
    """Return the unit in which a result is printed, and the factor for it. Raise FormulaError for another than it is in."""
    if not wanted:
        return unit or (("%" if is_hundredfold else "times") if is_ratio else ""), 1.0
    if unit is None or unit == "":
        if is_ratio and Unit(wanted).kind in ("money", "rank", "date"):
            raise FormulaError(f'a ratio of two values of one unit is not in "{wanted}"', 'unit: times, or unit: "%"')
        return wanted, 100.0 if is_ratio and is_percent(wanted) and not is_hundredfold else 1.0
    if is_points(unit) and is_percent(wanted):
        raise FormulaError(
            "percent minus percent is percentage points, not percent",
            "leave `unit` out; the change in percent is (b - a) / a",
        )
    if is_points(unit) and wanted in ("basis points", "bps"):
        return wanted, 100.0
    if (is_percent(unit) and is_percent(wanted)) or (is_points(unit) and is_points(wanted)):
        return wanted, 1.0
    factor = find_factor(unit, wanted)
    if factor is None and _are_counts(unit, wanted) and not is_points(unit) and not is_points(wanted):
        factor = 1.0  # the same things by another name
    if factor is None:
        hint = "a change in percent is (b - a) / a" if is_percent(wanted) else "leave `unit` out"
        raise FormulaError(f"the result is in {_quote(unit)}, not in {_quote(wanted)}", hint)
    return wanted, factor


def find_factor(unit: str, other: str) -> float | None:
    """Return how many of another unit one of a unit is; None where they measure different things."""
    if unit == other:
        return 1.0
    first, second = Unit(unit), Unit(other)
    if first.kind == second.kind == "money":
        (currency, scale), (other_currency, other_scale) = first.money, second.money
        same = {currency, other_currency} <= {"US$", "$", "USD"} or currency == other_currency
        return _SCALES[scale] / _SCALES[other_scale] if same else None
    for sizes in (_MONTHS, _DAYS):
        one, two = (sizes.get(name.removesuffix("s")) for name in (unit, other))
        if one and two:
            return one / two
    return 1.0 if unit.removesuffix("s") == other.removesuffix("s") else None


def _find_ratio(left: str | None, right: str) -> float | None:
    """Return how many of the right unit one of the left is; None where a ratio of them is no plain number."""
    if left is None:
        return None
    if (is_percent(left) or is_points(left)) and (is_percent(right) or is_points(right)):
        return 1.0 if _percent_of(left) == _percent_of(right) else None
    return find_factor(left, right)


def _scale_rate(unit: str, wanted: str) -> float:
    """Return how many of a rate's own unit one of a unit is: 1e9 for billions of dollars in "US$ per person"."""
    if Unit(unit).kind != "money":
        return 1.0
    factor = find_factor(unit, re.split(r"\s+(?:per|an?)\b|/", wanted, maxsplit=1)[0])
    if factor is None:
        raise FormulaError(f"{_quote(unit)} do not make {_quote(wanted)}", "name the currency first: US$ per person")
    return factor


def _percent_of(unit: str) -> str:
    return re.sub(r"^(?:%|percentage points?)", "", unit)


def _are_counts(*names: str) -> bool:
    return all(Unit(name).kind == "count" and name.removesuffix("s") not in {*_MONTHS, *_DAYS} for name in names)


def _quote(unit: str | None) -> str:
    return f'"{unit or "a plain number"}"'

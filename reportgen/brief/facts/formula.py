"""Arithmetic over facts: the result has the bound, the range and the unit that follow from theirs.

    sma-ask / sma-now        5 over "a little less than 1" is "more than five times"
    100 - samsung            100 minus "a little less than 15" percent is "more than 85 percent"
    inauguration + left      20 January 2021 plus "a little less than 16 months" is "before May 20, 2022"
    after - before           51.5 percent minus 48 percent is "3.5 percentage points"
    (after - before) / before, with the unit %    a percent change
    end - begin              September 2021 minus March 2019 is "about 30 months"

A minus needs a space on both sides, because ids have hyphens. Units are in brief/formula_units.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brief.facts import formula_units as units
from reportgen.brief.facts.formula_units import FormulaError as FormulaError
from reportgen.text.numbers import BoundWords, PartialDate, Quantity, Spread, Unit, count_decimals, find_print_problem

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<id>[A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9_]))*(?:\.[A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9_]))*)?)|(?P<op>[-+*/()]))"
)

MAX_PARTS = 100  # ids, numbers, signs and brackets
_FEW_DAYS = 60  # up to here the time between two days is counted in days

Direction = Literal["=", "<", ">", "≈"]
_DIRECTION: dict[BoundWords, Direction] = {
    "exactly": "=", "less than": "<", "a little less than": "<", "at most": "<",
    "about": "≈", "at least": ">", "more than": ">", "a little more than": ">",
}  # fmt: skip
_FLIPPED: dict[Direction, Direction] = {"=": "=", "<": ">", ">": "<", "≈": "≈"}
_WORDS: dict[tuple[Direction, bool], BoundWords] = {
    ("=", True): "exactly", ("<", True): "less than", (">", True): "more than", ("≈", True): "about",
    ("=", False): "exactly", ("<", False): "at most", (">", False): "at least", ("≈", False): "about",
}  # fmt: skip


Tokens = list[tuple[str, str]]
"""Tokens by kind (number, id, op) and text."""


class Context(Struct, frozen=True):
    """The facts that a formula uses, and the unit that its result is to have."""

    facts: Mapping[str, Quantity]
    unit: str


class Term(Struct, frozen=True):
    """A value within a calculation, with its unit and its bound: the direction, and True where it is strict."""

    value: float | PartialDate
    unit: str | None  # None for a bare number, which takes the unit of the other term
    direction: Direction = "="
    strict: bool = False
    spread: Spread | None = None
    is_ratio: bool = False
    """True for a ratio of two values of one unit, which can be printed as a percentage."""
    is_hundredfold: bool = False
    """True for what was multiplied by 100 already."""
    is_whole: bool = False
    """True for a rest of the whole: 100 percent less some shares is a share, not a difference."""

    @property
    def ends(self) -> tuple[float, float]:
        assert isinstance(self.value, float | int)
        return (self.spread.low, self.spread.high) if self.spread else (self.value, self.value)

    def scale(self, factor: float) -> Term:
        """Return the term in a unit of which one is `factor` of this."""
        assert isinstance(self.value, float | int)
        spread = self.spread
        if spread:
            margin = None if spread.margin is None else spread.margin * factor
            spread = replace(spread, low=spread.low * factor, high=spread.high * factor, margin=margin)
        return replace(self, value=self.value * factor, spread=spread)


def find_operands(formula: str) -> tuple[str, ...]:
    """Return the ids of the facts that a formula uses."""
    return tuple(text for kind, text in _tokens(formula, lenient=True) if kind == "id")


def evaluate(formula: str, facts: Mapping[str, Quantity], unit: str = "", precision: int | None = None) -> Quantity:
    """Return the formula's value with the bound, range and unit that follow. Raise FormulaError where it has none.

    A result with more decimals than the precision (by default one) is rounded to the safe side of its bound; without a
    bound it becomes "about" the rounded number. The ends of a range are rounded outwards.
    """
    tokens = list(_tokens(formula))
    if len(tokens) > MAX_PARTS:
        raise FormulaError(
            f"the formula has {len(tokens)} parts; at most {MAX_PARTS} are allowed", "calculate in steps"
        )
    term, rest = _parse_sum(tokens, Context(facts, unit))
    if rest:
        raise FormulaError(f'"{rest[0][1]}" is not expected here')
    if isinstance(term.value, PartialDate):
        if unit not in ("", "date"):
            raise FormulaError(f'the result is a date, not in "{unit}"', "leave `unit` out")
        return Quantity(term.value, Unit("date"), _WORDS[term.direction, term.strict], status="inferred")
    name, factor = units.choose_result_unit(term.unit, unit, term.is_ratio, term.is_hundredfold)
    return _print_result(term.scale(factor) if factor != 1 else term, name, precision)


def _print_result(term: Term, unit: str, precision: int | None) -> Quantity:
    """Return a result in its unit, rounded to the safe side."""
    assert isinstance(term.value, float | int)
    numbers = [term.value, *term.ends]
    for number in numbers:
        if reason := find_print_problem(number):
            raise FormulaError(f"the result cannot be printed: {reason}")
    spread, bound = term.spread, _WORDS[term.direction, term.strict]
    printed = (*term.ends, *([term.value] if spread is None or spread.has_centre else []))
    most = max(count_decimals(round(number, 9)) for number in printed)
    decimals = precision if precision is not None else min(most, 1)
    value = _round(term.value, decimals, term.direction)
    if spread:
        low, high = _round(spread.low, decimals, ">"), _round(spread.high, decimals, "<")
        margin = None if spread.margin is None else _round(spread.margin, decimals, "<")
        spread = replace(spread, low=low, high=high, margin=margin)
        value = value if spread.has_centre else (low + high) / 2
    if bound == "exactly" and not math.isclose(value, term.value, rel_tol=1e-12) and (not spread or spread.has_centre):
        bound = "about"
    return Quantity(value, Unit(unit), bound, decimals, status="inferred", spread=spread)


def _round(value: float, decimals: int, direction: Direction) -> float:
    power = 10.0**decimals
    to_integer = {">": math.floor, "<": math.ceil}.get(direction, round)
    return to_integer(round(value * power, 6)) / power


def _tokens(formula: str, lenient: bool = False) -> Iterator[tuple[str, str]]:
    position, text = 0, formula.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            if lenient:
                return
            message = f'"{text[position:].strip()[:1]}" has no place in a formula'
            raise FormulaError(message, "use ids, numbers, + - * / and ( )")
        position = match.end()
        yield str(match.lastgroup), match[match.lastgroup or 0]


def _parse_sum(tokens: Tokens, context: Context) -> tuple[Term, Tokens]:
    left, rest = _parse_product(tokens, context)
    while rest and rest[0][1] in ("+", "-"):
        right, after = _parse_product(rest[1:], context)
        left, rest = _add(left, right, rest[0][1], context.unit), after
    return left, rest


def _parse_product(tokens: Tokens, context: Context) -> tuple[Term, Tokens]:
    left, rest = _parse_atom(tokens, context)
    while rest and rest[0][1] in ("*", "/"):
        right, after = _parse_atom(rest[1:], context)
        left, rest = _multiply(left, right, rest[0][1], context.unit), after
    return left, rest


def _parse_atom(tokens: Tokens, context: Context) -> tuple[Term, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too early")
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "number":
        return Term(float(text), None, is_hundredfold=float(text) == 100), rest
    if kind == "id":
        fact = context.facts[text]
        if fact.sourced:
            names = " or ".join(f"{each.quantity.fact}" for each in fact.sourced)
            raise FormulaError(f'the sources of "{text}" differ, so nothing follows from it', f"choose one: {names}")
        is_strict = fact.sign in ("<", ">")
        return Term(fact.value, fact.unit.name, _DIRECTION[fact.bound], is_strict, fact.spread), rest
    if text == "(":
        inner, rest = _parse_sum(rest, context)
        if not rest or rest[0][1] != ")":
            raise FormulaError('a "(" is not closed')
        return inner, rest[1:]
    raise FormulaError(f'"{text}" where a fact or a number is expected')


def _join(left: Direction, right: Direction) -> Direction:
    """Return the direction of a result's bound from those of its two parts."""
    if left == "=" or left == right:
        return right
    if right == "=":
        return left
    raise FormulaError("the bounds of its facts contradict each other, so nothing follows", "write it as a judgment")


def _add(left: Term, right: Term, sign: str, wanted: str) -> Term:
    direction = _join(left.direction, right.direction if sign == "+" else _FLIPPED[right.direction])
    strict = left.strict or right.strict
    if isinstance(left.value, PartialDate):
        if isinstance(right.value, PartialDate):
            return _subtract_dates(left.value, right.value, sign, wanted, direction, strict)
        return Term(_shift_date(left.value, right, sign), "date", direction, strict)
    if isinstance(right.value, PartialDate):
        raise FormulaError("a date must come first: date + months")
    unit, factor = units.add_units(left.unit, right.unit, sign, left.is_whole)
    if units.is_percent(unit) and None in (left.unit, right.unit):
        _check_whole(left if left.unit is None else right)
    right = right.scale(factor) if factor != 1 else right
    assert isinstance(right.value, float | int)
    (low, high), (other_low, other_high) = left.ends, right.ends
    ends = (low + other_low, high + other_high) if sign == "+" else (low - other_high, high - other_low)
    value = left.value + right.value if sign == "+" else left.value - right.value
    is_symmetric = all(not term.spread or term.spread.margin is not None for term in (left, right))
    result = Term(
        value, unit, direction, strict,
        is_ratio=left.is_ratio or right.is_ratio,
        is_hundredfold=left.is_hundredfold and right.is_hundredfold,
        is_whole=units.is_percent(unit) and (left.is_whole or None in (left.unit, right.unit)),
    )  # fmt: skip
    return _add_spread(result, (left, right), ends, is_symmetric)


def _check_whole(bare: Term) -> None:
    """Refuse 1 plus a percentage: 1 would be one percent."""
    if bare.value == 1 and not bare.is_ratio:
        raise FormulaError("1 beside a percentage would be one percent", "the whole is 100: write 100 + …, or 100 - …")


def _add_spread(result: Term, parts: tuple[Term, Term], ends: tuple[float, float], is_symmetric: bool) -> Term:
    """Give a result the range that follows from those of its parts; with a bound, only its end on the safe side counts."""
    spreads = [term.spread for term in parts if term.spread]
    if not spreads:
        return result
    low, high = ends
    if result.direction in ("<", ">"):
        return replace(result, value=high if result.direction == "<" else low)
    has_centre = all(spread.has_centre for spread in spreads)
    value = result.value if has_centre else (low + high) / 2
    margin = (high - low) / 2 if is_symmetric else None
    interval = spreads[0].interval if len(spreads) == 1 else ""
    return replace(result, value=value, spread=Spread(low, high, has_centre, margin, interval))


def _shift_date(start: PartialDate, span: Term, sign: str) -> PartialDate:
    value = span.value
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())  # infinity is not
    if not is_whole or span.spread or span.unit not in ("years", "months", "year", "month"):
        raise FormulaError("only whole years or months can be added to a date")
    assert isinstance(span.value, float | int)
    in_years = span.unit.startswith("year")
    if start.year is None or start.decade or (start.month is None and not in_years):
        raise FormulaError(f"{start} is not exact enough to count from")
    months = int(span.value) * (12 if in_years else 1) * (1 if sign == "+" else -1)
    year, month = divmod(start.year * 12 + (start.month or 1) - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise FormulaError(f"the year {year} is not in the calendar")
    try:
        return PartialDate.parse(PartialDate(year, month + 1 if start.month else None, start.day).iso)
    except ValueError:
        raise FormulaError(f"there is no day {start.day} in that month") from None


def _subtract_dates(
    end: PartialDate, start: PartialDate, sign: str, wanted: str, direction: Direction, strict: bool
) -> Term:
    """Return the time between two dates: exact where both days are known, else "about" so many months or years."""
    if sign == "+":
        raise FormulaError("two dates cannot be added", "date + months, or later date - earlier date")
    for day in (end, start):
        if day.year is None or day.decade:
            raise FormulaError(f"{day} is not exact enough to count from")
    assert end.year is not None
    assert start.year is not None
    if (end.month is None) != (start.month is None):
        vague = end if end.month is None else start
        raise FormulaError(f"{vague} has no month, so the time between {start} and {end} is not known")
    if (end.year, end.month or 0, end.day or 0) < (start.year, start.month or 0, start.day or 0):
        raise FormulaError(f"{end} is before {start}", "subtract the earlier date from the later one")
    if end.month is None or start.month is None:
        return Term(float(end.year - start.year), "years", _join(direction, "≈"), strict)
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day is None or start.day is None:
        return Term(float(months), "months", _join(direction, "≈"), strict)
    days = (date(end.year, end.month, end.day) - date(start.year, start.month, start.day)).days
    if wanted in ("days", "weeks") or (not wanted and days < _FEW_DAYS and end.day != start.day):
        return Term(float(days), "days", direction, strict)
    if end.day == start.day:
        return Term(float(months), "months", direction, strict)
    nearest = float(round(months + (end.day - start.day) / 30.44))
    return Term(nearest, "months", _join(direction, "≈"), strict)


def _multiply(left: Term, right: Term, sign: str, wanted: str) -> Term:
    if isinstance(left.value, PartialDate) or isinstance(right.value, PartialDate):
        raise FormulaError("dates cannot be multiplied or divided")
    low, high = right.ends
    if sign == "/" and low <= 0 <= high:
        raise FormulaError("division by zero")
    for term, other in ((left, right), (right, left)):
        if term.spread and term.spread.low < 0 < term.spread.high and other.direction in ("<", ">"):
            raise FormulaError("a range around zero times a bounded number has no bound", "write it as a judgment")
    unit, factor, is_ratio = units.multiply_units(left.unit, right.unit, sign, wanted)
    from_left = left.direction if right.value >= 0 else _FLIPPED[left.direction]
    against = (left.value >= 0) == (sign == "/")
    from_right = _FLIPPED[right.direction] if against else right.direction
    ends = [first * second if sign == "*" else first / second for first in left.ends for second in right.ends]
    value = left.value * right.value if sign == "*" else left.value / right.value
    is_symmetric = (
        left.spread is None or right.spread is None
    ) and all(term.spread.margin is not None for term in (left, right) if term.spread)  # fmt: skip
    result = Term(
        value, unit, _join(from_left, from_right), left.strict or right.strict,
        is_ratio=is_ratio or (unit is None and (left.is_ratio or right.is_ratio)),
        is_hundredfold=left.is_hundredfold or (sign == "*" and right.is_hundredfold),
    )  # fmt: skip
    is_symmetric = is_symmetric and not (sign == "/" and right.spread)
    result = _add_spread(result, (left, right), (min(ends), max(ends)), is_symmetric)
    return result.scale(factor) if factor != 1 else result

"""Arithmetic over facts: the result has the bound that follows from theirs, and units are checked.

    sma-ask / sma-now        5 over "a little less than 1" is "more than five times"
    100 - samsung            100 minus "a little less than 15" percent is "more than 85 percent"
    inauguration + left      20 January 2021 plus "a little less than 16 months" is "before May 20, 2022"

A minus needs a space on both sides, because ids have hyphens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from reportgen.text.numbers import BoundWords, PartialDate, Quantity, Unit, count_decimals, find_print_problem

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<id>[A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9_]))*)|(?P<op>[-+*/()]))"
)

MAX_PARTS = 100  # ids, numbers, signs and brackets

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


class FormulaError(ValueError):
    """A formula that cannot be evaluated; the message says why."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Term(Struct, frozen=True):
    """A value within a calculation, with its unit and its bound: the direction, and True where it is strict."""

    value: float | PartialDate
    unit: str | None  # None for a bare number, which takes the unit of the other term
    direction: Direction = "="
    strict: bool = False


def find_operands(formula: str) -> tuple[str, ...]:
    """Return the ids of the facts that a formula uses."""
    return tuple(text for kind, text in _tokens(formula, lenient=True) if kind == "id")


def evaluate(formula: str, facts: Mapping[str, Quantity], unit: str = "", precision: int | None = None) -> Quantity:
    """Return the formula's value with the bound that follows. Raise FormulaError where it has none.

    A result with more decimals than the precision (by default one) is rounded to the safe side of its bound; without a
    bound it becomes "about" the rounded number.
    """
    tokens = list(_tokens(formula))
    if len(tokens) > MAX_PARTS:
        raise FormulaError(
            f"the formula has {len(tokens)} parts; at most {MAX_PARTS} are allowed", "calculate in steps"
        )
    term, rest = _parse_sum(tokens, facts)
    if rest:
        raise FormulaError(f'"{rest[0][1]}" is not expected here')
    name = unit or term.unit or ("times" if "/" in [text for _, text in tokens] else "")
    bound = _WORDS[term.direction, term.strict]
    if isinstance(term.value, PartialDate):
        return Quantity(term.value, Unit("date"), bound, status="inferred")
    if reason := find_print_problem(term.value):
        raise FormulaError(f"the result cannot be printed: {reason}")
    decimals = precision if precision is not None else min(count_decimals(round(term.value, 9)), 1)
    value = _round(term.value, decimals, term.direction)
    if bound == "exactly" and not math.isclose(value, term.value, rel_tol=1e-12):
        bound = "about"
    return Quantity(value, Unit(name), bound, decimals, status="inferred")


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


def _parse_sum(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    left, rest = _parse_product(tokens, facts)
    while rest and rest[0][1] in ("+", "-"):
        right, after = _parse_product(rest[1:], facts)
        left, rest = _add(left, right, rest[0][1]), after
    return left, rest


def _parse_product(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    left, rest = _parse_atom(tokens, facts)
    while rest and rest[0][1] in ("*", "/"):
        right, after = _parse_atom(rest[1:], facts)
        left, rest = _multiply(left, right, rest[0][1]), after
    return left, rest


def _parse_atom(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too early")
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "number":
        return Term(float(text), None), rest
    if kind == "id":
        fact = facts[text]
        return Term(fact.value, fact.unit.name, _DIRECTION[fact.bound], fact.sign in ("<", ">")), rest
    if text == "(":
        inner, rest = _parse_sum(rest, facts)
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


def _add(left: Term, right: Term, sign: str) -> Term:
    direction = _join(left.direction, right.direction if sign == "+" else _FLIPPED[right.direction])
    strict = left.strict or right.strict
    if isinstance(left.value, PartialDate):
        return Term(_shift_date(left.value, right, sign), "date", direction, strict)
    if isinstance(right.value, PartialDate):
        raise FormulaError("a date must come first: date + months")
    if left.unit is not None and right.unit is not None and left.unit != right.unit:
        raise FormulaError(f"{_quote_unit(left)} and {_quote_unit(right)} are different units")
    value = left.value + right.value if sign == "+" else left.value - right.value
    return Term(value, left.unit if left.unit is not None else right.unit, direction, strict)


def _shift_date(start: PartialDate, span: Term, sign: str) -> PartialDate:
    if isinstance(span.value, PartialDate) or span.unit not in ("years", "months") or span.value != int(span.value):
        raise FormulaError("only whole years or months can be added to a date")
    if start.year is None or start.month is None or start.decade:
        raise FormulaError(f"{start} is not exact enough to count from")
    months = int(span.value) * (12 if span.unit == "years" else 1) * (1 if sign == "+" else -1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise FormulaError(f"the year {year} is not in the calendar")
    try:
        return PartialDate.parse(PartialDate(year, month + 1, start.day).iso)
    except ValueError:
        raise FormulaError(f"there is no day {start.day} in that month") from None


def _multiply(left: Term, right: Term, sign: str) -> Term:
    if isinstance(left.value, PartialDate) or isinstance(right.value, PartialDate):
        raise FormulaError("dates cannot be multiplied or divided")
    if sign == "/" and right.value == 0:
        raise FormulaError("division by zero")
    from_left = left.direction if right.value >= 0 else _FLIPPED[left.direction]
    against = (left.value >= 0) == (sign == "/")
    from_right = _FLIPPED[right.direction] if against else right.direction
    value = left.value * right.value if sign == "*" else left.value / right.value
    return Term(value, _product_unit(left, right, sign), _join(from_left, from_right), left.strict or right.strict)


def _product_unit(left: Term, right: Term, sign: str) -> str | None:
    """Return the unit of a product or ratio; None for a ratio of two values of one unit."""
    if not right.unit or (sign == "*" and not left.unit):
        return left.unit if left.unit else right.unit
    if sign == "/" and left.unit == right.unit:
        return None
    raise FormulaError(f"{_quote_unit(left)} {sign} {_quote_unit(right)} has no unit that we know")


def _quote_unit(term: Term) -> str:
    return f'"{term.unit or "a plain number"}"'

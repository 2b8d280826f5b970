"""Arithmetic over facts that never claims more than its facts: bounds are carried along, units are checked.

    sma-ask / sma-now        5 over "a little less than 1" is "more than five times"
    100 - samsung            100 less "a little less than 15" percent is "more than 85 percent"
    inauguration + left      20 January 2021 and "a little less than 16 months" is "before May 20, 2022"

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

MOST_PARTS = 100  # ids, numbers, signs and brackets

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


class FormulaError(ValueError):
    """A formula that cannot be evaluated; the message says why."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Term(Struct, frozen=True):
    """A value in the middle of a calculation: with its unit, the side it is known from, and whether strictly."""

    value: float | PartialDate
    unit: str | None  # None: a bare number, which takes the unit of what it meets
    direction: Direction = "="
    strict: bool = False


def operands(formula: str) -> tuple[str, ...]:
    """The ids of the facts that a formula uses."""
    return tuple(text for kind, text in _tokens(formula, lenient=True) if kind == "id")


def evaluate(formula: str, facts: Mapping[str, Quantity], unit: str = "", precision: int | None = None) -> Quantity:
    """The formula's value with the bound that follows. Raises FormulaError.

    A result that does not end is rounded to the precision (one decimal): towards the safe side of a bound, else it is
    "about" so much.
    """
    tokens = list(_tokens(formula))
    if len(tokens) > MOST_PARTS:
        raise FormulaError(f"a formula of {len(tokens)} parts; at most {MOST_PARTS} are taken", "calculate in steps")
    term, rest = _sum(tokens, facts)
    if rest:
        raise FormulaError(f'"{rest[0][1]}" is not expected here')
    name = unit or term.unit or ("times" if "/" in [text for _, text in tokens] else "")
    bound = _WORDS[term.direction, term.strict]
    if isinstance(term.value, PartialDate):
        return Quantity(term.value, Unit("date"), bound, status="inferred")
    if reason := find_print_problem(term.value):
        raise FormulaError(f"the result is no use: {reason}")
    decimals = precision if precision is not None else min(count_decimals(round(term.value, 9)), 1)
    value = _rounded(term.value, decimals, term.direction)
    if bound == "exactly" and not math.isclose(value, term.value, rel_tol=1e-12):
        bound = "about"
    return Quantity(value, Unit(name), bound, decimals, status="inferred")


def _rounded(value: float, decimals: int, direction: Direction) -> float:
    power = 10.0**decimals
    scaled = round(value * power, 6)
    if direction == ">":
        return math.floor(scaled) / power
    if direction == "<":
        return math.ceil(scaled) / power
    return round(scaled) / power


def _tokens(formula: str, lenient: bool = False) -> Iterator[tuple[str, str]]:
    position, text = 0, formula.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            if lenient:
                return
            raise FormulaError(
                f'"{text[position:].strip()[:1]}" has no place in a formula', "use ids, numbers, + - * / and ( )"
            )
        position = match.end()
        yield str(match.lastgroup), match[match.lastgroup or 0]


Tokens = list[tuple[str, str]]


def _sum(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    left, rest = _product(tokens, facts)
    while rest and rest[0][1] in ("+", "-"):
        right, after = _product(rest[1:], facts)
        left, rest = _added(left, right, rest[0][1]), after
    return left, rest


def _product(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    left, rest = _atom(tokens, facts)
    while rest and rest[0][1] in ("*", "/"):
        right, after = _atom(rest[1:], facts)
        left, rest = _multiplied(left, right, rest[0][1]), after
    return left, rest


def _atom(tokens: Tokens, facts: Mapping[str, Quantity]) -> tuple[Term, Tokens]:
    if not tokens:
        raise FormulaError("the formula ends too early")
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "number":
        return Term(float(text), None), rest
    if kind == "id":
        fact = facts[text]
        return Term(fact.value, fact.unit.name, _DIRECTION[fact.bound], fact.sign in ("<", ">")), rest
    if text == "(":
        inner, rest = _sum(rest, facts)
        if not rest or rest[0][1] != ")":
            raise FormulaError('a "(" is not closed')
        return inner, rest[1:]
    raise FormulaError(f'"{text}" stands where a fact or a number is expected')


def _joined(left: Direction, right: Direction) -> Direction:
    """The side from which the whole is known, when its parts are known from these sides."""
    if left == "=" or left == right:
        return right
    if right == "=":
        return left
    raise FormulaError("the bounds of its facts pull apart, so nothing follows", "say it as a judgment instead")


def _added(left: Term, right: Term, sign: str) -> Term:
    direction = _joined(left.direction, right.direction if sign == "+" else _FLIPPED[right.direction])
    strict = left.strict or right.strict
    if isinstance(left.value, PartialDate):
        return Term(_shifted(left.value, right, sign), "date", direction, strict)
    if isinstance(right.value, PartialDate):
        raise FormulaError("a date must come first: date + months")
    if left.unit is not None and right.unit is not None and left.unit != right.unit:
        raise FormulaError(
            f'"{left.unit or "a plain number"}" and "{right.unit or "a plain number"}" are different units'
        )
    value = left.value + right.value if sign == "+" else left.value - right.value
    return Term(value, left.unit if left.unit is not None else right.unit, direction, strict)


def _shifted(start: PartialDate, span: Term, sign: str) -> PartialDate:
    if isinstance(span.value, PartialDate) or span.unit not in ("years", "months") or span.value != int(span.value):
        raise FormulaError("only whole years or months can be added to a date")
    if start.year is None or start.month is None or start.decade:
        raise FormulaError(f"{start} is not known well enough to count from")
    months = int(span.value) * (12 if span.unit == "years" else 1) * (1 if sign == "+" else -1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise FormulaError(f"the year {year} is not in the calendar")
    try:
        return PartialDate.parse(PartialDate(year, month + 1, start.day).iso)
    except ValueError:
        raise FormulaError(f"there is no day {start.day} in that month") from None


def _multiplied(left: Term, right: Term, sign: str) -> Term:
    if isinstance(left.value, PartialDate) or isinstance(right.value, PartialDate):
        raise FormulaError("dates cannot be multiplied or divided")
    if sign == "/" and right.value == 0:
        raise FormulaError("division by zero")
    from_left = left.direction if right.value >= 0 else _FLIPPED[left.direction]
    against = (left.value >= 0) == (sign == "/")
    from_right = _FLIPPED[right.direction] if against else right.direction
    value = left.value * right.value if sign == "*" else left.value / right.value
    return Term(value, _product_unit(left, right, sign), _joined(from_left, from_right), left.strict or right.strict)


def _product_unit(left: Term, right: Term, sign: str) -> str | None:
    """The unit of a product or ratio: like over like is a plain ratio."""
    if not right.unit or (sign == "*" and not left.unit):
        return left.unit if left.unit else right.unit
    if sign == "/" and left.unit == right.unit:
        return None
    raise FormulaError(f'"{left.unit or "a plain number"}" {sign} "{right.unit}" has no unit that we know')

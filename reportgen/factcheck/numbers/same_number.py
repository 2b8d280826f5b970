"""The comparison of two numbers: the same, in another unit, as a share, or rounded as the document prints it."""

from __future__ import annotations

import re
from typing import Literal

from reportgen.evidence.number_grammar.currencies import AMBIGUOUS
from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

Sameness = Literal["same", "rounded", "less exact", "end"]
"""The way in which a number of the document is one of the source: "less exact" where the source is, "end" for an end of its range."""

DEGREE = "degree"  # of an angle, or of whatever scale of temperature the text has named before
CLOSE = 0.051  # of a number by which it may be off when it is rounded
ROUGH = 0.16  # the same for one that says so: "about", "nearly", "more than"
_FIGURES = compile_late(r"\d[\d,]*(?:\.(\d+))?")
_MORE = frozenset({"more than", "at least", "a little more than"})
_LESS = frozenset({"less than", "at most", "a little less than"})
_EPSILON = 1e-9


def compare_numbers(ours: Mention, theirs: Mention, is_row: bool = False) -> Sameness | None:
    """Return how the number of a document is that of a source, its bound apart; None where it is another.

    `is_row` is True where either stands in a table's cell, whose unit is in its heading.
    """
    if isinstance(ours.value, PartialDate) or isinstance(theirs.value, PartialDate):
        return _compare_dates(ours, theirs)
    if theirs.kind == "name" or ours.kind == "name":
        return None
    scale = find_scale(ours, theirs, is_row)
    if scale is None:
        return None
    value, other = abs(ours.value) * scale, abs(theirs.value)
    if isinstance(ours.high, float | int) and isinstance(theirs.high, float | int):
        ends = (
            _compare_values(ours, value, other, scale),
            _compare_values(ours, abs(ours.high) * scale, abs(theirs.high), scale),
        )
        return "same" if ends == ("same", "same") else "rounded" if all(ends) else None
    if isinstance(theirs.high, float | int):
        if theirs.centre is not None and _compare_values(ours, value, abs(theirs.centre), scale) == "same":
            return "same"
        is_end = any(_compare_values(ours, value, end, scale) for end in (other, abs(theirs.high)))
        return "end" if is_end else None
    if isinstance(ours.high, float | int):
        return None
    return _compare_values(ours, value, other, scale)


def find_scale(ours: Mention, theirs: Mention, is_row: bool = False) -> float | None:
    """Return by what one number is multiplied to be in the other's unit; None where they measure different things."""
    if ours.kind == theirs.kind:
        if ours.kind == "money":
            return 1.0 if _is_same_currency(ours.unit, theirs.unit) else None
        if ours.kind in ("count", "points"):
            dimension, factor = find_dimension(ours.kind, ours.unit)
            other, divisor = find_dimension(theirs.kind, theirs.unit)
            if dimension and other and DEGREE not in (ours.unit, theirs.unit):
                return factor / divisor if dimension == other else None
            return 1.0
        return 1.0
    kinds = {ours.kind, theirs.kind}
    if kinds == {"money", "count"} and {ours.unit, theirs.unit} == {AMBIGUOUS, "lb"}:
        return 1.0
    if kinds == {"percent", "share"}:
        return 0.01 if ours.kind == "percent" else 100.0
    if kinds == {"count", "rank"} or kinds == {"count", "times"}:
        return None
    bare = next((each for each in (ours, theirs) if each.kind == "count" and not each.unit), None)
    return 1.0 if is_row and bare is not None and "date" not in kinds else None


def _is_same_currency(one: str, other: str) -> bool:
    return one == other or AMBIGUOUS in (one, other) or {one, other} <= {"US$", "$", "USD"}


def _compare_values(ours: Mention, value: float, other: float, scale: float) -> Sameness | None:
    if abs(value - other) <= _EPSILON * max(1.0, abs(other)):
        return "same"
    size = max(value, other)
    if not size:
        return None
    error = abs(value - other) / size
    step = find_step(ours, scale)
    is_inside = bool((ours.bounds & _MORE and value < other) or (ours.bounds & _LESS and value > other))
    if is_inside and error <= ROUGH and abs(value - other) < step:
        return "rounded"  # "more than 1,000" of 1,034
    limit = ROUGH if "about" in ours.bounds or ours.is_vague else CLOSE
    if error <= limit and abs(value - other) <= step / 2 * (1 + 1e-6):
        return "rounded"
    if ours.kind == "share" and error <= 0.04:
        return "rounded"  # "two-thirds" of 66 percent
    return None


def is_less_exact(ours: Mention, theirs: Mention) -> bool:
    """Return whether the source gives a number roughly that the document gives exactly: "about 8 percent" beside 8.2."""
    if isinstance(ours.value, PartialDate) or isinstance(theirs.value, PartialDate):
        return False
    scale = find_scale(ours, theirs)
    if scale is None or ours.high is not None or theirs.high is not None or "exactly" in theirs.bounds:
        return False
    return (
        "exactly" in ours.bounds
        and _compare_values(theirs, abs(theirs.value), abs(ours.value) * scale, 1.0) == "rounded"
    )


def find_step(mention: Mention, scale: float = 1.0) -> float:
    """Return the unit of a number's last digit that is printed: 0.1 for 8.2, 100,000 for "1.2 million"."""
    size = abs(mention.value) * scale if isinstance(mention.value, float | int) else 0.0
    figures = _FIGURES.search(mention.text)
    if figures is None:
        return 10.0 ** _count_zeros(size)
    literal = float(figures[0].replace(",", ""))
    if not literal:
        return 0.0
    digits = figures[1]
    step = 10.0 ** -len(digits) if digits else 10.0 ** _count_zeros(literal)
    return step * size / literal


def _count_zeros(value: float) -> int:
    whole = re.sub(r"\D", "", f"{value:.0f}") if value >= 1 and value == int(value) else ""
    return len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0


def _compare_dates(ours: Mention, theirs: Mention) -> Sameness | None:
    one, other = ours.value, theirs.value
    if not isinstance(one, PartialDate) or not isinstance(other, PartialDate):
        return None
    if isinstance(theirs.high, PartialDate):
        first, last = other.year, theirs.high.year
        if isinstance(ours.high, PartialDate):
            return "same" if (one.year, ours.high.year) == (first, last) else None
        return "end" if one.year in (first, last) else None
    if isinstance(ours.high, PartialDate):
        return "end" if other.year in (one.year, ours.high.year) else None
    if one.decade or other.decade:
        is_same = one.decade == other.decade and one.year == other.year
        return "same" if is_same else None
    if ours.part and theirs.part and ours.part != theirs.part:
        return None
    pairs = [(a, b) for a, b in ((one.year, other.year), (one.month, other.month), (one.day, other.day)) if a and b]
    if not pairs or any(a != b for a, b in pairs):
        return None
    exactness = [sum(part is not None for part in (date.year, date.month, date.day)) for date in (one, other)]
    return "same" if exactness[0] <= exactness[1] else "less exact"

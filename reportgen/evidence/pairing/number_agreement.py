"""Numbers and dates of two texts that agree, whatever their nouns."""

from __future__ import annotations

from reportgen.evidence.fact_match import is_within
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.evidence.pairing.number_ties import find_ties, is_date
from reportgen.text.numbers import PartialDate


def is_same(first: Mention, second: Mention) -> bool:
    """Return whether two numbers are equal, whatever their nouns."""
    if first.kind != second.kind or first.is_silent or second.is_silent:
        return False
    if is_date(first):
        return first.same == second.same
    _, unit, *amounts = first.same[:5]
    _, other_unit, *other_amounts = second.same[:5]
    sizes, other_sizes = ([_drop_sign(each) for each in each_amounts] for each_amounts in (amounts, other_amounts))
    return sizes == other_sizes and (unit == other_unit or not unit or not other_unit)


def _drop_sign(amount: object) -> object:
    """Return an amount without its minus: what fell by 5 percent changed by −5 percent."""
    return abs(amount) if isinstance(amount, float | int) else amount


def agree(first: Mention, second: Mention) -> bool:
    """Return whether two dates may be the same, or two numbers are."""
    if isinstance(first.value, PartialDate) and isinstance(second.value, PartialDate):
        if first.part and second.part and first.part != second.part:
            return False  # two quarters of a year
        if first.high and second.high:
            return first.value == second.value  # two fiscal years: 2023-24 is not 2024-25
        if first.high or second.high:
            years = {first.value.year, getattr(first.high, "year", None)} & {
                second.value.year,
                getattr(second.high, "year", None),
            }
            return None in (first.value.year, second.value.year) or bool(years - {None})
        return is_within(first.value, second.value) or is_within(second.value, first.value)
    return is_same(first, second)


def has_tie(text: str, number: Mention, date: Mention) -> bool:
    """Return whether a quote gives a number, and no other, for a date."""
    numbers = [tie.number for tie in find_ties(text) if is_date(tie.tied) and agree(tie.tied, date)]
    return bool(numbers) and all(is_same(each, number) for each in numbers)


def tells_apart(text: str, date: Mention) -> bool:
    """Return whether a date belongs to one number of a quote alone."""
    return len({tie.number.start for tie in find_ties(text) if is_date(tie.tied) and agree(tie.tied, date)}) <= 1

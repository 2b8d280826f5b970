"""Exhibits draw facts

A number or a date that is typed into a chart needs evidence, and so does a constant in a formula. A number may be typed
if one of the exhibit's quotes has it, in the units that the line above the drawing names ("Millions of people"). A date may be
typed if one of the exhibit's quotes has it, or if it follows from the exhibit's facts: the day of a fact without a year, in the year of the source; or a fact's year plus a fact's number of
years. Columns of a data file need no more evidence. In formulas only 100 (the whole, in percent), 12 (the months of a year), 1 and powers of ten may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.charts.base import Exhibit, FromData
from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_within
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.numerals import parse_scale
from reportgen.input.field_types import Model
from reportgen.input.yamlfile import KeyPath
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate, Quantity

ID = "typed-value"
SEVERITY: Severity = "error"

_CONSTANT = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])")
_SCALE = compile_late(r"\b(thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_ALLOWED = {1.0, 12.0, *(10.0**power for power in range(1, 10))}
_OF_FILE = ("bars", "categories", "series", "parts", "x")
"""The keys that a data file fills."""
_HINT = "make it a fact with its quote"


def check(case: Case) -> Iterator[Fault]:
    for name, fact in case.brief.facts.items():
        for match in _CONSTANT.finditer(fact.formula or ""):
            if float(match[0]) not in _ALLOWED:
                message = f'the formula of the fact "{name}" has a number that is not a fact: {match[0]}'
                yield case.fault(message, ("facts", name, "formula"), _HINT)
    for name, exhibit in case.brief.exhibits.items():
        quotes = case.brief.exhibit_quotes(exhibit)
        is_of_data = isinstance(exhibit, FromData) and exhibit.data_source is not None
        for path, value in _typed_values(exhibit, ("exhibits", name)):
            if is_of_data and path[2] in _OF_FILE:
                continue
            if isinstance(value, PartialDate):
                if not _is_backed(case, quotes, value):
                    yield case.fault(f"the date {value} is neither a fact nor in the exhibit's quotes", path, _HINT)
            elif not _is_quoted(case, quotes, value, _list_scales(exhibit)):
                number = value.format.digits(value.number)
                yield case.fault(f"the number {number} is neither a fact nor in the exhibit's quotes", path, _HINT)


def _list_scales(exhibit: Exhibit) -> tuple[float, ...]:
    """Return what numbers may be written in units of, by the line above them: "Millions of people"."""
    found = _SCALE.findall(exhibit.subtitle_line or "")
    return (1.0, *map(parse_scale, found))


def _is_quoted(case: Case, quotes: tuple[str, ...], typed: Quantity, scales: Sequence[float]) -> bool:
    """Return whether a quote has a number, in one of the units that the exhibit may be in."""
    if not isinstance(typed.value, float | int):
        return any(mention.value == typed.value for mention in case.quote_mentions(quotes))
    wanted = [float(f"{typed.value * scale:.9g}") for scale in scales]
    return any(
        isinstance(mention.value, float | int) and float(f"{mention.value:.9g}") in wanted
        for mention in case.quote_mentions(quotes)
    )


def _typed_values(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, PartialDate | Quantity]]:
    """Yield the values of an exhibit that are not facts."""
    if isinstance(value, PartialDate):
        yield path, value
    elif isinstance(value, Quantity):
        if value.fact is None:
            yield path, value.value if isinstance(value.value, PartialDate) else value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from _typed_values(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _typed_values(item, (*path, index))


def _is_backed(case: Case, quotes: tuple[str, ...], date: PartialDate) -> bool:
    if any(mention.value == date for mention in case.quote_mentions(quotes)):
        return True
    facts = [name for name in case.brief.quantities if set(quotes) & set(case.brief.fact_quotes(name))]
    dates = {name: value for name in facts if isinstance(value := case.brief.quantities[name].value, PartialDate)}
    if date in dates.values():
        return True
    return _is_in_source_year(case, dates, date) or _is_after_years(case, facts, dates, date)


def _is_in_source_year(case: Case, dates: dict[str, PartialDate], date: PartialDate) -> bool:
    """Return True for 3 November 2020, where the fact is "November 3" and the source is of 2020."""
    for name, found in dates.items():
        years = {case.publication_year(case.brief.quotes[quote].source) for quote in case.brief.fact_quotes(name)}
        if found.year is None and date.day is not None and is_within(date, found) and date.year in years:
            return True
    return False


def _is_after_years(case: Case, facts: list[str], dates: dict[str, PartialDate], date: PartialDate) -> bool:
    """Return True for 2040, where the facts are 2020 and "the next two decades"."""
    if date.month is not None or date.decade:
        return False
    quantities = [case.brief.quantities[name] for name in facts]
    spans = [quantity.number for quantity in quantities if quantity.unit.name in ("years", "year")]
    starts = [found.year for found in dates.values() if found.year is not None and not found.decade]
    return any(date.year == year + span for year in starts for span in spans)

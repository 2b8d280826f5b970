"""Exhibits draw facts

A number or a date typed into a chart, and a constant in a formula, need evidence too. A date may be typed where one of
the exhibit's quotes has it, or where it follows from its facts: the day of a yearless fact in the year of the source, or
a fact's year and a fact's span of years. A number may be typed where one of the exhibit's quotes has it. In formulas
only 100 (the whole, in percent), 12 (months of a year), 1 and powers of ten may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import within
from reportgen.evidence.findings import Finding, Severity
from reportgen.input.field_types import Model
from reportgen.input.yamlfile import KeyPath
from reportgen.text.numbers import PartialDate, Quantity

ID = "typed-value"
SEVERITY: Severity = "error"

_CONSTANT = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])")
_ALLOWED = {1.0, 12.0, 10.0, 100.0, 1000.0, 1e6, 1e9}


def check(case: Case) -> Iterator[Finding]:
    for name, fact in case.brief.facts.items():
        for match in _CONSTANT.finditer(fact.formula or ""):
            if float(match[0]) not in _ALLOWED:
                yield case.at(
                    ID,
                    SEVERITY,
                    f'the formula of the fact "{name}" has a number that is no fact: {match[0]}',
                    ("facts", name, "formula"),
                    "make it a fact with its quote",
                )
    for name, exhibit in case.brief.exhibits.items():
        for path, value in _typed(exhibit, ("exhibits", name)):
            if isinstance(value, PartialDate):
                if not _dated(case, name, value):
                    yield case.at(
                        ID,
                        SEVERITY,
                        f"the date {value} is no fact, nor in the exhibit's quotes",
                        path,
                        "make it a fact with its quote",
                    )
            elif not any(mention.value == value.value for mention in case.quote_mentions(_quotes(case, name))):
                yield case.at(
                    ID,
                    SEVERITY,
                    f"the number {value.format.digits(value.number)} is no fact, nor in the exhibit's quotes",
                    path,
                    "make it a fact with its quote",
                )


def _typed(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, PartialDate | Quantity]]:
    """The values of an exhibit that are no facts."""
    if isinstance(value, PartialDate):
        yield path, value
    elif isinstance(value, Quantity):
        if value.fact is None:
            yield path, value.value if isinstance(value.value, PartialDate) else value
    elif isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from _typed(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _typed(item, (*path, index))


def _quotes(case: Case, exhibit: str) -> tuple[str, ...]:
    return case.brief.exhibit_quotes(case.brief.exhibits[exhibit])


def _dated(case: Case, exhibit: str, value: PartialDate) -> bool:
    quotes = set(_quotes(case, exhibit))
    said = [mention.value for mention in case.quote_mentions(quotes) if isinstance(mention.value, PartialDate)]
    if value in said:
        return True
    near = [name for name in case.brief.quantities if quotes & set(case.brief.fact_quotes(name))]
    dates = [(name, found) for name in near if isinstance(found := case.brief.quantities[name].value, PartialDate)]
    if any(value == found for _, found in dates):
        return True
    return _in_sources_year(case, dates, value) or _after_years(case, near, [found for _, found in dates], value)


def _in_sources_year(case: Case, dates: list[tuple[str, PartialDate]], value: PartialDate) -> bool:
    """3 November 2020, of "November 3" in a source of 2020."""
    for name, found in dates:
        years = {case.year_of(case.brief.quotes[quote].source) for quote in case.brief.fact_quotes(name)}
        if found.year is None and value.day is not None and within(value, found) and value.year in years:
            return True
    return False


def _after_years(case: Case, near: list[str], dates: list[PartialDate], value: PartialDate) -> bool:
    """2040, of 2020 and "the next two decades"."""
    if value.month is not None or value.decade:
        return False
    spans = [
        quantity.value for name in near if (quantity := case.brief.quantities[name]).unit.name in ("years", "year")
    ]
    return any(
        start.year is not None and not start.decade and isinstance(span, int | float) and value.year == start.year + span
        for start in dates for span in spans
    )  # fmt: skip

"""Dates on a drawing: as points or stretches of time, and in words."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from reportgen.input.field_types import get_facts, get_language, parse_partial_date, problem
from reportgen.system.errors import did_you_mean
from reportgen.text.languages import load_labels
from reportgen.text.numbers import PartialDate, Quantity, Unit

PARTS = {"early": (0.0, 0.4), "mid": (0.3, 0.7), "late": (0.6, 1.0)}


def _parse_moment(value: object, info: ValidationInfo) -> Quantity:
    """Parse a date, or look up the fact that is one."""
    facts, text = get_facts(info), str(value)
    if isinstance(value, Quantity):
        found = value
    elif text in facts:
        found = facts[text]
    elif text[:1].isalpha():
        raise problem(
            f'no fact "{text}"', did_you_mean(text, facts) or "or write a date: 2021-01-20, 2021-01, 2021, 1980s"
        )
    else:
        found = Quantity(parse_partial_date(text), Unit("date"), language=get_language(info))
    if not isinstance(found.value, PartialDate):
        raise problem(f"{found.short} is not a date", "give a date, or the id of a fact that is one")
    return found


Moment = Annotated[Quantity, PlainValidator(_parse_moment, json_schema_input_type=str | int)]
"""A date as text (2021-01-20, 2021-01, 2021, 1980s) or the id of a fact that is a date."""


def resolve_date(moment: Quantity) -> PartialDate:
    assert isinstance(moment.value, PartialDate)
    return moment.value


def format_date_label(moment: Quantity) -> str:
    """Write a date for a label: "January 20, 2021", "Before May 20, 2022", "Early 1980s"."""
    text = moment.label or moment.prose.removeprefix("the ")
    return text[:1].upper() + text[1:]


def measure_extent(moment: Quantity) -> tuple[float, float]:
    """Return the years between which the date may lie: a day is a point, a decade ten years, its "early" part four."""
    date = resolve_date(moment)
    begin = date.position()
    if date.decade:
        words = (moment.words or moment.label or "").lower()
        named = load_labels(moment.language).charts.decade_parts
        low, high = next((part for name, part in PARTS.items() if named[name] in words), (0.0, 1.0))
        return begin + 10 * low, begin + 10 * high
    if date.day:
        return begin, begin
    return begin, begin + (1 / 12 if date.month else 1.0)

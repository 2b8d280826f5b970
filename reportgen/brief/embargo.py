"""The end of an embargo, as a brief writes it: a day, or a time with its zone.

A time without a zone means four times in one country, so it is refused. Zones are offsets (-05:00) or the abbreviations
below. The zone is printed as it is written; the time zone tables of the machine play no part.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from pydantic import Field, PlainValidator

from reportgen.input.field_types import describe_value, problem
from reportgen.text.late_pattern import compile_late

ZONES = {
    "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "KST": 9, "JST": 9,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Abbreviations with their hours ahead of UTC. CST is that of Chicago; Shanghai writes +08:00."""
LAST_ZONE = timezone(timedelta(hours=-12))  # in which each day begins last
_WRITTEN = compile_late(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d)(?::00)? ?(?P<zone>Z|[+-]\d\d:\d\d|[A-Za-z]{2,5})?)?"
)
EXAMPLE = "write 2021-01-20, 2021-01-20 06:00 EST or 2021-01-20T06:00-05:00"


class EmbargoEnd(Struct, frozen=True):
    """The end of an embargo: `words` as printed, `ends` as compared."""

    template_names: ClassVar[tuple[str, ...]] = ("ends", "words")
    ends: datetime
    words: str


def _parse(value: Any) -> EmbargoEnd:
    if isinstance(value, EmbargoEnd):
        return value
    match = _WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise problem(f"expected a day, or a time with its zone, got {describe_value(value)}", EXAMPLE)
    try:
        day = date.fromisoformat(match["day"])
        at = time.fromisoformat(match["time"]) if match["time"] else None
    except ValueError:
        raise problem(f"{match[0]} is not in the calendar", EXAMPLE) from None
    spelled = f"{day:%B} {day.day}, {day.year}"
    if at is None:
        return EmbargoEnd(datetime.combine(day, time(), LAST_ZONE), spelled)
    if not match["zone"]:
        raise problem(f"{match[0]} is a different time in each zone", "add the zone: 2021-01-20 06:00 EST")
    zone, name = _parse_zone(match["zone"])
    half = "a.m." if at.hour < 12 else "p.m."
    clock = "noon" if at == time(12) else f"{at.hour % 12 or 12}:{at:%M} {half}"
    return EmbargoEnd(datetime.combine(day, at, zone), f"{spelled}, {clock} {name}")


def _parse_zone(text: str) -> tuple[timezone, str]:
    if text[0] in "+-":
        hours, minutes = int(text[1:3]), int(text[4:])
        if hours > 14 or minutes > 59:
            raise problem(f"no zone is {text} from UTC", EXAMPLE)
        sign, symbol = (-1, "−") if text[0] == "-" else (1, "+")
        offset = sign * timedelta(hours=hours, minutes=minutes)
        return timezone(offset), f"UTC{symbol}{hours}{f':{minutes:02}' if minutes else ''}" if offset else "UTC"
    name = "UTC" if text == "Z" else text.upper()
    if name not in ZONES:
        hint = f"write it as an offset: -05:00; known: {', '.join(ZONES)}"
        raise problem(f"the zone {text} is unknown", hint)
    return timezone(timedelta(hours=ZONES[name])), name


Embargo = Annotated[
    EmbargoEnd, PlainValidator(_parse, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d")])
]
"""A day, or a time with its zone."""

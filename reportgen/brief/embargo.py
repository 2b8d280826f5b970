"""Until when a document must not be quoted: a day, or a time in a zone that is written with it.

A time without a zone is four times in one country, so it is refused. Zones are offsets (-05:00) or the abbreviations
below; what was written is what is printed, and no table of time zones of this machine takes part in it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any

from msgspec import Struct
from pydantic import Field, PlainValidator

from reportgen.input.field_types import describe_value, problem

ZONES = {
    "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "KST": 9, "JST": 9,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Abbreviations with their hours ahead of UTC. CST is that of Chicago; Shanghai writes +08:00."""
LAST_ZONE = timezone(timedelta(hours=-12))  # where each day begins last
_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d)(?::00)? ?(?P<zone>Z|[+-]\d\d:\d\d|[A-Za-z]{2,5})?)?"
)
EXAMPLE = "write 2021-01-20, 2021-01-20 06:00 EST or 2021-01-20T06:00-05:00"


class Until(Struct, frozen=True):
    """The end of an embargo: `words` as printed, `ends` as compared."""

    ends: datetime
    words: str


def _embargo(value: Any) -> Until:
    if isinstance(value, Until):
        return value
    written = _WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        raise problem(f"expected a day or a time with its zone, got {describe_value(value)}", EXAMPLE)
    try:
        day = date.fromisoformat(written["day"])
        at = time.fromisoformat(written["time"]) if written["time"] else None
    except ValueError:
        raise problem(f"{written[0]} is not in the calendar", EXAMPLE) from None
    spelled = f"{day:%B} {day.day}, {day.year}"
    if at is None:
        return Until(datetime.combine(day, time(), LAST_ZONE), spelled)
    if not written["zone"]:
        raise problem(f"{written[0]} is another time in each zone", "say which: 2021-01-20 06:00 EST")
    zone, name = _zone(written["zone"])
    half = "a.m." if at.hour < 12 else "p.m."
    clock = "noon" if at == time(12) else f"{at.hour % 12 or 12}:{at:%M} {half}"
    return Until(datetime.combine(day, at, zone), f"{spelled}, {clock} {name}")


def _zone(written: str) -> tuple[timezone, str]:
    if written[0] in "+-":
        hours, minutes = int(written[1:3]), int(written[4:])
        if hours > 14 or minutes > 59:
            raise problem(f"no zone is {written} away from UTC", EXAMPLE)
        sign = -1 if written[0] == "-" else 1
        away = timedelta(hours=hours, minutes=minutes) * sign
        shown = f"{'−' if sign < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''}" if away else ""
        return timezone(away), f"UTC{shown}"
    name = "UTC" if written == "Z" else written.upper()
    if name not in ZONES:
        raise problem(
            f"the zone {written} is not known here", f"write it as an offset: -05:00; known: {', '.join(ZONES)}"
        )
    return timezone(timedelta(hours=ZONES[name])), name


Embargo = Annotated[
    Until, PlainValidator(_embargo, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d")])
]
"""A day, or a time with its zone."""

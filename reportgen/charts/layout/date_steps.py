"""Dates on a scale of even steps: the places of uneven dates, and the names of all steps in the brief's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import gcd

from msgspec import Struct

from reportgen.input.field_types import problem
from reportgen.text.languages import load_writing
from reportgen.text.numbers import NBSP, PartialDate

MOST_STEPS = 2000
MANY_STEPS = 400  # days are put together rather than drawn as more steps than this, beyond which LibreOffice names none
NEARLY_EVEN = 1.15  # the longest distance by the shortest one: quarters and months differ by their days
MONTH_END = 28  # from this day on, the last days of months stand a month apart
ROUND = {
    "year": (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000),
    "month": (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200),
    "day": (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1456, 3640),
}
"""The distances at which steps of a unit are named."""


class DateSteps(Struct, frozen=True):
    """The places of dates on a scale of even steps, the name of each step, and every how many steps there may be a name."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    named: tuple[int, ...]

    @property
    def is_even(self) -> bool:
        """True if each step is a date of the data."""
        return len(self.places) == len(self.names)

    def choose_named(self, step: float, needed: float) -> int:
        """Return n, where every nth step is named: steps are `step` wide, and a name needs `needed`."""
        return next((count for count in self.named if count * step >= needed), len(self.names))


def lay_out_dates(labels: Sequence[str], language: str) -> DateSteps | None:
    """Return the steps of dates; None for labels that are no dates, or years that need no other names.

    Raises for dates that do not follow one another, and for days too far apart to be drawn as steps.
    """
    try:
        dates = [PartialDate.parse(label) for label in labels]
    except ValueError:
        return None
    if any(day.year is None for day in dates):
        return None
    counts, unit = _count(dates)
    distances = [after - before for before, after in pairwise(counts)]
    if min(distances) <= 0:
        raise problem("x must be in order of time", None, labels[distances.index(min(distances)) + 1])
    size = gcd(*distances)
    if (unit == "year" and max(distances) == size) or any(day.decade for day in dates):
        return None
    span = counts[-1] - counts[0]
    wider = max(size, -(-span // MANY_STEPS))
    if len({round((count - counts[0]) / wider) for count in counts}) == len(counts):
        size = wider
    if span // size > MOST_STEPS:
        raise problem(f"x goes over {span} {unit}s", "give months or years instead")
    places = tuple(round((count - counts[0]) / size) for count in counts)
    names = [_name(counts[0] + size * index, unit, language) for index in range(places[-1] + 1)]
    for place, count in zip(places, counts, strict=True):
        names[place] = _name(count, unit, language)
    return DateSteps(places, tuple(names), _choose_named(unit, size))


def _count(dates: Sequence[PartialDate]) -> tuple[list[int], str]:
    """Return each date as a count of days, months or years, whichever the dates need."""
    if not any(day.month for day in dates):
        return [day.year or 0 for day in dates], "year"
    months = [(day.year or 0) * 12 + (day.month or 1) - 1 for day in dates]
    given = {day.day for day in dates}
    if given == {None} or len(given) == 1 or (None not in given and min(day or 0 for day in given) >= MONTH_END):
        return months, "month"
    days = [date(day.year or 1, day.month or 1, day.day or 1).toordinal() for day in dates]
    distances = [after - before for before, after in pairwise(days)]
    is_monthly = min(distances) >= MONTH_END and max(distances) <= min(distances) * NEARLY_EVEN
    apart = {after - before for before, after in pairwise(months)}
    return (months, "month") if is_monthly and len(apart) == 1 else (days, "day")


def _choose_named(unit: str, size: int) -> tuple[int, ...]:
    """Return every how many steps of this size a round time has passed."""
    found = tuple(count // size for count in ROUND[unit] if count % size == 0)
    return tuple(sorted({1, *(found or ROUND["year"])}))


def _name(count: int, unit: str, language: str) -> str:
    writing = load_writing(language)
    match unit:
        case "year":
            return str(count)
        case "month":
            return writing.month(count % 12 + 1, count // 12).replace(" ", NBSP)
    return writing.short_day(date(1, 1, 1) + timedelta(count - 1), False).replace(" ", NBSP)

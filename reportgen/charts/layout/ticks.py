"""Date labels for an axis of time: as many as there is room for, at round steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from reportgen.text.languages import load_writing
from reportgen.text.numbers import PartialDate

LONGEST_YEAR = 10  # characters of "FY2019/20",
MOST_LETTERS = 2  # of which are letters: "bar 1" is no time
MONTH_STEPS = (1, 2, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
MAX_YEARS_IN_MONTHS = 3.0  # a longer axis is labelled with years


class Tick(Struct, frozen=True):
    """A date on the axis (in years) and its text."""

    at: float
    text: str


def choose_ticks(
    low: float,
    high: float,
    skip: tuple[float, float] | None,
    fits: Callable[[Sequence[Tick]], bool],
    language: str = "en",
) -> list[Tick]:
    """Choose the densest round dates from low to high that fit, outside the stretch `skip`."""
    for found in _list_candidates(low, high, language):
        shown = [tick for tick in found if not skip or not skip[0] < tick.at < skip[1]]
        if shown and fits(shown):
            return shown
    return []


def _list_candidates(low: float, high: float, language: str) -> Iterator[list[Tick]]:
    if high - low <= MAX_YEARS_IN_MONTHS:
        yield from (_list_months(low, high, step, language) for step in MONTH_STEPS)
    yield from (_list_years(low, high, step) for step in YEAR_STEPS)


def _list_months(low: float, high: float, step: int, language: str) -> list[Tick]:
    """List "Jan 2021", "Apr", "Jul": the first tick and each January have the year."""
    first, last = math.ceil(low * 12 / step - 1e-6) * step, math.floor(high * 12 + 1e-6)
    found: list[Tick] = []
    for month in range(first, last + 1, step):
        year = month // 12 if month % 12 == 0 or not found else None
        found.append(Tick(month / 12, load_writing(language).month(month % 12 + 1, year)))
    return found


def _list_years(low: float, high: float, step: int) -> list[Tick]:
    first, last = math.ceil(low / step - 1e-6) * step, math.floor(high + 1e-6)
    return [Tick(float(year), str(year)) for year in range(first, last + 1, step)]


def is_in_time(label: str, language: str) -> bool:
    """Return whether a label is a number, a year or a month, which its neighbours tell where it is left out."""
    letters = sum(char.isalpha() for char in label)
    is_number = len(label) <= LONGEST_YEAR and letters <= MOST_LETTERS and any(char.isdigit() for char in label)
    return is_number or label.split()[0].rstrip(".") in _name_months(language)


@cache
def _name_months(language: str) -> frozenset[str]:
    """List the names of the months, whole and short."""
    writing = load_writing(language)
    whole = (
        writing.partial_date(PartialDate(2000, month), False).replace("2000", "").strip() for month in range(1, 13)
    )
    return frozenset((*whole, *(writing.month(month, None) for month in range(1, 13))))

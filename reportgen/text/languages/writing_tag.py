"""Writing tags: a language tag that may also say how a house writes dates and percentages.

What a house's _brand.yml says stands in private-use subtags (BCP 47, section 2.2.7), as in en-US-x-daymonth-twowords, so that
it goes with the language to everything that writes a number, a date or a label. Files are tagged with the language alone.
"""

from __future__ import annotations

from collections.abc import Mapping

DATES: Mapping[str, str] = {"day-month": "daymonth", "month-day": "monthday"}
"""The subtags of the styles of dates, by their names in _brand.yml: 5 March 2024 and March 5, 2024."""
PERCENTS: Mapping[str, str] = {"percent": "oneword", "per cent": "twowords", "%": "sign"}
"""The subtags of the styles of percentages in running text."""
PRIVATE = "-x-"


def join_tag(language: str, dates: str | None = None, percent: str | None = None) -> str:
    """Return a language's writing tag with a house's styles, by their names in _brand.yml."""
    subtags = [DATES[dates]] if dates else []
    subtags += [PERCENTS[percent]] if percent else []
    return "-".join([language, "x", *subtags]) if subtags else language


def strip_tag(tag: str) -> str:
    """Return the language of a writing tag, as files and pages are marked with it."""
    return tag.partition(PRIVATE)[0]


def read_styles(tag: str) -> tuple[str, ...]:
    """Return the subtags of a house's styles."""
    return tuple(tag.partition(PRIVATE)[2].split("-"))

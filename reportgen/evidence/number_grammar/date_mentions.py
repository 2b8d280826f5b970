"""Dates: days, months, seasons, quarters, years of all kinds, decades."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportgen.evidence.number_grammar.mention import Mention, match_mention
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_MONTH_NUMBERS = {
    name: number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3], f"{month[:3]}.")
} | {"Sept": 9, "Sept.": 9}

_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}


_YEARS_OWN = compile_late(r"\b((?:19|20)\d\d)'s\s\Z")


def read_date(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    month, day, year = groups["month"], groups.get("day"), groups.get("year")
    number = int(month) if month.isdigit() else _MONTH_NUMBERS.get(month)
    if number is None:
        return None
    date = PartialDate(int(year) if year else None, number, int(day) if day else None)
    try:
        PartialDate.parse(date.iso)
    except ValueError:
        return None
    return match_mention(match, "date", date, "date")


def read_slashed(match: re.Match[str]) -> Mention | None:
    """Read 7/31/13 as a date; 3/4/2013, which may be of March or April, as a name."""
    first, second = int(match["first"]), int(match["second"])
    if (first <= 12) == (second <= 12):
        return match_mention(match, "name") if 0 < first <= 12 and second else None
    date = PartialDate(_full_year(match["year"]), min(first, second), max(first, second))
    try:
        PartialDate.parse(date.iso)
    except ValueError:
        return None
    return match_mention(match, "date", date, "date")


def read_month(match: re.Match[str]) -> Mention | None:
    number = _MONTH_NUMBERS.get(match["month"])
    if number is None:
        return None
    date = PartialDate(None, number)
    return Mention(match.start("month"), match.end(), match["month"], "date", date, "date")


def read_decade(match: re.Match[str]) -> Mention | None:
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return match_mention(match, "date", PartialDate(year, decade=True), "date")


def read_period(match: re.Match[str]) -> Mention | None:
    """Read a fiscal year, FY2024 or FY 2023/24, and a span of years, 2023–24."""
    first, second = match["fiscal"] or match["from"], match["to"] or match["till"]
    year = _full_year(first)
    if not second:
        start = (
            match.start("fiscal")
            if (len(first) == 4 and match[0][:1] not in "Ff") or " " in match[0][2:]
            else match.start()
        )
        return Mention(start, match.end(), match.string[start : match.end()], "date", PartialDate(year), "date")
    last = (
        int(second) if len(second) == 4 else year - year % 100 + int(second) + (100 if int(second) < year % 100 else 0)
    )
    if (
        last <= year
        or last > year + 60
        or ("-" in match[0] and match["from"] and last != year + 1 and int(second) <= 12)
    ):
        return None  # 2020-05 is a month
    return replace(match_mention(match, "date", PartialDate(year), "date"), high=PartialDate(last))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) - (100 if int(digits) > 60 else 0)


def read_quarter(match: re.Match[str]) -> Mention | None:
    """Read a quarter or half of a year: Q3 2024, the third quarter of 2024, H1."""
    number = match["q"] or match["q2"] or match["h"] or match["h2"]
    letter = "Q" if match["q"] or match["q2"] or match["quarter"] else "H"
    nth = int(number) if number else _NTH[match["nth"].lower()]
    if letter == "H":
        nth = min(nth, 2)
    year = match["year"] or match["short"] or match["glued"]
    if not year and (owner := _YEARS_OWN.search(match.string[max(0, match.start() - 8) : match.start()])):
        year = owner[1]  # "2016's third quarter"
    date = PartialDate(_full_year(year)) if year else PartialDate()
    return replace(match_mention(match, "date", date, "date"), part=f"{letter}{nth}")


def read_season(match: re.Match[str]) -> Mention | None:
    season = match["season"].lower().replace("fall", "autumn")
    return replace(match_mention(match, "date", PartialDate(int(match["year"])), "date"), part=season)

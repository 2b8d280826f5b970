"""The dates and periods with which a text compares its numbers: "down 3 percent from May", "7 more than a year earlier"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from reportgen.evidence.pairing.number_ties import is_date, split_sentences
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate


class ComparedDate(Struct, frozen=True):
    """A date, or the length of the period before now, with which a number is compared."""

    text: str
    year: int | None = None
    month: int | None = None
    period: str = ""
    """month, quarter or year for "a month ago", "last year's"."""


class ComparedNumber(Struct, frozen=True):
    """A number with all dates with which its part of the text compares it, the nearest first."""

    number: Mention
    dates: tuple[ComparedDate, ...]


_MONTH = "|".join(rf"{name}|{name[:3]}\b\.?" for name in MONTHS)
_MAY_COMPARE = compile_late(r"\b(?:than|from|below|above|over|compared|against|versus|relative|short of)\b")
_COMPARED = compile_late(
    r"\b(?:than|(?:from|below|above|over|compared (?:with|to)|against|versus|relative to|short of)(?! in\b))\s"
    rf"(?:(?!to\b|through\b|until\b)[\w’'-]+\s){{0,3}}?(?:(?P<month>{_MONTH})(?:\s\d{{1,2}}\b)?(?:,?\s(?P<of>(?:19|20)\d\d)\b)?|(?P<year>(?:19|20)\d\d)\b"
    r"|(?:a|one|the|last|previous|prior|preceding)\s(?:(?:previous|prior|preceding|same)\s)?(?P<period>month|quarter|year)\b(?![’'-]?(?:s\s)?(?:to|end|long|old)))"
)
_MORE = compile_late(r"\b(?:last|previous|prior|the)\s(?P<period>month|quarter|year)\b|(?P<year>(?:19|20)\d\d)\b")
_WINDOW = 90  # characters behind a number in which it is compared
_DISTANT = {"month": (1, 3), "quarter": (1, 7), "year": (9, 24)}
"""How many months before the text's own date the start of a comparison can lie."""


@lru_cache(maxsize=2048)
def find_compared(text: str) -> tuple[ComparedNumber, ...]:
    """Return the numbers of a text that it compares with a date or period, each with these."""
    return tuple(_find_compared(text)) if _MAY_COMPARE.search(text) else ()


def _find_compared(text: str) -> Iterator[ComparedNumber]:
    numbers = [mention for mention in find_mentions(text) if mention.kind != "name" and not is_date(mention)]
    for start, end in split_sentences(text):
        own = [number for number in numbers if start <= number.start < end]
        for index, number in enumerate(own):
            stop = min(own[index + 1].first if index + 1 < len(own) else end, number.end + _WINDOW)
            match = _COMPARED.search(text, number.end, stop)
            if match:
                others = (_read(other) for other in _MORE.finditer(text, match.end(), stop))
                yield ComparedNumber(number, (_read(match), *others))


def _read(match: re.Match[str]) -> ComparedDate:
    groups = match.groupdict()
    month = groups.get("month")
    year = groups.get("of") or groups.get("year")
    return ComparedDate(
        match[0],
        int(year) if year else None,
        next(index for index, name in enumerate(MONTHS, 1) if name[:3] == month[:3]) if month else None,
        groups.get("period") or "",
    )


def is_other_date(said: ComparedDate, quoted: ComparedDate, published: PartialDate | None) -> bool:
    """Return whether two dates with which a number is compared cannot be the same. `published` is the quote's month."""
    if said.period and quoted.period:
        return said.period != quoted.period
    if said.period or quoted.period:
        date, period = (quoted, said.period) if said.period else (said, quoted.period)
        return _is_distant(date, period, published)
    if said.year and quoted.year and said.year != quoted.year:
        return True
    return bool(said.month and quoted.month and said.month != quoted.month)


def _is_distant(date: ComparedDate, period: str, published: PartialDate | None) -> bool:
    """Return whether a date is no month, quarter or year before a text's own."""
    if not published or not published.year or not published.month or not date.month:
        return False
    year = date.year or published.year - (date.month > published.month)
    months = (published.year - year) * 12 + published.month - date.month
    first, last = _DISTANT[period]
    return months > last if period != "year" else not first <= months <= last

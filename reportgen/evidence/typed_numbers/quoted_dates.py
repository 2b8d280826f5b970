"""Typed dates and times that a quote of the text accounts for: its years and months, and times that it lets one count."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.fact_match import is_within, relative_years
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.evidence.number_grammar.numerals import parse_ordinal
from reportgen.evidence.passages import Passage
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_MONTHS_OF: dict[str, Container[int]] = {
    "": range(1, 13), "early": range(1, 5), "mid": range(6, 9), "late": range(9, 13), "Q1": range(1, 4), "Q2": range(4, 7), "Q3": range(7, 10),
    "Q4": range(10, 13), "H1": range(1, 7), "H2": range(7, 13), "spring": range(3, 6), "summer": range(6, 9), "autumn": range(9, 12), "winter": (12, 1, 2),
}  # fmt: skip
_SEASONS = ("spring", "summer", "autumn", "winter", "early", "mid", "late")
_DAYS_OF = {"": range(1, 32), "early": range(1, 11), "mid": range(10, 22), "late": range(20, 32)}
_RUN = compile_late(
    r"\b(\w+)\s(?:(?:consecutive|straight|successive)((?:\s[\w-]+){1,3})|((?:[\w-]+\s){1,3})in a row\b)", re.IGNORECASE
)
_IN_YEARS = compile_late(r"\b(?:in|for|over|after|within)\s(?:the\s(?:last|past)\s)?\Z", re.IGNORECASE)
_BETWEEN_YEARS = compile_late(
    r"\b(?:in|for|over|after|within|during|of)\s(?:the\s|these\s|those\s)?(?:last\s|past\s|full\s)?\Z", re.IGNORECASE
)
_AGO = compile_late(r"[\s-](?:years?|decades?)\s(?:earlier|before|ago|later|apart|on)\b", re.IGNORECASE)
_FISCAL = compile_late(r"(?:fiscal|calendar|school|academic|financial)[\s-]years?\b", re.IGNORECASE)
_OVER_YEARS = compile_late(r"over\s", re.IGNORECASE)
"""The course of years, not their excess."""
_FEW = 3  # quotes whose years are of one story
_SINCE = compile_late(r"\bsince\s(?:[A-Z]\w+\s)?((?:19|20)\d\d)\b")
_THIS_MONTH = re.compile(r"\b(this|last) month\b", re.IGNORECASE)


def is_year_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is a year that a quote of the passage names, or that of a fact that it prints."""
    year = mention.value
    if not isinstance(year, PartialDate) or year.month or year.decade:
        return False
    if (
        year.year is None
        and mention.part
        and any(other.part == mention.part for other in case.quote_mentions(passage.quotes))
    ):
        return True  # "the third quarter" where the quote names its year
    quotes = passage.quotes
    if passage.role in ("finding", "summary"):  # which may rest on any quote: those of the facts that they print count
        quotes = tuple(quote for span in passage.facts for quote in case.brief.fact_quotes(span.id))
    elif passage.role == "judgment" and not quotes:
        quotes = tuple(case.brief.word_quotes)  # an opinion about all that the brief says
    if any(year.year == other for quote in quotes for other in _relative_years(case, quote)):
        return True
    return any(
        isinstance(other.value, PartialDate)
        and other.value.year == year.year
        and (not mention.part or other.part == mention.part)
        for other in case.quote_mentions(quotes)
    ) or any(
        (fact := case.brief.facts[span.id]).as_of is not None and fact.as_of.year == year.year for span in passage.facts
    )


def _relative_years(case: Case, quote: str) -> Iterator[int]:
    """Yield the years that "this year" and "last year" are in a quote."""
    if quote in case.quote_words:
        yield from relative_years(case.quote_words[quote], case.publication_year(case.brief.quotes[quote].source))


def is_month_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is a month that a quote of the passage names, with the year if the month has one."""
    date = mention.value
    if not isinstance(date, PartialDate) or not date.month or date.day:
        return False
    part = rf"{mention.part}[-\s]" if mention.part else ""
    name = MONTHS[date.month - 1]
    for quote in passage.quotes:
        text = case.quote_words[quote]
        if not re.search(rf"\b{part}(?:{name}|{name[:3]}\b)", text):
            if not part and date == _relative_month(case, quote):
                return True
            continue
        values = (other.value for other in case.quote_mentions([quote]))
        dated = [other.year for other in values if isinstance(other, PartialDate) and other.month == date.month]
        if not date.year or date.year in dated:
            return True
        named = len(re.findall(rf"\b{name}\b", text))
        is_open = (
            None in dated or not dated or named > len(dated)
        )  # the quote has the month by itself: "the month of July"
        published = case.publication_month(case.brief.quotes[quote].source)
        if is_open and (str(date.year) in text or date == _latest(date.month, published)):
            return True
    return False


def is_season_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is the season or third of a year in which a quote's month lies: summer of 2019 for August 2019."""
    dates = (other.value for other in case.quote_mentions(passage.quotes if mention.part in _SEASONS else ()))
    return any(isinstance(date, PartialDate) and may_mean(mention, date) for date in dates)


def _relative_month(case: Case, quote: str) -> PartialDate | None:
    """Return the month that "last month" or "this month" is in a quote."""
    match = _THIS_MONTH.search(case.quote_words[quote])
    published = case.publication_month(case.brief.quotes[quote].source) if match else None
    if not match or not published or not published.month:
        return None
    return _latest(published.month if match[1].lower() == "this" else published.month - 1 or 12, published)


def _latest(month: int, published: PartialDate | None) -> PartialDate | None:
    """Return the last such month up to a source's own: April in a text of May 2010 is April 2010."""
    if not published or not published.year or not published.month:
        return None
    return PartialDate(published.year - (month > published.month), month)


def is_run_of_quote(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number counts a run of which a quote has the last: five months for "the fifth monthly rise in a row"."""
    unit = mention.unit if mention.kind == "count" else ""
    if mention.kind not in ("count", "times") or mention.bounds != {"exactly"} or mention.high is not None:
        return False
    runs = (run for quote in passage.quotes for run in _RUN.finditer(case.quote_words[quote]))
    return any(
        mention.value == parse_ordinal(run[1]) and (not unit or unit in (run[2] or run[3]).lower()) for run in runs
    )


def is_time_since(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is how many years lie between a quote's "since 2009" and its latest year: "the lowest in eight years"."""
    if mention.unit != "year" or mention.high is not None or not _IN_YEARS.search(passage.text[: mention.first]):
        return False
    for quote in passage.quotes or case.brief.word_quotes:
        dates = [other.value for other in case.quote_mentions([quote]) if isinstance(other.value, PartialDate)]
        ends = {date.year for date in dates} | {case.publication_year(case.brief.quotes[quote].source)}
        starts = (int(match[1]) for match in _SINCE.finditer(case.quote_words[quote]))
        if any(end is not None and end - start == mention.value for start in starts for end in ends):
            return True
    return False


def is_time_between(case: Case, passage: Passage, mention: Mention) -> bool:
    """Return whether a number is how many years lie between two of a quote, or one of them and its text: "within twelve years"."""
    is_fiscal = bool(_FISCAL.match(mention.noun))
    if (
        (mention.unit != "year" and not is_fiscal)
        or mention.high is not None
        or not isinstance(mention.value, float | int)
    ):
        return False
    if (
        not _OVER_YEARS.match(passage.text, mention.first)
        and not _BETWEEN_YEARS.search(passage.text[: mention.first])
        and not _AGO.match(passage.text, mention.end)
    ):
        return False
    room = 1 if is_fiscal or "decade" in passage.text[mention.start : mention.end + 12].lower() else 0
    own = {year for quote in passage.quotes for year in _years_of(case, quote)}
    for quote in passage.quotes or case.brief.word_quotes:
        starts = _years_of(case, quote)
        ends = (
            starts
            | {case.publication_year(case.brief.quotes[quote].source)}
            | (own if len(passage.quotes) <= _FEW else set())
        )
        if any(
            end is not None and abs(end - start - mention.value) <= room and end > start
            for start in starts
            for end in ends
        ):
            return True
    return False


def _years_of(case: Case, quote: str) -> set[int]:
    dates = (other.value for other in case.quote_mentions([quote]))
    return {date.year for date in dates if isinstance(date, PartialDate) and date.year and not date.decade}


def may_mean(mention: Mention, exact: PartialDate) -> bool:
    """Return whether a text may say a date so: 20 July 2021 is "July" and "mid-2021", but not "2021" by itself."""
    wide = mention.value
    if not isinstance(wide, PartialDate) or wide.decade or not is_within(exact, wide) or wide == exact:
        return False
    if wide.month is None:
        return bool(mention.part) and exact.month is not None and exact.month in _MONTHS_OF.get(mention.part, ())
    return exact.day is None or exact.day in _DAYS_OF.get(mention.part, ())

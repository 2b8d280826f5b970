"""The numbers in a text: money, percents, counts, ranks, dates, decades and multiples, each with its bound and place.

The grammar is our own because the libraries misread policy texts: quantulum3 reads "5G" as 5 gauss and "2019 SMA" as
siemens; pint takes twice as long to load as a whole check, and misreads policy units. A fact must back what it reads as a
number; the evidence must have, letter by letter, what it reads as a name (5G, COVID-19, World War II).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.bounds import find_bounds
from reportgen.evidence.number_grammar.patterns import (
    ANY,
    DURATIONS,
    GOES_ON,
    KINDS,
    MONEY_WORDS,
    NOUN,
    ONE_COUNTS,
    PART,
    RANGE,
    SIGNS,
    WORD_TIMES,
    compile_pattern,
)
from reportgen.text.languages.english_numbers import MONTHS
from reportgen.text.numbers import PartialDate

_AROUND = 24  # characters around a figure that can belong to its number
MentionKind = Literal["money", "percent", "points", "count", "rank", "times", "share", "date", "name"]


class Mention(Struct, frozen=True):
    """A number in a text. Money is in whole units (5e9, "US$"); `noun` has the words after a count.

    `bounds` are the bounds that its words can mean, of reportgen.text.numbers.BoundWords. `start` is without them.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    value: float | PartialDate = 0.0
    unit: str = ""
    noun: str = ""
    bounds: frozenset[str] = frozenset({"exactly"})
    bound_start: int = -1
    part: str = ""
    """The part of a period that is meant: early, mid or late."""

    @property
    def first(self) -> int:
        """The start of the number with its bound."""
        return self.bound_start if self.bound_start >= 0 else self.start

    @property
    def same(self) -> tuple[object, ...]:
        """The values that are equal in two mentions that say the same, their bounds apart."""
        value = self.value if isinstance(self.value, PartialDate) else round(self.value, 9)
        return self.kind, value, self.unit


@lru_cache(maxsize=4096)  # the rules and the audit ask for the same texts again and again
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return every number in a text, in order, none overlapping another."""
    taken = bytearray(len(text) + 1)
    found: list[Mention] = []
    lower = text.replace(
        "İ", "i"
    ).lower()  # each letter at its place: it takes half the time to look for lower case alone
    for first, last in _windows(lower):
        for kind, needed, pattern in KINDS:
            if not needed.search(lower, first, last):
                continue
            for match in compile_pattern(kind, pattern).finditer(text, first, last):
                start, end = match.span()
                if not any(taken[start:end]) and (mention := _READERS[kind](match)):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return tuple(_resolve_ranges([_add_bounds(mention, text) for mention in found], text))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that can have a number, so that the long patterns need not read the rest."""
    first = last = -1
    for match in ANY.finditer(text):
        start, end = _find_space(text, match.start() - _AROUND, -1), _find_space(text, match.end() + _AROUND, 1)
        if first >= 0 and start > last:
            yield first, last
            first = -1
        first, last = start if first < 0 else first, end
    if first >= 0:
        yield first, last


def _find_space(text: str, at: int, step: int) -> int:
    """Return the nearest place outwards that is not inside a word."""
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and not text[at].isspace():
        at += step
    return at


def _add_bounds(mention: Mention, text: str) -> Mention:
    if mention.kind == "name":
        return mention
    is_date = mention.kind == "date"
    bounds, start, end = find_bounds(text, mention.start, mention.end, is_date)
    found = PART.search(text[max(0, mention.start - 8) : mention.start]) if is_date else None
    part = found[1].lower() if found else ""
    return replace(mention, bounds=bounds, bound_start=start, end=end, text=text[mention.start : end], part=part)


def _resolve_ranges(found: list[Mention], text: str) -> Iterator[Mention]:
    """Give the ends of "$1–5 billion" and "15 to 20 percent" their common unit."""
    for index, mention in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        if after and _shares_unit(mention, after) and _is_range(text, mention, after):
            value = _scale_lower(mention, after)
            mention = replace(mention, kind=after.kind, unit=after.unit, noun=after.noun, value=value)
        elif before and (before.kind, mention.kind) == ("money", "count") and _is_range(text, before, mention):
            mention = replace(mention, kind="money", unit=before.unit)
        elif after and (mention.kind, after.kind) == ("money", "count") and _is_range(text, mention, after):
            mention = replace(mention, value=_scale_lower(mention, after))
        yield mention


def _is_range(text: str, first: Mention, second: Mention) -> bool:
    return bool(RANGE.fullmatch(text, first.end, second.start))


def _shares_unit(first: Mention, second: Mention) -> bool:
    if first.kind != "count" or first.unit or first.noun:
        return False
    return second.kind in ("money", "percent", "points", "count", "times")


def _scale_lower(first: Mention, second: Mention) -> float | PartialDate:
    """Return the lower end in the unit of the upper: "1–5 billion" is not one dollar."""
    match = re.search(rf"({numerals.SCALE_WORDS}|{numerals.SCALE_SIGNS})\b", second.text.lower())
    bare = not re.search(numerals.SCALE_WORDS, first.text.lower())
    if second.kind in ("money", "count") and match and bare and isinstance(first.value, float) and first.value < 1000:
        return first.value * numerals.parse_scale(match[1])
    return first.value


def _mention(
    match: re.Match[str], kind: MentionKind, value: float | PartialDate = 0.0, unit: str = "", noun: str = ""
) -> Mention:
    return Mention(match.start(), match.end(), match[0], kind, value, unit, noun)


def _read_name(match: re.Match[str]) -> Mention | None:
    return _mention(match, "name", noun=match[0])


def _month_number(text: str) -> int:
    return next(index for index, name in enumerate(MONTHS, 1) if name.lower().startswith(text.lower().rstrip(".")[:3]))


def _read_date(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    month, day, year = groups["month"], groups.get("day"), groups.get("year")
    number = int(month) if month.isdigit() else _month_number(month)
    date = PartialDate(int(year) if year else None, number, int(day) if day else None)
    try:
        PartialDate.parse(date.iso)
    except ValueError:
        return None
    return _mention(match, "date", date, "date")


def _read_month(match: re.Match[str]) -> Mention | None:
    date = PartialDate(None, _month_number(match["month"]))
    return Mention(match.start("month"), match.end(), match["month"], "date", date, "date")


def _read_decade(match: re.Match[str]) -> Mention | None:
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return _mention(match, "date", PartialDate(year, decade=True), "date")


def _read_year(match: re.Match[str]) -> Mention | None:
    return _mention(match, "date", PartialDate(int(match["year"])), "date")


def _read_money(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    amount = numerals.parse_number(match["number"]) * numerals.parse_scale(groups.get("scale") or groups.get("sign"))
    if sign := groups.get("currency"):
        unit = SIGNS.get(sign.strip(), sign.strip())
    else:
        word = match["money"]
        unit = MONEY_WORDS.get(word.lower().removesuffix("s"), MONEY_WORDS.get(word.lower(), SIGNS.get(word, word)))
    return _mention(match, "money", amount, unit)


def _read_percent(match: re.Match[str]) -> Mention | None:
    return _mention(match, "percent", numerals.parse_number(match["number"]), "%")


def _read_points(match: re.Match[str]) -> Mention | None:
    unit = match.string[match.end("number") : match.end()].strip(" -")
    return _mention(match, "points", numerals.parse_number(match["number"]), unit)


def _read_times(match: re.Match[str]) -> Mention | None:
    if match["number"]:
        return _mention(match, "times", numerals.parse_number(match["number"]), "times")
    word = match["word"].lower()
    value = next(value for start, value in WORD_TIMES.items() if word.startswith(start))
    return _mention(match, "times", float(value), "times")


def _read_share(match: re.Match[str]) -> Mention | None:
    top, part = (match["top"] or "a").lower(), match["part"].lower()
    if not match["top"] and part != "half":
        return None  # "the third of May", "the quarter of the town"
    count = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}[top]
    return _mention(match, "share", count / numerals.FRACTIONS[part], "share")


def _read_odds(match: re.Match[str]) -> Mention | None:
    top, bottom = numerals.parse_number(match["top"]), numerals.parse_number(match["bottom"])
    return _mention(match, "share", top / bottom, "share") if bottom and top <= bottom else None


def _read_rank(match: re.Match[str]) -> Mention | None:
    found = re.match(numerals.ORDINAL, match[0], re.IGNORECASE)
    if not found:
        return None
    following = match.string[match.end() :]
    if found[0].lower() in ("second", "first") and re.match(r"[- ](?:time|round|quarter|place)", following):
        return None
    noun = NOUN.match(match.string, match.end())
    rank = float(numerals.parse_ordinal(found[0]))
    return _mention(match, "rank", rank, "rank", noun[0].strip(" -") if noun else "")


def _read_count(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict("")
    text = groups.get("number")
    if text and text.lower() == "one" and not ONE_COUNTS.match(match.string, match.end("number")):
        return None  # a pronoun or an article, not a count
    amount = numerals.parse_number(text) if text else 1.0
    scale = next((groups[name] for name in ("scale", "sign", "dozen", "dozens") if groups.get(name)), "").lower()
    scale = scale.removesuffix("s")
    amount *= 12 if scale == "dozen" else numerals.parse_scale(scale)
    noun = None if GOES_ON.match(match.string, match.end()) else NOUN.match(match.string, match.end())
    words = re.sub(r"[\s\u00a0\u202f]+", " ", noun[0]).strip(" -.") if noun else ""
    unit, factor = _duration_unit(words)
    return _mention(match, "count", amount * factor, unit, words)


def _duration_unit(words: str) -> tuple[str, float]:
    """Return the unit of a duration, and how many of it make one: two decades are twenty years."""
    match = re.match(
        r"(?:(?:full|more|whole|calendar|consecutive)[ -])?(year|month|week|day|hour|decade|centur|fortnight)(?:s|y|ies)?\b",
        words.lower(),
    )
    if not match:
        return "", 1.0
    unit, factor = DURATIONS.get(match[1], (match[1], 1))
    return unit, float(factor)


_READERS: dict[str, Callable[[re.Match[str]], Mention | None]] = {
    "name": _read_name, "iso": _read_date, "date": _read_date, "month": _read_month, "decade": _read_decade, "year": _read_year,
    "money": _read_money, "percent": _read_percent, "points": _read_points, "times": _read_times, "share": _read_share,
    "odds": _read_odds, "rank": _read_rank, "count": _read_count,
}  # fmt: skip

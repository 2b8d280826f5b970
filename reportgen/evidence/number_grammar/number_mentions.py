"""The numbers in a text: money, percents, counts, ranks, years, dates, decades, multiples, each with its bound and place.

A grammar of our own, small enough to be understood: what it reads as a number, a fact must back; what it reads as a
name (5G, COVID-19, World War II) must stand in the evidence letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.bounds import bounds_around
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
    compiled,
)
from reportgen.text.numbers import MONTHS, PartialDate

MentionKind = Literal["money", "percent", "points", "count", "rank", "times", "share", "date", "name"]


class Mention(Struct, frozen=True):
    """A number as a text has it. Money is in whole units (5e9, "US$"); `noun` is what stands behind a count.

    `bounds` are the bounds that its words can mean, of reportgen.text.numbers.BoundWords; `start` and `end` are without them.
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
    high: float | None = None
    """The upper end, where this is a range."""
    part: str = ""
    """Which part of a period is meant: early, mid or late."""

    @property
    def first(self) -> int:
        """Where the number begins, its bound included."""
        return self.bound_start if self.bound_start >= 0 else self.start

    @property
    def same(self) -> tuple[object, ...]:
        """What must be equal for two mentions to say the same, their bounds apart."""
        return (
            self.kind,
            self.value if isinstance(self.value, PartialDate) else round(self.value, 9),
            self.unit,
            self.high,
        )


@lru_cache(maxsize=4096)  # the rules and the audit ask for the same texts again and again
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Every number in a text, in order, none overlapping another."""
    taken = bytearray(len(text) + 1)
    found: list[Mention] = []
    small = _small(text)
    for first, last in _windows(small):
        for kind, needed, pattern in KINDS:
            if not needed.search(small, first, last):
                continue
            for match in compiled(kind, pattern).finditer(text, first, last):
                start, end = match.span()
                if not any(taken[start:end]) and (mention := _READERS[kind](match)):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return tuple(_ranged([_bounded(mention, text) for mention in found], text))


def _small(text: str) -> str:
    """In small letters, each at its place: to look for them costs half of what it costs to look for both."""
    return text.replace("İ", "i").lower()


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that can hold a number, so that the long patterns need not read the rest."""
    first = last = -1
    for match in ANY.finditer(text):
        start, end = _to_space(text, match.start() - _AROUND, -1), _to_space(text, match.end() + _AROUND, 1)
        if first >= 0 and start > last:
            yield first, last
            first = -1
        first, last = start if first < 0 else first, end
    if first >= 0:
        yield first, last


def _to_space(text: str, at: int, step: int) -> int:
    """The nearest place outwards that is no part of a word."""
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and not text[at].isspace():
        at += step
    return at


_AROUND = 24  # characters around a figure that can belong to its number


def _bounded(mention: Mention, text: str) -> Mention:
    if mention.kind == "name":
        return mention
    bounds, start, end = bounds_around(text, mention.start, mention.end, mention.kind == "date")
    part = PART.search(text[max(0, mention.start - 8) : mention.start]) if mention.kind == "date" else None
    return replace(
        mention,
        bounds=bounds,
        bound_start=start,
        end=end,
        text=text[mention.start : end],
        part=part[1].lower() if part else "",
    )


def _ranged(found: list[Mention], text: str) -> Iterator[Mention]:
    """ "$1–5 billion", "15 to 20 percent": the first end takes its unit from the second."""
    for index, mention in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        between = text[mention.end : following.start] if following else ""
        previous = found[index - 1] if index else None
        if following and RANGE.fullmatch(between) and _shares_unit(mention, following):
            mention = replace(
                mention,
                kind=following.kind,
                unit=following.unit,
                noun=following.noun,
                value=_scaled(mention, following),
            )
        elif (
            previous
            and previous.kind == "money"
            and mention.kind == "count"
            and RANGE.fullmatch(text[previous.end : mention.start])
        ):
            mention = replace(mention, kind="money", unit=previous.unit)
        elif following and mention.kind == "money" and following.kind == "count" and RANGE.fullmatch(between):
            mention = replace(mention, value=_scaled(mention, following))
        yield mention


def _shares_unit(first: Mention, second: Mention) -> bool:
    if first.kind != "count" or first.unit or first.noun:
        return False
    return second.kind in ("money", "percent", "points", "count", "times")


def _scaled(first: Mention, second: Mention) -> float | PartialDate:
    """The lower end in the unit of the upper: "1–5 billion" is not one dollar."""
    match = re.search(rf"({numerals.SCALE_WORDS}|{numerals.SCALE_SIGNS})\b", second.text.lower())
    bare = not re.search(numerals.SCALE_WORDS, first.text.lower())
    if second.kind in ("money", "count") and match and bare and isinstance(first.value, float) and first.value < 1000:
        return first.value * numerals.parse_scale(match[1])
    return first.value


def _name(match: re.Match[str]) -> Mention | None:
    return Mention(match.start(), match.end(), match[0], "name", noun=match[0])


def _month(text: str) -> int:
    return next(index for index, name in enumerate(MONTHS, 1) if name.lower().startswith(text.lower().rstrip(".")[:3]))


def _date(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    month, day, year = groups["month"], groups.get("day"), groups.get("year")
    number = int(month) if month.isdigit() else _month(month)
    date = PartialDate(int(year) if year else None, number, int(day) if day else None)
    try:
        PartialDate.parse(date.iso)
    except ValueError:
        return None
    return Mention(match.start(), match.end(), match[0], "date", date, "date")


def _month_alone(match: re.Match[str]) -> Mention | None:
    return Mention(
        match.start("month"), match.end(), match["month"], "date", PartialDate(None, _month(match["month"])), "date"
    )


def _decade(match: re.Match[str]) -> Mention | None:
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return Mention(match.start(), match.end(), match[0], "date", PartialDate(year, decade=True), "date")


def _year(match: re.Match[str]) -> Mention | None:
    return Mention(match.start(), match.end(), match[0], "date", PartialDate(int(match["year"])), "date")


def _money(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    amount = numerals.parse_number(match["number"]) * numerals.parse_scale(groups.get("scale") or groups.get("sign"))
    if sign := groups.get("currency"):
        unit = SIGNS.get(sign.strip(), sign.strip())
    else:
        word = match["money"]
        unit = MONEY_WORDS.get(word.lower().removesuffix("s"), MONEY_WORDS.get(word.lower(), SIGNS.get(word, word)))
    return Mention(match.start(), match.end(), match[0], "money", amount, unit)


def _percent(match: re.Match[str]) -> Mention | None:
    return Mention(match.start(), match.end(), match[0], "percent", numerals.parse_number(match["number"]), "%")


def _points(match: re.Match[str]) -> Mention | None:
    return Mention(
        match.start(),
        match.end(),
        match[0],
        "points",
        numerals.parse_number(match["number"]),
        match[0][match.end("number") - match.start() :].strip(" -"),
    )


def _times(match: re.Match[str]) -> Mention | None:
    word = match["word"]
    amount = (
        numerals.parse_number(match["number"])
        if match["number"]
        else next(value for key, value in WORD_TIMES.items() if word.lower().startswith(key))
    )
    return Mention(match.start(), match.end(), match[0], "times", float(amount), "times")


def _share(match: re.Match[str]) -> Mention | None:
    top = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}[(match["top"] or "a").lower()]
    if not match["top"] and match["part"].lower() != "half":
        return None  # "the third of May", "the quarter of the town"
    return Mention(
        match.start(), match.end(), match[0], "share", top / numerals.FRACTIONS[match["part"].lower()], "share"
    )


def _odds(match: re.Match[str]) -> Mention | None:
    bottom = numerals.parse_number(match["bottom"])
    if not bottom or numerals.parse_number(match["top"]) > bottom:
        return None
    return Mention(match.start(), match.end(), match[0], "share", numerals.parse_number(match["top"]) / bottom, "share")


def _rank(match: re.Match[str]) -> Mention | None:
    text = re.match(numerals.ORDINAL, match[0], re.IGNORECASE)
    if not text or (
        text[0].lower() in ("second", "first")
        and re.match(r"[- ](?:time|round|quarter|place)", match.string[match.end() :])
    ):
        return None
    noun = NOUN.match(match.string, match.end())
    return Mention(
        match.start(),
        match.end(),
        match[0],
        "rank",
        float(numerals.parse_ordinal(text[0])),
        "rank",
        noun[0].strip(" -") if noun else "",
    )


def _count(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    text = groups.get("number")
    if text and text.lower() == "one" and not ONE_COUNTS.match(match.string, match.end("number")):
        return None  # a pronoun or an article, not a count
    amount = numerals.parse_number(text) if text else 1.0
    scale = (
        groups.get("scale")
        or groups.get("sign")
        or groups.get("dozen")
        or (groups.get("dozens") or "").removesuffix("s")
    )
    amount *= 12 if scale.lower() == "dozen" else numerals.parse_scale(scale or None)
    noun = None if GOES_ON.match(match.string, match.end()) else NOUN.match(match.string, match.end())
    words = re.sub(r"[\s\u00a0\u202f]+", " ", noun[0]).strip(" -.") if noun else ""
    unit, factor = _duration(words)
    return Mention(match.start(), match.end(), match[0], "count", amount * factor, unit, words)


def _duration(words: str) -> tuple[str, float]:
    """A span of time is counted in years, months, weeks, days or hours; two decades are twenty years."""
    match = re.match(
        r"(?:(?:full|more|whole|calendar|consecutive)[ -])?(year|month|week|day|hour|decade|centur|fortnight)(?:s|y|ies)?\b",
        words.lower(),
    )
    if not match:
        return "", 1.0
    unit, factor = DURATIONS.get({"centur": "century"}.get(match[1], match[1]), (match[1], 1))
    return unit, float(factor)


_READERS: dict[str, Callable[[re.Match[str]], Mention | None]] = {
    "name": _name, "iso": _date, "date": _date, "month": _month_alone, "decade": _decade, "year": _year, "money": _money, "percent": _percent,
    "points": _points, "times": _times, "share": _share, "odds": _odds, "rank": _rank, "count": _count,
}  # fmt: skip

"""The numbers in a text: money, percents, counts, ranks, dates, decades and multiples, each with its bound and place.

The grammar is our own because the libraries misread policy texts: quantulum3 reads "5G" as 5 gauss and "2019 SMA" as
siemens; pint takes twice as long to load as a whole check, and misreads policy units. A fact must back what it reads as a
number; the evidence must have, letter by letter, what it reads as a name (5G, COVID-19, World War II, Section 427).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.amount_mentions import find_unit, read_amount
from reportgen.evidence.number_grammar.bounds import find_bounds
from reportgen.evidence.number_grammar.date_mentions import (
    read_date,
    read_decade,
    read_month,
    read_period,
    read_quarter,
    read_season,
    read_slashed,
)
from reportgen.evidence.number_grammar.joining.ranges import join_numbers
from reportgen.evidence.number_grammar.mention import Mention as Mention, MentionKind as MentionKind, match_mention
from reportgen.evidence.number_grammar.patterns import (
    DIGIT,
    FIGURE,
    KINDS,
    KINDS_IN_WORDS,
    MAY_BEGIN,
    NOUN,
    PART,
    REFERENCES,
    WORD_TIMES,
    find_number_words,
)
from reportgen.evidence.number_grammar.plain_text import make_plain
from reportgen.text.late_pattern import compile_late

_AROUND = 24  # characters around a figure that can belong to its number


@lru_cache(maxsize=4096)  # the rules and the audit ask for the same texts again and again
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return every number in a text, in order, none overlapping another."""
    plain = make_plain(text)
    lower = plain.replace("İ", "i").lower()  # each letter at its place: it takes half the time to look for lower case
    taken = bytearray(len(text) + 1)
    found: list[Mention] = []
    for first, last in _windows(lower):
        has_digit = DIGIT.search(lower, first, last)
        for needed, patterns in KINDS if has_digit else KINDS_IN_WORDS:
            if not needed.search(lower, first, last):
                continue
            for kind, pattern in patterns:
                for match in pattern.finditer(plain, first, last):
                    mention = None if all(taken[match.start() : match.end()]) else _READERS[kind](match)
                    if mention and not any(taken[mention.start : mention.end]):
                        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                        found.append(mention)
    if not found:
        return ()
    found.sort(key=lambda mention: mention.start)
    joined = join_numbers([_add_bounds(mention, plain) for mention in found], plain)
    return joined if plain is text else tuple(_with_words(mention, text) for mention in joined)


def find_mentions_in(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Return the numbers of a part of a text, with their places in the part; the text is read once, however many parts it has."""
    return tuple(mention.move(-start) for mention in find_mentions(text) if start <= mention.start < end)


def _with_words(mention: Mention, text: str) -> Mention:
    """Return a number with the text's own characters."""
    words = text[mention.start : mention.end]
    return mention if words == mention.text else replace(mention, text=words)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that can have a number, so that the long patterns need not read the rest."""
    number_words = find_number_words(text)
    if not number_words and not FIGURE.search(text):
        return  # most labels have no number at all
    first = last = -1
    for match in MAY_BEGIN.finditer(text):
        if len(match[0]) > 1 and match[0] not in number_words:
            continue
        before, after = match.start() - _AROUND, match.end() + _AROUND
        if first >= 0 and after <= last:
            continue  # a long word is walked once, not for each of its digits
        end = _find_space(text, after, 1)
        if first >= 0 and before > last and (start := _find_space(text, before, -1)) > last:
            yield first, last
            first = start
        elif first < 0:
            first = _find_space(text, before, -1)
        last = end
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
    bounds, start, end = find_bounds(text, mention.start, mention.end, is_date, max(mention.stop, mention.end))
    if mention.is_vague and bounds == {"exactly"}:
        bounds = frozenset({"about", "at least", "more than"})
    found = PART.search(text[max(0, mention.start - 8) : mention.start]) if is_date else None
    part = found[1].lower() if found else mention.part
    stop = max(mention.stop, mention.end, end)
    return replace(
        mention, bounds=bounds, bound_start=start, end=end, stop=stop, text=text[mention.start : end], part=part
    )


_SUBSTANCE = compile_late(r"(?:CO2|CH4|N2O|SO2)")
_MASS_BEFORE = compile_late(
    r"(?:\d|illion|thousand)[\s-]?(?:[kMGTP]?[gt]|[μm]g|(?:kilo|mega|giga)?tonnes?|(?:metric\s)?tons?)\s(?:of\s)?\Z"
)


def _read_name(match: re.Match[str]) -> Mention | None:
    if _SUBSTANCE.match(match[0]) and _MASS_BEFORE.search(match.string[max(0, match.start() - 28) : match.start()]):
        return None  # the end of a unit: 12 Mt CO2e
    glued = re.match(r"\d+", match[0])
    if glued and match[0][glued.end() :].isalpha() and find_unit(match.string, match.start() + glued.end()):
        return None  # 50MW is an amount, 5G a name
    if re.match(r"(?:RM|Rs|Rp)\d|R\d[\d.,]*(?:m|b|k)|(?:FY|CY)\d|[QH][1-4]\b|[A-Z]{3}\d", match[0]) and _is_money_code(
        match[0]
    ):
        return None
    return match_mention(match, "name")


def _is_money_code(text: str) -> bool:
    from reportgen.evidence.number_grammar.currencies import find_sign

    code = re.split(r"\d", text, maxsplit=1)[0]
    return code != "COP" and find_sign(code) is not None  # COP26 met in Glasgow


def _read_reference(match: re.Match[str]) -> Mention | None:
    return match_mention(match, "name") if match["word"] in REFERENCES else None


_DOUBLE_NAME = compile_late(
    r"[- ](?:digits?|edged|deckers?|blind|check\w*|standards?|beds?|rooms?|count\w*|entry|whammy|agents?|jeopardy|tax\w*|bind|dip|glaz\w+|major|act)\b",
    re.IGNORECASE,
)


def _read_times(match: re.Match[str]) -> Mention | None:
    word = match["word"].lower()
    if word == "double" and _DOUBLE_NAME.match(match.string, match.end()):
        return None
    value = next(value for start, value in WORD_TIMES.items() if word.startswith(start))
    return match_mention(match, "times", float(value), "times")


_COURSE = compile_late(r"\b(?:first|last|next|past|final)[- ]\Z", re.IGNORECASE)
_HALF_YEAR = compile_late(r"\b(?:first|second|latter|other|last)[- ]\Z", re.IGNORECASE)
_SHARED = compile_late(r"\s(?:of\s)?(?:(?:the|all|its|their|our)\s)?([A-Za-z'-]+(?:\s[A-Za-z'-]+){0,3})")
_TOPS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}


def _read_share(match: re.Match[str]) -> Mention | None:
    top, part = (match["top"] or "a").lower(), match["part"].lower()
    if (
        part == "half"
        and re.search(r"\w\sand\s$", match.string[: match.start()])
        and find_mentions(match.string[: match.start() - 5])[-1:]
    ):
        before = find_mentions(match.string[: match.start() - 5])[-1]
        if before.end == match.start() - 5:
            return None  # "two and a half days"
    if part == "half" and not match["top"] and _HALF_YEAR.search(match.string[: match.start()]):
        return None  # "the first half of this year"
    if part == "quarter" and top != "a" and _COURSE.search(match.string[: match.start()]):
        return None  # "the first two quarters of 2026"
    if not match["top"] and part not in ("half", "halve"):
        return None  # "the third of May", "the quarter of the town"
    if not match["top"] and match.string[match.end("part") : match.end("part") + 1] == "s":
        return None
    share = _TOPS[top] / numerals.FRACTIONS[part]
    noun = match.groupdict().get("time") or ""
    if not noun and (found := _SHARED.match(match.string, match.end())):
        noun = " ".join(found[1].split())
    return match_mention(match, "share", share, "share", noun)


_OF_UNIT = compile_late(r"\sof(?:\s(?:an?|one|the)(?:\sUS)?)?(?=\s)")


def _read_fraction(match: re.Match[str]) -> Mention | None:
    """Read 1/2 and 3 1/4; a share unless a unit follows."""
    top, bottom = int(match["top"]), int(match["bottom"])
    if not 0 < top < bottom:
        return None
    value = int(match["whole"] or 0) + top / bottom
    of = _OF_UNIT.match(match.string, match.end())
    unit = find_unit(match.string, of.end() if of else match.end())
    if unit and unit.kind != "times":
        return Mention(
            match.start(),
            match.end(),
            match[0],
            unit.kind,
            value * unit.factor,
            unit.unit,
            unit.written,
            stop=unit.stop,
            written=unit.written,
        )
    return match_mention(match, "count" if match["whole"] else "share", value, "" if match["whole"] else "share")


def _read_odds(match: re.Match[str]) -> Mention | None:
    if not (match["bottom"][0].isdigit() or numerals.COUNTING_WORDS.issuperset(match["bottom"].lower().split("-"))):
        return None  # "one in Paris"
    top, bottom = numerals.parse_number(match["top"]), numerals.parse_number(match["bottom"])
    return match_mention(match, "share", top / bottom, "share") if bottom and top <= bottom else None


def _read_rank(match: re.Match[str]) -> Mention | None:
    rank = numerals.parse_ordinal(match[0])
    following = match.string[match.end() :]
    if not rank or (
        match[0].lower() in ("second", "first") and re.match(r"[- ](?:time|round|quarter|place)", following)
    ):
        return None
    noun = NOUN.match(match.string, match.end())
    return match_mention(match, "rank", float(rank), "rank", noun[0].strip(" -") if noun else "")


def _read_scaled(match: re.Match[str]) -> Mention | None:
    """Read "half a million", "several hundred", "a dozen"."""
    lead = re.sub(r"[\s-]+", " ", match["lead"].lower())
    count = 0.5 if lead.startswith("half") else 0.25 if "quarter" in lead else 1.0
    if match["three"]:
        count = 0.75
    is_vague = bool(re.match(r"several|few|a few|a couple", lead))
    value = count * numerals.parse_scale(match["scale"])
    return _with_unit(match, value, is_vague)


def _read_vague(match: re.Match[str]) -> Mention | None:
    """Read "dozens", "tens of thousands"."""
    last = (match["last"] or match["many"]).lower()
    first = (match["first"] or "").lower()
    sizes = {"tens": 10.0, "scores": 20.0, "dozens": 12.0}
    value = 1.0
    for word in filter(None, (first, last)):
        value *= sizes.get(word) or numerals.parse_scale(word.removesuffix("s"))
    return _with_unit(match, value, True)


def _with_unit(match: re.Match[str], value: float, is_vague: bool) -> Mention:
    text, end = match.string, match.end()
    of = re.match(r"\sof(?=\s)", text[end : end + 4]) if is_vague else None
    after = end + of.end() if of else end
    noun = NOUN.match(text, after)
    words = re.sub(r"\s+", " ", noun[0]).strip(" -.") if noun else ""
    mention = replace(match_mention(match, "count", value, "", words), is_vague=is_vague)
    if unit := find_unit(text, after):
        kind: MentionKind = unit.kind if unit.kind != "times" else "count"
        mention = replace(
            mention,
            kind=kind,
            unit=unit.unit if kind == unit.kind else "",
            value=value * unit.factor,
            written=unit.written,
            stop=unit.stop,
        )
    return mention


def _read_silent(match: re.Match[str]) -> Mention | None:
    value = 10.0 if match["span"].lower() == "decade" else 100.0
    start = match.start("span")
    return Mention(start, match.end(), match["span"], "count", value, "year", "decade", is_silent=True)


_READERS: dict[str, Callable[[re.Match[str]], Mention | None]] = {
    "clock": lambda match: match_mention(match, "name"), "name": _read_name, "reference": _read_reference, "period": read_period, "quarter": read_quarter, "season": read_season,
    "iso": read_date, "slashed": read_slashed, "date": read_date, "month": read_month, "decade": read_decade,
    "scaled": _read_scaled, "silent": _read_silent, "vague": _read_vague, "times": _read_times,
    "share": _read_share, "odds": _read_odds, "rank": _read_rank, "fraction": _read_fraction, "amount": read_amount,
}  # fmt: skip

"""Units, nouns and bounds that are said once for several numbers."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.amount_mentions import find_unit
from reportgen.evidence.number_grammar.bounds import find_bounds
from reportgen.evidence.number_grammar.joining.gaps import (
    AND,
    DASH,
    LIST,
    SCALES,
    SENTENCE_END,
    TO,
    VERB,
    find_gap,
    has_no_noun,
    is_bare,
    is_confidence,
)
from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.evidence.number_grammar.patterns import GAP, SPACE
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_IN = compile_late(r"\b(?:in|since|by|of|year|from)\s\Z", re.IGNORECASE)
MARGIN = compile_late(rf"{SPACE}?\(?(?:±|\+/?[-–]|plus or minus|give or take){SPACE}?", re.IGNORECASE)
_VERSUS = compile_late(r"\s(?:vs\.?|versus)\s", re.IGNORECASE)
_ELLIPSIS = compile_late(
    r"(?:\b(?:and|to|from|versus|vs\.?|than|with|against|or|up|down|by|was|is|were|(?:low|high|peak|record|total|average|mean|median|maximum|minimum|rate|level|share)\sof|including|whom|which)|,)\s(?:(?:about|nearly|around|roughly|some|only|just)\s)?\Z",
    re.IGNORECASE,
)
_PLACE = compile_late(
    r"\b(?:in|at|from|for|after|during|per|across|within|among|over|with)\s(?:the\s|all\s)?\Z", re.IGNORECASE
)
_OF = compile_late(
    rf"{SPACE}(?:out{SPACE})?of{SPACE}(?:(?:the|its|their|all|our|his|her){SPACE})?(?:[A-Za-z]+[’']s?{SPACE})?(?:(?:total|some){SPACE})?",
    re.IGNORECASE,
)
AMOUNTS = ("money", "percent", "points", "count", "times")


def share_backwards(found: list[Mention], text: str) -> list[Mention]:
    """Give "5, 10 and 15 percent", "$1–5 billion" and "12 of 27 states" their common unit."""
    found = list(found)
    for index in range(len(found) - 2, -1, -1):
        mention, after = found[index], found[index + 1]
        gap = find_gap(text, mention, after)
        if not gap or after.kind not in AMOUNTS or len(gap) > 24:
            continue
        if (
            _is_year(mention)
            and after.kind == "count"
            and after.unit
            and (DASH.fullmatch(gap) or TO.fullmatch(gap))
            and not _IN.search(text[max(0, mention.first - 8) : mention.first])
        ):
            # "2000–2500 km": no year after all
            year = float(mention.text)
            mention = replace(
                mention,
                kind="count",
                value=year,
                unit=after.unit,
                noun=after.noun,
                written=after.written,
                bounds=_number_bounds(mention, text),
            )
        elif is_bare(mention) and gap.isspace() and after.unit and after.kind == "count":
            mention = replace(mention, noun=_noun_after(after, text))  # "eight million 250 ml bottles"
        elif (is_bare(mention) and (LIST.fullmatch(gap) or MARGIN.fullmatch(gap))) or (
            mention.kind == "count" and not mention.unit and _VERSUS.fullmatch(gap)
        ):
            value = _scale_lower(mention, after)
            # "$5–10" gives its sign to both, in the next step; a multiple or percent after a bare count is the count's too.
            mention = replace(
                mention,
                kind=after.kind,
                unit=after.unit,
                noun=after.noun,
                per=after.per,
                value=value,
                written=after.written,
                is_implied=True,
            )
        elif (
            mention.kind == "count" and not mention.unit and after.kind == "count" and after.noun and _OF.fullmatch(gap)
        ):
            mention = replace(mention, noun=after.noun, unit=after.unit)
        elif (
            mention.kind == "money"
            and after.kind in ("count", "money")
            and not after.unit.strip("US$€£¥₩")
            and (DASH.fullmatch(gap) or TO.fullmatch(gap) or AND.fullmatch(gap))
        ):
            mention = replace(mention, value=_scale_lower(mention, after))
        found[index] = mention
    return found


def _is_year(mention: Mention) -> bool:
    return mention.kind == "date" and mention.text.isdigit()


def _number_bounds(mention: Mention, text: str) -> frozenset[str]:
    return find_bounds(text, mention.start, mention.end, False)[0]


def _noun_after(mention: Mention, text: str) -> str:
    noun = re.match(rf"{GAP}([A-Za-z'-]+(?:{SPACE}[A-Za-z'-]+){{0,4}})", text[mention.stop :])
    return noun[1] if noun else ""


def _scale_lower(first: Mention, second: Mention) -> float | PartialDate:
    """Return the lower end in the unit of the upper: "1–5 billion" is not one dollar."""
    match = SCALES.search(second.text.lower())
    if match and match[1] == second.written.lower():
        match = None  # "0.28 to 0.55 m" are metres
    bare = not re.search(numerals.SCALE_WORDS, first.text.lower()) and not re.search(
        rf"\d{numerals.SCALE_SIGNS}\b", first.text.lower()
    )
    value = first.value
    if not isinstance(value, float | int) or not isinstance(second.value, float | int):
        return value
    if second.kind in ("money", "count") and match and bare and abs(value) < 1000:
        scaled = value * numerals.parse_scale(match[1])
        has_own_unit = first.kind == "money" and second.kind == "money"  # "from $200 to $4 million"
        return value if has_own_unit and abs(scaled) > abs(second.value) else scaled
    return value


def share_unit(first: Mention, second: Mention) -> tuple[Mention, Mention] | None:
    """Return two ends in one unit; None where they have different ones."""
    one, other = find_dimension(first.kind, first.unit), find_dimension(second.kind, second.unit)
    if first.kind == second.kind and one[0] == other[0]:
        if one[1] == other[1] or not isinstance(second.value, float | int):
            return first, second
        return first, replace(second, value=second.value * other[1] / one[1], unit=first.unit)
    if second.kind == "count" and not second.unit and first.kind in ("money", "percent"):
        return first, replace(second, kind=first.kind, unit=first.unit)
    if second.kind == "count" and not second.unit and first.kind == "count" and first.unit and not second.noun:
        return first, replace(second, unit=first.unit)
    if first.kind == "count" and not first.unit and not first.noun:
        return replace(first, kind=second.kind, unit=second.unit), second
    return None


def take_unit(mention: Mention, text: str) -> Mention:
    """Return a bare number with the unit or noun that follows its brackets."""
    if not isinstance(mention.value, float | int):
        return mention
    if unit := find_unit(text, mention.stop):
        high = mention.high * unit.factor if isinstance(mention.high, float | int) else mention.high
        return replace(
            mention,
            kind=unit.kind,
            unit=unit.unit,
            written=unit.written,
            value=mention.value * unit.factor,
            high=high,
            stop=unit.stop,
            noun=unit.written if unit.kind == "count" else "",
        )
    noun = re.match(rf"{SPACE}([A-Za-z'-]+(?:{SPACE}[A-Za-z'-]+){{0,4}})", text[mention.stop :])
    return replace(mention, noun=noun[1]) if noun else mention


def with_unit_of(mention: Mention, other: Mention) -> Mention:
    return replace(mention, kind=other.kind, unit=other.unit, noun=other.noun, written=other.written)


def share_bounds(found: list[Mention], text: str) -> list[Mention]:
    """Give a number in brackets the bound of the one that it converts: "under 296 hp (224 kW)"."""
    for index, mention in enumerate(found[1:], 1):
        before = found[index - 1]
        if mention.bounds != {"exactly"} or before.bounds == {"exactly"} or mention.high is not None:
            continue
        is_converted = (
            bool(mention.unit and before.unit)
            and mention.kind == before.kind
            and mention.kind in ("money", "count")
            and mention.unit != before.unit
        )
        if is_converted and re.fullmatch(rf"{SPACE}?(?:\(|/{SPACE}?)(?:US{SPACE})?", text[before.stop : mention.start]):
            found[index] = replace(mention, bounds=before.bounds)
        elif (
            mention.kind == before.kind
            and _ESTIMATED_BOTH.fullmatch(text[before.first : before.start])
            and _AND_THEN.fullmatch(text[before.stop : mention.first])
        ):
            found[index] = replace(
                mention, bounds=before.bounds | {"exactly"}
            )  # "an estimated 6 million thefts and 2 million robberies"
        elif _OR_ELSE.fullmatch(text[before.stop : mention.start]) and before.kind != mention.kind:
            found[index] = replace(mention, bounds=before.bounds | {"exactly"})
    return found


_ESTIMATED_BOTH = compile_late(r"an estimated\s", re.IGNORECASE)
_AND_THEN = compile_late(r"(?:\s[a-z-]+){0,4},?\sand\s", re.IGNORECASE)
_OR_ELSE = compile_late(rf"{SPACE}?[—–,-]{SPACE}?or{SPACE}", re.IGNORECASE)
"""The words that lead to the same amount in another unit: "an estimated 19 percent, or 45 million"."""
_NO_PERCENT = 1000
"""From this size on, a bare number beside a percentage is none: "3.4 percent above the May rate of 1,399,000"."""
_RATE_OF = compile_late(
    r"\b(?:rate|pace|level|total|average|figure|count)\sof\s(?:(?:about|nearly|around|roughly|some|only|just)\s)?\Z",
    re.IGNORECASE,
)
_TIMES = ("year", "month", "week", "day", "hour", "minute")


def share_forwards(found: list[Mention], text: str) -> list[Mention]:
    """Give 520 its noun in "480 crashes in 2019 and 520 in 2020"."""
    last: Mention | None = None  # the nearest number that has a noun
    main: Mention | None = None  # the nearest that is no place or circumstance of another, as "in 95 countries" is
    for index, mention in enumerate(found):
        if mention.kind in ("date", "name", "rank", "share"):
            continue
        is_open = mention.kind == "count" and not mention.unit and has_no_noun(mention) and mention.centre is None
        is_too_long = (
            last is not None and last.unit in _TIMES and isinstance(mention.value, float) and mention.value >= 1000
        )
        is_rate = any(char.isdigit() for char in mention.per)
        if last and is_open and not is_too_long and not is_rate:  # "jobless for 27 weeks, … up 386,000" are no weeks
            gap = text[last.stop : mention.first]
            is_large = SCALES.search(mention.text.lower()) or (
                isinstance(mention.value, float) and mention.value >= _NO_PERCENT
            )
            if (last.kind == "percent" and TO.fullmatch(gap)) or (last.kind in ("percent", "points") and is_large):
                continue  # "fell 2.5 percent to 1,900", "3 percent above the rate of 1,399,000"
            if last is main and _is_placed(last, text) and _RATE_OF.search(text[: mention.first]):
                continue  # "homes in buildings with five units were sold at a rate of 460"
            if len(gap) <= 60 and not SENTENCE_END.search(gap) and _ELLIPSIS.search(gap):
                if main and not _is_placed(mention, text) and not SENTENCE_END.search(text[main.stop : mention.first]):
                    last = main
                # "4,000 soldiers, of whom 1,100 are reservists": soldiers, and reservists
                noun = f"{last.noun} {mention.noun}".strip() if VERB.match(mention.noun) else last.noun
                per = last.per if any(char.isdigit() for char in last.per) else mention.per
                found[index] = mention = replace(
                    mention, kind=last.kind, unit=last.unit, noun=noun, written=last.written, per=per, is_implied=True
                )
        if (
            is_open
            and not mention.is_implied
            and last
            and last.kind == "percent"
            and text[mention.first - 1 :][:1] == "("
        ):
            last = main = None  # "fell 45% (264, compared to 489 before)": neither is a percentage
        if (
            mention.kind != "times"
            and not is_confidence(mention)
            and not mention.is_age  # "among women aged 65–74 years, the rate rose from 9.0 to 16.8": these are no years
            and (mention.unit or is_rate or (mention.noun and not has_no_noun(mention)))
        ):
            last = mention
            if main is None or not _is_placed(mention, text):
                main = mention
    return found


def _is_placed(mention: Mention, text: str) -> bool:
    """Return whether a number says where, when or with what another thing is: "in 95 countries"."""
    return bool(_PLACE.search(text[max(0, mention.first - 10) : mention.first]))

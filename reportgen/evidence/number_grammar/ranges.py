"""Ranges, margins and lists: numbers beside one another, and units that are said once for several."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.amount_mentions import find_unit
from reportgen.evidence.number_grammar.bounds import find_bounds
from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.evidence.number_grammar.patterns import GAP, SPACE
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_DASH = compile_late(rf"{SPACE}?[-–]{SPACE}?|-to-|—")
_TO = compile_late(
    rf"{SPACE}(?:to|through){SPACE}(?:(?:up{SPACE}to|as{SPACE}(?:much|many|high){SPACE}as|about|around|roughly){SPACE})?\+?",
    re.IGNORECASE,
)
_AND, _OR = compile_late(rf"{SPACE}and{SPACE}\+?", re.IGNORECASE), compile_late(rf"{SPACE}or{SPACE}", re.IGNORECASE)
_LIST = compile_late(
    rf"-?,{SPACE}(?:and{SPACE}|or{SPACE})?|{SPACE}(?:and|or|to|through){SPACE}|{SPACE}?[-–/]{SPACE}?", re.IGNORECASE
)
_BETWEEN = compile_late(r"\bbetween\s(?:about\s|roughly\s|around\s)?\Z", re.IGNORECASE)
_FROM = compile_late(
    r"\bfrom\s(?:(?:about|around|roughly|as (?:low|little|few) as|some|just|a|an)\s)*\Z", re.IGNORECASE
)
_EITHER = compile_late(r"\b(?:either|whether)\s\Z", re.IGNORECASE)
_CHANGES = frozenset(
    ["rise", "rises", "rose", "risen", "rising", "fell", "fall", "falls", "fallen", "falling", "grew", "cut", "cuts", "cutting", "went", "go", "goes", "going", "gone", "up", "down", "ease", "eased", "eases", "easing", "move", "moved", "moves", "moving", "dip", "dips", "dipped", "dipping", "edge", "edged", "edges", "edging", "shrank", "shrink", "shrinks", "shrunk", "shrinking"]
)  # fmt: skip
_CHANGE_STEMS = (
    "grow", "increas", "decreas", "declin", "drop", "jump", "climb", "reduc", "rais", "lower", "chang", "expand", "slash", "soar", "surg", "plung",
    "slow", "improv", "slid", "slip", "narrow", "widen", "doubl", "tripl", "halv", "boost", "swell", "swollen", "revis", "upgrad", "downgrad", "shift", "tick",
    "extend", "lift", "return", "adjust", "accelerat", "contract", "worsen", "strengthen", "weaken", "tighten", "trim", "shorten", "lengthen", "warm", "cool",
    "deteriorat", "recover", "advanc",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_IN = compile_late(r"\b(?:in|since|by|of|year|from)\s\Z", re.IGNORECASE)
_ABOUT = compile_late(r"\s(?:about|around|roughly|some|nearly|almost|another|an additional|just)\s\Z")
_BY = compile_late(
    r"\bby\s(?:(?:about|around|roughly|some|nearly|almost|another|just|an additional)\s)?\Z", re.IGNORECASE
)
_SPAN = compile_late(r"\b(?:rang\w+|var(?:y|ies|ied|ying)|anywhere|anything)\b", re.IGNORECASE)
_SCORE = compile_late(
    r"\b(?:vote[ds]?|ratio|odds|score[ds]?|won|beat|lost|defeat\w*|ruled|ruling|record)\b[^.;]{0,24}\Z", re.IGNORECASE
)
_MARGIN = compile_late(rf"{SPACE}?\(?(?:±|\+/?[-–]|plus or minus|give or take){SPACE}?", re.IGNORECASE)
_BRACKET = compile_late(rf"{SPACE}?[(\[]((?:\d\d(?:\.\d)?{SPACE}?(?:%|percent|per cent))?[^()\[\]\d]{{0,40}})")
_INTERVAL = compile_late(r"\b(?:CI|CrI|UI|IQR|intervals?|range)\W{0,3}(?:of\s)?\Z", re.IGNORECASE)
"""Words before the ends of an interval that a comma parts: 95% CI 1.2, 3.4."""
_COMMA = compile_late(r"[,;]\s?")
_MARGIN_BEFORE = compile_late(
    r"(?:±|\+/-|\bplus or minus|\bmargin of (?:sampling )?error (?:(?:is|was|of|at|for \w+(?: \w+){0,4} (?:is|was|of)) )*(?:about|around|roughly|approximately)?)\s?\Z",
    re.IGNORECASE,
)
_AFTER = compile_late(r"[^()\[\]]{0,60}[)\]]")
_SENTENCE_END = compile_late(r"[.;!?]\s")
_ELLIPSIS = compile_late(
    r"(?:\b(?:and|to|from|versus|vs\.?|than|with|against|or|up|down|by|was|is|were|(?:low|high|peak|record|total|average|mean|median|maximum|minimum|rate|level|share)\sof|including|whom|which)|,)\s(?:(?:about|nearly|around|roughly|some|only|just)\s)?\Z",
    re.IGNORECASE,
)
_NO_NOUN = compile_late(
    r"(?:in|at|by|for|during|on|last|this|a year|from|as|under|over|between|among|respectively|today|now|since|before|after|when|if|with|to|and|or|of|the)\b|\Z",
    re.IGNORECASE,
)
_OF = compile_late(
    rf"{SPACE}(?:out{SPACE})?of{SPACE}(?:(?:the|its|their|all|our|his|her){SPACE})?(?:(?:total|some){SPACE})?",
    re.IGNORECASE,
)
_PER_BEFORE = compile_late(r"(?:\bper|/)\s?\Z|[a-z][-⁻]\Z", re.IGNORECASE)
_SCALES = compile_late(rf"(?<![a-z])({numerals.SCALE_WORDS}|{numerals.SCALE_SIGNS})\b")
_NUMBERS = ("money", "percent", "points", "count", "times")


def join_numbers(found: list[Mention], text: str) -> tuple[Mention, ...]:
    """Return numbers with what they share: the ends of ranges as one, margins with their number, units that are said once."""
    if len(found) == 1:
        return (_add_context(found[0], text),)
    found = _read_days(_drop_divisors(found, text), text)
    found = _share_backwards(found, text)
    found = _merge(found, text)
    found = _share_forwards(_share_bounds(_tie_margins(found, text), text), text)
    return tuple(_add_context(mention, text) for mention in found)


def _add_context(mention: Mention, text: str) -> Mention:
    """Return a number that nothing says the noun of, with the words of its sentence before it."""
    if mention.kind != "count" or mention.unit or not _NO_NOUN.match(mention.noun):
        return mention
    before = text[max(0, mention.start - 160) : mention.start]
    return replace(mention, before=_SENTENCE_END.split(before)[-1])


def _between(text: str, first: Mention, second: Mention) -> str:
    return text[max(first.stop, first.end) : second.first]


def _drop_divisors(found: list[Mention], text: str) -> list[Mention]:
    """Leave out the number of "per 100,000 people" and "yr-1": it belongs to the number before."""
    return [
        mention for index, mention in enumerate(found)
        if not (index and mention.kind == "count" and _PER_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
                and (any(char.isdigit() for char in found[index - 1].per) or (mention.value == 1 and found[index - 1].per)))
    ]  # fmt: skip


def _is_bare(mention: Mention) -> bool:
    return mention.kind == "count" and not mention.unit and not mention.noun


def _share_backwards(found: list[Mention], text: str) -> list[Mention]:
    """Give "5, 10 and 15 percent", "$1–5 billion" and "12 of 27 states" their common unit."""
    found = list(found)
    for index in range(len(found) - 2, -1, -1):
        mention, after = found[index], found[index + 1]
        gap = _between(text, mention, after)
        if not gap or after.kind not in _NUMBERS or len(gap) > 24:
            continue
        if (
            _is_year(mention)
            and after.kind == "count"
            and after.unit
            and (_DASH.fullmatch(gap) or _TO.fullmatch(gap))
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
        elif _is_bare(mention) and gap.isspace() and after.unit and after.kind == "count":
            mention = replace(mention, noun=_noun_after(after, text))  # "eight million 250 ml bottles"
        elif _is_bare(mention) and (_LIST.fullmatch(gap) or _MARGIN.fullmatch(gap)):
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
            and (_DASH.fullmatch(gap) or _TO.fullmatch(gap) or _AND.fullmatch(gap))
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
    match = _SCALES.search(second.text.lower())
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


def _read_days(found: list[Mention], text: str) -> list[Mention]:
    """Give the second day of "Sept. 20-24" its month."""
    for index, mention in enumerate(found[1:], 1):
        before = found[index - 1]
        date = before.value
        if (
            not isinstance(date, PartialDate)
            or not date.day
            or mention.kind != "count"
            or mention.unit
            or not isinstance(mention.value, float | int)
        ):
            continue
        is_day = mention.text.isdigit() and 1 <= mention.value <= 31
        if is_day and (
            _DASH.fullmatch(gap := text[before.end : mention.start])
            or (_LIST.fullmatch(gap) and _NO_NOUN.match(mention.noun))
        ):
            found[index] = replace(
                mention, kind="date", unit="date", noun="", value=PartialDate(date.year, date.month, int(mention.value))
            )
    return found


def _merge(found: list[Mention], text: str) -> list[Mention]:
    merged: list[Mention] = []
    for mention in found:
        before = merged[-1] if merged else None
        joined = _join(before, mention, text) if before else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(mention)
    for index, mention in enumerate(merged):
        if index and mention.high is not None:
            at = index - 2 if index > 1 and _is_confidence(merged[index - 1]) else index - 1
            merged[at], merged[index] = _add_interval(merged[at], mention, text)
    return merged


def _is_confidence(mention: Mention) -> bool:
    """Return whether a number is the level of an interval: 95% CI."""
    return mention.kind == "percent" and bool(
        re.match(r"(?:CI|CrI|UI|confidence|credible|uncertainty)\b", mention.noun)
    )


def _join(first: Mention, second: Mention, text: str) -> Mention | None:
    """Return two numbers as one: a range, a number with its margin, or a number in words and again in figures."""
    if (
        first.kind not in _NUMBERS
        or second.kind not in _NUMBERS
        or second.margin is not None
        or second.high is not None
    ):
        return None
    low, high = first.value, second.value
    if isinstance(low, PartialDate) or isinstance(high, PartialDate) or first.high is not None:
        return None
    gap = _between(text, first, second)
    if len(gap) > 24:
        return None
    if _is_spelled(first, second, gap):
        return replace(
            second,
            start=first.start,
            text=text[first.start : second.end],
            value=low + high,
            bounds=first.bounds,
            bound_start=first.bound_start,
        )
    if _MARGIN.fullmatch(gap) and first.margin is None:
        return _add_margin(first, second, text)
    if (
        re.fullmatch(rf"{SPACE}?\(", gap)
        and low == high
        and text[second.end : second.end + 1] == ")"
        and _is_bare(first)
    ):
        return _take_unit(
            replace(first, end=second.end + 1, stop=second.end + 1, text=text[first.start : second.end + 1]), text
        )
    if first.margin is not None or not _is_range(first, second, gap, text):
        return None
    shared = _share_unit(first, second)
    if shared is None or not _is_ordered(shared[0], shared[1]):
        return None
    a, b = shared
    bounds = a.bounds if a.bounds != {"exactly"} else b.bounds if b.bound_start < 0 or "about" in b.bounds else a.bounds
    return replace(
        a, end=b.end, stop=max(b.stop, b.end), text=text[a.start : b.end], high=b.value, unit=b.unit or a.unit, kind=b.kind if _is_bare(a) else a.kind,
        noun=b.noun or a.noun, per=b.per or a.per, written=b.written or a.written, bounds=bounds, is_implied=second.is_implied,
    )  # fmt: skip


def _is_spelled(first: Mention, second: Mention, gap: str) -> bool:
    """Return whether two numbers in words are one: "twenty-eight thousand" and "six hundred forty-two"."""
    if not re.fullmatch(rf"{SPACE}(?:and{SPACE})?", gap) or not (
        first.text[:1].isalpha() and second.text[:1].isalpha()
    ):
        return False
    scales = _SCALES.findall(first.text.lower())
    if (
        not scales
        or not isinstance(second.value, float | int)
        or second.text.lower().startswith(("a ", "several", "half"))
    ):
        return False
    return (
        not first.unit
        and first.text.lower().endswith(scales[-1])
        and 0 < second.value < numerals.parse_scale(scales[-1]) >= 100
    )


def _is_range(first: Mention, second: Mention, gap: str, text: str) -> bool:
    before = text[max(0, first.first - 60) : first.first]
    if sentence := list(_SENTENCE_END.finditer(before)):
        before = before[sentence[-1].end() :]
    if _AND.fullmatch(gap):
        return bool(_BETWEEN.search(before))
    if _COMMA.fullmatch(gap):
        return bool(_INTERVAL.search(before)) and text[second.stop : second.stop + 1] in tuple(")]")
    if _OR.fullmatch(gap):
        return not _EITHER.search(before) and second.bound_start < 0
    if _DASH.fullmatch(gap):
        return not _SCORE.search(before) and not (gap == "—" and first.unit)
    if not _TO.fullmatch(gap) or _SCORE.search(before):
        return False
    if first.kind == "percent" and second.kind == "count" and not second.unit:
        return False  # "fell 2.5 percent to 1,900"
    if _SPAN.search(before) or not _says_change(before):
        return True
    # "rose by 6 cents to $25.79", "fell 3 points to 45 points"
    is_change = bool(first.unit) and not first.is_implied and (_BY.search(before) or _ends_with_change(before))
    return not (is_change or _FROM.search(before.rstrip("+")))


def _says_change(text: str) -> bool:
    """Return whether a text has a word of change: rose, fell, was cut."""
    return any(word in _CHANGES or word.startswith(_CHANGE_STEMS) for word in _WORD.findall(text.lower()))


def _ends_with_change(text: str) -> bool:
    """Return whether the last word before a number says that it is a change."""
    words = _WORD.findall(_ABOUT.sub("", text.lower()))
    return bool(words) and (words[-1] in _CHANGES or words[-1].startswith(_CHANGE_STEMS))


def _share_unit(first: Mention, second: Mention) -> tuple[Mention, Mention] | None:
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


def _is_ordered(first: Mention, second: Mention) -> bool:
    return isinstance(first.value, float | int) and isinstance(second.value, float | int) and first.value < second.value


def _add_margin(first: Mention, second: Mention, text: str) -> Mention | None:
    if not isinstance(first.value, float | int) or not isinstance(second.value, float | int):
        return None
    margin = second.value
    if second.kind == "percent" and first.kind != "percent":
        margin *= abs(first.value) / 100
    elif shared := _share_unit(first, second):
        first, second = shared
    end = second.end + (1 if text[second.end : second.end + 1] == ")" else 0)
    joined = replace(
        first,
        end=end,
        stop=max(end, second.stop),
        text=text[first.start : end],
        margin=abs(margin),
        noun=first.noun or second.noun,
    )
    return _take_unit(joined, text) if _is_bare(joined) else joined


def _take_unit(mention: Mention, text: str) -> Mention:
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


def _add_interval(before: Mention, mention: Mention, text: str) -> tuple[Mention, Mention]:
    """Tie a range in brackets to the number before, and give both one unit: "45% (40–60%, interquartile range)"."""
    opening = _BRACKET.fullmatch(text[max(before.stop, before.end) : mention.first])
    closing = _AFTER.match(text, mention.end)
    if not opening or not closing or before.high is not None:
        return before, mention
    if not isinstance(before.value, float | int) or isinstance(mention.value, PartialDate):
        return before, mention
    words = " ".join(f"{opening[1].removesuffix('of ')} {closing[0][:-1]}".strip(" ,;:").split())
    if mention.unit and words.startswith(mention.written):
        words = words[len(mention.written) :].strip(" ,;:")
    joined = replace(mention, centre=before.value, interval=words)
    if joined.kind == "count" and not joined.unit:
        if before.unit:
            return before, _with_unit_of(joined, before)
        outer = _take_unit(replace(joined, stop=closing.end()), text)
        joined = replace(outer, stop=joined.stop)
        return (_with_unit_of(before, outer) if outer.unit or outer.noun else before), joined
    return (_with_unit_of(before, joined) if _is_bare(before) else before), joined


def _with_unit_of(mention: Mention, other: Mention) -> Mention:
    return replace(mention, kind=other.kind, unit=other.unit, noun=other.noun, written=other.written)


def _tie_margins(found: list[Mention], text: str) -> list[Mention]:
    """Give the numbers of a sentence the margin that it states apart from them: "48 percent, plus or minus 3"."""
    for index, mention in enumerate(found):
        value = mention.value
        if (
            mention.kind not in ("count", "points", "percent")
            or isinstance(value, PartialDate)
            or mention.high is not None
        ):
            continue
        if not _MARGIN_BEFORE.search(text[max(0, mention.first - 60) : mention.first]):
            continue
        kinds = ("percent",) if mention.kind in ("points", "percent") else ("percent", "count")
        for at in range(index - 1, max(index - 7, -1), -1):
            if _SENTENCE_END.search(text[found[at].end : mention.first]):
                break
            if found[at].kind in kinds and found[at].margin is None and not _is_confidence(found[at]):
                found[at] = replace(found[at], margin_apart=abs(value))
                if _is_bare(mention) and found[at].kind == "percent":
                    mention = found[index] = replace(mention, kind="points", unit="percentage points")
    return found


def _share_bounds(found: list[Mention], text: str) -> list[Mention]:
    """Give a number in brackets the bound of the one that it converts: "under 296 hp (224 kW)"."""
    for index, mention in enumerate(found[1:], 1):
        before = found[index - 1]
        if (
            mention.bounds != {"exactly"}
            or before.bounds == {"exactly"}
            or not (mention.unit and before.unit)
            or mention.high is not None
        ):
            continue
        is_converted = (
            mention.kind == before.kind and mention.kind in ("money", "count") and mention.unit != before.unit
        )
        if is_converted and re.fullmatch(rf"{SPACE}?(?:\(|/{SPACE}?)(?:US{SPACE})?", text[before.stop : mention.start]):
            found[index] = replace(mention, bounds=before.bounds)
    return found


def _share_forwards(found: list[Mention], text: str) -> list[Mention]:
    """Give 520 its noun in "480 crashes in 2019 and 520 in 2020"."""
    last: Mention | None = None
    for index, mention in enumerate(found):
        if mention.kind in ("date", "name", "rank", "share"):
            continue
        is_open = (
            mention.kind == "count"
            and not mention.unit
            and bool(_NO_NOUN.match(mention.noun))
            and mention.centre is None
        )
        if last and is_open:
            gap = text[last.stop : mention.first]
            if (last.kind == "percent" and _TO.fullmatch(gap)) or (
                last.kind in ("percent", "points") and _SCALES.search(mention.text.lower())
            ):
                continue  # "fell 2.5 percent to 1,900", "by 1.3 percentage points and 1.9 million, respectively"
            if len(gap) <= 60 and not _SENTENCE_END.search(gap) and _ELLIPSIS.search(gap):
                found[index] = mention = replace(
                    mention, kind=last.kind, unit=last.unit, noun=last.noun, written=last.written, is_implied=True
                )
        if (
            mention.kind != "times"
            and not _is_confidence(mention)
            and (mention.unit or (mention.noun and not _NO_NOUN.match(mention.noun)))
        ):
            last = mention
    return found

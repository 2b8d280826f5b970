"""The ends of ranges as one number, and all that numbers beside one another share."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.joining.gaps import (
    AND,
    DASH,
    LIST,
    NO_NOUN,
    OR,
    SCALES,
    SENTENCE_END,
    TO,
    ends_with_change,
    find_gap,
    has_no_noun,
    is_bare,
    is_confidence,
    says_change,
)
from reportgen.evidence.number_grammar.joining.intervals import add_interval, add_margin, tie_margins
from reportgen.evidence.number_grammar.joining.shared_units import (
    AMOUNTS,
    MARGIN,
    share_backwards,
    share_bounds,
    share_forwards,
    share_unit,
    take_unit,
)
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.patterns import SPACE
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_BETWEEN = compile_late(r"\bbetween\s(?:about\s|roughly\s|around\s)?\Z", re.IGNORECASE)
_FROM_AGAIN = compile_late(r"\bto\s\S+\s[^.;]{0,40}\band from\s\Z", re.IGNORECASE)
_FROM = compile_late(
    r"\bfrom\s(?:(?:about|around|roughly|as (?:low|little|few) as|some|just|a|an)\s)*\Z", re.IGNORECASE
)
_EITHER = compile_late(r"\b(?:either|whether)\s\Z", re.IGNORECASE)
_BY = compile_late(
    r"\bby\s(?:(?:about|around|roughly|some|nearly|almost|another|just|an additional)\s)?\Z", re.IGNORECASE
)
_CHANGE_OF = compile_late(
    r"\b(?:increase|decrease|decline|rise|fall|drop|gain|growth|reduction|cut|jump)\sin\s(?:[A-Za-z’'-]+\s){1,6}of\s\Z",
    re.IGNORECASE,
)
"""Words before an amount of change, after which "to" leads to its result: "a drop in imports of $2 billion to $60 billion"."""
_AGED = compile_late(r"\b(?:aged|ages?)\s\Z", re.IGNORECASE)
_OLD = compile_late(
    r"[\s-]years?(?:\s(?:of\sage|or\solder|and\solder|or\syounger|and\syounger)|[\s-]olds?)\b", re.IGNORECASE
)
_WHOLE_BEFORE = compile_late(
    r"\b(?:(?:up|down)\sfrom|compared\s(?:with|to)|than|versus|against|above|below)\s(?:(?:the|its|their|an?|about|some|nearly|just)\s)*\Z",
    re.IGNORECASE,
)
_LEVEL = compile_late(r"(?:[A-Za-z-]+\s){0,2}(?:average|mean|level|peak|high|low|record)s?\b", re.IGNORECASE)
_SPAN = compile_late(r"\b(?:rang\w+|var(?:y|ies|ied|ying)|anywhere|anything)\b", re.IGNORECASE)
_SCORE = compile_late(
    r"\b(?:vote[ds]?|ratio|odds|score[ds]?|won|beat|lost|defeat\w*|ruled|ruling|record)\b[^.;]{0,24}\Z", re.IGNORECASE
)
_AGE_LIMIT = compile_late(r"\b(over|above|under|below)\s\Z", re.IGNORECASE)
_INTERVAL = compile_late(r"\b(?:CI|CrI|UI|IQR|intervals?|range)\W{0,3}(?:of\s)?\Z", re.IGNORECASE)
"""Words before the ends of an interval that a comma parts: 95% CI 1.2, 3.4."""
_COMMA = compile_late(r"[,;]\s?")
_PER_BEFORE = compile_late(r"(?:\bper|/)\s?\Z|[a-z][-⁻]\Z", re.IGNORECASE)


def join_numbers(found: list[Mention], text: str) -> tuple[Mention, ...]:
    """Return numbers with what they share: the ends of ranges as one, margins with their number, units that are said once."""
    if len(found) == 1:
        return (_add_context(_mark_age(found[0], text), text),)
    found = _read_days(_drop_divisors(found, text), text)
    found = share_backwards(found, text)
    found = _share_ages([_mark_age(mention, text) for mention in _merge(found, text)], text)
    found = share_forwards(share_bounds(tie_margins(found, text), text), text)
    return tuple(_add_context(mention, text) for mention in _share_wholes(found, text))


def _add_context(mention: Mention, text: str) -> Mention:
    """Return a number that nothing says the noun of, with the words of its sentence before it."""
    if mention.kind != "count" or mention.unit or not has_no_noun(mention):
        return mention
    before = text[max(0, mention.start - 160) : mention.start]
    return replace(mention, before=SENTENCE_END.split(before)[-1])


def _mark_age(mention: Mention, text: str) -> Mention:
    """Return the age of persons as years, whether its text says so or not: "aged 15–44", "women 85 years and older"."""
    is_time = mention.kind == "count" and mention.unit in ("", "year")
    if not is_time or not isinstance(mention.value, float | int) or mention.value >= 150:
        return mention
    if not _AGED.search(text[max(0, mention.first - 8) : mention.first]):
        if mention.unit and _OLD.match(
            text, mention.end if text[mention.end : mention.end + 1] in " -" else mention.stop
        ):
            return _bound_age(replace(mention, is_age=True), text)
        return mention
    if mention.unit:
        return replace(mention, is_age=True)
    return replace(mention, unit="year", noun="", per="", is_age=True, is_implied=True)


def _bound_age(age: Mention, text: str) -> Mention:
    """Return an age with the bound before it: "over 60 years of age" is no time of sixty years."""
    limit = _AGE_LIMIT.search(text, 0, age.start)
    if not limit or age.bounds != {"exactly"}:
        return age
    bound = "more than" if limit[1].lower() in ("over", "above") else "less than"
    return replace(age, bounds=frozenset({bound}), bound_start=limit.start())


def _share_ages(found: list[Mention], text: str) -> list[Mention]:
    """Make 35–44 an age in "women aged 25–29 and 35–44"."""
    for index, mention in enumerate(found[1:], 1):
        before = found[index - 1]
        is_open = mention.kind == "count" and not mention.unit and mention.high is not None
        if before.is_age and before.high is not None and is_open and LIST.fullmatch(text[before.stop : mention.first]):
            found[index] = replace(mention, unit="year", noun="", per="", is_age=True, is_implied=True)
    return found


def _share_wholes(found: list[Mention], text: str) -> list[Mention]:
    """Give 40 its whole in "from 40% to 100% of GDP", and 30 in "35% of GDP, up from 30% in 2010"."""
    whole: Mention | None = None
    for index in range(len(found) - 1, -1, -1):
        mention = found[index]
        if mention.kind != "percent":
            continue
        if mention.noun.startswith("of "):
            whole = mention
        elif whole and not SENTENCE_END.search(text[mention.end : whole.first]):
            found[index] = replace(mention, noun=whole.noun)
    whole = None
    for index, mention in enumerate(found):
        if mention.kind != "percent":
            continue
        if mention.noun.startswith("of "):
            whole = mention
        elif whole and not SENTENCE_END.search(text[whole.stop : mention.first]):
            before = text[whole.stop : mention.start if mention.bound_start >= 0 else mention.first]
            if _WHOLE_BEFORE.search(before) and (has_no_noun(mention) or _LEVEL.match(mention.noun)):
                found[index] = replace(mention, noun=whole.noun)
    return found


def _drop_divisors(found: list[Mention], text: str) -> list[Mention]:
    """Leave out the number of "per 100,000 people" and "yr-1": it belongs to the number before."""
    return [
        mention for index, mention in enumerate(found)
        if not (index and mention.kind == "count" and _PER_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
                and (any(char.isdigit() for char in found[index - 1].per) or (mention.value == 1 and found[index - 1].per)))
    ]  # fmt: skip


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
            DASH.fullmatch(gap := text[before.end : mention.start])
            or (LIST.fullmatch(gap) and NO_NOUN.match(mention.noun))
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
            at = index - 2 if index > 1 and is_confidence(merged[index - 1]) else index - 1
            merged[at], merged[index] = add_interval(merged[at], mention, text)
    return merged


def _join(first: Mention, second: Mention, text: str) -> Mention | None:
    """Return two numbers as one: a range, a number with its margin, or a number in words and again in figures."""
    if first.kind not in AMOUNTS or second.kind not in AMOUNTS or second.margin is not None or second.high is not None:
        return None
    low, high = first.value, second.value
    if isinstance(low, PartialDate) or isinstance(high, PartialDate) or first.high is not None:
        return None
    gap = find_gap(text, first, second)
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
    if MARGIN.fullmatch(gap) and first.margin is None:
        return add_margin(first, second, text)
    if (
        re.fullmatch(rf"{SPACE}?\(", gap)
        and low == high
        and text[second.end : second.end + 1] == ")"
        and is_bare(first)
    ):
        return take_unit(
            replace(first, end=second.end + 1, stop=second.end + 1, text=text[first.start : second.end + 1]), text
        )
    if first.margin is not None or not _is_range(first, second, gap, text):
        return None
    shared = share_unit(first, second)
    if shared is None or not _is_ordered(shared[0], shared[1]):
        return None
    a, b = shared
    bounds = a.bounds if a.bounds != {"exactly"} else b.bounds if b.bound_start < 0 or "about" in b.bounds else a.bounds
    return replace(
        a, end=b.end, stop=max(b.stop, b.end), text=text[a.start : b.end], high=b.value, unit=b.unit or a.unit, kind=b.kind if is_bare(a) else a.kind,
        noun=b.noun or a.noun, per=b.per or a.per, written=b.written or a.written, bounds=bounds, is_implied=second.is_implied,
    )  # fmt: skip


def _is_spelled(first: Mention, second: Mention, gap: str) -> bool:
    """Return whether two numbers in words are one: "twenty-eight thousand" and "six hundred forty-two"."""
    if not re.fullmatch(rf"{SPACE}(?:and{SPACE})?", gap) or not (
        first.text[:1].isalpha() and second.text[:1].isalpha()
    ):
        return False
    scales = SCALES.findall(first.text.lower())
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
    if _FROM_AGAIN.search(before):  # "a trend from 213 to 241 in May and from 263 to 282 in June"
        before = text[max(0, first.first - 140) : first.first]
    if sentence := list(SENTENCE_END.finditer(before)):
        before = before[sentence[-1].end() :]
    if AND.fullmatch(gap):
        return bool(_BETWEEN.search(before))
    if _COMMA.fullmatch(gap):
        return bool(_INTERVAL.search(before)) and text[second.stop : second.stop + 1] in tuple(")]")
    if OR.fullmatch(gap):
        return not _EITHER.search(before) and second.bound_start < 0
    if DASH.fullmatch(gap):
        return not _SCORE.search(before) and not (gap == "—" and first.unit)
    if not TO.fullmatch(gap) or _SCORE.search(before):
        return False
    if first.kind == "percent" and second.kind == "count" and not second.unit:
        return False  # "fell 2.5 percent to 1,900"
    if _SPAN.search(before) or not says_change(before):
        return True
    if (_BY.search(before) or _CHANGE_OF.search(before)) and _is_far(first, second):
        return False  # "decreased by 453,000 to 4.9 million"
    # "rose by 6 cents to $25.79", "fell 3 points to 45 points"
    is_change = bool(first.unit) and not first.is_implied and (_BY.search(before) or ends_with_change(before))
    return not (is_change or _FROM.search(before.rstrip("+")))


def _is_far(first: Mention, second: Mention) -> bool:
    """Return whether the second of two numbers is many times the first: an amount, and what it leads to."""
    if isinstance(first.value, PartialDate) or isinstance(second.value, PartialDate):
        return False
    return first.unit == second.unit and abs(second.value) > 5 * abs(first.value) > 500


def _is_ordered(first: Mention, second: Mention) -> bool:
    return isinstance(first.value, float | int) and isinstance(second.value, float | int) and first.value < second.value

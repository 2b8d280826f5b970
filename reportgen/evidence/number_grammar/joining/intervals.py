"""Margins of numbers, and the intervals in brackets behind them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportgen.evidence.number_grammar.joining.gaps import SENTENCE_END, is_bare, is_confidence
from reportgen.evidence.number_grammar.joining.shared_units import share_unit, take_unit, with_unit_of
from reportgen.evidence.number_grammar.mention import Mention
from reportgen.evidence.number_grammar.patterns import SPACE
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate

_BRACKET = compile_late(rf"{SPACE}?[(\[]((?:\d\d(?:\.\d)?{SPACE}?(?:%|percent|per cent))?[^()\[\]\d]{{0,40}})")
_MARGIN_BEFORE = compile_late(
    r"(?:±|\+/-|\bplus or minus|\bmargin of (?:sampling )?error (?:(?:is|was|of|at|for \w+(?: \w+){0,4} (?:is|was|of)) )*(?:about|around|roughly|approximately)?)\s?\Z",
    re.IGNORECASE,
)
_AFTER = compile_late(r"[^()\[\]]{0,60}[)\]]")


def add_margin(first: Mention, second: Mention, text: str) -> Mention | None:
    if not isinstance(first.value, float | int) or not isinstance(second.value, float | int):
        return None
    margin = second.value
    if second.kind == "percent" and first.kind != "percent":
        margin *= abs(first.value) / 100
    elif shared := share_unit(first, second):
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
    return take_unit(joined, text) if is_bare(joined) else joined


def add_interval(before: Mention, mention: Mention, text: str) -> tuple[Mention, Mention]:
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
            return before, with_unit_of(joined, before)
        outer = take_unit(replace(joined, stop=closing.end()), text)
        joined = replace(outer, stop=joined.stop)
        return (with_unit_of(before, outer) if outer.unit or outer.noun else before), joined
    return (with_unit_of(before, joined) if is_bare(before) else before), joined


def tie_margins(found: list[Mention], text: str) -> list[Mention]:
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
            if SENTENCE_END.search(text[found[at].end : mention.first]):
                break
            if found[at].kind in kinds and found[at].margin is None and not is_confidence(found[at]):
                found[at] = replace(found[at], margin_apart=abs(value))
                if is_bare(mention) and found[at].kind == "percent":
                    mention = found[index] = replace(mention, kind="points", unit="percentage points")
    return found

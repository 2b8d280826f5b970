"""Numbers that no source states and that two numbers of one passage give: their sum, difference, ratio or change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from msgspec.structs import replace

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.factcheck.numbers.likeness import get_figures
from reportgen.factcheck.numbers.same_number import compare_numbers, find_scale
from reportgen.factcheck.numbers.sentences import Sentence, Spot
from reportgen.text.numbers import PartialDate

PASSAGES = 4  # sentences, the most similar first, whose numbers are put together
MOST_NUMBERS = 12  # of a sentence
LEAST_DIGITS = 2  # of a result, so that it is no chance


def find_computation(mention: Mention, similar: Iterable[Sentence], only_rest: bool = False) -> tuple[Spot, str] | None:
    """Return the passage whose numbers give a claim's, and how: "12 − 5"; with `only_rest`, 100 percent less one of them."""
    if isinstance(mention.value, PartialDate) or mention.high is not None:
        return None
    is_round = mention.kind not in ("times", "share") and len(get_figures(mention).rstrip("0")) < LEAST_DIGITS
    for sentence in list(similar)[:PASSAGES]:
        numbers = [each for each in sentence.mentions if _is_amount(each)][:MOST_NUMBERS]
        for one in numbers:
            if one.kind == "percent" and compare_numbers(mention, _complement(one)) in ("same", "rounded"):
                return Spot(sentence, one), f"100% − {one.text}"
        for one, other in () if only_rest or is_round else permutations(numbers, 2):
            for result, formula in _combine(one, other):
                if compare_numbers(mention, result) in ("same", "rounded"):
                    return Spot(sentence, one), formula
    return None


def _is_amount(mention: Mention) -> bool:
    return isinstance(mention.value, float | int) and mention.high is None and mention.kind not in ("name", "rank")


def _complement(mention: Mention) -> Mention:
    """Return the rest of a whole."""
    return replace(mention, value=100 - abs(mention.value), bounds=frozenset({"exactly"}))  # type: ignore[arg-type]


def _combine(one: Mention, other: Mention) -> Iterator[tuple[Mention, str]]:
    """Yield what two numbers of one unit give, as numbers, with the formula."""
    a, b = one.value, other.value
    if isinstance(a, PartialDate) or isinstance(b, PartialDate) or a == b:
        return
    if one.kind != other.kind or find_scale(one, other) != 1.0:
        return
    words = (one.text, other.text)
    bare = replace(one, bounds=frozenset({"exactly"}))
    if a > b:
        yield replace(bare, value=a + b), f"{words[0]} + {words[1]}"
        kind = {"percent": "points"}.get(one.kind, one.kind)
        unit = "percentage points" if kind == "points" else one.unit
        yield replace(bare, kind=kind, unit=unit, value=a - b), f"{words[0]} − {words[1]}"
    if b > 0 and a > 0 and one.kind in ("money", "count"):
        yield (
            replace(bare, kind="percent", unit="%", value=abs(a / b - 1) * 100),
            f"change from {words[1]} to {words[0]}",
        )
        if a < b:
            yield replace(bare, kind="percent", unit="%", value=a / b * 100), f"{words[0]} of {words[1]}"
        else:
            yield replace(bare, kind="times", unit="times", value=a / b), f"{words[0]} / {words[1]}"

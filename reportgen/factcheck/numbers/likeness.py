"""The likeness of two numbers: whether one may be the other, misprinted, and whether equal ones may be equal by chance."""

from __future__ import annotations

import re

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.factcheck.numbers.same_number import compare_numbers
from reportgen.factcheck.numbers.sentences import Sentence
from reportgen.text.numbers import PartialDate

MISPRINT, SHORT_MISPRINT = 0.22, 0.1  # added where one digit differs, of three or more and of two
OTHER_UNIT, SHORT_OTHER_UNIT = (
    0.32,
    0.22,
)  # added where two or more figures are the same, or one, and the unit or scale is not
SMALL_COUNT = 0.12  # taken off for "two" and "six"
OTHER_DATE, OTHER_NUMBER = (
    0.65,
    0.85,
)  # the share that is left where the sentences have no date, or no other number, in common
ANCHOR, LONG = 0.1, 3  # added where they share a number of so many digits
PARTNER = 0.08  # added for each number next to them that is the same
BEFORE, AFTER, NEIGHBORS = 0.04, 0.1, 2  # added where the two words beside them are in common
RARE, KNOWN = 0.14, 0.07  # added where three or more digits agree, and two
SMALL = 10.0


def weigh_likeness(ours: Mention, theirs: Mention) -> float:
    """Return what the figures of two unequal numbers add to the weight of their contexts."""
    if isinstance(ours.value, PartialDate) or isinstance(theirs.value, PartialDate):
        return 0.0
    one, other = get_figures(ours), get_figures(theirs)
    if one and one == other:
        return OTHER_UNIT if len(one) > 1 else SHORT_OTHER_UNIT
    if len(one) == len(other) == 1 and ours.unit and ours.unit == theirs.unit:
        return SHORT_MISPRINT
    if min(len(one), len(other)) >= 2 and _differ_once(one, other):
        return MISPRINT if max(len(one), len(other)) >= 3 else SHORT_MISPRINT
    sizes = abs(ours.value), abs(theirs.value)
    return -SMALL_COUNT if min(sizes) <= SMALL and ours.kind == "count" and not ours.unit else 0.0


def weigh_company(ours: Sentence, mention: Mention, theirs: Sentence, other: Mention) -> float:
    """Return the share that is left where the numbers beside two numbers disagree: they are of other years, or of other things."""
    share = 1.0
    for is_wanted, cost in ((_is_year, OTHER_DATE), (_is_amount, OTHER_NUMBER)):
        beside = [each for each in ours.mentions if each is not mention and is_wanted(each)]
        found = [each for each in theirs.mentions if each is not other and is_wanted(each)]
        if beside and found and not any(compare_numbers(one, two) for one in beside for two in found):
            share *= cost
    return share


def weigh_neighbors(ours: Sentence, mention: Mention, theirs: Sentence, other: Mention) -> float:
    """Return what is added where the words right after two numbers, or right before them, are the same."""
    pairs = zip(_find_neighbors(ours, mention), _find_neighbors(theirs, other), (BEFORE, AFTER), strict=True)
    return sum(weight for one, two, weight in pairs if one & two)


def weigh_partners(ours: Sentence, mention: Mention, theirs: Sentence, other: Mention) -> float:
    """Return what is added where the numbers next to two numbers are the same: the 2018 of "1977 through 2018"."""
    return PARTNER * sum(
        one is not None and two is not None and compare_numbers(one, two) == "same"
        for one, two in zip(_find_partners(ours, mention), _find_partners(theirs, other), strict=True)
    )


def weigh_anchors(ours: Sentence, mention: Mention, theirs: Sentence) -> float:
    """Return what is added where two sentences share a number of so many digits that they speak of the same thing."""
    known = ours.find_shared(theirs)
    return ANCHOR * any(
        other is not mention
        and other.start in known
        and not isinstance(other.value, PartialDate)
        and len(get_figures(other).strip("0")) >= LONG
        for other in ours.mentions
    )


def _find_partners(sentence: Sentence, mention: Mention) -> tuple[Mention | None, Mention | None]:
    """Return the numbers before and after another one in its sentence."""
    at = next(index for index, each in enumerate(sentence.mentions) if each is mention)
    before = sentence.mentions[at - 1] if at else None
    return before, sentence.mentions[at + 1] if at + 1 < len(sentence.mentions) else None


def _find_neighbors(sentence: Sentence, mention: Mention) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of the two content words before a number and of the two after it."""
    at = sentence.place_of(mention)
    before = [stem for stem, place in sentence.words if place < at]
    after = [stem for stem, place in sentence.words if place >= at]
    return frozenset(before[-NEIGHBORS:]), frozenset(after[:NEIGHBORS])


def _is_year(mention: Mention) -> bool:
    return isinstance(mention.value, PartialDate) and mention.value.year is not None


def _is_amount(mention: Mention) -> bool:
    return not isinstance(mention.value, PartialDate) and mention.kind not in ("name", "rank")


def weigh_rarity(mention: Mention) -> float:
    """Return what an equal number adds to the weight of its context: the more digits, the less can it be chance."""
    if isinstance(mention.value, PartialDate):
        exact = sum(part is not None for part in (mention.value.year, mention.value.month, mention.value.day))
        return RARE if exact > 1 and mention.value.year else KNOWN if mention.value.year else 0.0
    digits = len(get_figures(mention).strip("0"))
    return RARE if digits >= 3 else KNOWN if digits == 2 or mention.kind == "money" else 0.0


def get_figures(mention: Mention) -> str:
    """Return the digits of a number as they are printed, without separators."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", mention.text)
    figures = match[0].replace(",", "") if match else ""
    return (re.sub(r"0+\Z", "", figures) if "." in figures else figures).replace(".", "")


def _differ_once(one: str, other: str) -> bool:
    """Return whether one digit is another, is missing, or has changed places with the next."""
    if len(one) == len(other):
        places = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(places) == 2 and places[1] == places[0] + 1:
            return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
        return len(places) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))

"""The comparison of two numbers: are they of one thing, and can both be right?"""

from __future__ import annotations

from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.evidence.qualifiers import stem_set
from reportgen.evidence.several.topics import Topic
from reportgen.text.numbers import PartialDate

ENOUGH = 0.6  # of the words of the shorter statement that both must have
SHARE_OF_LONGER = 0.3  # of the words of the longer statement that both must have
_WEAK = stem_set("rate annual annualized average basis level regional overall overview")
"""Stems that many statements share: alone they are no common subject."""
_LETTERS = 4  # that two stems of one word have in common
ABOUT = 0.05  # how far a number that is "about" another may be from it


def is_one_thing(one: Topic, other: Topic, enough: float = ENOUGH, least: int = 2) -> bool:
    """Return whether two numbers are of one thing as far as their sentences say."""
    if not _is_alike(one.number, other.number):
        return False
    if one.dates and other.dates and not _is_one_time(one, other):
        return False
    if (bool(one.conditions), bool(other.conditions)) == (True, True) and len(one.conditions & other.conditions) < 1:
        return False
    if bool(one.conditions) != bool(other.conditions):
        return False
    if (
        one.ties
        and other.ties
        and {tie[:2] for tie in one.ties} & {tie[:2] for tie in other.ties}
        and not one.ties & other.ties
    ):
        return False
    if one.limits != other.limits or (one.sides and other.sides and one.sides != other.sides):
        return False
    if one.period != other.period and (one.number.kind in ("percent", "points") or (one.period and other.period)):
        return False
    names = one.names - other.names, other.names - one.names
    if all(names) and not _is_acronym(*names):
        return False
    akin = {word: rival for word in one.stems - other.stems for rival in other.stems if _is_akin(word, rival)}
    mine, theirs = one.stems - other.stems - set(akin), other.stems - one.stems - set(akin.values())
    if any(_share_place(one, other, word, rival) for word in mine for rival in theirs):
        return False
    verbs = one.verbs - {"move"}, other.verbs - {"move"}
    if all(verbs) and not verbs[0] & verbs[1]:
        return False
    shared = one.stems & other.stems | set(akin) | one.verbs & other.verbs
    if not ((one.dates and other.dates) or one.relative & other.relative):
        shared -= {"move"}  # all that rises or falls has this in common
    own, others = one.stems | one.verbs, other.stems | other.verbs
    size, longest = min(len(own), len(others)), max(len(own), len(others))
    strong = bool(shared - _WEAK - {"move"})
    enough_words = len(shared) >= max(min(least, size), enough * size, SHARE_OF_LONGER * longest)
    return bool(size and strong and enough_words and (one.stems & other.stems or akin))


def _is_one_time(one: Topic, other: Topic) -> bool:
    """Return whether two statements have a year or month in common, as exactly as each names it."""
    return any(
        month == other_month and (year == other_year or None in (year, other_year))
        for year, month in one.dates
        for other_year, other_month in other.dates
    )


def _is_akin(word: str, rival: str) -> bool:
    """Return whether two stems are of one word: China and Chinese, product and production."""
    same = next(
        (at for at, pair in enumerate(zip(word, rival, strict=False)) if pair[0] != pair[1]), min(len(word), len(rival))
    )
    return same >= _LETTERS and same >= min(len(word), len(rival)) - 1


def _is_acronym(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether some names are the others' first letters."""
    return any(
        name.replace(".", "") == "".join(word[0] for word in sorted(names))
        for name in mine | theirs
        for names in (mine, theirs)
    )


def _share_place(one: Topic, other: Topic, word: str, rival: str) -> bool:
    """Return whether two words stand in one place of two sentences: the bridge, the tunnel; for roads, for schools."""
    known = one.stems & other.stems | one.verbs & other.verbs
    mine = {place for each, place in one.places if each == word}
    theirs = {place for each, place in other.places if each == rival}
    return any(place[0] not in "<>" or place[1:] in known or place == "<^" for place in mine & theirs)


def _is_alike(one: Mention, other: Mention) -> bool:
    """Return whether two numbers measure or count alike."""
    if one.kind != other.kind or one.kind in ("date", "name") or one.is_vague or other.is_vague:
        return False
    if one.per and other.per and one.per != other.per:
        return False
    return find_dimension(one.kind, one.unit)[0] == find_dimension(other.kind, other.unit)[0]


def contradict(one: Mention, other: Mention) -> bool:
    """Return whether two numbers of one thing cannot both be right: neither rounding nor a bound explains the difference."""
    first, second = _read_ends(one), _read_ends(other)
    if not first or not second:
        return False
    if _is_open(one, first, second) or _is_open(other, second, first):
        return False
    if first[0] <= second[0] and second[1] <= first[1]:
        return False
    return not (second[0] <= first[0] and first[1] <= second[1])


def _read_ends(mention: Mention) -> tuple[float, float] | None:
    """Return the least and the largest number that a mention can mean: 1.5 billion is 1.45 to 1.55."""
    value, high = mention.value, mention.high
    if isinstance(value, PartialDate) or isinstance(high, PartialDate):
        return None
    factor = find_dimension(mention.kind, mention.unit)[1]
    low, top = value, value if high is None else high
    if mention.margin is not None:
        low, top = value - mention.margin, value + mention.margin
    slack = _find_rounding(mention) if high is None else 0.0
    if "about" in mention.bounds:
        slack = max(slack, ABOUT * abs(value))
    return (low - slack) * factor, (top + slack) * factor


def _find_rounding(mention: Mention) -> float:
    """Return half of the last digit's worth, as it is written: 0.05 billion for 1.5 billion."""
    assert isinstance(mention.value, float | int)
    figures = "".join(char for char in mention.text if char.isdigit() or char == ".").strip(".")
    if not figures or not mention.value:
        return 0.0
    written = float(figures)
    scale = abs(mention.value) / written if written else 1.0
    return 0.5 * scale / 10 ** len(figures.partition(".")[2]) if written else 0.0


def _is_open(one: Mention, ends: tuple[float, float], others: tuple[float, float]) -> bool:
    """Return whether a number's bound leaves room for another number."""
    if one.bounds & {"more than", "at least", "a little more than"}:
        return others[1] >= ends[0]
    if one.bounds & {"less than", "at most", "a little less than"}:
        return others[0] <= ends[1]
    return False

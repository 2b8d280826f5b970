"""Oppositions: what a claim says of a thing, against evidence that says it with an opposite word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.contrasts import COMPARISONS
from reportgen.evidence.claims.opposites.senses import Sense, Side, find_meanings, find_senses, find_sides, read_table
from reportgen.evidence.claims.statements import Evidence, Statement

_BRIEF, _STRICT, _LOOSE = 2, 3, 5
"""The likeness that is needed: for a word right beside what is said, for any, and for words that are often both true."""
_NEVER = 99
_MIXED = 2  # what is needed more where the sentence has both sides
_MOVING = 3  # the last line of the table whose words say that something moves: much else moves beside it


class Opposition(Struct, frozen=True):
    """A word of a claim, and the word of the evidence that says the opposite of the same thing."""

    own: Sense
    other: Sense


def find_oppositions(claim: Claim) -> Iterator[Opposition]:
    """Yield the words of a claim whose opposite the evidence says of the same thing, and which no evidence says of it."""
    holders = claim.evidence.group_by(find_sides)
    if all(-side not in holders for side in find_sides(claim.statement)):
        return
    senses = find_senses(claim.statement)
    for own in senses:
        if own.is_denied or not own.near or all(-side not in holders for side in own.sides):
            continue
        if found := _weigh(own, claim.evidence, holders) or _find_exchange(own, senses, holders):
            yield Opposition(own, found)


def _weigh(own: Sense, evidence: Evidence, holders: dict[Side, list[Statement]]) -> Sense | None:
    """Return the word of the evidence that opposes a word best, if nothing bears it out as well."""
    items = dict.fromkeys(item for side in own.sides for item in holders.get(-side, ()))
    best: Sense | None = None
    most = 0
    for item in items:
        other, score = _find_against(own, item)
        if other and score > most:
            best, most = other, score
    if not best:
        return None
    support = max((_support(own, item) for item in evidence), default=0)
    opposed = {abs(side) for side in best.sides if -side in own.sides}
    if most <= support or (support and (most < _STRICT or opposed <= read_table().loose)):
        return None
    return best


def _find_exchange(own: Sense, senses: Iterable[Sense], holders: dict[Side, list[Statement]]) -> Sense | None:
    """Return the word of a sentence that has both sides as the claim has, but of the things the other way round."""
    loose = read_table().loose
    for partner in senses:
        sides = [side for side in own.sides if -side in partner.sides and abs(side) not in loose]
        if not sides or partner.is_denied or not partner.near:
            continue
        for item in {id(item): item for side in sides for item in holders.get(-side, ())}.values():
            theirs = [sense for sense in find_senses(item) if not sense.is_denied]
            for one in theirs:
                for two in theirs:
                    if any(side in one.sides and -side in two.sides for side in sides):
                        straight, crossed = _tell_apart(own, partner, one, two), _tell_apart(own, partner, two, one)
                        if all(crossed) and sum(crossed) > sum(straight):
                            return two
    return None


def _tell_apart(own: Sense, partner: Sense, one: Sense, two: Sense) -> tuple[int, int]:
    """Return how many words tie each of two words of the claim to one of the evidence, those left out that stand around both."""
    first = (own.near - partner.near) & (one.near - two.near)
    return len(first), len((partner.near - own.near) & (two.near - one.near))


def _find_against(own: Sense, item: Statement) -> tuple[Sense | None, int]:
    """Return the word of a statement that opposes a word of the claim best, and how alike what stands around both is."""
    if own.near.isdisjoint(find_meanings(item)):
        return None, 0
    opposing = [sense for sense in find_senses(item) if any(-side in own.sides for side in sense.sides)]
    opposing = [sense for sense in opposing if (sense.word.text in COMPARISONS) == (own.word.text in COMPARISONS)]
    opposing = [
        sense for sense in opposing if own.near & sense.near and not sense.is_denied and not _is_same(own, sense)
    ]
    if not opposing:
        return None, 0
    backing = [sense for sense in find_senses(item) if _backs(own, sense) and not sense.is_denied]
    support = max((_compare(own, sense) + 1 for sense in backing if own.near & sense.near), default=0)
    best: Sense | None = None
    most = 0
    if any(abs(side) <= _MOVING for other in backing for side in other.sides if side in own.sides):
        return None, 0
    is_weighing = any(
        -side in own.sides for sense in find_senses(own.statement) for side in sense.sides
    )  # "they finish more than they start"
    for sense in opposing:
        score, needed = _compare(own, sense), _LOOSE if is_weighing else _needed(own, sense)
        if backing:
            score, needed = score - _MIXED, max(needed, _STRICT, support + 1)
        if score >= needed and score > most:
            best, most = sense, score
    return best, most


def _needed(own: Sense, other: Sense) -> int:
    """Return how alike what stands around two opposed words has to be."""
    loose = read_table().loose
    lines = [abs(side) for side in other.sides if -side in own.sides]
    if own.follower != other.follower and read_table().counting.issuperset(lines):
        return _NEVER
    firm = [line for line in lines if line not in loose]
    if not firm:
        return _STRICT if len(own.near) > 1 and own.near <= other.near else _LOOSE
    is_beside = bool(own.near & other.near & own.heads)
    return _BRIEF if is_beside and any(line > _MOVING for line in firm) else _STRICT


def _support(own: Sense, item: Statement) -> int:
    """Return how well a statement bears a word of the claim out."""
    if own.near.isdisjoint(find_meanings(item)):
        return 0
    if own.word.stem not in item.all_stems and find_sides(item).isdisjoint(own.sides):
        return 0
    senses = (sense for sense in find_senses(item) if not sense.is_denied and _backs(own, sense))
    return max((_compare(own, sense) + 1 for sense in senses if own.near & sense.near), default=0)


def _backs(own: Sense, other: Sense) -> bool:
    return _is_same(own, other) or any(side in own.sides for side in other.sides)


def _is_same(own: Sense, other: Sense) -> bool:
    """Return whether two words are forms of one: but "developed" and "developing" oppose each other."""
    return other.word.stem == own.word.stem and not any(-side in own.sides for side in other.sides)


def _compare(own: Sense, other: Sense) -> int:
    """Return how much two words have in common around them; what is right beside one or both counts more."""
    shared = own.near & other.near
    return len(shared) + len(shared & (own.heads | other.heads)) + len(shared & own.heads & other.heads)

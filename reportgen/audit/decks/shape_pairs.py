"""Which shape of a file is which of the brief's, and which slide: by name, place and words, as far as there are any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from reportgen.audit.word_stream import bare
from reportgen.deck.values import Box

Left = TypeVar("Left")
Right = TypeVar("Right")

NAME, PLACE, WORDS, HOLDS = 2.0, 2.5, 2.0, 0.4
"""How much it says that two shapes have one name, one box, the same words, the same kind of placeholder.

Place and name outweigh words: two labels that were exchanged are found where they should not be.
"""
ENOUGH = 1.1


def assign(
    ours: Sequence[Left], theirs: Sequence[Right], score: Callable[[Left, Right], float], enough: float = ENOUGH
) -> list[tuple[int, int]]:
    """Pairs of indices, the surest first, none used twice and none below `enough`."""
    scored = [
        (score(left, right), -abs(here - there), here, there)
        for here, left in enumerate(ours)
        for there, right in enumerate(theirs)
    ]
    pairs = []
    left_used: set[int] = set()
    right_used: set[int] = set()
    for value, _, here, there in sorted(scored, reverse=True):
        if value < enough:
            break
        if here not in left_used and there not in right_used:
            left_used.add(here)
            right_used.add(there)
            pairs.append((here, there))
    return pairs


def overlap(one: Box | None, other: Box | None) -> float:
    """How much two boxes cover one another: the shared area of that of both."""
    if one is None or other is None:
        return 0.0
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / max(1, one.width * one.height + other.width * other.height - shared)


def likeness(one: str, other: str) -> float:
    """How many of their words two texts share."""
    return shared(_counted(one), _counted(other))


@lru_cache(maxsize=8192)
def _counted(text: str) -> Counter[str]:
    """Of a text that is held against many others."""
    return Counter(bare(text))


def shared(one: Counter[str], other: Counter[str]) -> float:
    few, many = sorted((one, other), key=len)
    both = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return 2 * both / max(1, one.total() + other.total())


def bag(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in bare(text))

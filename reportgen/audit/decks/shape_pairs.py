"""The pairing of a file's shapes and slides with the brief's, by name, place and words as far as there are any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from reportgen.audit.word_stream import plain_words
from reportgen.deck.values import Box

Left = TypeVar("Left")
Right = TypeVar("Right")

NAME, PLACE, WORDS, HOLDS = 2.0, 2.5, 2.0, 0.4
"""The weights of the same name, box, words and kind of placeholder.

Place and name outweigh words: two labels that were exchanged are found where they should not be.
"""
ENOUGH = 1.1


def pair(
    ours: Sequence[Left], theirs: Sequence[Right], score: Callable[[Left, Right], float], enough: float = ENOUGH
) -> dict[int, int]:
    """Return pairs of indices, ours to theirs: the best scores first, none used twice and none below `enough`."""
    scored = [
        (score(left, right), -abs(here - there), here, there)
        for here, left in enumerate(ours)
        for there, right in enumerate(theirs)
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for value, _, here, there in sorted(scored, reverse=True):
        if value < enough:
            break
        if here not in pairs and there not in used:
            pairs[here] = there
            used.add(there)
    return pairs


def overlap(one: Box | None, other: Box | None) -> float:
    """Return how much two boxes cover each other, 0 to 1: their shared area by that of both together."""
    return 0.0 if one is None or other is None else one.likeness(other)


def text_similarity(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1."""
    return similarity(_count_text(one), _count_text(other))


def similarity(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two counts have in common, 0 to 1."""
    few, many = sorted((one, other), key=len)
    both = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return 2 * both / max(1, one.total() + other.total())


def count_words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in plain_words(text))


@lru_cache(maxsize=8192)  # each text is compared with many others
def _count_text(text: str) -> Counter[str]:
    return count_words([text])

"""Slides and drawings that were moved: a slide counts once, and the labels of a drawing move with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from statistics import median

from msgspec.structs import replace

from reportgen.audit.decks.expected_slides import ExpectedShape
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view import view_values as view

APART = 2 * EMU_PER_POINT
"""EMU by which labels that were moved together may differ: programs round."""
MOST_ALIKE = 0.8
"""The least share of a drawing's labels that must have moved alike, to say that the drawing has moved."""


def find_longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the longest choice of different numbers that rise: the slides that need not have been moved."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for number in numbers:
        at = bisect_left(ends, number)
        chain = [*(chains[at - 1] if at else []), number]
        ends[at : at + 1], chains[at : at + 1] = [number], [chain]
    return frozenset(chains[-1] if chains else ())


def follow_moved_drawings(ours: Sequence[ExpectedShape], theirs: Sequence[view.Shape]) -> tuple[ExpectedShape, ...]:
    """Return the expected shapes with the labels of a drawing where they are expected once the drawing has been moved.

    Two labels may have the same words: they are told apart by their places alone.
    """
    names = Counter(shape.name for shape in ours)
    found = {shape.name: shape.box for shape in theirs if shape.box and names[shape.name] == 1}
    labels = [shape for shape in ours if shape.name.startswith("label: ") and shape.box]
    ways = [
        (box.x - shape.box.x, box.y - shape.box.y) for shape in labels if shape.box and (box := found.get(shape.name))
    ]
    if not ways:
        return tuple(ours)
    right, down = round(median(way[0] for way in ways)), round(median(way[1] for way in ways))
    alike = sum(abs(way[0] - right) <= APART and abs(way[1] - down) <= APART for way in ways)
    if max(abs(right), abs(down)) <= APART or alike < MOST_ALIKE * len(ways):
        return tuple(ours)
    return tuple(
        replace(shape, box=Box(shape.box.x + right, shape.box.y + down, shape.box.width, shape.box.height))
        if shape in labels and shape.box
        else shape
        for shape in ours
    )

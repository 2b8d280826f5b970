"""Geometry that several kinds share, in points, as pure functions of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise, product

from msgspec import Struct


class Scale(Struct, frozen=True):
    """A linear axis: `unit` points for each unit of value, zero (or `start`) at `origin`."""

    origin: float
    unit: float
    start: float = 0.0

    def __call__(self, value: float) -> float:
        return self.origin + (value - self.start) * self.unit


class Reach(Struct, frozen=True):
    """The extent of a row: from `low` to `high` in value, with `before` and `after` points of label beyond them."""

    low: float
    high: float
    before: float = 0.0
    after: float = 0.0


def fit_scale(reaches: Sequence[Reach], left: float, right: float, start: float = 0.0) -> Scale:
    """Return the largest scale at which every row with its labels fits between `left` and `right`."""
    room = right - left

    def sides(unit: float) -> tuple[float, float]:
        before = max(max(reach.before - (reach.low - start) * unit for reach in reaches), 0.0)
        after = max(max(reach.after + (reach.high - start) * unit for reach in reaches), 0.0)
        return before, after

    span = max(abs(end - start) for reach in reaches for end in (reach.low, reach.high)) or 1.0
    low, high = 0.0, room / span
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(sides(middle)) <= room else (low, middle)
    return Scale(left + sides(low)[0], low, start)


def spread_centres(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres near the wanted ones, in their order, at which boxes of these sizes do not overlap or leave low..high.

    Boxes that collide form a group about their mean; if they exceed the room, they begin at `low`.
    """
    groups: list[tuple[list[int], float, float]] = []  # members, their total size, where the group begins
    for index in range(len(wanted)):
        members, size = [index], sizes[index]
        begin = _clamp(wanted[index] - size / 2, low, high - size)
        while groups and groups[-1][2] + groups[-1][1] > begin:
            before = groups.pop()
            members, size = before[0] + members, before[1] + size
            begin = _clamp(_group_start(members, wanted, sizes), low, high - size)
        groups.append((members, size, begin))
    centres = [0.0] * len(wanted)
    for members, _, begin in groups:
        for index in members:
            centres[index] = begin + sizes[index] / 2
            begin += sizes[index]
    return centres


def _group_start(members: list[int], wanted: Sequence[float], sizes: Sequence[float]) -> float:
    offset, starts = 0.0, []
    for index in members:
        starts.append(wanted[index] - sizes[index] / 2 - offset)
        offset += sizes[index]
    return sum(starts) / len(starts)


def _clamp(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))


def thin_out(xs: Sequence[float], sizes: Sequence[float], width: float, gap: float) -> list[tuple[int, float]]:
    """Return every first, second or nth label with its centre: as many as have room, the last one among them.

    The centres are near `xs`, and each label, `sizes` wide, is inside the drawing.
    """
    centres = [min(max(x, size / 2), width - size / 2) for x, size in zip(xs, sizes, strict=True)]
    indexes = range(len(xs))

    def is_apart(shown: Sequence[int]) -> bool:
        return all(
            centres[index] + sizes[index] / 2 + gap <= centres[after] - sizes[after] / 2
            for index, after in pairwise(shown)
        )

    shown = next(shown for every in range(1, len(xs) + 1) if is_apart(shown := indexes[::-every][::-1]))
    return [(index, centres[index]) for index in shown]


class Flag(Struct, frozen=True):
    """A label beside its leader: the leader's x and the label's size."""

    x: float
    width: float
    height: float


def stack_flags(flags: Sequence[Flag], gap: float) -> list[float]:
    """Return each flag's smallest distance from the axis if all hang to the right.

    From right to left each label takes the lowest place above those that it would cover. So earlier labels stand
    higher, and no leader can cross a label: everything lower begins to the right of it.
    """
    placed: list[tuple[float, float]] = []  # the left edge and the upper edge of each label
    levels = [0.0] * len(flags)
    for index in sorted(range(len(flags)), key=lambda index: (-flags[index].x, -index)):
        flag = flags[index]
        levels[index] = max((top + gap for left, top in placed if left < flag.x + flag.width + gap), default=0.0)
        placed.append((flag.x, levels[index] + flag.height))
    return levels


def choose_step(span: float, count: int) -> float:
    """Choose a step of 1, 2, 2.5 or 5 times a power of ten that divides `span` into about `count` parts."""
    raw = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def choose_round_ticks(low: float, high: float, count: int) -> tuple[list[float], float]:
    """Choose round ticks that enclose low..high; return them and their step."""
    if low == high:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    step = choose_step(high - low, count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)], step


Place = tuple[bool, float]
"""A flag's side (True is left of its leader) and its distance from the plot."""

MAX_COMBINED = 6  # flags, for which every combination of sides is tried


def stack_callouts(flags: Sequence[Flag], width: float, gap: float) -> list[Place] | None:
    """Return a side and the smallest distance for each flag; None if a leader crosses a label on any side.

    A label over another's foot must stand above it, so that the other's leader ends below: that is possible for all
    labels together unless the order is circular.
    """
    placed = (_stack(flags, sides, gap) for sides in _list_sides(flags, width))

    def cost(places: list[Place]) -> tuple[float, float, int]:
        """Return a sort key that prefers low, then near, then right."""
        tops = [level + flag.height for flag, (_, level) in zip(flags, places, strict=True)]
        return max(tops), sum(level for _, level in places), sum(side for side, _ in places)

    return min((places for places in placed if places is not None), key=cost, default=None)


def _list_sides(flags: Sequence[Flag], width: float) -> Iterator[tuple[bool, ...]]:
    """Yield combinations of sides at which no flag leaves the drawing; for many flags, one: right where it fits."""
    free = []
    for flag in flags:
        fits_right, fits_left = flag.x + flag.width <= width, flag.x - flag.width >= 0
        free.append([side for side, fits in ((False, fits_right), (True, fits_left)) if fits])
    if all(free):
        yield from product(*free) if len(flags) <= MAX_COMBINED else [tuple(sides[0] for sides in free)]


def _stack(flags: Sequence[Flag], sides: Sequence[bool], gap: float) -> list[Place] | None:
    """Place each label above those whose feet it covers or that it would meet; None for a circular order."""
    boxes = [
        (flag.x - flag.width - gap, flag.x) if side else (flag.x, flag.x + flag.width + gap)
        for flag, side in zip(flags, sides, strict=True)
    ]
    above = {
        a: {b for b in range(len(flags)) if b != a and boxes[a][0] < flags[b].x < boxes[a][1]}
        for a in range(len(flags))
    }
    try:
        order = list(TopologicalSorter(above).static_order())
    except CycleError:
        return None
    levels: dict[int, float] = {}
    for index in order:
        begin, end = boxes[index]
        met = [other for other in levels if boxes[other][0] < end and begin < boxes[other][1]]
        levels[index] = max((levels[other] + flags[other].height + gap for other in met), default=0.0)
    return [(side, levels[index]) for index, side in enumerate(sides)]

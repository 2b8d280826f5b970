"""Names beside the points of a plot: each at the side where it meets no other name and no point, in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Side = Literal["r", "l", "t", "b"]
Box = tuple[float, float, float, float]


def place_names(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    first: Sequence[bool],
    area: Box,
    dot: float,
) -> list[Side | None]:
    """Choose a side for each name, or None where no side has room; the names that are `first` choose before the others.

    Parameters
    ----------
    points, sizes
        The middle of each point, and the width and height of its name.
    area
        The left, upper, right and lower limit of names.
    dot
        The diameter of a point.
    """
    dots = [(x - dot / 2, y - dot / 2, x + dot / 2, y + dot / 2) for x, y in points]
    taken: list[Box] = []
    sides: list[Side | None] = [None] * len(points)
    for index in sorted(range(len(points)), key=lambda index: not first[index]):
        for side in ("r", "l", "t", "b"):
            box = find_box(points[index], sizes[index], side, dot)
            others = (*taken, *dots[:index], *dots[index + 1 :])
            if _is_within(box, area) and not any(_meet(box, other) for other in others):
                sides[index] = side
                taken.append(box)
                break
    return sides


def find_box(point: tuple[float, float], size: tuple[float, float], side: Side, dot: float) -> Box:
    """Return the left, upper, right and lower edge of a name at one side of its point."""
    (x, y), (width, height), gap = point, size, dot * 0.9
    match side:
        case "r":
            return x + gap, y - height / 2, x + gap + width, y + height / 2
        case "l":
            return x - gap - width, y - height / 2, x - gap, y + height / 2
        case "t":
            return x - width / 2, y - gap - height, x + width / 2, y - gap
    return x - width / 2, y + gap, x + width / 2, y + gap + height


def _is_within(box: Box, area: Box) -> bool:
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""Where a shape stands on its slide, through the groups that it is in and turned as it is."""

from __future__ import annotations

from math import cos, radians, sin

from msgspec import Struct

from reportgen.deck.values import Box
from reportgen.deck.view.part_xml import A, Element, P, at, number

LARGEST = 10**9  # EMU: about a kilometre; what files have beyond that is no place


class Space(Struct, frozen=True):
    """A group's coordinates: how they scale, and where their origin lies on the slide (EMU)."""

    across: float = 1.0
    down: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def inside(self, group: Element) -> Space:
        """The coordinates of a group's members."""
        move = group.find(f"{P}grpSpPr/{A}xfrm")
        if move is None or move.find(f"{A}chOff") is None:
            return self
        start, extent = move.find(f"{A}off"), move.find(f"{A}ext")
        inner, size = move.find(f"{A}chOff"), move.find(f"{A}chExt")
        across = number(extent, "cx") / (number(size, "cx") or number(extent, "cx") or 1) * self.across
        down = number(extent, "cy") / (number(size, "cy") or number(extent, "cy") or 1) * self.down
        return Space(
            across,
            down,
            self.x + number(start, "x") * self.across - number(inner, "x") * across,
            self.y + number(start, "y") * self.down - number(inner, "y") * down,
        )

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        placed = (self.x + x * self.across, self.y + y * self.down, width * self.across, height * self.down)
        left, top, across, down = (round(max(-LARGEST, min(LARGEST, each))) for each in placed)
        return Box(left, top, max(0, across), max(0, down))


def _transform(element: Element) -> Element | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm"):
        if (found := element.find(path)) is not None:
            return found
    return None


def _angle(move: Element | None) -> float:
    return number(move, "rot") / 60_000 % 360


def turned(element: Element) -> bool:
    """Whether its text does not run from left to right on the slide."""
    angle = _angle(_transform(element))
    return min(angle, 360 - angle) > 1


def box_of(element: Element, space: Space) -> Box | None:
    """The room that the shape takes on its slide; None where it leaves that to its layout."""
    move = _transform(element)
    start, extent = at(move, f"{A}off"), at(move, f"{A}ext")
    if start is None or extent is None:
        return None
    x, y, width, height = number(start, "x"), number(start, "y"), number(extent, "cx"), number(extent, "cy")
    angle = radians(_angle(move))
    if angle:
        across = abs(width * cos(angle)) + abs(height * sin(angle))
        down = abs(width * sin(angle)) + abs(height * cos(angle))
        x, y = round(x + (width - across) / 2), round(y + (height - down) / 2)
        width, height = round(across), round(down)
    return space.box(x, y, width, height)

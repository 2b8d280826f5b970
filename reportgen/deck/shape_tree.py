"""The shapes of a slide, a layout or a master, and the box of each, through the groups that it is in and its rotation."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians, sin

from msgspec import Struct

from reportgen.deck.package import MC, A, P
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import Element, find, get_int, iter_children

SHAPES = ("sp", "pic", "cxnSp", "graphicFrame", "grpSp", "contentPart")
LARGEST = 10**9  # EMU, about a kilometre: files with larger values are damaged


class Coordinates(Struct, frozen=True):
    """A group's coordinate system: its scale, and its origin on the slide (EMU)."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def enter(self, group: Element) -> Coordinates:
        """Return the coordinate system of a group's members."""
        transform = group.find(f"{P}grpSpPr/{A}xfrm")
        if transform is None or transform.find(f"{A}chOff") is None:
            return self
        start, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
        inner, size = transform.find(f"{A}chOff"), transform.find(f"{A}chExt")
        scale_x = get_int(extent, "cx") / (get_int(size, "cx") or get_int(extent, "cx") or 1) * self.scale_x
        scale_y = get_int(extent, "cy") / (get_int(size, "cy") or get_int(extent, "cy") or 1) * self.scale_y
        return Coordinates(
            scale_x,
            scale_y,
            self.x + get_int(start, "x") * self.scale_x - get_int(inner, "x") * scale_x,
            self.y + get_int(start, "y") * self.scale_y - get_int(inner, "y") * scale_y,
        )

    def place(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a box of this system in the slide's coordinates."""
        placed = (self.x + x * self.scale_x, self.y + y * self.scale_y, width * self.scale_x, height * self.scale_y)
        left, top, across, down = (round(max(-LARGEST, min(LARGEST, each))) for each in placed)
        return Box(left, top, max(0, across), max(0, down))


SLIDE = Coordinates()
"""The slide's own system."""


def _find_transform(element: Element) -> Element | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm"):
        if (found := element.find(path)) is not None:
            return found
    return None


def _angle(transform: Element | None) -> float:
    return get_int(transform, "rot") / 60_000 % 360


def is_rotated(element: Element) -> bool:
    angle = _angle(_find_transform(element))
    return min(angle, 360 - angle) > 1


def find_box(element: Element, coordinates: Coordinates) -> Box | None:
    """Return the box that the shape covers on its slide; None if its layout decides that."""
    transform = _find_transform(element)
    start, extent = find(transform, f"{A}off"), find(transform, f"{A}ext")
    if start is None or extent is None:
        return None
    x, y, width, height = get_int(start, "x"), get_int(start, "y"), get_int(extent, "cx"), get_int(extent, "cy")
    angle = radians(_angle(transform))
    if angle:
        across = abs(width * cos(angle)) + abs(height * sin(angle))
        down = abs(width * sin(angle)) + abs(height * cos(angle))
        x, y = round(x + (width - across) / 2), round(y + (height - down) / 2)
        width, height = round(across), round(down)
    return coordinates.place(x, y, width, height)


def list_shapes(tree: Element | None) -> Iterator[Element]:
    """Yield the shapes in an element, of alternatives the one that PowerPoint takes."""
    for element in iter_children(tree):
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            yield from list_shapes(chosen if chosen is not None else element.find(f"{MC}Fallback"))
        elif element.tag.removeprefix(P) in SHAPES:
            yield element


def list_members(tree: Element | None, coordinates: Coordinates = SLIDE) -> Iterator[tuple[Element, Coordinates]]:
    """Yield the shapes in an element and in its groups, with the coordinate system that each stands in."""
    for element in list_shapes(tree):
        if element.tag == f"{P}grpSp":
            yield from list_members(element, coordinates.enter(element))
        else:
            yield element, coordinates

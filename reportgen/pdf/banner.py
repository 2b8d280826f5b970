"""Measure the banner of a marking, which stands at the head and the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.system.errors import FitError, Location

SIZE, SPACING, LINE = 8.25, 0.05, 11.0
"""The type's size in points, ems between letters, and points from line to line, as in marking.css."""
FIRST_SIZE = 10.0
"""The size on the first page, in points."""


def measure_banner(lines: Sequence[str], brand: Brand, measure: float, where: Location | None) -> float:
    """Return the banner's height in points; raise FitError for a line wider than `measure`, the text's width in points."""
    face = fonts.find_face(brand, brand.sans, bold=True)
    for line in lines:
        width = fonts.measure_width(face, line, FIRST_SIZE) + SPACING * FIRST_SIZE * len(line)
        if width > measure:
            message = f"the marking “{line}” is {width:.0f} pt wide at {FIRST_SIZE:g} pt, and a page has {measure:g}"
            raise FitError(message, where, f"shorten it to about {int(len(line) * measure / width)} letters")
    return LINE * len(lines)

"""The banner of a marking on paper: that it fits, and the room that it takes at the head and the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.system.errors import FitError, Location

SIZE, SPACING, LINE = 8.25, 0.05, 11.0
"""Points, ems between letters, and points from line to line, as in marking.css."""
FIRST = 10.0
"""Points: the size that it has on the first page."""


def measure_banner(lines: Sequence[str], brand: Brand, measure: float, where: Location | None) -> float:
    """How many points the banner takes of a page's head; FitError for a line that is wider than the text (points)."""
    face = fonts.find_face(brand, brand.sans, bold=True)
    for line in lines:
        width = fonts.measure_width(face, line, FIRST) + SPACING * FIRST * len(line)
        if width > measure:
            message = f"the marking “{line}” is {width:.0f} pt wide at {FIRST:g} pt, and a page has {measure:g}"
            raise FitError(message, where, f"shorten it to about {int(len(line) * measure / width)} letters")
    return LINE * len(lines)

"""How well one colour reads on another, by WCAG 2. A colour is red, green and blue from 0 to 1, as the screen has them."""

from __future__ import annotations

RGB = tuple[float, float, float]


def light(part: float) -> float:
    """How much light a part of a colour gives."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(color: RGB) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = (light(part) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """The ratio, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


NEEDED = 4.5
"""The ratio that text needs, by WCAG 2.1 AA."""


def rgb(color: str) -> RGB:
    """A colour written as #12436D."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue

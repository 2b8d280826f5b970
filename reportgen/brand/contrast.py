"""Contrast of two colours by WCAG 2. A colour is red, green and blue from 0 to 1, gamma-encoded (sRGB)."""

from __future__ import annotations

from functools import lru_cache

RGB = tuple[float, float, float]
MIN_RATIO = 4.5  # for text, by WCAG 2.1 AA


def linearize(channel: float) -> float:
    """Convert an sRGB channel to linear light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def relative_luminance(color: RGB) -> float:
    """Return the relative luminance, from 0 to 1."""
    red, green, blue = (linearize(channel) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(1024)  # a document has few pairs of colours, and is asked about each letter
def contrast_ratio(one: RGB, other: RGB) -> float:
    """Return the contrast ratio, from 1 to 21."""
    bright, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def parse_color(color: str) -> RGB:
    """Convert a colour such as "#12436D"."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def format_color(color: RGB) -> str:
    """Return a colour such as "#12436D"."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02X}" for channel in color)

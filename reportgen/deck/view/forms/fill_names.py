"""Fills and lines as text: colours that look alike have the same name."""

from __future__ import annotations

from reportgen.brand.contrast import format_color
from reportgen.deck.package import A
from reportgen.deck.theme.colors.resolved_colors import Color, Fill, ThemeColors
from reportgen.deck.xml_lookup import Element, find, get_attribute

NONE, UNREAD = "none", "a picture or a gradient"


def name_fill(fill: Fill | None) -> str:
    if isinstance(fill, Color):
        opacity = "" if fill.alpha >= 1 else f" at {fill.alpha:.0%}"
        return NONE if fill.alpha <= 0 else f"{format_color(fill.rgb).upper()}{opacity}"
    return UNREAD if fill == "unread" else NONE


def name_own_fill(look: Element | None, colors: ThemeColors) -> str:
    """Return the name of the fill that an element sets: "" where it sets none."""
    if (pattern := find(look, f"{A}pattFill")) is not None:
        return f"{get_attribute(pattern, 'prst')} in {name_fill(colors.find_color(pattern.find(f'{A}fgClr')))}"
    fill = colors.find_fill(look)
    return "" if fill is None else name_fill(fill)

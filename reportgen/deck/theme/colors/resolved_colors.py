"""Colours and fills of a finished deck, resolved through the colour map and the theme."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from reportgen.brand.contrast import RGB, linearize, parse_color, relative_luminance
from reportgen.deck.package import A, P
from reportgen.deck.xml_lookup import Element, get_attribute, get_int, iter_children, parse_share

FILLS = {f"{A}{name}" for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")}
COLOR_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
NAMES = (*COLOR_MAP, *(f"accent{number}" for number in range(1, 7)))
"""The names by which slides take a theme's colours."""
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
          "yellow": "FFFF00", "gray": "808080", "grey": "808080", "navy": "000080", "orange": "FFA500"}  # fmt: skip


class Color(Struct, frozen=True):
    """A colour with its opacity, from 0 to 1."""

    rgb: RGB
    alpha: float = 1.0

    def blend(self, background: RGB) -> RGB:
        """Return the colour as it looks on a background."""
        mixed = (self.alpha * mine + (1 - self.alpha) * its for mine, its in zip(self.rgb, background, strict=True))
        red, green, blue = mixed
        return red, green, blue


Fill = Color | Literal["none", "unread"]
"""The fill of an area: one colour, none, or "unread" for one that is not a single colour: a picture, a gradient."""


def blend_fill(fill: Fill | None, background: RGB | None) -> RGB | None:
    """Return the one colour that a fill shows on a background; None if there is no single colour."""
    if isinstance(fill, Color):
        return fill.rgb if fill.alpha >= 1 else None if background is None else fill.blend(background)
    return None if fill == "unread" else background


class ThemeColors(Struct, frozen=True):
    """The theme's colours by slot, the map of names to slots, and the theme's fills by their number."""

    colors: Mapping[str, RGB]
    names: Mapping[str, str]
    fills: tuple[Element, ...] = ()
    backgrounds: tuple[Element, ...] = ()

    @property
    def by_name(self) -> dict[str, RGB]:
        """The colours by the names that slides use (tx1, bg1, accent1, …); text and paper are black and white if it has none."""
        found = {name: color.rgb for name in NAMES if (color := self.find_named(name))}
        return {"tx1": (0.0, 0.0, 0.0), "bg1": (1.0, 1.0, 1.0)} | found

    def find_named(self, name: str, substitute: Color | None = None) -> Color | None:
        if name == "phClr":
            return substitute
        color = self.colors.get(self.names.get(name, name))
        return Color(color) if color else None

    def find_color(self, parent: Element | None, substitute: Color | None = None) -> Color | None:
        """Return the colour in an element (a:solidFill, p:bgRef, a:fillRef, …); `substitute` is what phClr means."""
        for each in iter_children(parent):
            if (base := self._find_base(each, substitute)) is not None:
                for change in iter_children(each):  # they apply in their order
                    base = _modify(base, change.tag.removeprefix(A), parse_share(get_attribute(change, "val")))
                return base
        return None

    def _find_base(self, element: Element, substitute: Color | None) -> Color | None:
        value = get_attribute(element, "val")
        match element.tag.removeprefix(A):
            case "srgbClr":
                return _from_hex(value)
            case "sysClr":
                return _from_hex(get_attribute(element, "lastClr", "FFFFFF" if value == "window" else "000000"))
            case "schemeClr":
                return self.find_named(value, substitute)
            case "prstClr":
                return _from_hex(_NAMED.get(value, ""))
            case "scrgbClr":
                red, green, blue = (_to_srgb(parse_share(get_attribute(element, name), 0)) for name in "rgb")
                return Color((red, green, blue))
            case "hslClr":
                hue, lum, sat = (parse_share(get_attribute(element, name), 0) for name in ("hue", "lum", "sat"))
                return Color(colorsys.hls_to_rgb(hue * 100_000 / 21_600_000 % 1, lum, sat))
        return None

    def find_fill(self, parent: Element | None, substitute: Color | None = None) -> Fill | None:
        """Return the fill in an element; None if it has none, so that the fill is inherited."""
        for each in iter_children(parent):
            if each.tag in FILLS:
                if each.tag == f"{A}noFill":
                    return "none"
                return (self.find_color(each, substitute) or "unread") if each.tag == f"{A}solidFill" else "unread"
        return None

    def find_theme_fill(self, reference: Element | None) -> Fill | None:
        """Return the theme's fill that p:bgRef or a:fillRef names by its number."""
        if reference is None:
            return None
        number = get_int(reference, "idx")
        listed, place = (self.backgrounds, number - 1001) if number > 1000 else (self.fills, number - 1)
        if not 0 <= place < len(listed):
            return "none"
        fill, color = listed[place], self.find_color(reference)
        if fill.tag == f"{A}solidFill":
            return self.find_color(fill, color) or "unread"
        return "none" if fill.tag == f"{A}noFill" else "unread"


def read_theme_colors(theme: Element, names: Mapping[str, str]) -> ThemeColors:
    """Read a theme part's colours and fills."""
    plain = ThemeColors({}, {})
    scheme = iter_children(theme.find(f".//{A}clrScheme"))
    colors = {each.tag.removeprefix(A): color.rgb for each in scheme if (color := plain.find_color(each))}
    fills = tuple(iter_children(theme.find(f".//{A}fillStyleLst")))
    return ThemeColors(colors, names, fills, tuple(iter_children(theme.find(f".//{A}bgFillStyleLst"))))


def read_color_map(*parts: Element) -> dict[str, str]:
    """Return the theme's colour slot for each name: by the first part's own map, or that of the next one it inherits from."""
    own = (part.find(f"{P}clrMapOvr/{A}overrideClrMapping") for part in parts)
    found = next((each for each in (*own, parts[-1].find(f"{P}clrMap")) if each is not None), None)
    return COLOR_MAP | ({} if found is None else {str(key): str(value) for key, value in found.attrib.items()})


def _from_hex(text: str) -> Color | None:
    return Color(parse_color(f"#{text}")) if _HEX.fullmatch(text) else None


def _modify(color: Color, change: str, value: float) -> Color:
    match change:
        case "alpha":
            return Color(color.rgb, _clamp(value))
        case "alphaMod":
            return Color(color.rgb, _clamp(color.alpha * value))
        case "shade" | "tint":
            white = 1 - value if change == "tint" else 0.0
            red, green, blue = (_to_srgb(linearize(channel) * value + white) for channel in color.rgb)
            return Color((red, green, blue), color.alpha)
        case "inv":
            red, green, blue = (1 - channel for channel in color.rgb)
            return Color((red, green, blue), color.alpha)
        case "gray":
            level = _to_srgb(relative_luminance(color.rgb))
            return Color((level, level, level), color.alpha)
        case "lumMod" | "lumOff" | "lum" | "satMod" | "satOff" | "sat":
            hue, lum, sat = colorsys.rgb_to_hls(*color.rgb)
            operation = change[3:]
            old = lum if change.startswith("lum") else sat
            new = _clamp(old * value if operation == "Mod" else old + value if operation == "Off" else value)
            lum, sat = (new, sat) if change.startswith("lum") else (lum, new)
            return Color(colorsys.hls_to_rgb(hue, lum, sat), color.alpha)
    return color


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))


def _to_srgb(light: float) -> float:
    """Convert linear light to an sRGB channel."""
    return _clamp(light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)

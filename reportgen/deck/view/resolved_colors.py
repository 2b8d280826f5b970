"""Colours of a finished deck: through the colour map and the theme to #RRGGBB, and how well one reads on another."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from reportgen.brand.contrast import RGB, linearize, relative_luminance
from reportgen.deck.view.part_xml import A, Element, children, share, word

FILLS = {f"{A}{name}" for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
          "yellow": "FFFF00", "gray": "808080", "grey": "808080", "navy": "000080", "orange": "FFA500"}  # fmt: skip


class Paint(Struct, frozen=True):
    """A colour and how much of what lies behind it hides."""

    color: RGB
    alpha: float = 1.0

    def over(self, behind: RGB) -> RGB:
        mixed = (self.alpha * mine + (1 - self.alpha) * its for mine, its in zip(self.color, behind, strict=True))
        red, green, blue = mixed
        return red, green, blue

    @property
    def hex(self) -> str:
        return hexed(self.color)


Fill = Paint | Literal["none", "unread"]
"""How an area is painted: in one colour, not at all, or in a way that is no one colour: a picture, a gradient."""


class Palette(Struct, frozen=True):
    """The theme's colours by slot, the map of names to slots, and the theme's fills by their number."""

    colors: Mapping[str, RGB]
    names: Mapping[str, str]
    fills: tuple[Element, ...] = ()
    backgrounds: tuple[Element, ...] = ()

    def named(self, name: str, instead: Paint | None = None) -> Paint | None:
        if name == "phClr":
            return instead
        color = self.colors.get(self.names.get(name, name))
        return Paint(color) if color else None

    def of(self, holder: Element | None, instead: Paint | None = None) -> Paint | None:
        """The colour that an element holds (a:solidFill, p:bgRef, a:fillRef ...); `instead` stands for phClr."""
        for each in children(holder):
            if (base := self._base(each, instead)) is not None:
                return _changed(base, each)
        return None

    def _base(self, each: Element, instead: Paint | None) -> Paint | None:
        value = word(each, "val")
        match each.tag.removeprefix(A):
            case "srgbClr":
                return _from_hex(value)
            case "sysClr":
                return _from_hex(word(each, "lastClr", "FFFFFF" if value == "window" else "000000"))
            case "schemeClr":
                return self.named(value, instead)
            case "prstClr":
                return _from_hex(_NAMED.get(value, ""))
            case "scrgbClr":
                red, green, blue = (_bounded(_seen(share(word(each, name), 0))) for name in "rgb")
                return Paint((red, green, blue))
            case "hslClr":
                hue = share(word(each, "hue"), 0) * 100_000 / 21_600_000
                return Paint(colorsys.hls_to_rgb(hue % 1, share(word(each, "lum"), 0), share(word(each, "sat"), 0)))
        return None

    def fill(self, holder: Element | None, instead: Paint | None = None) -> Fill | None:
        """The fill that an element holds; None where it says nothing of it."""
        for each in children(holder):
            if each.tag in FILLS:
                if each.tag == f"{A}noFill":
                    return "none"
                return (self.of(each, instead) or "unread") if each.tag == f"{A}solidFill" else "unread"
        return None

    def referred(self, reference: Element | None) -> Fill | None:
        """The fill of the theme that p:bgRef or a:fillRef names by its number."""
        if reference is None:
            return None
        number = int(word(reference, "idx", "0")) if word(reference, "idx", "0").isdigit() else 0
        listed, place = (self.backgrounds, number - 1001) if number > 1000 else (self.fills, number - 1)
        if not 0 <= place < len(listed):
            return "none"
        wrapper = listed[place]
        paint = self.of(reference)
        if wrapper.tag == f"{A}solidFill":
            return self.of(wrapper, paint) or "unread"
        return "none" if wrapper.tag == f"{A}noFill" else "unread"


def palette(theme: Element, names: Mapping[str, str]) -> Palette:
    """A theme part's colours and fills."""
    colors = {}
    plain = Palette({}, {})
    for each in children(theme.find(f".//{A}clrScheme")):
        if paint := plain.of(each):
            colors[each.tag.removeprefix(A)] = paint.color
    fills = tuple(children(theme.find(f".//{A}fillStyleLst")))
    return Palette(colors, names, fills, tuple(children(theme.find(f".//{A}bgFillStyleLst"))))


def _from_hex(text: str) -> Paint | None:
    if not _HEX.fullmatch(text):
        return None
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return Paint((red, green, blue))


def _changed(paint: Paint, element: Element) -> Paint:
    """The colour after its changes, in their order: lighter, darker, thinner."""
    for change in children(element):
        paint = _step(paint, change.tag.removeprefix(A), share(word(change, "val")))
    return paint


def _step(paint: Paint, change: str, value: float) -> Paint:
    match change:
        case "alpha":
            return Paint(paint.color, _bounded(value))
        case "alphaMod":
            return Paint(paint.color, _bounded(paint.alpha * value))
        case "shade" | "tint":
            white = 1 - value if change == "tint" else 0.0
            red, green, blue = (_bounded(_seen(linearize(part) * value + white)) for part in paint.color)
            return Paint((red, green, blue), paint.alpha)
        case "inv":
            red, green, blue = (1 - part for part in paint.color)
            return Paint((red, green, blue), paint.alpha)
        case "gray":
            level = _seen(relative_luminance(paint.color))
            return Paint((level, level, level), paint.alpha)
        case "lumMod" | "lumOff" | "lum" | "satMod" | "satOff" | "sat":
            hue, lum, sat = colorsys.rgb_to_hls(*paint.color)
            how = change[3:]
            old = lum if change.startswith("lum") else sat
            new = _bounded(old * value if how == "Mod" else old + value if how == "Off" else value)
            lum, sat = (new, sat) if change.startswith("lum") else (lum, new)
            return Paint(colorsys.hls_to_rgb(hue, lum, sat), paint.alpha)
    return paint


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))


def _seen(light: float) -> float:
    """The part of a colour that gives so much light."""
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def hexed(color: RGB) -> str:
    return "#" + "".join(f"{round(_bounded(part) * 255):02X}" for part in color)

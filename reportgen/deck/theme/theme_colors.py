"""The colours of a custom theme by the brand's roles: its own slots, made darker or lighter where text would be illegible."""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls

from lxml import etree

from reportgen.brand.contrast import contrast_ratio, parse_color, relative_luminance
from reportgen.deck.package import A, P
from reportgen.deck.palette import Palette, Shade

READABLE = 4.5  # contrast of text, by WCAG
LEGIBLE_MARK = 3.0  # contrast of what is drawn
ACCENTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
DARKER = ((100, 0), (75, 0), (50, 0), (35, 0))
LIGHTER = ((100, 0), (60, 40), (40, 60), (20, 80))
WARM = (345.0, 45.0)  # degrees of hue: reds and oranges warn


def read_scheme(theme: etree._Element, master: etree._Element) -> dict[str, str]:
    """Return the colours by the names that slides use (tx1, bg1, accent1, …), as #RRGGBB."""
    colors = {}
    found = theme.find(f".//{A}clrScheme")
    for slot in found if found is not None else ():
        for value in slot:
            code = value.get("lastClr") if value.tag == f"{A}sysClr" else value.get("val")
            colors[etree.QName(slot).localname] = f"#{(code or '000000')[-6:].upper()}"
    names = master.find(f"{P}clrMap")
    mapped = {
        str(key): colors.get(str(value), "#000000")
        for key, value in (names.attrib if names is not None else {}).items()
    }
    usual = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    return {key: colors.get(value, "#000000") for key, value in usual.items()} | colors | mapped


def choose_palette(colors: Mapping[str, str]) -> Palette:
    """Return the theme's shade for each of the brand's roles. Greys are shades of text and background, as PowerPoint offers them."""
    background, dark = colors["bg1"], relative_luminance(parse_color(colors["bg1"])) < 0.2
    steps = LIGHTER if dark else DARKER
    accents = [slot for slot in ACCENTS if slot in colors]
    first = _readable(accents[0] if accents else "tx1", colors, steps)
    others = sorted(
        accents[1:], key=lambda slot: (not _is_warm(colors[slot]), -_hue_distance(colors[slot], colors[accents[0]]))
    )
    signal = _readable(others[0] if others else "tx1", colors, steps)
    text_is_dark = relative_luminance(parse_color(colors["tx1"])) < relative_luminance(parse_color(background))
    return {
        "ink": Shade("tx1"),
        "paper": Shade("bg1"),
        "accent": first,
        "signal": signal,
        "secondary": Shade("tx1", 75, 25) if text_is_dark else Shade("tx1", 75),
        "quiet": _quiet(colors, text_is_dark),
        "hairline": Shade("tx1", 50) if dark else Shade("bg1", 75),
        "panel": Shade("bg1", 85, 15) if dark else Shade("bg1", 95),
    }


def apply_shade(color: str, shade: Shade) -> str:
    """Return a colour in a shade; like PowerPoint, change the luminance in HSL."""
    hue, light, saturation = rgb_to_hls(*parse_color(color))
    changed = min(1.0, max(0.0, light * shade.mod / 100 + shade.off / 100))
    return "#" + "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, changed, saturation))


def hex_contrast(first: str, second: str) -> float:
    """Return WCAG's contrast ratio, from 1 to 21."""
    return contrast_ratio(parse_color(first), parse_color(second))


def _readable(slot: str, colors: Mapping[str, str], steps: tuple[tuple[int, int], ...]) -> Shade:
    """Return the slot's first shade in which text is legible, also on a panel; else the text's own colour."""
    for mod, off in steps:
        if hex_contrast(apply_shade(colors[slot], Shade(slot, mod, off)), colors["bg1"]) >= READABLE + 0.6:
            return Shade(slot, mod, off)
    return Shade("tx1")


def _quiet(colors: Mapping[str, str], text_is_dark: bool) -> Shade:
    """Return a grey that is distinct from text and background."""
    tried = [Shade("tx1", mod, 100 - mod if text_is_dark else 0) for mod in (50, 60, 70, 40)]
    return next(
        (each for each in tried if hex_contrast(apply_shade(colors["tx1"], each), colors["bg1"]) >= LEGIBLE_MARK),
        tried[0],
    )


def _is_warm(color: str) -> bool:
    hue, _, saturation = rgb_to_hls(*parse_color(color))
    return saturation > 0.25 and not WARM[1] < hue * 360 < WARM[0]


def _hue_distance(first: str, second: str) -> float:
    """Return the distance between two hues in degrees."""
    between = abs(rgb_to_hls(*parse_color(first))[0] - rgb_to_hls(*parse_color(second))[0]) * 360
    return min(between, 360 - between)

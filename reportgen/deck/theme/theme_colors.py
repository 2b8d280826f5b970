"""The colours of a custom theme by the brand's roles: its own slots, made darker or lighter where text would be illegible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls

from lxml import etree

from reportgen.brand.contrast import contrast_ratio, parse_color, relative_luminance
from reportgen.deck.package import A, P
from reportgen.deck.palette import Palette, Shade

READABLE = 5.1  # contrast of text: WCAG's 4.5, with enough to spare for text on a panel
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
    usual = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    stated = {str(key): str(value) for key, value in names.items()} if names is not None else {}
    defaults, mapped = ({key: colors.get(value, "#000000") for key, value in each.items()} for each in (usual, stated))
    return defaults | colors | mapped


def choose_palette(colors: Mapping[str, str]) -> Palette:
    """Return the theme's shade for each of the brand's roles. Greys are shades of text and background, as PowerPoint offers them."""
    background, dark = colors["bg1"], relative_luminance(parse_color(colors["bg1"])) < 0.2
    steps = LIGHTER if dark else DARKER
    accents = [slot for slot in ACCENTS if slot in colors]
    others = sorted(
        accents[1:], key=lambda slot: (not _is_warm(colors[slot]), -_hue_distance(colors[slot], colors[accents[0]]))
    )
    accent, signal = (
        _find_legible([Shade(slots[0] if slots else "tx1", *step) for step in steps], colors, READABLE) or Shade("tx1")
        for slots in (accents, others)
    )
    text_is_dark = relative_luminance(parse_color(colors["tx1"])) < relative_luminance(parse_color(background))
    greys = [Shade("tx1", mod, 100 - mod if text_is_dark else 0) for mod in (50, 60, 70, 40)]
    return {
        "ink": Shade("tx1"),
        "paper": Shade("bg1"),
        "accent": accent,
        "signal": signal,
        "secondary": Shade("tx1", 75, 25) if text_is_dark else Shade("tx1", 75),
        "quiet": _find_legible(greys, colors, LEGIBLE_MARK) or greys[0],
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


def _find_legible(shades: Sequence[Shade], colors: Mapping[str, str], least: float) -> Shade | None:
    """Return the first of the shades that has at least this contrast with the background."""
    drawn = ((shade, apply_shade(colors[shade.slot], shade)) for shade in shades)
    return next((shade for shade, color in drawn if hex_contrast(color, colors["bg1"]) >= least), None)


def _is_warm(color: str) -> bool:
    hue, _, saturation = rgb_to_hls(*parse_color(color))
    return saturation > 0.25 and not WARM[1] < hue * 360 < WARM[0]


def _hue_distance(first: str, second: str) -> float:
    """Return the distance between two hues in degrees."""
    between = abs(rgb_to_hls(*parse_color(first))[0] - rgb_to_hls(*parse_color(second))[0]) * 360
    return min(between, 360 - between)

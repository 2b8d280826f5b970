"""The colors of a brand by role: names of its palette and of CSS, and shades on which words read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Any

from reportgen.brand.contrast import MIN_RATIO, RGB, contrast_ratio, format_color, parse_color, relative_luminance
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Diagnostic, Location, TemplateError, did_you_mean
from reportgen.text.late_pattern import compile_late

ROLES = {
    "ink": "foreground",
    "paper": "background",
    "accent": "primary",
    "signal": "danger",
    "secondary": "secondary",
    "hairline": "tertiary",
    "panel": "light",
    "quiet": "dark",
}
"""Our roles, and the keys under which _brand.yml names their colours."""
ENOUGH = 4.6  # contrast of a shade that is made here: rounding takes some of it
QUIET = 3.4  # most contrast of a quiet series, which must not be louder than the accent
STEPS = 50
MIDDLING = 0.179  # the luminance on which black and white read alike
QUOTED = 'write it as "#12436D", in quotes'
_HEX = compile_late(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def resolve_colors(layers: Sequence[Document]) -> dict[str, str]:
    """Return the color of each role as #RRGGBB, from the topmost file that has its key. Raises TemplateError."""
    return {role: _resolve_color(key, layers) for role, key in ROLES.items()}


def resolve_text_color(
    value: str, path: KeyPath, ground: str, layers: Sequence[Document]
) -> tuple[str, list[Diagnostic]]:
    """Return a color of text elsewhere in the topmost file, darker or lighter where it would not read, with a warning."""
    where, name = layers[-1].where(path), ".".join(map(str, path))
    color = _follow_names(value, name, where, layers[-1], layers[:-1])
    ratio = contrast_ratio(parse_color(color), parse_color(ground))
    if ratio >= MIN_RATIO:
        return color, []
    shade = format_color(find_readable_shade(parse_color(color), parse_color(ground)))
    message = f"{name} ({color}) on {ground} has a contrast of {math.floor(ratio * 10) / 10}:1; text needs {MIN_RATIO:g}:1, so {shade} is used"
    return shade, [Diagnostic(message, where, "choose a darker colour to print it as it is", "warning")]


def _resolve_color(key: str, layers: Sequence[Document]) -> str:
    """Return the color of a key."""
    number = max(at for at, layer in enumerate(layers) if _read(layer, key) is not None)
    own, below = layers[number], layers[:number]
    return _follow_names(_read(own, key), f"color.{key}", own.where(("color", key)), own, below)


def _follow_names(value: Any, key: str, where: Location, own: Document, below: Sequence[Document]) -> str:
    """Return a color as #RRGGBB; it may name a color of the palette, a key of `color`, or one of CSS."""
    palettes = _merge_palettes((*below, own))
    keys = {name: named for layer in (*below, own) for name in ROLES.values() if (named := _read(layer, name))}
    seen = {("key", key.removeprefix("color."))}
    while isinstance(value, str) and not value.startswith("#"):
        kind = "palette" if value in palettes and ("palette", value) not in seen else "key"
        known = palettes if kind == "palette" else keys
        if value not in known:
            return _read_css(key, value, where, palettes)
        if (kind, value) in seen:
            raise TemplateError(f'{key}: "{value}" is defined by itself', where)
        seen.add((kind, value))
        value = known[value]
    if not isinstance(value, str) or not (match := _HEX.fullmatch(value)):
        if isinstance(value, str) and len(value) in (5, 9):
            return _read_css(key, value, where, palettes)
        raise TemplateError(f"{key}: {value!r} is not a colour", where, QUOTED)
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return f"#{digits.upper()}"


def _read(layer: Document, key: str) -> Any:
    """Return a file's color for a key, the one for light backgrounds where it has two."""
    colors = layer.data.get("color") if isinstance(layer.data, dict) else None
    value = colors.get(key) if isinstance(colors, dict) else None
    return value.get("light") if isinstance(value, dict) else value


def _merge_palettes(layers: Sequence[Document]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in layers:
        merged |= {name: _pick_light(value) for name, value in (_read_palette(layer) or {}).items()}
    return merged


def _pick_light(value: Any) -> Any:
    return value.get("light") if isinstance(value, dict) else value


def _read_palette(layer: Document) -> dict[str, Any]:
    colors = layer.data.get("color") if isinstance(layer.data, dict) else None
    palette = colors.get("palette") if isinstance(colors, dict) else None
    return palette if isinstance(palette, dict) else {}


def _read_css(key: str, value: str, where: Location, palette: Mapping[str, Any]) -> str:
    """Return a color that CSS names or writes otherwise: navy, rgb(0 0 128), #12436D80 on white."""
    from PIL import ImageColor

    try:
        red, green, blue, *alpha = ImageColor.getrgb(value.replace(" / ", ", "))
    except ValueError:
        hint = did_you_mean(value, palette) or QUOTED
        raise TemplateError(f'{key}: no colour "{value}"', where, hint) from None
    share = alpha[0] / 255 if alpha else 1.0
    return format_color(tuple((channel * share + 255 * (1 - share)) / 255 for channel in (red, green, blue)))  # type: ignore[arg-type]


def adapt_colors(colors: Mapping[str, str], layers: Sequence[Document]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the colors with those made darker or lighter in which words would not read, and a warning for each.

    Text keeps its hue. A panel comes closer to the paper until all text reads on it, and so does a quiet series that
    would be louder than the accent.
    """
    adapted, warnings = dict(colors), []
    paper = parse_color(colors["paper"])
    for role in ("ink", "accent", "signal", "secondary"):
        ratio = contrast_ratio(parse_color(colors[role]), paper)
        if ratio < MIN_RATIO:
            adapted[role] = format_color(find_readable_shade(parse_color(colors[role]), paper))
            warnings.append(_warn(role, ratio, colors, adapted, layers))
    texts = [parse_color(adapted[role]) for role in ("ink", "accent")]
    panels = (format_color(_mix(parse_color(colors["panel"]), paper, step / STEPS)) for step in range(STEPS))
    reads = (each for each in panels if all(contrast_ratio(text, parse_color(each)) >= MIN_RATIO for text in texts))
    adapted["panel"] = next(reads, colors["paper"])
    quiet = parse_color(colors["quiet"])
    if contrast_ratio(quiet, paper) > QUIET:
        greys = (_mix(quiet, paper, step / STEPS) for step in range(STEPS))
        adapted["quiet"] = format_color(next(each for each in greys if contrast_ratio(each, paper) <= QUIET))
    return adapted, warnings


def _warn(
    role: str, ratio: float, colors: Mapping[str, str], adapted: Mapping[str, str], layers: Sequence[Document]
) -> Diagnostic:
    text, below = (f"color.{ROLES[each]} ({colors[each]})" for each in (role, "paper"))
    own = [path for each in (role, "paper") if (path := ("color", ROLES[each])) in layers[-1].places]
    where = layers[-1].places[own[0]] if own else layers[-1].where(("color",))
    message = (
        f"{text} on {below} has a contrast of {math.floor(ratio * 10) / 10}:1; text needs {MIN_RATIO:g}:1, "
        f"so {adapted[role]} is used"
    )
    return Diagnostic(message, where, "choose a darker colour or a lighter ground to print it as it is", "warning")


def find_readable_shade(color: RGB, ground: RGB) -> RGB:
    """Return the nearest shade of a color, darker on a light ground and lighter on a dark one, that reads on it."""
    hue, light, saturation = rgb_to_hls(*color)
    end = 0.0 if relative_luminance(ground) > MIDDLING else 1.0
    shades = (hls_to_rgb(hue, light + (end - light) * step / STEPS, saturation) for step in range(STEPS))
    return next((shade for shade in shades if contrast_ratio(shade, ground) >= ENOUGH), (end, end, end))


def _mix(color: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (one * (1 - share) + two * share for one, two in zip(color, other, strict=True))
    return red, green, blue

"""The shades that a custom theme's layout has for the brand's roles: its own colours, made darker or lighter where words would be
illegible on what lies behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls

from reportgen.brand.contrast import MIN_RATIO, RGB, format_color, parse_color, relative_luminance
from reportgen.deck.palette import Palette, Shade
from reportgen.deck.theme.colors.grounds import Ground

READABLE = 5.1  # contrast of text: WCAG's 4.5, with enough to spare for text on a panel
LEGIBLE_MARK = 3.0  # contrast of what is drawn
ACCENTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
INKS = (Shade("tx1"), Shade("bg1"), Shade("tx2"), Shade("bg2"), Shade("tx1", 0, 0), Shade("tx1", 0, 100))
"""What words may be written in, the theme's own text first, black and white last."""
DARKER = ((100, 0), (75, 0), (50, 0), (35, 0), (25, 0), (18, 0))
LIGHTER = ((100, 0), (60, 40), (40, 60), (20, 80), (15, 85), (10, 90))
PANELS_LIGHT = ((95, 0), (97, 0), (100, 0))
PANELS_DARK = ((85, 15), (90, 10), (75, 0), (50, 0))
GREYS = (50, 60, 70, 40, 30, 20)  # percent of the ink's contrast
LEAST_GREY = 2.0  # contrast with a ground of middling brightness, of a grey on which words read
WARM = (345.0, 45.0)  # degrees of hue: reds and oranges warn


def choose_palette(colors: Mapping[str, RGB], ground: Ground) -> Palette:
    """Return the theme's shade for each of the brand's roles on a ground. Greys are shades of text and paper, as PowerPoint offers them."""
    paper = name_color(colors, ground.main)
    ink = choose_ink(colors, ground)
    dark = relative_luminance(resolve_shade(colors, ink)) < relative_luminance(ground.main)
    steps = DARKER if dark else LIGHTER
    accents = [slot for slot in ACCENTS if slot in colors]
    others = sorted(
        accents[1:], key=lambda slot: (not _is_warm(colors[slot]), -_hue_distance(colors[slot], colors[accents[0]]))
    )
    accent, signal = (_choose_accent(slots, steps, colors, ground) or ink for slots in (accents, others))
    greys = [_soften(ink, percent, dark) for percent in GREYS]
    on_ink = Ground(((1.0, resolve_shade(colors, ink)),))
    panels = [Shade(paper.slot, *step) for step in (PANELS_LIGHT if dark else PANELS_DARK)]
    return {
        "ink": ink,
        "paper": paper,
        "accent": accent,
        "signal": signal,
        "secondary": _find_legible([_soften(ink, percent, dark) for percent in (75, 85)], colors, ground, READABLE)
        or ink,
        "quiet": _choose_grey(greys, colors, ground, on_ink) or ink,
        "hairline": Shade(paper.slot, 75) if dark else _soften(ink, 50, dark),
        "panel": _find_legible(panels, colors, on_ink, READABLE) or panels[-1],
    }


def choose_ink(colors: Mapping[str, RGB], ground: Ground, first: Sequence[Shade] = ()) -> Shade:
    """Return what words on a ground are written in: the `first` choices or the theme's text where they read, else what reads best."""
    known = [shade for shade in (*first, *INKS) if shade.slot in colors or shade.slot.startswith("#")]
    found = _find_legible(known, colors, ground, READABLE) or _find_legible(known, colors, ground, MIN_RATIO)
    return found or max(known, key=lambda shade: ground.measure_share(resolve_shade(colors, shade), MIN_RATIO))


def shade_steps(shade: Shade) -> list[Shade]:
    """Return a colour and its darker and lighter shades, to find one of the same hue that reads."""
    return [Shade(shade.slot, *step) for step in (*DARKER, *LIGHTER[1:])]


def name_color(colors: Mapping[str, RGB], color: RGB) -> Shade:
    """Return the theme's slot with a colour, or the colour itself where the theme has none."""
    written = format_color(color)
    return Shade(next((slot for slot, rgb in colors.items() if format_color(rgb) == written), written))


def resolve_shade(colors: Mapping[str, RGB], shade: Shade) -> RGB:
    """Return the colour of a shade; like PowerPoint, change the luminance in HSL."""
    base = parse_color(shade.slot) if shade.slot.startswith("#") else colors[shade.slot]
    hue, light, saturation = rgb_to_hls(*base)
    return hls_to_rgb(hue, min(1.0, max(0.0, light * shade.mod / 100 + shade.off / 100)), saturation)


def _choose_accent(
    slots: Sequence[str], steps: Sequence[tuple[int, int]], colors: Mapping[str, RGB], ground: Ground
) -> Shade | None:
    """Return the first slot's shade that is readable, on a ground of middling brightness with no contrast to spare."""
    shades = [Shade(slots[0], *step) for step in steps] if slots else []
    return _find_legible(shades, colors, ground, READABLE) or _find_legible(shades, colors, ground, MIN_RATIO)


def _choose_grey(greys: Sequence[Shade], colors: Mapping[str, RGB], ground: Ground, on_ink: Ground) -> Shade | None:
    """Return the first grey that is told from the ground and on which words in ink read."""
    under_words = [each for each in greys if on_ink.measure_contrast(resolve_shade(colors, each)) >= MIN_RATIO]
    found = _find_legible(under_words, colors, ground, LEGIBLE_MARK) or _find_legible(
        greys[:4], colors, ground, LEGIBLE_MARK
    )
    return found or _find_legible(under_words, colors, ground, LEAST_GREY)


def _soften(ink: Shade, percent: int, dark: bool) -> Shade:
    """Return a shade of ink that has a share of its contrast."""
    return Shade(ink.slot, ink.mod * percent // 100, ink.off * percent // 100 + (100 - percent if dark else 0))


def _find_legible(shades: Sequence[Shade], colors: Mapping[str, RGB], ground: Ground, least: float) -> Shade | None:
    """Return the first of the shades that has at least this contrast with the ground."""
    drawn = ((shade, resolve_shade(colors, shade)) for shade in shades)
    return next((shade for shade, color in drawn if ground.measure_contrast(color) >= least), None)


def _is_warm(color: RGB) -> bool:
    hue, _, saturation = rgb_to_hls(*color)
    return saturation > 0.25 and not WARM[1] < hue * 360 < WARM[0]


def _hue_distance(first: RGB, second: RGB) -> float:
    """Return the distance between two hues in degrees."""
    between = abs(rgb_to_hls(*first)[0] - rgb_to_hls(*second)[0]) * 360
    return min(between, 360 - between)

"""The brand's colour roles as colours of a theme. Drawings name these colours, so another theme recolours them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reportgen.charts.scene import Role


class Shade(Struct, frozen=True):
    """A colour slot of the theme, or a colour (#RRGGBB) that it has no slot for.

    Its luminance is multiplied by `mod` and increased by `off`, both in percent.
    """

    slot: str
    mod: int = 100
    off: int = 0


Palette = Mapping[Role, Shade]

OUR_PALETTE: Palette = {
    "ink": Shade("tx1"),
    "paper": Shade("bg1"),
    "secondary": Shade("tx2"),
    "panel": Shade("bg2"),
    "accent": Shade("accent1"),
    "signal": Shade("accent2"),
    "quiet": Shade("accent3"),
    "hairline": Shade("accent6"),
}
"""The palette of our own theme, in which the brand fills one slot for each role."""

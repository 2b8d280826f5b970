"""Remarks above a plot, each with a thin leader down to its point."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportgen.charts.layout.geometry import Flag, Place, stack_callouts
from reportgen.charts.scene import SceneItem, SceneLine
from reportgen.charts.style import Block, Style
from reportgen.system.errors import FitError


class Callouts(Struct, frozen=True):
    """Remarks with their places, in a band of `height` points above the plot."""

    remarks: tuple[tuple[float, Block, Place], ...]
    height: float

    def items(self, bottom: float, targets: Sequence[float], style: Style) -> list[SceneItem]:
        """Draw the remarks in the band that ends at `bottom`, with leaders down to the targets."""
        items: list[SceneItem] = []
        pad = style.em(0.4)
        for (x, block, (left, level)), target in zip(self.remarks, targets, strict=True):
            top = bottom - level - block.height
            items.append(SceneLine(x, top + style.em(0.15), x, target, "quiet", 0.5))
            items.append(block.at(x - pad if left else x + pad, top, "ink", "right" if left else "left"))
        return items


def lay_out_callouts(xs: Sequence[float], texts: Sequence[str], width: float, style: Style) -> Callouts:
    """Lay out remarks in the lowest band in which none covers another or its leader."""
    if not texts:
        return Callouts((), 0.0)
    blocks = [style.block(text, min(style.em(17), width * 0.45), small=True) for text in texts]
    flags = [Flag(x, block.width + style.em(0.4), block.height) for x, block in zip(xs, blocks, strict=True)]
    places = stack_callouts(flags, width, style.em(0.4))
    if places is None:
        raise FitError(
            f'there is no room over the chart for the annotations "{texts[0]}" and others',
            hint="use fewer or shorter ones",
        )
    remarks = tuple(zip(xs, blocks, places, strict=True))
    return Callouts(remarks, max(level + block.height for _, block, (_, level) in remarks) + style.em(0.8))

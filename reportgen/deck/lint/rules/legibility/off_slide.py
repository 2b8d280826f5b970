"""Nothing extends beyond the slide

Everything with words lies on the slide as a whole: text, tables with the rows that their words need, charts and drawings.
One point beyond the edge is tolerated. A picture or shape without words may extend beyond it, as full-bleed pictures do;
one that lies outside the slide altogether is a warning, since screen readers still read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.values import EMU_PER_POINT, Box

ID = "off-slide"
SEVERITY = "error"


def check(case: LintCase) -> Iterator[Fault]:
    deck = case.deck
    for slide, shape in case.shapes():
        box = shape.box
        if box is None or shape.kind == "group":
            continue
        if shape.has_content:
            area = (case.find_text_box(shape) if shape.table else None) or box
            right, bottom = area.right - deck.width, area.bottom - deck.height
            excess, side = max(
                (-area.x, "left"), (-area.y, "top"), (right, "right"), (bottom, "bottom"), key=itemgetter(0)
            )
            if excess > EMU_PER_POINT:
                message = f"{excess / EMU_PER_POINT:.0f} pt beyond the slide’s {side} edge"
                yield Fault(message, slide, shape, "move it, or make it smaller")
        elif not shape.decorative and _is_outside(box, deck.width, deck.height):
            yield Fault("lies outside the slide", slide, shape, "delete it", severity="warning")


def _is_outside(box: Box, width: int, height: int) -> bool:
    return box.x >= width or box.y >= height or box.right <= 0 or box.bottom <= 0

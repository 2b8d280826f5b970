"""Nothing runs off the slide

What has words, or stands for some, lies on the slide whole: text, tables with the rows that their words need, charts
and drawings. One point over the edge is forgiven. A picture or a form without words may run off, as bleeds do; one
that lies beside the slide altogether is a warning, since programs still read it aloud.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding, points
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import EMU_PER_POINT, Box

ID = "off-slide"
SEVERITY: Severity = "error"
FORGIVEN = EMU_PER_POINT
HINT = "move it, or make it smaller"


def check(case: LintCase) -> Iterator[LintFinding]:
    deck = case.deck
    for slide, shape in case.shapes():
        box = shape.box
        if box is None or shape.kind == "group":
            continue
        if shape.speaks:
            area = case.words(shape) if shape.table else box
            if over := _over(area or box, deck.width, deck.height):
                side, excess = max(over.items(), key=lambda each: each[1])
                yield finding(ID, SEVERITY, f"{points(excess)} beyond the slide’s {side} edge", slide, shape, HINT)
        elif not shape.decorative and _beside(box, deck.width, deck.height):
            yield finding(ID, "warning", "lies beside the slide", slide, shape, "delete it")


def _over(box: Box, width: int, height: int) -> dict[str, int]:
    """By how much a box passes each edge of the slide."""
    sides = {
        "left": -box.x,
        "top": -box.y,
        "right": box.x + box.width - width,
        "bottom": box.y + box.height - height,
    }
    return {side: excess for side, excess in sides.items() if excess > FORGIVEN}


def _beside(box: Box, width: int, height: int) -> bool:
    return box.x >= width or box.y >= height or box.x + box.width <= 0 or box.y + box.height <= 0

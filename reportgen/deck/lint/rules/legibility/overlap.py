"""Boxes do not overlap

No words overlap other words, a table or a chart. Words are measured: if only the empty parts of two boxes overlap, or
words lie on a picture, it is a warning. A text that lies as a whole on a shape, a chart or a picture is a label, and
accepted. Three points of overlap are tolerated.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.values import Box
from reportgen.deck.view.view_values import Shape, Slide, measure_coverage, measure_overlap

ID = "overlap"
SEVERITY = "error"
TOLERANCE = 3.0  # points, in both directions
WHOLE = 0.98
HINT = "move one of them"


def check(case: LintCase) -> Iterator[Fault]:
    for slide in case.deck.slides:
        shapes = [
            shape for shape in slide.shapes if shape.box and (shape.has_content or shape.kind in ("picture", "object"))
        ]
        for one, other in combinations(shapes, 2):
            if one.has_content or other.has_content:
                yield from _check_pair(case, slide, one, other)


def _check_pair(case: LintCase, slide: Slide, one: Shape, other: Shape) -> Iterator[Fault]:
    one_text, other_text = case.find_text_box(one), case.find_text_box(other)
    if one.box is None or other.box is None or one_text is None or other_text is None:
        return
    inked, boxed = _find_common(one_text, other_text), _find_common(one.box, other.box)
    if not (inked or boxed) or _is_label(one, one_text, other) or _is_label(other, other_text, one):
        return
    if inked and one.has_content and other.has_content:
        target = f"those of {other.label}" if one.text and other.text else other.label
        message = f"the words overlap {target} by {inked[0]:.0f} × {inked[1]:.0f} pt"
        yield Fault(message, slide, one, HINT)
    elif common := inked or (None if one.groups and one.groups == other.groups else boxed):
        # the boxes of one drawing's members are as wide as it needs, so only their words count
        message = f"the box overlaps that of {other.label} by {common[0]:.0f} × {common[1]:.0f} pt"
        yield Fault(message, slide, one, HINT, severity="warning")


def _is_label(text: Shape, words: Box, ground: Shape) -> bool:
    """Return True for words that lie as a whole on a chart, a picture, a diagram or an object."""
    is_drawing = ground.kind in ("chart", "picture", "diagram", "object") and not ground.text
    return bool(text.text and is_drawing and ground.box and measure_coverage(ground.box, words) >= WHOLE)


def _find_common(one: Box, other: Box) -> tuple[float, float] | None:
    width, height = measure_overlap(one, other)
    return (width, height) if width > TOLERANCE and height > TOLERANCE else None

"""Boxes do not overlap

No words stand on other words, on a table or on a chart. Words are measured: where only the empty parts of two boxes
overlap, or words stand on a picture that was put there before them, it is a warning. A text on a form that lies whole
beneath it is a label, and fine; so is a text that lies whole within a chart or a picture. Three points are forgiven.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import Box
from reportgen.deck.view.view_values import Shape, Slide, coverage, meet

ID = "overlap"
SEVERITY: Severity = "error"
FORGIVEN = 3.0  # points, in both directions
WHOLE = 0.98
HINT = "move one of them"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide in case.deck.slides:
        shapes = [
            shape for shape in slide.shapes if shape.box and (shape.speaks or shape.kind in ("picture", "object"))
        ]
        for one, other in combinations(shapes, 2):
            yield from _pair(case, slide, one, other)


def _pair(case: LintCase, slide: Slide, one: Shape, other: Shape) -> Iterator[LintFinding]:
    mine, theirs = case.words(one), case.words(other)
    if one.box is None or other.box is None or mine is None or theirs is None or not (one.speaks or other.speaks):
        return
    inked, boxed = _meet(mine, theirs), _meet(one.box, other.box)
    if not (inked or boxed) or _labels(one, other, mine, theirs):
        return
    if inked and one.speaks and other.speaks:
        width, height = inked
        message = f"the words overlap {other.called} by {width:.0f} × {height:.0f} pt"
        if one.text and other.text:
            message = f"the words stand on those of {other.called}: {width:.0f} × {height:.0f} pt"
        yield finding(ID, SEVERITY, message, slide, one, HINT)
    elif common := inked or (boxed if _loose(one, other) else None):
        width, height = common
        yield finding(
            ID, "warning", f"the box overlaps that of {other.called} by {width:.0f} × {height:.0f} pt", slide, one, HINT
        )


def _labels(one: Shape, other: Shape, mine: Box, theirs: Box) -> bool:
    """Whether one is a text put whole on a chart, a picture or a form that has words of its own."""
    for text, words, ground in ((one, mine, other), (other, theirs, one)):
        drawn = ground.kind in ("chart", "picture", "diagram", "object") and not ground.text
        if text.text and drawn and ground.box and coverage(ground.box, words) >= WHOLE:
            return True
    return False


def _loose(one: Shape, other: Shape) -> bool:
    """Boxes of a drawing's own labels are as wide as the drawing needs: only their words count."""
    return not (one.group and one.group == other.group)


def _meet(one: Box, other: Box) -> tuple[float, float] | None:
    width, height = meet(one, other)
    return (width, height) if width > FORGIVEN and height > FORGIVEN else None

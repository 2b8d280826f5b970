"""Slides are read in the order in which they are seen

Programs read shapes aloud in the order of the file. The title comes first; below it, what stands higher in the same
column comes before what stands lower, and what stands left comes before what stands right beside it (for languages
that are written from the left). Date, footer and number, and the labels within a drawing, may come at any place. One
finding a slide: the first that is out of order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view.view_values import Shape, Slide, meet

ID = "reading-order"
SEVERITY: Severity = "warning"
COLUMN = 0.5  # so much of the narrower one stands above the other in one column
ROW = 0.8
HINT = "put it right in the selection pane, where the last is read first"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide in case.deck.slides:
        yield from _title(slide)
        shapes = [shape for shape in _read(slide) if not shape.title]
        wrong = next((pair for pair in combinations(shapes, 2) if _turned(*pair)), None)
        if wrong:
            earlier, later = wrong
            message = f"it is read after {earlier.called}, and stands before it"
            yield finding(ID, SEVERITY, message, slide, later, HINT)


def _title(slide: Slide) -> Iterator[LintFinding]:
    read = _read(slide)
    title = next((shape for shape in read if shape.title), None)
    if title and title.box and read[0] is not title:
        first = read[0]
        if first.box and first.box.y + first.box.height / 2 > title.box.y:
            yield finding(ID, SEVERITY, f"the title is read after {first.called}", slide, title, HINT)


def _read(slide: Slide) -> Sequence[Shape]:
    """What is read aloud, with a place: a drawing counts as one."""
    return [
        shape
        for shape in slide.shapes
        if shape.box
        and not shape.furniture
        and not shape.decorative
        and not shape.group
        and (shape.speaks or shape.kind in ("picture", "object", "group"))
    ]


def _turned(earlier: Shape, later: Shape) -> bool:
    one, other = earlier.box, later.box
    if one is None or other is None:
        return False
    width, height = meet(one, other)
    if other.y + other.height <= one.y + _little(one):
        return width > COLUMN * _smaller(one.width, other.width)
    upright = all(paragraph.lines.upright for shape in (earlier, later) for paragraph in shape.paragraphs)
    beside = other.x + other.width <= one.x + EMU_PER_POINT and upright
    return beside and height > ROW * max(one.height, other.height) / EMU_PER_POINT


def _little(box: Box) -> float:
    """Boxes that touch may overlap by a hair."""
    return min(EMU_PER_POINT * 3, box.height / 10)


def _smaller(one: int, other: int) -> float:
    return min(one, other) / EMU_PER_POINT

"""The reading order follows the layout

Screen readers read shapes in the order of the file. The title comes first; below it, a shape comes before those below it
in the same column and before those right next to it (in languages that are written from left to right). Date, footer
and number, and the labels within a drawing, may come at any place. Only the first fault of each slide is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view.view_values import Shape, Slide, measure_overlap

ID = "reading-order"
SEVERITY = "warning"
COLUMN = 0.5  # the share of the narrower box's width that two boxes of one column have in common
ROW = 0.8
HINT = "correct the order in the selection pane, which lists the last shape first"


def check(case: LintCase) -> Iterator[Fault]:
    for slide in case.deck.slides:
        read = _list_read(slide)
        title = next((shape for shape in read if shape.is_title), None)
        if title and _stands_below(read[0], title):
            yield Fault(f"the title is read after {read[0].label}", slide, title, HINT)
        shapes = [shape for shape in read if not shape.is_title]
        wrong = next((pair for pair in combinations(shapes, 2) if _is_reversed(*pair)), None)
        if wrong:
            earlier, later = wrong
            message = f"it stands before {earlier.label} but is read after it"
            yield Fault(message, slide, later, HINT)


def _stands_below(first: Shape, title: Shape) -> bool:
    if first is title or first.box is None or title.box is None:
        return False
    return first.box.y + first.box.height / 2 > title.box.y


def _list_read(slide: Slide) -> list[Shape]:
    """Return the shapes that are read aloud and have a place; a drawing counts as one."""
    return [
        shape
        for shape in slide.shapes
        if shape.box
        and not (shape.is_furniture or shape.decorative or shape.groups)
        and (shape.has_content or shape.kind in ("picture", "object", "group"))
    ]


def _is_reversed(earlier: Shape, later: Shape) -> bool:
    one, other = earlier.box, later.box
    if one is None or other is None:
        return False
    width, height = measure_overlap(one, other)
    touching = min(EMU_PER_POINT * 3, one.height / 10)  # boxes that touch may overlap a little
    if other.bottom <= one.y + touching:
        return width > COLUMN * min(one.width, other.width) / EMU_PER_POINT
    left_to_right = all(each.format.left_to_right for shape in (earlier, later) for each in shape.paragraphs)
    is_left = other.right <= one.x + EMU_PER_POINT and left_to_right
    return is_left and height > ROW * max(one.height, other.height) / EMU_PER_POINT

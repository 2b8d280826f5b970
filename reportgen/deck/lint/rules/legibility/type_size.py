"""Type is large enough to read

Sizes are those that the slide shows, in points, after layouts, masters and PowerPoint's autofit. The minimum is 12 for
text, tables and the labels of charts and drawings, 10 for source lines and notes, and 8 for what is on every slide (date,
footer, number, a marking), where smaller type is only a warning: it is for the desk, not for the room. A source line is a
text whose shape is named "source" or "designation" (the block of a marking), that begins with "Source" or "Note", or that
is in the lowest fifth of the slide. Superscripts and subscripts count as the line that they are in. Body text has a rule
of its own, `body-size`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.view.view_values import Shape

ID = "type-size"
SEVERITY = "error"
TEXT, SOURCE, FURNITURE = 12.0, 10.0, 8.0
NAMES = {TEXT: "text", SOURCE: "source lines", FURNITURE: "footers"}
ROUNDING = 0.05
LOWEST = 0.8
HINT = "cut words, or split the slide, and make the type larger"
THEME_HINT = "the theme sets it: change its master"
_SOURCE = re.compile(r"(?:sources?|notes?|data|credits?)\b\s*[:.]|sources?\b|[*†‡©]", re.IGNORECASE)


def check(case: LintCase) -> Iterator[Fault]:
    yield from _check_passages(case)
    for slide, shape, text in case.chart_texts():
        if text.size < TEXT - ROUNDING:
            message = f"{text.part}: {_describe_fault(text.size, TEXT)}"
            yield Fault(message, slide, shape, THEME_HINT if shape.is_furniture else HINT)


def _check_passages(case: LintCase) -> Iterator[Fault]:
    """Yield the fault of each shape's smallest words first."""
    for passage in sorted(case.passages(), key=lambda passage: passage.size):
        shape = passage.shape
        least = _find_minimum(shape, passage.paragraph.text, case.deck.height)
        if passage.size < least - ROUNDING:
            message = _describe_fault(passage.size, least)
            if shape.is_furniture:
                yield passage.fault(message, THEME_HINT, "warning", f"{passage.theme_key}: {message}")
            else:
                yield passage.fault(message, HINT, key=passage.shape_key)


def _find_minimum(shape: Shape, text: str, height: int) -> float:
    if shape.is_furniture:
        return FURNITURE
    if shape.is_title or shape.table or shape.groups:
        return TEXT
    low = shape.box is not None and shape.box.y >= LOWEST * height
    return SOURCE if low or shape.name.lower() in ("source", "designation") or _SOURCE.match(text.strip()) else TEXT


def _describe_fault(size: float, least: float) -> str:
    return f"{size:g} pt type; the minimum for {NAMES[least]} is {least:g} pt"

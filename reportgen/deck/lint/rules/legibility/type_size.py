"""Type is large enough to be read

Counted in points, as the slide shows them, after all that layouts, masters and a program's own shrinking do to them:
12 in text, in tables and in the labels of charts and drawings; 10 in source lines and notes; 8 in what stands on every
slide (date, footer, number, a marking), which is for the desk and not for the room; there it is a warning. A text
counts as a source line where its shape is called "source" or "designation" (the block that a marking asks for), where it begins with "Source" or "Note", or where it stands
in the lowest fifth of the slide. Raised and lowered letters count as the line that they are in. Body text has a rule
of its own, `body-size`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding, once
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.view_values import Shape

ID = "type-size"
SEVERITY: Severity = "error"
TEXT, SOURCE, FURNITURE = 12.0, 10.0, 8.0
ROUNDING = 0.05
LOWEST = 0.8
_SOURCE = re.compile(r"(?:sources?|notes?|data|credits?)\b\s*[:.]|sources?\b|[*†‡©]", re.IGNORECASE)


def check(case: LintCase) -> Iterator[LintFinding]:
    yield from once(_words(case))
    for slide, shape in case.shapes():
        for text in shape.chart.texts if shape.chart else ():
            if text.size < TEXT - ROUNDING:
                message = f"{text.part}: text of {text.size:g} pt; {_asked(TEXT)}"
                yield finding(ID, SEVERITY, message, slide, shape, _hint(shape))


def _words(case: LintCase) -> Iterator[tuple[str, LintFinding]]:
    """Each shape's smallest words."""
    for passage in sorted(case.passages(), key=lambda passage: passage.size):
        shape = passage.shape
        least = _least(shape, passage.paragraph.text, case.deck.height)
        if passage.size < least - ROUNDING:
            severity: Severity = "warning" if shape.furniture else SEVERITY
            message = f"text of {passage.size:g} pt; {_asked(least)}"
            key = passage.key(message, True) if shape.furniture else passage.key("")
            yield key, passage.finding(ID, severity, message, _hint(shape))


def _least(shape: Shape, text: str, height: int) -> float:
    if shape.furniture:
        return FURNITURE
    if shape.title or shape.table or shape.group:
        return TEXT
    low = shape.box is not None and shape.box.y >= LOWEST * height
    return SOURCE if low or shape.name.lower() in ("source", "designation") or _SOURCE.match(text.strip()) else TEXT


def _asked(least: float) -> str:
    where = {TEXT: "a room can read", SOURCE: "a source line may have", FURNITURE: "a page can have"}[least]
    return f"{least:g} is the least that {where}"


def _hint(shape: Shape) -> str:
    if shape.furniture:
        return "the theme decides it: change its master"
    return "cut words, or split the slide, and set it larger"

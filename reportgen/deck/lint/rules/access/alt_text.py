"""What is shown is also said

Pictures, charts, diagrams, drawings and embedded objects have an alternative text, or are marked as decorative. For
tables, which can be read themselves, and for forms and lines without words it is a warning. A group is told as one:
its members need no text beside the group's, and a group of nothing but texts needs none at all. A file's name, or what
a program put there by itself, is no text; neither is one on something that is decorative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.view_values import Kind, Shape, Slide

ID = "alt-text"
SEVERITY: Severity = "error"
WEIGHTS: dict[Kind, Severity] = {
    "picture": "error", "chart": "error", "diagram": "error", "object": "error", "table": "warning", "form": "warning",
    "line": "warning",
}  # fmt: skip
HINT = "say in a sentence what it shows, or mark it as decorative"
_FILE = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|emf|wmf|bmp|tiff?|webp|pdf)|(?:picture|image|chart|graphic|object) ?\d*", re.I
)
_AUTOMATIC = re.compile(
    r"(?:description|alt text) (?:automatically|generated)|AI-generated content may be incorrect", re.I
)


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if shape.alt:
            yield from _poor(slide, shape)
        elif shape.decorative or shape.described or shape.group or _empty_holder(shape):
            continue
        elif shape.kind == "group":
            if silent := _silent(slide, shape):
                message = f"the drawing has no alternative text, and {silent} of its parts have no words"
                yield finding(ID, SEVERITY, message, slide, shape, HINT)
        elif severity := WEIGHTS.get(shape.kind):
            yield finding(ID, severity, f"the {_called(shape)} has no alternative text", slide, shape, HINT)


def _poor(slide: Slide, shape: Shape) -> Iterator[LintFinding]:
    if shape.decorative:
        message = "it is marked as decorative and has an alternative text"
        yield finding(ID, "warning", message, slide, shape, "keep one of the two")
    elif _FILE.fullmatch(shape.alt) or _AUTOMATIC.search(shape.alt):
        message = f"the alternative text is a program’s: “{shape.alt[:60]}”"
        yield finding(ID, "warning", message, slide, shape, HINT)


def _silent(slide: Slide, group: Shape) -> int:
    """How many members of a group show something that nobody says."""
    return sum(
        each.kind != "text" and each.kind in WEIGHTS and not (each.alt or each.decorative or each.described)
        for each in slide.shapes
        if each.group[: len(group.inside)] == group.inside
    )


def _empty_holder(shape: Shape) -> bool:
    return shape.kind == "form" and bool(shape.holds)


def _called(shape: Shape) -> str:
    return {"object": "embedded object", "form": "form"}.get(shape.kind, shape.kind)

"""Everything that is shown has a text alternative

Pictures, charts, diagrams, drawings and embedded objects have an alternative text or are marked as decorative. Without
one, tables, whose text can be read, and shapes and lines without words are warnings. A group is reported as one: its
members need no text besides the group's, and a group that consists of texts needs none. A file's name, or text that a
program wrote by itself, is a warning; so is an alternative text on something decorative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.view.view_values import Shape, Slide

ID = "alt-text"
SEVERITY = "error"
WARNINGS = ("table", "shape", "line")
DESCRIBED = ("picture", "chart", "diagram", "object", *WARNINGS)
HINT = "describe in a sentence what it shows, or mark it as decorative"
_FILE = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|emf|wmf|bmp|tiff?|webp|pdf)|(?:picture|image|chart|graphic|object) ?\d*", re.I
)
_AUTOMATIC = re.compile(
    r"(?:description|alt text) (?:automatically|generated)|AI-generated content may be incorrect", re.I
)


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        is_empty_placeholder = shape.kind == "shape" and bool(shape.placeholder)
        if shape.alt:
            yield from _check_text(slide, shape)
        elif shape.decorative or shape.in_described_group or shape.groups or is_empty_placeholder:
            continue
        elif shape.kind == "group":
            if silent := _count_undescribed(slide, shape):
                message = f"the drawing has no alternative text, and {silent} of its parts have no words"
                yield Fault(message, slide, shape, HINT)
        elif shape.kind in DESCRIBED:
            kind = "embedded object" if shape.kind == "object" else shape.kind
            message = f"the {kind} has no alternative text"
            yield Fault(message, slide, shape, HINT, severity="warning" if shape.kind in WARNINGS else None)


def _check_text(slide: Slide, shape: Shape) -> Iterator[Fault]:
    if shape.decorative:
        message = "it is marked as decorative but has an alternative text"
        yield Fault(message, slide, shape, "keep one of the two", severity="warning")
    elif _FILE.fullmatch(shape.alt) or _AUTOMATIC.search(shape.alt):
        message = f"a program wrote the alternative text: “{shape.alt[:60]}”"
        yield Fault(message, slide, shape, HINT, severity="warning")


def _count_undescribed(slide: Slide, group: Shape) -> int:
    """Count the members of a group that show something without a text alternative."""
    return sum(
        each.kind in DESCRIBED and not (each.alt or each.decorative or each.in_described_group)
        for each in slide.shapes
        if each.groups[: len(group.member_groups)] == group.member_groups
    )

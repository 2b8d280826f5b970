"""No placeholder is empty

"Click to add text" is not printed, but it is in the outline, is read aloud, and looks forgotten to whoever edits the
file. An empty title is reported by `title`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "empty-placeholder"
SEVERITY = "error"


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        if shape.placeholder and not shape.is_title and shape.kind == "shape" and not shape.text:
            yield Fault("the placeholder is empty", slide, shape, "fill it, or delete it")

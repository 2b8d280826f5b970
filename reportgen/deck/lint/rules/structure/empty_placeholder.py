"""No placeholder is left empty

"Click to add text" is not printed, but it is in the outline, is read aloud, and looks forgotten to whoever edits the
file. An empty title is told by `title`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "empty-placeholder"
SEVERITY: Severity = "error"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if shape.holds and not shape.title and shape.kind == "form" and not shape.text:
            yield finding(ID, SEVERITY, "an empty placeholder", slide, shape, "fill it, or delete it")

"""Each slide has a title

The title is what a screen reader says first, and the slide's line in the outline. It is in the title placeholder: a text
box that looks like a title does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, make_finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "title"
SEVERITY: Severity = "error"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide in case.deck.slides:
        if slide.title:
            continue
        shape = next((shape for shape in slide.shapes if shape.is_title), None)
        if shape:
            yield make_finding(ID, SEVERITY, "the title is empty", slide, shape, "write what the slide shows")
        else:
            yield make_finding(ID, SEVERITY, "the slide has no title", slide, None, "give it a layout that has one")

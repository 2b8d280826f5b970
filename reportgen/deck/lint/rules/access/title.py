"""Each slide has a title

A title is what a screen reader says first, and the outline's only line. It stands in the title's placeholder: a text
box that looks like one is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "title"
SEVERITY: Severity = "error"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide in case.deck.slides:
        if slide.title:
            continue
        holder = next((shape for shape in slide.shapes if shape.title), None)
        if holder:
            yield finding(ID, SEVERITY, "the title is empty", slide, holder, "say there what the slide shows")
        else:
            yield finding(ID, SEVERITY, "the slide has no title", slide, None, "give it a layout that has one")

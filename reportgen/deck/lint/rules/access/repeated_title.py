"""No two slides have the same title

Somebody who moves from title to title cannot tell such slides apart. Parts of one slide say which they are: "(2 of
3)".
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "repeated-title"
SEVERITY: Severity = "warning"


def check(case: LintCase) -> Iterator[LintFinding]:
    seen: dict[str, int] = {}
    for slide in case.deck.slides:
        title = slide.title.casefold()
        if title and title in seen:
            holder = next(shape for shape in slide.shapes if shape.title)
            message = f"the title of slide {seen[title]} again: “{slide.title}”"
            yield finding(ID, SEVERITY, message, slide, holder, "say what this slide adds, or “(2 of 2)”")
        seen.setdefault(title, slide.number)

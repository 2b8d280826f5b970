"""No two slides have the same title

Readers who move from title to title cannot tell such slides apart. The parts of a split slide say which they are: "(2 of
3)".
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.open_gaps import is_gap
from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "repeated-title"
SEVERITY = "warning"


def check(case: LintCase) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for slide in case.deck.slides:
        title = slide.title.casefold()
        if title and title in seen and not is_gap(slide.title):
            shape = next(shape for shape in slide.shapes if shape.is_title)
            message = f"slide {seen[title]} has the same title: “{slide.title}”"
            yield Fault(message, slide, shape, "say what this slide adds, or add “(2 of 2)”")
        seen.setdefault(title, slide.number)

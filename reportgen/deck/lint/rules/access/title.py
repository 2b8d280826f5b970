"""Each slide has a title

The title is what a screen reader says first, and the slide's line in the outline. It is in the title placeholder: a text
box that looks like a title does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "title"
SEVERITY = "error"


def check(case: LintCase) -> Iterator[Fault]:
    for slide in case.deck.slides:
        shape = next((shape for shape in slide.shapes if shape.is_title), None)
        if shape and not slide.title:
            yield Fault("the title is empty", slide, shape, "write what the slide shows")
        elif not slide.title:
            yield Fault("the slide has no title", slide, None, "give it a layout that has one")

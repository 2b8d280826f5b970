"""Sections hold the slides that there are

A section that names a slide which is gone, or slides that no section has, are left over from an edit: PowerPoint then
offers to repair the file, or moves slides to a section of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "sections"
SEVERITY: Severity = "warning"


def check(case: LintCase) -> Iterator[LintFinding]:
    deck = case.deck
    if not deck.sections:
        return
    known = {slide.id for slide in deck.slides}
    named = Counter(slide for section in deck.sections for slide in section.slides)
    for section in deck.sections:
        if gone := [slide for slide in section.slides if slide not in known]:
            count = f"{len(gone)} slide{'s' * (len(gone) > 1)}"
            message = f"the section “{section.name}” names {count} that the deck does not have"
            yield LintFinding(ID, SEVERITY, message, hint="make the file again")
    for slide in deck.slides:
        if named[slide.id] != 1:
            message = "the slide is in no section" if not named[slide.id] else "the slide is in two sections"
            yield finding(ID, SEVERITY, message, slide, None, "drag it to its section in the slide sorter")

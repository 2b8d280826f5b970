"""Sections list the slides that exist

A section that lists a deleted slide, or a slide that is in no section, is left over from an edit: PowerPoint then offers
to repair the file, or moves the slide to a new section.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase, count

ID = "sections"
SEVERITY = "warning"


def check(case: LintCase) -> Iterator[Fault]:
    deck = case.deck
    if not deck.sections:
        return
    known = {slide.id for slide in deck.slides}
    listed = Counter(slide for section in deck.sections for slide in section.slides)
    for section in deck.sections:
        if missing := [slide for slide in section.slides if slide not in known]:
            message = f"the section “{section.name}” lists {count(len(missing), 'slide')} that the deck does not have"
            yield Fault(message, hint="build the file again")
    for slide in deck.slides:
        if listed[slide.id] != 1:
            message = "the slide is in no section" if not listed[slide.id] else "the slide is in two sections"
            yield Fault(message, slide, None, "drag it to its section in the slide sorter")

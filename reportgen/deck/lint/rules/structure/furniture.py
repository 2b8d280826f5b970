"""Number, footer and date stand on all slides or on none

Where more than half of the slides print one of the three, the others whose layout has a place for it do too. Title
slides may go without.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.view_values import Slide

ID = "furniture"
SEVERITY: Severity = "warning"
NAMES = {"sldNum": "number", "ftr": "footer", "dt": "date"}


def check(case: LintCase) -> Iterator[LintFinding]:
    slides = [slide for slide in case.deck.slides if slide.kind != "title"]
    for holds, name in NAMES.items():
        without = [slide for slide in slides if not _prints(slide, holds)]
        if 2 * len(without) >= len(slides):
            continue
        for slide in without:
            if holds in slide.offers:
                message = f"the slide has no {name}, and {len(slides) - len(without)} others have"
                yield finding(ID, SEVERITY, message, slide, None, "Insert, Header & Footer, Apply to All")


def _prints(slide: Slide, holds: str) -> bool:
    return any(shape.holds == holds and shape.text for shape in slide.shapes)

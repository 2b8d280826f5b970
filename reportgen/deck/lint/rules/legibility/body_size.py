"""Body text has 18 points

A text that its layout sets in 18 points or more keeps at least 18. Where a layout itself sets a text smaller, it is a
caption, a subtitle or a source line, and `type-size` judges it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, once
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "body-size"
SEVERITY: Severity = "warning"
LEAST, READABLE, ROUNDING = 18.0, 12.0, 0.05


def check(case: LintCase) -> Iterator[LintFinding]:
    yield from once(_small(case))


def _small(case: LintCase) -> Iterator[tuple[str, LintFinding]]:
    for passage in case.passages():
        given, size = passage.paragraph.given or 0, passage.size
        body = passage.shape.holds in ("body", "obj", "subTitle") and given >= LEAST
        if body and READABLE <= size < LEAST - ROUNDING:
            message = f"body text of {size:g} pt; its layout gives {given:g}, and 18 is the least"
            yield passage.key(""), passage.finding(ID, SEVERITY, message, "cut words, or split the slide")

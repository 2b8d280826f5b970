"""The lint of a finished .pptx file: whether it can be read, from the room and by those who do not see it.

for finding in lint(Path("deck.pptx").read_bytes(), "deck.pptx"): print(finding.slide, finding.message)

It works on any deck, whoever made or saved it last: on the boxes, sizes and colours that layouts, masters and theme
give its words, not on those that the slides alone have.
"""

from __future__ import annotations

from reportgen.deck.lint.lint_case import Case
from reportgen.deck.lint.lint_finding import LintFinding, LintReport, Severity
from reportgen.deck.lint.rules import all_rules
from reportgen.deck.view.slide_walk import read

__all__ = ["LintFinding", "LintReport", "Severity", "all_rules", "examine", "lint"]


def lint(data: bytes, name: str) -> tuple[LintFinding, ...]:
    """Every fault of a deck. `name` is the file's; FileError for one that cannot be read."""
    return examine(data, name).findings


def examine(data: bytes, name: str) -> LintReport:
    """Every fault of a deck, and what could not be judged."""
    deck = read(data, name)
    case = Case(deck)
    found = [finding for rule in all_rules() for finding in rule.check(case)]
    return LintReport(tuple(sorted(found, key=lambda finding: finding.slide)), deck.unread)

"""The lint of a finished .pptx file: can it be read, from the back of the room and with a screen reader?

for finding in lint_deck(Path("deck.pptx").read_bytes(), "deck.pptx").findings: print(finding.slide, finding.message)

It works on any deck, whoever made or saved it last: the rules see the boxes, sizes and colours that slides inherit from
layouts, masters and the theme, as well as those that the slides set themselves.
"""

from __future__ import annotations

from reportgen.deck.lint.lint_case import LintCase, LintFinding, LintReport, Severity
from reportgen.deck.lint.rules import all_rules
from reportgen.deck.view.deck_view import resolve_deck
from reportgen.deck.view.view_values import Deck

__all__ = ["LintFinding", "LintReport", "Severity", "all_rules", "lint_deck", "lint_resolved_deck"]


def lint_deck(data: bytes, name: str) -> LintReport:
    """Return every fault of a deck, and what could not be judged; `name` is the file's, for messages.

    Raises
    ------
    FileError
        when the file is not a deck, is encrypted or damaged.
    """
    return lint_resolved_deck(resolve_deck(data, name))


def lint_resolved_deck(deck: Deck) -> LintReport:
    case = LintCase(deck)
    found = [finding for rule in all_rules() for finding in rule.find(case)]
    return LintReport(tuple(sorted(found, key=lambda finding: finding.slide)), deck.unjudged)

"""The rules of `check`, one module each, found by walking this package.

A rule is a module with ID, SEVERITY and `check(case)`, which yields its faults. Its docstring is its page in
docs/rules.md: a title, a blank line, the text.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Finding, Severity


class Rule(Struct, frozen=True):
    """A rule with its name, its severity and its page."""

    id: str
    severity: Severity
    page: str
    check: Callable[[Case], Iterator[Fault]]
    reads_english: bool = False
    """True for a rule that looks for English words: it skips a brief in another language."""

    @property
    def title(self) -> str:
        return self.page.strip().split("\n", 1)[0]

    def findings(self, case: Case) -> Iterator[Finding]:
        """Yield the rule's faults under its name."""
        for fault in self.check(case):
            yield Finding(
                self.id,
                fault.severity or self.severity,
                fault.message,
                fault.where,
                fault.hint,
                fault.words,
                fault.path,
                fault.edits,
            )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by id."""
    names = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    rules = (
        Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check, getattr(rule, "READS_ENGLISH", False))
        for rule in map(importlib.import_module, names)
    )
    return tuple(sorted(rules, key=lambda rule: rule.id))

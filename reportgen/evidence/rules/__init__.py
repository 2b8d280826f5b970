"""The lint rules: one file each, found by themselves. A rule's docstring is its page in docs/rules.md."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity


class Rule(Struct, frozen=True):
    """A check that has a name, a weight and a page."""

    id: str
    severity: Severity
    page: str
    check: Callable[[Case], Iterator[Finding]]
    reads_english: bool = False
    """Whether it looks for English words in the brief's texts, and so has nothing to say of one in another language."""

    @property
    def title(self) -> str:
        return self.page.strip().split("\n", 1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name. A module here has ID, SEVERITY, check(case) and a docstring."""
    found = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        rule = importlib.import_module(f"{__name__}.{module.name}")
        found.append(
            Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check, getattr(rule, "READS_ENGLISH", False))
        )
    return tuple(sorted(found, key=lambda rule: rule.id))

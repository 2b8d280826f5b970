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
    """Return every rule, sorted by id. Each module below this folder has ID, SEVERITY, check(case) and a docstring."""
    modules = [module for module in pkgutil.walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    found = [importlib.import_module(module.name) for module in modules]
    rules = (
        Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check, getattr(rule, "READS_ENGLISH", False))
        for rule in found
    )
    return tuple(sorted(rules, key=lambda rule: rule.id))

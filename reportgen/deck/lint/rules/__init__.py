"""The rules of a finished deck: one file each, found by themselves. A rule's docstring is its page in docs/rules.md."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.deck.lint.case import Case
from reportgen.deck.lint.findings import LintFinding, Severity


class Rule(Struct, frozen=True):
    """A check that has a name, a weight and a page. Its page says where a finding weighs less."""

    id: str
    severity: Severity
    page: str
    check: Callable[[Case], Iterator[LintFinding]]

    @property
    def title(self) -> str:
        return self.page.strip().split("\n", 1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name. A module here has ID, SEVERITY, check(case) and a docstring."""
    modules = sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    found = [importlib.import_module(f"{__name__}.{module.name}") for module in modules]
    rules = (Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check) for rule in found)
    return tuple(sorted(rules, key=lambda rule: rule.id))

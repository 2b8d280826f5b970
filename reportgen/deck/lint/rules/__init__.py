"""The rules of a finished deck, one module each, discovered below this folder. A rule's docstring is its page in docs/rules.md."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.deck.lint.lint_case import LintCase
from reportgen.deck.lint.lint_finding import LintFinding, Severity


class Rule(Struct, frozen=True):
    """A check with its name, severity and page. Some findings are less severe, as the page says."""

    id: str
    severity: Severity
    page: str
    check: Callable[[LintCase], Iterator[LintFinding]]

    @property
    def title(self) -> str:
        return self.page.strip().split("\n", 1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by id. Each module below this folder has ID, SEVERITY, check(case) and a docstring."""
    modules = [module for module in pkgutil.walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    found = [importlib.import_module(module.name) for module in modules]
    rules = (Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check) for rule in found)
    return tuple(sorted(rules, key=lambda rule: rule.id))

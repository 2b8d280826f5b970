"""The rules of a finished deck, one module each, discovered below this folder. A rule's docstring is its page in docs/rules.md."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.deck.lint.lint_case import Fault, LintCase, LintFinding, Severity, count


class Rule(Struct, frozen=True):
    """A check with its name, severity and page. Some findings are less severe, as the page says."""

    id: str
    severity: Severity
    page: str
    check: Callable[[LintCase], Iterator[Fault]]

    @property
    def title(self) -> str:
        return self.page.strip().split("\n", 1)[0]

    def find(self, case: LintCase) -> Iterator[LintFinding]:
        """Yield the rule's findings in a deck; of faults with the same key the first, with the number of other slides."""
        groups: dict[object, list[Fault]] = {}
        for number, fault in enumerate(self.check(case)):
            groups.setdefault(fault.key or number, []).append(fault)
        for first, *others in groups.values():
            slides = len({fault.slide.number for fault in others if fault.slide and fault.slide is not first.slide})
            message = first.message + (f", here and on {count(slides, 'more slide')}" if slides else "")
            place = f"{first.shape.label}{first.part}" if first.shape else ""
            number = first.slide.number if first.slide else 0
            yield LintFinding(self.id, first.severity or self.severity, message, number, place, first.hint)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by id. Each module below this folder has ID, SEVERITY, check(case) and a docstring."""
    modules = [module for module in pkgutil.walk_packages(__path__, f"{__name__}.") if not module.ispkg]
    found = [importlib.import_module(module.name) for module in modules]
    rules = (Rule(rule.ID, rule.SEVERITY, rule.__doc__ or "", rule.check) for rule in found)
    return tuple(sorted(rules, key=lambda rule: rule.id))

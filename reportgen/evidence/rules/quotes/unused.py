"""All evidence is used

A fact that is printed nowhere, or a quote that is cited nowhere, is left over, or its citation was forgotten. A quote is
used if a text cites it, if an exhibit lists it or draws from it, or if a fact that is used rests on it. While the brief has gaps,
nothing is reported: what fills them may use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.facts.formula import find_operands
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.input.edits import Remove
from reportgen.input.yamlfile import KeyPath

ID = "unused"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Fault]:
    brief, exhibits = case.brief, case.brief.exhibits.values()
    if brief.gaps:
        return
    facts = _used_facts(case)
    quotes = {quote for fact in facts for quote in brief.fact_quotes(fact)}
    quotes |= {quote for passage in case.passages for quote in brief.citations(passage.raw)}
    quotes |= {quote for exhibit in exhibits for quote in brief.exhibit_quotes(exhibit)}
    sources = {brief.quotes[name].source for name in quotes}
    for name in brief.facts:
        if name not in facts and "." not in name and facts.isdisjoint(brief.values_of(name)):
            hint = f"print it with ${{{name}}}, or delete it"
            yield _fault(case, f'the fact "{name}" is not used', ("facts", name), hint)
    for name in brief.word_quotes:
        if name not in quotes:
            hint = f"cite it with [@{name}], or delete it"
            yield _fault(case, f'the quote "{name}" is not used', ("quotes", name), hint)
    for name in brief.sources:
        if name not in sources:
            yield _fault(case, f'the source "{name}" is not used', ("sources", name), "quote it, or delete it")


def _fault(case: Case, message: str, path: KeyPath, hint: str) -> Fault:
    return case.fault(message, path, hint, edits=(Remove(path),))


def _used_facts(case: Case) -> set[str]:
    """Return the facts that a text prints, an exhibit draws, or a formula of a used fact needs."""
    waiting = [span.id for passage in case.passages if passage.role != "note" for span in passage.facts]
    for exhibit in case.brief.exhibits.values():
        waiting += [quantity.fact for quantity in exhibit.quantities if quantity.fact]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += find_operands(case.brief.facts[name].formula or "")
            waiting += case.brief.values_of(name)
    return used

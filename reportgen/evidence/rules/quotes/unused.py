"""Evidence is used

A quote that nothing cites and a fact that nothing prints are left over, or a citation was forgotten. A quote is used
when a text cites it, an exhibit lists it or draws from it, or a fact that is used rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.formula import operands
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity
from reportgen.evidence.passages import references

ID = "unused"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Finding]:
    facts = _used_facts(case)
    quotes = {quote for fact in facts for quote in case.brief.fact_quotes(fact)}
    quotes |= {quote for passage in case.passages for quote in case.brief.citations(passage.raw)}
    quotes |= {quote for exhibit in case.brief.exhibits.values() for quote in case.brief.exhibit_quotes(exhibit)}
    for name in case.brief.facts:
        if name not in facts:
            yield case.at(
                ID,
                SEVERITY,
                f'the fact "{name}" is printed nowhere',
                ("facts", name),
                f"print it with ${{{name}}}, or delete it",
            )
    for name in case.brief.quotes:
        if name not in quotes:
            yield case.at(
                ID,
                SEVERITY,
                f'the quote "{name}" is cited nowhere',
                ("quotes", name),
                f"cite it with [@{name}], or delete it",
            )
    used = {case.brief.quotes[name].source for name in quotes}
    for name in case.brief.sources:
        if name not in used:
            yield case.at(
                ID, SEVERITY, f'nothing rests on the source "{name}"', ("sources", name), "quote it, or delete it"
            )


def _used_facts(case: Case) -> set[str]:
    used = {fact for passage in case.passages if passage.role != "note" for fact in references(passage)}
    used |= {
        quantity.fact for exhibit in case.brief.exhibits.values() for quantity in exhibit.quantities() if quantity.fact
    }
    for name in list(used):
        used |= _below(case, name)
    return used


def _below(case: Case, name: str) -> set[str]:
    found: set[str] = set()
    for operand in operands(case.brief.facts[name].formula or ""):
        found |= {operand} | _below(case, operand)
    return found

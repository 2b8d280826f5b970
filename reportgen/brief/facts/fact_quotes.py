"""The quotes that facts rest on, those of their formulas' facts included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.brief.facts.fact_models import Fact
from reportgen.brief.facts.formula import find_operands


def collect_fact_quotes(facts: Mapping[str, Fact], values: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the quotes of each fact; `values` has the ids of the values of a fact on which sources differ."""
    found: dict[str, tuple[str, ...]] = {}

    def collect(name: str) -> tuple[str, ...]:
        if name not in found:
            fact = facts[name]
            others = (*find_operands(fact.formula or ""), *values.get(name, ()))
            inherited = [quote for other in others for quote in collect(other)]
            found[name] = tuple(dict.fromkeys([*fact.quote, *inherited]))
        return found[name]

    return {name: collect(name) for name in facts}


def find_owners(fact: Fact) -> tuple[str, ...]:
    """Return those to whom a fact and its values are attributed."""
    return tuple(name for name in (fact.attributed_to, *(each.attributed_to for each in fact.values)) if name)

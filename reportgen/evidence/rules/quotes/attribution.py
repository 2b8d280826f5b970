"""Whose number it is stands in the source

`attributed_to` must be named in the paragraph of the fact's quote. Without the source's text, evidence.lock remembers
that it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.bare_words import digest, names
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Severity

ID = "attribution"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Finding]:
    for name, fact in case.brief.facts.items():
        if not fact.attributed_to or any(
            _names(case.words[quote], fact.attributed_to) for quote in case.brief.fact_quotes(name)
        ):
            continue
        path = ("facts", name, "attributed_to")
        texts = list(_paragraphs(case, name))
        if texts:
            if not any(_names(text, fact.attributed_to) for text in texts):
                yield case.at(
                    ID,
                    SEVERITY,
                    f'the source does not name {fact.attributed_to} where it has the fact "{name}"',
                    path,
                    "write the name as the source does",
                )
        elif not case.lock or case.lock.names.get(name) != digest(fact.attributed_to):
            yield case.at(
                ID,
                SEVERITY,
                f'that the fact "{name}" comes from {fact.attributed_to} was never verified',
                path,
                "verify it: check --source FILE",
            )


def _names(text: str, name: str) -> bool:
    return names(text, name.removeprefix("the "))


def _paragraphs(case: Case, fact: str) -> Iterator[str]:
    """The source's paragraphs in which the fact's quotes stand."""
    for quote in case.brief.fact_quotes(fact):
        model = case.brief.quotes[quote]
        searchable = case.searchable.get(model.source)
        found = searchable.find(model.text, model.paragraph) if searchable else None
        if searchable and found:
            yield from (paragraph.text for paragraph in searchable.paragraphs if paragraph.number == found.paragraph)

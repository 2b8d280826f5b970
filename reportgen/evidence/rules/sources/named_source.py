"""A sentence names the source that it cites

"CBO estimates", "according to the 2018 report", "Report A counts": what a sentence says by the authority of one source of the brief, or of one
speaker, must not rest on another. The cited words may themselves report the source that the sentence names ("according to CBO"), and so may
their paragraph, or `attributed_to` of the fact. Without the source's text, which may do so, the finding is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "named-source"
SEVERITY: Severity = "error"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    brief = case.brief
    owners = {fact.attributed_to for fact in brief.facts.values() if fact.attributed_to}
    if len(brief.sources) > 1 or len(owners) > 1:
        from reportgen.evidence.several.attributions import find_misnamed  # not for a brief of one source

        yield from find_misnamed(case)

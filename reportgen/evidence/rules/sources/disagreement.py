"""Sources that disagree are both heard

Two quotes of one fact must not give two numbers for it. Where quotes of two sources give different numbers for the same thing, and
the brief prints only one of them, the rule warns: print both, as a fact with `values`, or say in the text how they differ. Numbers
that another year, place, part or condition tells apart are not compared, and neither are those that rounding or a bound explains.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "disagreement"
SEVERITY: Severity = "warning"
READS_ENGLISH = True


def check(case: Case) -> Iterator[Fault]:
    has_several = any(len(fact.quote) > 1 for fact in case.brief.facts.values())
    if len(case.brief.sources) > 1 or has_several:
        from reportgen.evidence.several.rivals import find_disagreements  # not for a brief of one source

        yield from find_disagreements(case)

"""A status is true

A paper that is `for clearance` names its offices in `clearance`. One that is `cleared` or `final` has an answer of each of them, for the
words that it has now, and one that is `final` has no gap (`TODO: …`). No document of a brief is built against this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "status"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    if not case.brief.status:
        return
    from reportgen.clearances.status_faults import find_status_faults  # few briefs have one

    for found in find_status_faults(case.brief):
        yield Fault(found.message, found.where, found.hint, path=("status",))

"""No gap is left

`TODO: …` marks what nobody has written yet, such as the title of an exhibit in a draft. Each gap is reported once.
No rule judges what rests on a gap.
`build` makes no documents of a brief with gaps; `build --draft` prints them where they stand, and warns of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "gap"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    for gap in case.brief.gaps:
        if case.brief.is_draft:
            yield case.fault(gap.message, gap.path, severity="warning")
        else:
            yield case.fault(gap.message, gap.path, "write it; build --draft prints all gaps as they are")

"""An answer holds for the words that were cleared

`reportgen clear OFFICE` keeps a hash of what the documents print, part by part. When a recommendation, a point, the bottom line or
another part changes after that, the office cleared other words: ask it again. An answer `ok` that was typed by hand has
no hash and is tied to no words.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "clearance"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Fault]:
    brief = case.brief
    if not brief.clearances:
        return
    from reportgen.clearances.clearance_review import review_offices  # few briefs have any
    from reportgen.clearances.clearance_wording import describe_standing

    for each in review_offices(brief):
        if each.standing in ("changed", "untied"):
            message = f"{each.office}: {describe_standing(brief, each)}"
            yield case.fault(message, (*each.path, "answer"), f'ask again, then run: reportgen clear "{each.office}"')
        record, status = each.record, brief.status
        if record and record.draft and status and status.number and record.draft > status.number:
            message = f"{each.office} cleared draft {record.draft}, and the brief is draft {status.number}"
            yield case.fault(message, ("status",), "correct the number of the draft")

"""The reasons that keep a paper from the status that it claims: open clearances, gaps, and times that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.system.errors import BriefError, Diagnostic

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.clearances.clearance_review import OfficeReview


def find_status_faults(brief: Brief) -> Iterator[Diagnostic]:
    """Yield what keeps a brief from its status, each with its place."""
    status = brief.status
    if status is None or status.state == "draft":
        return
    from reportgen.clearances.clearance_review import review_offices  # few briefs have such a status

    where, state = brief.where("status"), status.state
    reviews = review_offices(brief)
    if not reviews and state != "final":
        hint = "name the offices: clearance: [State, Defense]"
        yield Diagnostic(f"the status is “{state}”, and no office clears the brief", where, hint)
    if state == "for clearance":
        if reviews and not any(each.is_open for each in reviews):
            message = "the status is “for clearance”, and every office has answered"
            yield Diagnostic(message, where, "write status: cleared")
        return
    for each in reviews:
        if each.is_open:
            yield _report_open(brief, each, state)
        elif each.record and each.record.date and status.at and each.record.date > status.at.day:
            message = f"{each.office} answered on {each.record.date}, after the paper was {state} on {status.at.day}"
            yield Diagnostic(message, brief.where(*each.path, "date"), "correct one of the two")
    if state == "final":
        for gap in brief.gaps:
            yield Diagnostic(
                f"the status is “final”, and {gap.message}", gap.where, "write it, or go back to status: draft"
            )


def _report_open(brief: Brief, review: OfficeReview, state: str) -> Diagnostic:
    from reportgen.clearances.clearance_wording import describe_standing

    command = f'reportgen clear "{review.office}"' if " " in review.office else f"reportgen clear {review.office}"
    message = (
        f"the status is “{state}”, and the clearance of {review.office} is open: {describe_standing(brief, review)}"
    )
    hint = f"record the answer with {command}, or write status: for clearance"
    return Diagnostic(message, brief.where(*review.path), hint)


def refuse_status(brief: Brief) -> None:
    """Raise BriefError with all that keeps a brief from its status."""
    if brief.status and (faults := list(find_status_faults(brief))):
        raise BriefError(faults)

"""The memo's last page: who drafted, approved and cleared it. It is detached before the principal gets the memo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from reportgen.clearances.clearance_review import OfficeReview, review_offices
from reportgen.clearances.clearance_wording import describe_standing
from reportgen.text.numbers import format_short_date
from reportgen.text.trace import trace

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.memo.profiles import Profile
    from reportgen.text.languages.label_fields import Labels


class OfficeRow(Struct, frozen=True):
    """An office on the page, "" for what is not known: it is ruled, to be written by hand. `holds` says for which words it answered."""

    template_names: ClassVar[tuple[str, ...]] = ("office", "name", "answer", "holds", "comments", "date")

    office: str
    name: str = ""
    answer: str = ""
    holds: str = ""
    comments: str = ""
    date: str = ""


class LastPage(Struct, frozen=True):
    """Everything on the page, each name on a line."""

    template_names: ClassVar[tuple[str, ...]] = ("drafted", "approved", "offices")

    drafted: Sequence[str]
    approved: Sequence[str]
    offices: Sequence[OfficeRow]


def build_last_page(brief: Brief, profile: Profile, labels: Labels) -> LastPage | None:
    """Return the page; None for the principal's copy, and where the brief has nothing for it.

    Offices that have only been named are no record yet: a form that asks for a decision has a line for each to sign on.
    """
    if profile.copy or not (brief.drafted_by or brief.approved_by or brief.clearances or brief.clearance):
        return None
    if not (profile.acts or brief.drafted_by or brief.approved_by or brief.clearances):
        return None
    rows = [_build_row(brief, each, labels) for each in review_offices(brief)]
    return LastPage(_trace_names(brief, "drafted_by"), _trace_names(brief, "approved_by"), rows)


def _trace_names(brief: Brief, key: str) -> list[str]:
    names: Sequence[str] = getattr(brief, key) or ()
    return [trace(name, f"{key}[{index}]") for index, name in enumerate(names)]


def _build_row(brief: Brief, review: OfficeReview, labels: Labels) -> OfficeRow:
    record, key = review.record, review.key
    if record is None:
        return OfficeRow(trace(review.office, key))
    holds = describe_standing(brief, review, brief.writing) if review.standing in ("cleared", "changed") else ""
    if holds == labels.clearances.cleared:
        holds = ""  # the answer says so
    return OfficeRow(
        trace(record.office, f"{key}.office"),
        trace(record.name or "", f"{key}.name"),
        trace(labels.clearances.answers[record.answer], f"{key}.answer") if record.answer else "",
        trace(holds, f"{key}.words"),
        trace(record.comments or "", f"{key}.comments"),
        trace(format_short_date(record.date, None, brief.writing), f"{key}.date") if record.date else "",
    )

"""The permission to mail a marked brief: to whom, and from when on. Its drafts are made in any case."""

from __future__ import annotations

from datetime import datetime

from reportgen.brief import Brief
from reportgen.brief.marking import Marking
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.system.errors import BriefError, Location


def require_recipients(brief: Brief, where: Location) -> None:
    """Raise BriefError for a brief whose marking limits who may have it, and does not say who that is."""
    marking = brief.marking
    if marking and marking.is_limited and not marking.recipients:
        raise BriefError(
            f'a brief marked "{marking}" is not mailed until it says which addresses may have it',
            where,
            "name their domains: marking: {recipients: [state.gov, mil], …}; without --send, only drafts are made",
        )


def refusal_reason(row: Recipient, marking: Marking | None, now: datetime) -> str | None:
    """Return why a recipient may not be sent their copy; None where they may."""
    if row.expires and row.expires < now.date():
        return f"expired on {row.expires}"
    if marking is None:
        return None
    if not marking.allows(row.email):
        return f"{row.email} is in none of the domains that the marking allows: {', '.join(marking.recipients or ())}"
    if marking.embargo_end and now < marking.embargo_end and not row.before_embargo:
        ends = marking.embargo_end.isoformat(sep=" ", timespec="minutes")
        return f"embargoed until {ends}, and the row does not say before_embargo: yes"
    return None

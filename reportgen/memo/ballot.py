"""Write what the boxes of a memo stand for into a file that the memo carries: it ties a returned form to the words that were decided on.

A form that comes back is read by the names of its fields, which are made here, and by this file, never by the words on its pages.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct, convert, to_builtins

from reportgen.brief.marks import Marks

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.memo.profiles import Profile

BALLOT = "decision.json"
CHOICES = ("approved", "approved as amended", "disapproved", "to be discussed")
"""What the boxes of a recommendation stand for, in the order of their labels."""
OPTION, RECOMMENDATION = "decision", "recommendation-{number}"
INITIALS, DATE = "{group}-initials", "{group}-date"
COMMENTS, SIGNATURE, SIGNED = "comments", "signature", "signed-date"
"""The names of the groups of boxes and of the text fields, as the templates have them."""


class BallotItem(Struct, frozen=True, omit_defaults=True):
    """A recommendation on a form: the act, who acts and by when."""

    title: str
    act: str
    lead: tuple[str, ...] = ()
    deadline: str = ""
    deadline_note: str = ""


class BallotOption(Struct, frozen=True, omit_defaults=True):
    title: str
    recommended: bool = False


class Ballot(Struct, frozen=True, omit_defaults=True):
    """Everything that a form asks."""

    form: str
    slug: str
    title: str
    date: str
    decider: str
    language: str
    recommendations: tuple[BallotItem, ...] = ()
    options: tuple[BallotOption, ...] = ()
    marks: Marks = Marks()


def build_ballot(brief: Brief, form: str) -> Ballot:
    """Return what a memo of this form asks its decider."""
    return Ballot(
        form,
        brief.slug,
        brief.plain(brief.subject or brief.title),
        brief.date.isoformat(),
        brief.decider or "",
        brief.writing,
        tuple(
            BallotItem(
                brief.plain(item.title),
                brief.plain(item.act or ""),
                tuple(item.lead),
                item.deadline.isoformat() if item.deadline else "",
                brief.plain(item.deadline_note or ""),
            )
            for item in brief.recommendations
        ),
        tuple(BallotOption(brief.plain(option.title), option.recommended) for option in brief.options)
        if form == "decision"
        else (),
        brief.marks.marking,
    )


def format_ballot(brief: Brief, profile: Profile) -> bytes:
    """Return the file."""
    content = to_builtins(build_ballot(brief, profile.name))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def parse_ballot(data: bytes) -> Ballot | None:
    """Return what the file says; None where it is none of ours."""
    try:
        content: Any = json.loads(data)
        return convert(content, Ballot)
    except ValueError:
        return None

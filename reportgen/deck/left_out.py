"""The rules by which the deck leaves texts of the brief out; they change nothing in what it shows."""

from __future__ import annotations

from reportgen.brief.omissions import Omission

LEFT_OUT = (
    Omission(
        (
            "to",
            "from",
            "through",
            "cc",
            "reference",
            "reply_by",
            "tracking",
            "subject",
            "clearance",
            "clearances",
            "drafted_by",
            "approved_by",
            "decider",
        ),
        "the head and the clearance of a memo",
        elsewhere=True,
    ),
    Omission(("attachments",), "go with the memo", elsewhere=True),
    Omission(("purpose",), "the memo of the form `decision` prints it", other_form=True),
    Omission(("participants", "objective", "watch_out"), "the memo of the form `meeting` prints them", other_form=True),
    Omission(
        (
            "recommendations[].act",
            "recommendations[].supports[]",
            "recommendations[].objection",
            "options[].supports[]",
        ),
        "for the decider’s form: the memos `action` and `decision` print them",
        other_form=True,
    ),
    Omission(("exhibits.*.alt",), "tables of slides have it as their description"),
)

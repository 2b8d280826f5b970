"""Attachments can be attached

A file of `attachments` lies in the brief's folder, is no larger than 20 MB, and can be opened by whoever gets the memo: no file with a
password, no program, no document with macros. No memo is made against this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.system.errors import BriefError

ID = "attachment"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    if not case.brief.attachments:
        return
    from reportgen.brief.enclosing.enclosed_files import read_enclosed  # few briefs have any

    try:
        read_enclosed(case.brief)
    except BriefError as error:
        for found in error.diagnostics:
            yield Fault(found.message, found.where, found.hint, path=("attachments",))

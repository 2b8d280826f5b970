"""A memo is addressed to its decider

A memo in the profile `action` or `decision` asks its `decider` for a decision, so `to` should name the decider. One of the
two may say more than the other ("Secretary of State", "Jane Doe, Secretary of State").
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.addressees import find_missing_decider
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "addressee"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Fault]:
    if found := find_missing_decider(case.brief, case.profile):
        yield case.fault(found.message, ("decider",), found.hint)

"""Alterations of a finished memo, one kind each, from what PDF editors, converters and attackers do.

Whatever changes what a reader understands, sees or may do must be an error; what only concerns the file itself, none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.attack.families._memo import charts, files, harmless, places, sight, tags, words  # noqa: F401  # they register
from tests.attack.families._memo.alterations import ALTERATIONS
from tests.attack.outcome import Outcome
from tests.conftest import BUNDLED

TITLE = "memo edits"
SAMPLE = 8
HARMLESS = "harmless"
"""The verdict wanted where nothing that is read, seen or done has changed: no error."""
FULL = len(ALTERATIONS)


@cache
def _bundled() -> tuple[Any, bytes]:
    from reportgen.brief import load_brief
    from reportgen.pipeline.kinds import KINDS

    brief = load_brief(BUNDLED)
    return brief, KINDS["memo"].render(brief)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    from reportgen.audit import audit

    brief, memo = _bundled()
    names = list(ALTERATIONS)
    if count < len(names):
        names = random.Random(seed).sample(names, count)
    for name in names:
        change, is_harmless = ALTERATIONS[name]
        report = audit(brief, change(memo), "memo.pdf")
        severities = {finding.severity for finding in report.findings}
        verdict = next((each for each in ("error", "warning", "note") if each in severities), "silent")
        verdict = "unread" if verdict == "silent" and report.unread else verdict
        failed = verdict in ("error", "warning") if is_harmless else verdict != "error"
        yield Outcome(name, f"{HARMLESS}, {verdict}" if is_harmless else verdict, failed, _details(report))


def _details(report: Any) -> str:
    return "; ".join([*(finding.message for finding in report.findings[:3]), *report.unread[:2]])

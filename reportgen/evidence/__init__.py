"""A brief against its sources: quotes, facts, rules and the lock.

report = check(load_brief("brief.yaml"), {"stangarone": Path("article.txt")})
for finding in report.findings: print(finding.diagnostic)
if report.lock: write(brief.folder / LOCK_NAME, report.lock)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.evidence.evidence_lock import NAME as LOCK_NAME
from reportgen.evidence.findings import Finding, Report, Silenced, Verified
from reportgen.system.errors import UsageError

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

__all__ = ["LOCK_NAME", "Finding", "Report", "Silenced", "Verified", "assign_sources", "check"]


def check(brief: Brief, source_texts: Mapping[str, Path] | None = None, today: date | None = None) -> Report:
    """Judge a brief by its evidence: the texts that are named or lie beside it, else the lock beside it.

    `Report.lock` holds the new lock's bytes if every quote was found and nothing else is wrong, and it says anything new.
    Raises FileError for a text or a lock that cannot be read, UsageError for a source that the brief does not have.
    """
    from reportgen.evidence import checking, evidence_lock

    return checking.check(brief, source_texts, evidence_lock.load(brief.folder), today)


def assign_sources(brief: Brief, given: Sequence[str]) -> dict[str, Path]:
    """What `--source` names, by source: "FILE" where the brief has one source, "ID=FILE" where it has more."""
    texts: dict[str, Path] = {}
    for item in given:
        name, equals, file = item.partition("=")
        if equals and name in brief.sources:
            texts[name] = Path(file)
        elif len(brief.sources) == 1:
            texts[next(iter(brief.sources))] = Path(item)
        else:
            known = ", ".join(brief.sources)
            raise UsageError(
                f"which source is {item}?",
                hint=f"the brief has {known}: write --source {next(iter(brief.sources))}={item}",
            )
    return texts

"""A brief's evidence: the texts of its sources, the quotes found in them, the rules, and the lock.

report = check(load_brief("brief.yaml"), {"stangarone": Path("article.txt")})
for finding in report.findings:
    print(finding.diagnostic)
if report.lock:
    write(brief.folder / LOCK_NAME, report.lock)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.evidence.evidence_lock import LOCK_NAME, load_lock
from reportgen.evidence.findings import Finding, Report, Silenced, Verified
from reportgen.system.errors import UsageError

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

__all__ = ["LOCK_NAME", "Finding", "Report", "Silenced", "Verified", "assign_sources", "check"]


def check(
    brief: Brief,
    source_texts: Mapping[str, Path] | None = None,
    today: date | None = None,
    profile: str | None = None,
    accept_data: bool = False,
    unprinted: tuple[str, ...] = (),
) -> Report:
    """Check a brief against its sources' texts, or against the lock beside it where a text is not here.

    Parameters
    ----------
    brief
        A brief that `load_brief` read.
    source_texts
        The sources' files by source id. A source's own `file` is read where it lies beside the brief.
    today
        The day that a new lock records; the current day by default.
    profile
        The memo's profile; the brief's own by default.
    accept_data
        Whether cells of data files that have changed since they were locked are accepted.
    unprinted
        The paths of texts that no document prints, as `pipeline.printing.find_unprinted` finds them.

    Returns
    -------
    Report
        The findings in the order of the file. `lock` holds the new lock if every quote was found, nothing else is
        wrong, and the lock beside the brief says anything else.

    Raises
    ------
    FileError
        When a text or the lock cannot be read.
    UsageError
        When `source_texts` names a source that the brief does not have.
    """
    from reportgen.evidence import checking

    lock, day = load_lock(brief.folder), today or date.today()
    return checking.check(brief, source_texts or {}, lock, day, profile, accept_data, unprinted)


def assign_sources(brief: Brief, values: Sequence[str]) -> dict[str, Path]:
    """Return the files of `--source` by source id: FILE where the brief has one source, ID=FILE where it has more."""
    texts: dict[str, Path] = {}
    first = next(iter(brief.sources))
    for value in values:
        name, equals, file = value.partition("=")
        if equals and name in brief.sources:
            texts[name] = Path(file)
        elif len(brief.sources) == 1:
            texts[first] = Path(value)
        else:
            raise UsageError(
                f"which source is {value}?",
                hint=f"the brief has {', '.join(brief.sources)}: write --source {first}={value}",
            )
    return texts

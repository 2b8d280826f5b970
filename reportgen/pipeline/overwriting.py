"""Finished files that somebody has changed since we wrote them: no run replaces them unless it is asked to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.system.errors import Diagnostic, FileError, Location, ReportgenError
from reportgen.system.files import read_file
from reportgen.system.seals import is_sealed

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

MOST_SHOWN = 12
"""Changes of a file that are shown; `audit` shows all."""


def refuse_overwriting(outputs: Iterable[Path], brief: Brief, theme: Path | None = None) -> None:
    """Raise FileError when an output exists and is not, byte for byte, as a run of ours wrote it.

    Its diagnostics show the changes that `audit` would find, errors first. An empty file, a device or a pipe
    may be written; a link counts as the file that it leads to.
    """
    diagnostics = [each for output in outputs for each in _describe_changes(output, brief, theme)]
    if diagnostics:
        raise FileError(diagnostics)


def _describe_changes(output: Path, brief: Brief, theme: Path | None) -> list[Diagnostic]:
    if not output.is_file() or not output.stat().st_size:
        return []
    data = read_file(output)
    if is_sealed(data):
        return []
    message = "the file was changed after it was built, or is no file of ours; it is not replaced"
    hint = "save it under another name, take its changes over into the brief, or replace it with --overwrite"
    return [Diagnostic(message, Location(str(output)), hint), *_audit(output, data, brief, theme)]


def _audit(output: Path, data: bytes, brief: Brief, theme: Path | None) -> list[Diagnostic]:
    """Return what an audit finds in a changed file, as notes; nothing of a file that it cannot read."""
    from reportgen.audit import audit
    from reportgen.system.limited_process import run_limited

    try:
        report = run_limited(partial(audit, theme=theme), brief, data, str(output), file=str(output), fork=True)
    except ReportgenError as error:
        return [each._replace(severity="note") for each in error.diagnostics]
    found = sorted((finding.diagnostic for finding in report.findings), key=lambda each: each.severity != "error")
    notes = [each._replace(severity="note") for each in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        message = f"{len(found) - MOST_SHOWN} more changes are not shown"
        notes.append(Diagnostic(message, Location(str(output)), "list all with: reportgen audit BRIEF FILE", "note"))
    return notes

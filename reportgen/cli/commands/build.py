"""`reportgen build`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import brief_path, command, draws, quiet, timed, workshop_for
from reportgen.cli.terminal import Progress, print_findings, tell_any
from reportgen.system.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from reportgen.pipeline.documents import Built


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "build", run, "make memo and deck of one or more briefs")
    parser.add_argument("briefs", metavar="BRIEF", nargs="*", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument("--output-dir", metavar="DIR", type=Path, default=None, help="where files go (default: build)")
    parser.add_argument("--no-check", action="store_true", help="build without check and audit, and say so")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="how many briefs at a time (default: 1)")
    draws(parser)
    timed(parser)
    quiet(parser)


def run(parsed: argparse.Namespace) -> int:
    progress = Progress(parsed.quiet, parsed.timings)
    from reportgen.pipeline.kinds import OUTPUT_DIR

    if parsed.jobs < 1:
        raise UsageError(f"--jobs {parsed.jobs}: at least one worker is needed")
    briefs = parsed.briefs or [brief_path(None, progress)]
    worst, failed = ExitCode.OK, []
    with progress:
        workshop = workshop_for(parsed, parsed.jobs > 1)
        from reportgen.pipeline.batch import batch  # after processes are forked, so that all import at a time

        for outcome in batch(
            briefs, parsed.output_dir or OUTPUT_DIR, not parsed.no_check, parsed.jobs, workshop, progress.stage
        ):
            progress.clear()
            if outcome.built:
                _tell(outcome.brief, outcome.built, progress)
            elif outcome.error:
                failed.append(outcome.brief)
                worst = max(worst, ExitCode(tell_any(outcome.error)))
    if len(briefs) > 1:
        progress.note(_summary(len(briefs), failed))
    return worst


def _tell(brief: Path, built: Built, progress: Progress) -> None:
    if built.check is None:
        progress.note(f"{brief}: neither the evidence nor the files were checked")
    else:
        print_findings(built.check.findings)
    for report in built.audits:
        print_findings(report.findings)
    for file in built.files:
        progress.result(file.path, file.size)


def _summary(count: int, failed: list[Path]) -> str:
    """All of them in a line, and those that failed by name."""
    if not failed:
        return f"{count} briefs built"
    return f"{count - len(failed)} of {count} briefs built; failed: {', '.join(map(str, failed))}"

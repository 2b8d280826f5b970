"""`reportgen build`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.commands.options import brief_path, command, quiet
from reportgen.errors import ExitCode, ReportgenError
from reportgen.terminal import Progress, print_findings, tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "build", run, "make memo and deck of one or more briefs")
    parser.add_argument("briefs", metavar="BRIEF", nargs="*", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument("--output-dir", metavar="DIR", type=Path, default=None, help="where files go (default: build)")
    parser.add_argument("--no-check", action="store_true", help="build without check and audit, and say so")
    quiet(parser)


def run(parsed: argparse.Namespace) -> int:
    from reportgen.build import build
    from reportgen.kinds import OUTPUT_DIR

    progress = Progress(parsed.quiet)
    worst = ExitCode.OK
    for path in parsed.briefs or [brief_path(None, progress)]:
        try:
            with progress:
                built = build(path, parsed.output_dir or OUTPUT_DIR, not parsed.no_check, progress.stage)
        except ReportgenError as error:
            worst = max(worst, ExitCode(tell(error)))
            continue
        if built.check is None:
            progress.note(f"{path}: neither the evidence nor the files were checked")
        else:
            print_findings(built.check.findings)
        for report in built.audits:
            print_findings(report.findings)
        for file in built.files:
            progress.result(file.path, file.size)
    return worst

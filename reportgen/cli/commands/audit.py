"""`reportgen audit`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.cli.options import command, quiet
from reportgen.cli.terminal import Progress, print_findings, print_json
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "audit", run, "hold finished files, edited ones too, against their brief")
    parser.add_argument("brief", metavar="BRIEF", type=Path, help="the brief that the files were made from")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a memo (.pdf) or a deck (.pptx)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    parser.epilog = "Exit code 4 when a file says anything that its brief does not."
    quiet(parser)


def run(parsed: argparse.Namespace) -> int:
    from reportgen.audit import audit, differences
    from reportgen.brief import load_brief
    from reportgen.system.files import read_file

    progress = Progress(parsed.quiet)
    reports = []
    with progress:
        progress.stage(f"reading {parsed.brief}")
        brief = load_brief(parsed.brief)
        for file in parsed.files:
            progress.stage(f"reading {file}")
            reports.append(audit(brief, read_file(file), str(file)))
    disagreements = differences(reports)
    if parsed.format == "json":
        print_json(
            {
                "files": [report.as_dict() for report in reports],
                "differences": [each.as_dict() for each in disagreements],
            }
        )
    else:
        for report in reports:
            print_findings(report.findings)
            for unread in report.unread:
                print(f"{report.file}: not read: {unread}", file=sys.stderr)
            progress.line(report.summary())
        for each in disagreements:
            print(f"memo and deck differ: {each}", file=sys.stderr)
    return ExitCode.OK if all(report.passed for report in reports) else ExitCode.EVIDENCE

"""`reportgen check`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.cli.options import brief_path, command, quiet, timed
from reportgen.cli.terminal import Progress, print_findings, print_json
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "check", run, "check a brief against its sources and the rules of docs/rules.md")
    parser.add_argument("brief", metavar="BRIEF", nargs="?", type=Path, help="the brief (default: ./brief.yaml)")
    parser.add_argument(
        "--source", metavar="FILE", action="append", default=[],
        help="the source's text (txt, md, html, pdf, docx); ID=FILE where the brief has several sources",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    parser.epilog = (
        "When every quote is found, evidence.lock is written beside the brief: from then on the brief is checked"
        " without the text. Exit code 4 when the evidence does not carry the brief."
    )
    timed(parser)
    quiet(parser)


def run(parsed: argparse.Namespace) -> int:
    progress = Progress(parsed.quiet, parsed.timings)
    from reportgen import evidence
    from reportgen.brief import load_brief
    from reportgen.system.files import write_file

    path = brief_path(parsed.brief, progress)
    with progress:
        progress.stage(f"reading {path}")
        brief = load_brief(path)
        progress.stage("checking the evidence")
        report = evidence.check(brief, evidence.assign_sources(brief, parsed.source))
    if report.lock:
        write_file(brief.folder / evidence.LOCK_NAME, report.lock)
        progress.note(f"wrote {brief.folder / evidence.LOCK_NAME}")
    if parsed.format == "json":
        print_json(report.as_dict())
    else:
        print_findings(report.findings)
        for silenced in report.silenced:
            progress.note(f"{silenced.finding.where}: silenced [{silenced.finding.rule}]: {silenced.reason}")
        for note in report.notes:
            print(note, file=sys.stderr)
        progress.line(report.summary())
    return ExitCode.OK if report.passed else ExitCode.EVIDENCE

"""`reportgen audit`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal, print_findings, print_json
from reportgen.system.errors import ExitCode
from reportgen.system.progress import Stage, report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "audit", run, "compare finished files, edited ones too, with their brief")
    parser.add_argument("brief", metavar="BRIEF", type=Path, help="the brief that the files were built from")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a memo (.pdf, .docx) or a deck (.pptx)")
    parser.add_argument(
        "--tolerate",
        choices=("words",),
        help="make warnings of changed words, if they are no number, quotation, hedge, negation or bound",
    )
    parser.add_argument(
        "--draw", action="store_true", help="also compare drawn pages; needs pdftoppm, and LibreOffice for decks"
    )
    parser.add_argument(
        "--theme",
        metavar="FILE",
        type=Path,
        help="the theme that the deck was built with, if the brief's brand names no other",
    )
    add_options(parser, "format")
    parser.epilog = "Exit code 4 when a file says anything that its brief does not, or hides what it says; 0 when only its looks differ."
    add_options(parser, "quiet")


def run(parsed: argparse.Namespace) -> int:
    from functools import partial

    from reportgen.audit import audit, differences
    from reportgen.brief import load_brief
    from reportgen.system.files import read_file
    from reportgen.system.limited_process import run_limited

    terminal, compare = Terminal(parsed.quiet), partial(audit, tolerate=parsed.tolerate, theme=parsed.theme)
    reports = []
    with terminal.showing():
        report(Stage.READING, str(parsed.brief))
        brief = load_brief(parsed.brief)
        for file in parsed.files:
            report(Stage.READING, str(file))
            data = read_file(file)
            result = run_limited(compare, brief, data, str(file), file=str(file), fork=True)
            if parsed.draw:
                from reportgen.audit.drawn import compare_drawings

                result = compare_drawings(brief, data, result, parsed.theme)
            reports.append(result)
    found = differences(reports)
    if parsed.format == "json":
        print_json({"files": [each.as_dict() for each in reports], "differences": [each.as_dict() for each in found]})
    else:
        for each in reports:
            print_findings(each.findings)
            for unread in each.unread:
                print(f"{each.file}: not read: {unread}", file=sys.stderr)
            terminal.line(each.summary())
        for difference in found:
            print(f"memo and deck differ: {difference}", file=sys.stderr)
    return ExitCode.OK if all(each.passed for each in reports) else ExitCode.EVIDENCE

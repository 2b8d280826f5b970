"""`reportgen check`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, find_brief
from reportgen.cli.terminal import Terminal, print_findings, print_json
from reportgen.system.errors import ExitCode
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.brief.model import Brief
    from reportgen.evidence import Report
    from reportgen.system.errors import Diagnostic


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "check", run, "check a brief against its sources and the rules of docs/rules.md")
    add_options(parser, "brief")
    parser.add_argument(
        "--source", metavar="FILE", action="append", default=[],
        help="the source's text (txt, md, html, pdf, docx); ID=FILE where the brief has several sources",
    )  # fmt: skip
    parser.add_argument(
        "--accept-data", action="store_true", help="accept cells of data files that changed since the last check"
    )
    parser.add_argument(
        "--fix", action="store_true",
        help="write what the findings know into the brief (places of quotes, entries that nothing uses) and change nothing else",
    )  # fmt: skip
    add_options(parser, "format")
    parser.epilog = (
        "When every quote is found, evidence.lock is written beside the brief: from then on the brief is checked"
        " without the text. Exit code 4 when the evidence does not support the brief."
    )
    add_options(parser, "timings", "quiet")


def _fix(parsed: argparse.Namespace, path: Path) -> tuple[Report, list[str]]:
    """Write the brief with its changes, and its lock; return the report on the new brief, and the changes."""
    from reportgen import evidence
    from reportgen.evidence.fixing import fix_brief
    from reportgen.system.files import write_files

    def check(brief: Brief) -> Report:
        sources = evidence.assign_sources(brief, parsed.source)
        return evidence.check(brief, sources, accept_data=parsed.accept_data)

    fixed = fix_brief(path, check)
    files = {path: fixed.data, fixed.brief.folder / evidence.LOCK_NAME: fixed.report.lock}
    write_files({file: data for file, data in files.items() if data})
    return fixed.report, [f"{change.where}: {change.what}" for change in fixed.changes]


def _list_house_warnings(brief: Brief) -> Sequence[Diagnostic]:
    """Return what of the house's brand file has no effect. Without such a file, nothing is imported for it."""
    if not (brief.folder / "_brand.yml").is_file():
        return ()
    from reportgen.brand import find_warnings

    return find_warnings(brief.folder)


def run(parsed: argparse.Namespace) -> int:
    terminal = Terminal(parsed.quiet, parsed.timings)
    from reportgen import evidence
    from reportgen.brief import load_brief
    from reportgen.pipeline.inputs import Input, Output, protect_inputs
    from reportgen.pipeline.printing import find_unprinted
    from reportgen.system.files import write_file

    path = find_brief(parsed.brief, terminal)
    with terminal.showing():
        report(Stage.READING, str(path))
        brief = load_brief(path)
        report(Stage.CHECKING)
        sources = evidence.assign_sources(brief, parsed.source)
        lock = Output("the lock of the evidence", brief.folder / evidence.LOCK_NAME, "--source")
        protect_inputs([lock], brief, more=[Input("the source", file) for file in sources.values()], lock=False)
        changes: list[str] = []
        if parsed.fix:
            result, changes = _fix(parsed, path)
        else:
            unprinted = find_unprinted(brief, fork=True)
            result = evidence.check(brief, sources, accept_data=parsed.accept_data, unprinted=unprinted)
            if result.lock:
                write_file(brief.folder / evidence.LOCK_NAME, result.lock)
    for change in changes if parsed.format == "text" else ():
        terminal.line(change)
    if result.lock:
        terminal.note(f"wrote {brief.folder / evidence.LOCK_NAME}")
    if parsed.format == "json":
        print_json(result.as_dict() | ({"changes": changes} if parsed.fix else {}))
    else:
        print_findings(result.findings)
        for silenced in result.silenced:
            terminal.note(f"{silenced.finding.where}: silenced [{silenced.finding.rule}]: {silenced.reason}")
        for note in (*_list_house_warnings(brief), *result.notes):
            print(note, file=sys.stderr)
        terminal.line(result.summary())
    return ExitCode.OK if result.passed else ExitCode.EVIDENCE

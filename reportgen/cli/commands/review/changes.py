"""`reportgen changes`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal, print_diagnostics, print_json
from reportgen.system.errors import ExitCode
from reportgen.system.progress import Stage, report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "changes", run, "list what changed between two briefs or two finished files")
    parser.add_argument(
        "old", metavar="OLD", type=Path, help="the older brief (file or folder), memo, deck or document"
    )
    parser.add_argument("new", metavar="NEW", type=Path, help="the newer one")
    add_options(parser, "format", "quiet")
    parser.epilog = (
        "Numbers are listed with the words of their sources, texts with the words that went [-so-] and came {+so+}. Exit code 0"
        " whether anything changed or not. Encrypted copies open with REPORTGEN_COPY_PASSWORD."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.changes.change_listing import list_changes
    from reportgen.distribution.editions.compared_states import find_changes

    terminal = Terminal(parsed.quiet)
    with terminal.showing():
        report(Stage.READING, f"{parsed.old}, {parsed.new}")
        changes = find_changes(parsed.old, parsed.new, fork=True)
    if parsed.format == "json":
        print_json(changes.as_dict())
    else:
        for line in list_changes(changes):
            terminal.line(line)
    print_diagnostics(changes.warnings)
    return ExitCode.OK

"""`reportgen changes`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, check_output
from reportgen.cli.terminal import Terminal, print_diagnostics, print_json, write_stdout
from reportgen.system.errors import ExitCode
from reportgen.system.files import write_file
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.changes import Changes

ENDINGS = (".pdf", ".html")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "changes", run, "list what changed between two briefs, editions or finished files")
    parser.add_argument(
        "old",
        metavar="OLD",
        type=Path,
        help="the older brief (file or folder), packets folder or one of its versions, memo, deck or document",
    )
    parser.add_argument(
        "new", metavar="NEW", nargs="?", type=Path, help="the newer one; may be left out where OLD is a packets folder"
    )
    text = 'also write a page in the memo\'s look (.pdf or .html); "-" is stdout'
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=text)
    parser.add_argument(
        "--paper", choices=("letter", "a4"), help="the page's paper size (default: that of the language)"
    )
    add_options(parser, "format", "quiet")
    parser.epilog = (
        "Numbers are listed with the words of their sources, texts with the words that went [-so-] and came {+so+}. Exit code 0"
        " whether anything changed or not. Encrypted copies open with REPORTGEN_COPY_PASSWORD."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.changes.change_listing import list_changes
    from reportgen.distribution.editions.compared_states import find_changes

    check_output(parsed.output, ENDINGS, "changes")
    terminal = Terminal(parsed.quiet)
    with terminal.showing():
        report(Stage.READING, ", ".join(str(path) for path in (parsed.old, parsed.new) if path))
        changes = find_changes(parsed.old, parsed.new, fork=True)
        page = _render_page(parsed, changes) if parsed.output else b""
    if parsed.output and str(parsed.output) == "-":
        print_diagnostics(changes.warnings)
        write_stdout(page)
        return ExitCode.OK
    if parsed.output:
        write_file(parsed.output, page)
    if parsed.format == "json":
        print_json(changes.as_dict())
    else:
        for line in list_changes(changes):
            terminal.line(line)
    if parsed.output and parsed.format == "text":
        terminal.result(parsed.output, len(page))
    print_diagnostics(changes.warnings)
    return ExitCode.OK


def _render_page(parsed: argparse.Namespace, changes: Changes) -> bytes:
    """Return the page as the output's ending asks: a PDF, also on stdout, or HTML."""
    from reportgen.changes.page.changes_page import render_page

    report(Stage.MAKING, "page")
    is_html = parsed.output.suffix.lower() == ".html"
    return render_page(changes, _find_folder(parsed.new or parsed.old), "html" if is_html else "pdf", parsed.paper)


def _find_folder(new: Path) -> Path | None:
    """Return the folder whose brand and templates the page has: that of a brief."""
    folder = new if new.is_dir() else new.parent
    return folder if new.is_dir() or new.suffix.lower() in (".yaml", ".yml") else None

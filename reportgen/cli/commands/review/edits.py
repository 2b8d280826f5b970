"""`reportgen edits`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal, print_json
from reportgen.system.errors import ExitCode, UsageError, escape_unprintable
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.edits import Edit, EditReport


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "edits", run, "list what colleagues changed in returned decks and Word memos")
    parser.add_argument("brief", metavar="BRIEF", type=Path, help="the brief, as it is now")
    parser.add_argument(
        "files",
        metavar="RETURNED",
        nargs="+",
        type=Path,
        help="a deck (.pptx) or a memo in Word (.docx) that came back",
    )
    parser.add_argument(
        "--base", metavar="FILE", type=Path,
        help="the brief as it was when the copies were built, if it has changed since",
    )  # fmt: skip
    parser.add_argument(
        "--apply", action="store_true", help="write accepted edits into the brief: each is shown, y takes it, q stops"
    )
    parser.add_argument(
        "--all-clean", action="store_true",
        help="with --apply: take, without asking, every edit that touches one plain text and that check passes",
    )  # fmt: skip
    parser.add_argument(
        "--source", metavar="FILE", action="append", default=[],
        help="the source's text, for what check says of each edit; ID=FILE where the brief has several sources",
    )  # fmt: skip
    parser.add_argument(
        "--theme",
        metavar="FILE",
        type=Path,
        help="the theme that a deck was built with, if the brief's brand names no other",
    )
    add_options(parser, "format")
    parser.epilog = (
        "Each edit is printed with its key and line in the brief, who made it where, and what check says of the new text."
        " A changed number that is a fact is a question, and never written. Without --apply nothing is written."
    )
    add_options(parser, "quiet")


def run(parsed: argparse.Namespace) -> int:
    from reportgen import evidence
    from reportgen.brief import load_brief
    from reportgen.edits import apply_edits, describe_edit, read_edits
    from reportgen.system.files import read_file, write_file

    if parsed.all_clean and not parsed.apply:
        raise UsageError("--all-clean needs --apply")
    if parsed.apply and not (parsed.all_clean or sys.stdin.isatty()):
        hint = "--all-clean takes the edits that check passes"
        raise UsageError("nobody is at the terminal to choose the edits", hint=hint)
    terminal = Terminal(parsed.quiet)
    with terminal.showing():
        report(Stage.READING, str(parsed.brief))
        brief = load_brief(parsed.brief)
        base = load_brief(parsed.base) if parsed.base else None
        sources = evidence.assign_sources(brief, parsed.source)
        files = [(str(file), read_file(file)) for file in parsed.files]
        found = read_edits(
            brief, files, sources, parsed.theme, base=base, fork=True, on_file=lambda name: report(Stage.READING, name)
        )
    chosen: list[Edit] = []
    if parsed.apply:
        chosen = [edit for edit in found.edits if edit.is_clean] if parsed.all_clean else _choose(found, terminal)
        if chosen:
            write_file(parsed.brief, apply_edits(brief, chosen))
    if parsed.format == "json":
        print_json(found.as_dict() | ({"applied": [edit.number for edit in chosen]} if parsed.apply else {}))
        return ExitCode.OK
    if not parsed.apply or parsed.all_clean:
        for edit in found.edits:
            print(escape_unprintable(describe_edit(edit), "\n"))
    for file in found.files:
        for note in file.notes:
            print(escape_unprintable(f"{file.file}: {note}"), file=sys.stderr)
        if file.version:
            terminal.note(f"{file.file}: its stamp says version {file.version}")
    terminal.line(found.summary())
    if parsed.apply:
        terminal.line(f"{len(chosen)} edit{'s' * (len(chosen) != 1)} written into {parsed.brief}")
    return ExitCode.OK


def _choose(found: EditReport, terminal: Terminal) -> list[Edit]:
    """Return the edits that the user takes: asked one by one, without those that contradict one that was taken."""
    from reportgen.edits import describe_edit

    chosen: list[Edit] = []
    for edit in found.edits:
        text = escape_unprintable(describe_edit(edit), "\n")
        if edit.change is None or edit.question:
            print(text, file=sys.stderr)
            continue
        if any(number in edit.conflicts for number in (each.number for each in chosen)):
            print(f"{text}\n    not asked: it contradicts an edit that was taken", file=sys.stderr)
            continue
        answer = ""
        while answer not in ("y", "n", "q"):
            answer = terminal.ask(text, "take it? y, n or q:").casefold()[:1] or "n"
        if answer == "q":
            break
        if answer == "y":
            chosen.append(edit)
    return chosen

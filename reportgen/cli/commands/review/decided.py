"""`reportgen decided`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, check_output
from reportgen.cli.terminal import Terminal, print_diagnostics, print_json, write_stdout
from reportgen.system.errors import ExitCode
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.decided import Decision

ENDINGS = (".pdf",)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "decided", run, "read what was decided from a returned action or decision memo")
    parser.add_argument("file", metavar="FILE", type=Path, help="the memo (.pdf) that came back, its boxes ticked")
    parser.add_argument(
        "brief", metavar="BRIEF", nargs="?", type=Path,
        help="the brief that it should be the form of, as it is now (default: none; the form carries what it asks)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help='also write a decision record (.pdf); "-" is stdout'
    )
    add_options(parser, "paper", "format", "quiet")
    parser.epilog = (
        "Ticks, initials, dates and comments are read from the fields, remarks from annotations. Exit code 4 when a group has two"
        " ticks, the form is another memo's, or the brief asks for something else now; 7 when it was flattened, encrypted or not ticked."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.brief import load_brief
    from reportgen.decided import read_decision, render_record
    from reportgen.system.files import read_file, write_file

    check_output(parsed.output, ENDINGS, "decided")
    to_stdout = str(parsed.output) == "-"
    terminal = Terminal(parsed.quiet)
    with terminal.showing():
        report(Stage.READING, str(parsed.file))
        brief = load_brief(parsed.brief) if parsed.brief else None
        decision = read_decision(read_file(parsed.file), str(parsed.file), brief, fork=True)
        if parsed.output:
            report(Stage.MAKING, "record")
            data = render_record(decision, brief.folder if brief else None, parsed.paper)
    if to_stdout:
        write_stdout(data)
    elif parsed.format == "json":
        print_json(decision.as_dict())
    else:
        for line in _list(decision):
            terminal.line(line)
    if parsed.output and not to_stdout:
        write_file(parsed.output, data)
        if parsed.format != "json":
            terminal.result(parsed.output, len(data))
    print_diagnostics(decision.warnings)
    return ExitCode.OK


def _list(decision: Decision) -> Iterator[str]:
    """Yield the decision, a line for each part."""
    ballot = decision.ballot
    yield f"{ballot.title} ({ballot.form} memo of {ballot.date})"
    signed = f", signed {decision.signature}" if decision.signature else ""
    yield f"decided by {ballot.decider}{signed}{f', {decision.signed}' if decision.signed else ''}"
    if ballot.options:
        title = f": {decision.option_title}" if decision.option_title else ""
        yield (
            f"option {decision.option}{title}"
            if isinstance(decision.option, int)
            else f"option: {decision.option or 'not marked'}"
        )
    for each in decision.recommendations:
        by = ", ".join(word for word in (each.initials, each.date) if word)
        yield f"{each.number}. {each.decision}{f' ({by})' if by else ''}: {each.item.act}"
        if each.is_approved:
            due = " ".join(
                word
                for word in (each.item.deadline, f"({each.item.deadline_note})" if each.item.deadline_note else "")
                if word
            )
            yield f"   {', '.join(each.item.lead)}{f', by {due}' if due else ''}"
    if decision.comments:
        yield f"comments: {decision.comments}"
    for remark in decision.beside:
        yield f"page {remark.page}{f', {remark.author}' if remark.author else ''}: {remark.words}"

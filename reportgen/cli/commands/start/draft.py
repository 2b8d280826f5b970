"""`reportgen draft`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal
from reportgen.system.errors import ExitCode, UsageError
from reportgen.system.progress import Stage, report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(
        commands,
        "draft",
        run,
        "write a first brief from articles: quotes, facts and charts found, all else marked gaps",
    )
    parser.add_argument(
        "articles",
        metavar="ARTICLE",
        nargs="+",
        type=Path,
        help="an article (txt, md, html, pdf, docx), or a folder with articles",
    )
    parser.add_argument(
        "-o",
        "--output-dir",
        metavar="DIR",
        type=Path,
        help="the brief's folder, into which the articles are copied (default: where they lie)",
    )
    parser.add_argument(
        "--into",
        metavar="BRIEF",
        type=Path,
        help="add the articles to this brief as sources; nothing else in it changes",
    )
    parser.add_argument(
        "--prompt",
        action="store_true",
        help="print a prompt for a language model of your choice instead: the paragraphs, the facts found, the brief's keys",
    )
    parser.epilog = (
        "Nothing is invented: every text is the article's or a gap (TODO: …). `check` lists the gaps, `build --draft` prints"
        " them. Nothing is overwritten."
    )
    add_options(parser, "timings", "quiet")


def run(parsed: argparse.Namespace) -> int:
    from datetime import date

    from reportgen.drafting.making import draft_brief, draft_into, draft_prompt
    from reportgen.system.files import write_files

    if sum((bool(parsed.output_dir), bool(parsed.into), parsed.prompt)) > 1:
        raise UsageError("-o, --into and --prompt exclude each other", hint="name one of them")
    terminal = Terminal(parsed.quiet, parsed.timings)
    with terminal.showing():
        report(Stage.READING, ", ".join(str(path) for path in parsed.articles[:3]))
        if parsed.prompt:
            prompt, notes = draft_prompt(parsed.articles, date.today())
        elif parsed.into:
            drafted = draft_into(parsed.into, parsed.articles)
        else:
            drafted = draft_brief(parsed.articles, parsed.output_dir, date.today())
        if not parsed.prompt:
            write_files(drafted.files)
    if parsed.prompt:
        for note in notes:
            terminal.note(note)
        print(prompt, end="")
        return ExitCode.OK
    for note in drafted.notes:
        terminal.note(note)
    for meeting in drafted.meetings:
        terminal.line(meeting.message)
    for path in drafted.files:
        terminal.line(str(path))
    terminal.line(drafted.summary())
    if not parsed.into:
        terminal.note(f"next: reportgen build --draft {drafted.path}")
    return ExitCode.OK

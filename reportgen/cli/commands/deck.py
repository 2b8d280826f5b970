"""`reportgen deck`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from reportgen.cli.options import (
    add_command,
    add_options,
    add_output,
    check_distinct,
    check_output,
    find_brief,
    open_workers,
)
from reportgen.cli.terminal import Terminal, write_stdout
from reportgen.system.errors import ExitCode, UsageError
from reportgen.system.progress import Stage, report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "deck", run, "build the briefing deck, an editable PowerPoint file")
    add_options(parser, "brief")
    add_output(parser, "deck.pptx")
    add_options(parser, "overwrite", "theme", "draft")
    parser.add_argument(
        "--fit-report", metavar="FILE", type=Path,
        help='write how full each box is, as JSON (.json) or as a table (.txt); "-" prints the table',
    )  # fmt: skip
    parser.add_argument(
        "--proof", metavar="DIR", type=Path, help="draw the slides with their boxes as pictures (needs LibreOffice)"
    )
    parser.add_argument("--handout", metavar="FILE", type=Path, help="write the slides and their notes as a PDF")
    add_options(parser, "paper", "cache", "timings", "quiet")
    parser.epilog = (
        "--paper is the handout's. _brand.yml may name a theme: defaults: {reportgen: {deck: {theme: agency.pptx}}}"
    )


def run(parsed: argparse.Namespace) -> int:
    terminal = Terminal(parsed.quiet, parsed.timings)
    from reportgen.pipeline.kinds import KINDS, OUTPUT_DIR
    from reportgen.system.files import write_files

    path, kind = find_brief(parsed.brief, terminal), KINDS["deck"]
    prints_report = parsed.fit_report and str(parsed.fit_report) == "-"
    prints_deck = parsed.output and str(parsed.output) == "-"
    if prints_report and prints_deck:
        raise UsageError("the deck and its fit report both go to stdout", hint="name a file for one of them")
    check_distinct([parsed.output, parsed.handout, parsed.fit_report])
    check_output(parsed.output, [kind.suffix], kind.name)
    check_output(parsed.handout, [".pdf"], "deck --handout")
    check_output(None if prints_report else parsed.fit_report, [".json", ".txt"], "deck --fit-report")
    with terminal.showing(), open_workers(parsed) if parsed.handout else contextlib.nullcontext() as workers:
        report(Stage.READING, str(path))
        from reportgen.brand import find_warnings
        from reportgen.brief import load_brief
        from reportgen.pipeline.documents import DeckOptions, build_deck
        from reportgen.pipeline.inputs import Output, protect_inputs
        from reportgen.pipeline.overwriting import refuse_overwriting

        brief = load_brief(path, parsed.draft)
        for warning in find_warnings(brief.folder):
            terminal.warn(warning)
        deck_file = parsed.output or OUTPUT_DIR / kind.file_name(brief.slug)
        outputs = [("the deck", deck_file, "-o"), ("the handout", parsed.handout, "--handout")]
        outputs.append(("the fit report", parsed.fit_report, "--fit-report"))
        protect_inputs([Output(*each) for each in outputs if each[1]], brief, parsed.theme)
        if not parsed.overwrite:
            refuse_overwriting([file for file in (deck_file, parsed.handout) if file], brief, parsed.theme)
        options = DeckOptions(parsed.theme, parsed.fit_report, parsed.proof, parsed.handout, parsed.paper)
        deck = build_deck(brief, options, workers)
    if deck.warning:
        print(f"warning: {deck.warning}", file=sys.stderr)
    files = dict(deck.files)
    if prints_report:
        sys.stdout.write(files.pop(parsed.fit_report).decode())
    if prints_deck:
        write_stdout(deck.data)
    else:
        files = {deck_file: deck.data, **files}
    write_files(files)
    for target, data in files.items():
        if prints_deck:
            terminal.note(str(target))
        else:
            terminal.result(target, len(data))
    for picture in deck.pictures:
        terminal.note(str(picture))
    return ExitCode.OK

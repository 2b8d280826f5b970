"""`reportgen deck`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reportgen.cli.options import brief_path, check_output, command, draws, takes_brief, timed, workshop_for
from reportgen.cli.terminal import Progress
from reportgen.system.errors import ExitCode, Location, UsageError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = command(commands, "deck", run, "make the briefing deck, an editable PowerPoint file")
    takes_brief(parser, "deck.pptx")
    parser.add_argument(
        "--theme", metavar="FILE", type=Path, help="a house's .pptx or .potx, or its map (.yml), see theme inspect"
    )
    parser.add_argument(
        "--fit-report", metavar="FILE", type=Path,
        help='how full each box is: a table, or JSON where FILE ends so; "-" prints the table',
    )  # fmt: skip
    parser.add_argument(
        "--proof", metavar="DIR", type=Path, help="pictures of the slides with their boxes, drawn by LibreOffice"
    )
    parser.add_argument("--handout", metavar="FILE", type=Path, help="what is shown and said, as a PDF to hold in hand")
    draws(parser)
    timed(parser)
    parser.epilog = "A theme may also be named in _brand.yml: defaults: {reportgen: {deck: {theme: agency.pptx}}}"


def run(parsed: argparse.Namespace) -> int:
    progress = Progress(parsed.quiet, parsed.timings)
    from reportgen.pipeline.kinds import KINDS, OUTPUT_DIR
    from reportgen.system.files import write_files

    path = brief_path(parsed.brief, progress)
    printed = parsed.fit_report and str(parsed.fit_report) == "-"
    to_stdout = parsed.output and str(parsed.output) == "-"
    if printed and to_stdout:
        raise UsageError("the deck and its fit report both go to stdout", hint="name a file for one of them")
    for output in (parsed.output, parsed.handout, None if printed else parsed.fit_report):
        check_output(output, path, KINDS["deck"])
    _check_apart([parsed.output, parsed.handout, parsed.fit_report])
    with progress:
        progress.stage(f"reading {path}")
        workshop = workshop_for(parsed) if parsed.handout else None
        from reportgen.brief import load_brief
        from reportgen.pipeline.documents import DeckWishes, build_deck

        brief = load_brief(path)
        wishes = DeckWishes(parsed.theme, parsed.fit_report, parsed.proof, parsed.handout, workshop)
        built = build_deck(brief, wishes, progress.stage)
    if built.estimated:
        print(f"warning: {built.estimated}", file=sys.stderr)
    files = dict(built.files)
    if printed:
        sys.stdout.write(files.pop(parsed.fit_report).decode())
    if to_stdout:
        sys.stdout.buffer.write(built.data)
        sys.stdout.buffer.flush()
    else:
        files = {parsed.output or OUTPUT_DIR / KINDS["deck"].file_name(brief.slug): built.data, **files}
    write_files(files)
    for target, data in files.items():
        if to_stdout:
            progress.note(str(target))
        else:
            progress.result(target, len(data))
    for picture in built.pictures:
        progress.note(str(picture))
    return ExitCode.OK


def _check_apart(outputs: Sequence[Path | None]) -> None:
    named = [str(output) for output in outputs if output and str(output) != "-"]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise UsageError("two outputs would go into one file", Location(twice), "name another file for one of them")

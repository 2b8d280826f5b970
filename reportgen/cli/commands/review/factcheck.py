"""`reportgen factcheck`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import add_command, add_options, check_output
from reportgen.cli.terminal import Terminal, print_json, write_stdout
from reportgen.system.errors import ExitCode, UsageError
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.factcheck import CheckedClaim, FactSheet


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "factcheck", run, "hold any document's numbers and quotations against its sources")
    parser.add_argument("document", metavar="DOCUMENT", type=Path, help="the document: docx, pdf, pptx, md, txt, html")
    parser.add_argument(
        "--source",
        metavar="FILE",
        type=Path,
        action="append",
        required=True,
        help="a text that it rests on (as DOCUMENT), or a data file (xlsx, csv, tsv); may be repeated",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write a sheet to check by hand (.pdf, .docx or .html)"
    )
    add_options(parser, "paper", "format", "quiet")
    parser.epilog = (
        "No brief is needed. Each number and quotation is found, differs (value, sign, unit, bound, range, qualifier, condition,"
        " year, speaker or words), is found elsewhere only, may be computed, or is not found. Exit code 4 when one differs or"
        " two places of the document disagree; what is not found alone is no error, because no source holds everything."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.factcheck import check_facts
    from reportgen.factcheck.sheet.sheet_file import ENDINGS, write_sheet
    from reportgen.factcheck.sheet.sheet_rows import build_sheet_view
    from reportgen.system.files import write_file

    check_output(parsed.output, ENDINGS, "factcheck")
    _refuse_same(parsed.document, parsed.source)
    to_stdout = str(parsed.output) == "-"
    terminal = Terminal(parsed.quiet)
    with terminal.showing():
        sheet = check_facts(parsed.document, parsed.source)
        if parsed.output:
            report(Stage.MAKING, "fact sheet")
            ending = ".pdf" if to_stdout else parsed.output.suffix.lower()
            data = write_sheet(build_sheet_view(sheet), ending, parsed.paper)
    if to_stdout:
        write_stdout(data)
    elif parsed.format == "json":
        print_json(sheet.as_dict())
    else:
        _print_sheet(sheet, terminal)
    if parsed.output and not to_stdout:
        write_file(parsed.output, data)
        if parsed.format != "json":
            terminal.result(parsed.output, len(data))
    return ExitCode.OK if sheet.passed else ExitCode.EVIDENCE


def _refuse_same(document: Path, sources: list[Path]) -> None:
    """Raise UsageError where a document is its own source: everything would be found."""
    for source in sources:
        if source.exists() and document.exists() and source.samefile(document):
            hint = "name the texts that the document took its numbers from"
            raise UsageError(f"{source} is the document itself", hint=hint)


def _print_sheet(sheet: FactSheet, terminal: Terminal) -> None:
    for checked in sheet.claims:
        if checked.verdict != "found":
            terminal.line(_describe(checked, sheet.document))
    for contradiction in sheet.contradictions:
        terminal.line(f"{sheet.document}: disagrees with itself: {contradiction}")
    for note in sheet.notes:
        terminal.note(note)
    terminal.line(sheet.summarize())


def _describe(checked: CheckedClaim, document: str) -> str:
    """Return a claim and what the sources say of it, a line each."""
    claim, found = checked.claim, checked.evidence
    place = str(claim.place)
    lines = [f"{document}{f', {place}' if place else ''}: {checked.verdict}: “{claim.words}”"]
    lines += [f"  {difference}" for difference in checked.differences]
    if checked.note:
        lines.append(f"  {checked.note}")
    if found:
        lines.append(f"  {found}: {_shorten(found.passage)}")
    return "\n".join(lines)


def _shorten(text: str, most: int = 200) -> str:
    from reportgen.evidence.bare_words import shorten

    return shorten(" ".join(text.split()), most)

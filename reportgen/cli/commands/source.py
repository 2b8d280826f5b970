"""`reportgen source`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportgen.cli.options import add_command, add_options
from reportgen.cli.terminal import Terminal, print_json
from reportgen.system.errors import ExitCode


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(commands, "source", run, "list a source's numbered paragraphs and the numbers found in them")
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="the article (txt, md, html, pdf, docx), or a data file (xlsx, csv, tsv)",
    )
    add_options(parser, "format")
    parser.add_argument("--lines", action="store_true", help="read each line of a text file as a paragraph")
    parser.epilog = (
        "Quotes cite these paragraphs (¶12), and facts are compared with these numbers: value, unit, bound, the upper end of a"
        " range, and what the number counts. Of a data file, the cells of each row are listed."
    )


def run(parsed: argparse.Namespace) -> int:
    from reportgen.input.tables import is_data_file

    if is_data_file(parsed.file.name):
        return _list_data(parsed.file, parsed.format)
    from reportgen.evidence.sources.number_listing import list_numbers, read_paragraphs

    source = read_paragraphs(parsed.file, parsed.lines)
    numbers = [list_numbers(paragraph) for paragraph in source.paragraphs]
    if parsed.format == "json":
        print_json(
            {
                "source": source.name,
                "sha256": source.sha256,
                "paragraphs": [
                    {
                        "number": paragraph.number,
                        "page": paragraph.page,
                        "section": paragraph.sections[-1] if paragraph.sections else None,
                        "table": paragraph.table,
                        "is_row": paragraph.is_row,
                        "text": paragraph.text,
                        "numbers": found,
                    }
                    for paragraph, found in zip(source.paragraphs, numbers, strict=True)
                ],
                "notes": list(source.unread),
            }
        )
        return ExitCode.OK
    terminal = Terminal(quiet=False)
    for paragraph, found in zip(source.paragraphs, numbers, strict=True):
        place = f" (p. {paragraph.page})" if paragraph.page else ""
        terminal.line(f"¶{paragraph.number}{place} {paragraph.text}")
        for number in found:
            terminal.line(f"    {_describe(number)}")
    for note in source.unread:
        terminal.note(note)
    return ExitCode.OK


def _list_data(file: Path, form: str) -> int:
    """Print the cells of a data file."""
    from reportgen.input.tables.cell_listing import list_cells, list_rows
    from reportgen.input.tables.data_file import read_data_file

    book = read_data_file(file, str(file), None, fork=True)
    if form == "json":
        print_json(list_cells(book))
        return ExitCode.OK
    terminal = Terminal(quiet=False)
    for line in list_rows(book):
        terminal.line(line)
    if book.encoding_note:
        terminal.note(book.encoding_note)
    return ExitCode.OK


def _describe(number: dict[str, object]) -> str:
    """Return a number on one line: its words, its kind, what it is."""
    value = "" if number["value"] in (None, "") else f" {number['value']}"
    ends = f"–{number['high']}" if number["high"] is not None else ""
    margin = f" ± {number['margin']}" if "margin" in number else ""
    unit = f" {number['measure'] or number['unit']}" if number["measure"] or number["unit"] else ""
    part = f" ({number['part']})" if "part" in number else ""
    bound = f", {number['bound']}" if number["bound"] else ""
    return f"“{number['words']}”: {number['kind']}{value}{ends}{margin}{unit}{part}{bound}"

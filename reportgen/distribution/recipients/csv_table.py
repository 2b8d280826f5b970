"""CSV as spreadsheets write it, read as rows of cells with their places.

Python's csv module knows neither a cell's column nor the line that it begins in, and it repairs what it does not
understand. A list of recipients must not be repaired: a quote that is never closed would swallow people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.system.errors import Diagnostic, Location, RecipientsError
from reportgen.system.files import read_file

MAX_BYTES = 16 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
SAVE_AS = "in Excel: File > Save As > CSV UTF-8; in LibreOffice: Save As > Text CSV, character set UTF-8"
_SIGNATURES = {
    b"PK\x03\x04": "an Excel workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_SEP = re.compile(r'"?sep=([,;\t])"?[^\n]*\n', re.IGNORECASE)  # the line that tells Excel the delimiter
_OPENING_QUOTE = re.compile(r' *"')
_QUOTED = re.compile(r' *"([^"]*(?:""[^"]*)*)" *')


class Cell(Struct, frozen=True):
    """A cell's text without the blanks around it, and the place where it begins."""

    text: str
    line: int
    column: int


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark. Raises FileError, RecipientsError."""
    name = str(path)
    raw = read_file(path, MAX_BYTES, hint="name the recipients' CSV file", too_large="split the list")
    content = next((what for start, what in _SIGNATURES.items() if raw.startswith(start)), None)
    if not content and (raw[1:20:2].count(0) > 4 or raw[:20:2].count(0) > 4):
        content = "UTF-16 text"
    if content:
        raise RecipientsError(f"this is {content}, not a CSV file in UTF-8", Location(name), SAVE_AS)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start]
        letter = raw[error.start : error.start + 1].decode("cp1252", "ignore")
        guess = f': in Windows-1252 it is "{letter}"' if letter else ""
        where = Location(name, line, len(before.decode(errors="replace")) + 1)
        raise RecipientsError(f"byte 0x{raw[error.start]:02x} is not UTF-8{guess}", where, SAVE_AS) from None


def parse_rows(
    text: str, name: str, score_header: Callable[[Sequence[Cell]], int], problems: list[Diagnostic]
) -> Iterator[list[Cell]]:
    """Yield the rows that are not empty, the header first; unclosed quotes are added to `problems`.

    `score_header` says how much a row looks like the header: the delimiter with the best first row is taken.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if declared := _SEP.match(text):
        rows = _parse(text, declared.end(), declared[1], name, problems)
    else:

        def score(delimiter: str) -> tuple[int, int]:
            first = next(filter(_has_text, _parse(text, 0, delimiter, name, [])), None)
            return (score_header(first), len(first)) if first else (0, len(text))  # nothing but delimiters

        rows = _parse(text, 0, max(DELIMITERS, key=score), name, problems)  # the first of equals: the comma
    yield from filter(_has_text, rows)


def _has_text(row: Sequence[Cell]) -> bool:
    return any(cell.text for cell in row)


def _parse(text: str, position: int, delimiter: str, name: str, problems: list[Diagnostic]) -> Iterator[list[Cell]]:
    plain = re.compile(rf"[^{delimiter}\n]*")
    line, line_start = text.count("\n", 0, position) + 1, position
    row: list[Cell] = []
    while position < len(text) or row:  # behind a delimiter stands a cell, if only an empty one
        column = position - line_start + 1
        if _OPENING_QUOTE.match(text, position):
            quoted = _QUOTED.match(text, position)
            if quoted is None:
                hint = "close it; write a quote inside a quoted cell twice"
                problems.append(Diagnostic("this quote is never closed", Location(name, line, column), hint))
                return
            value, end = quoted[1].replace('""', '"'), quoted.end()
            if end < len(text) and text[end] not in (delimiter, "\n"):
                begin = max(text.rfind("\n", position, end) + 1, line_start)
                where = Location(name, line + quoted[0].count("\n"), end - begin + 1)
                hint = f"the cell begins in line {line}; write a quote inside a quoted cell twice"
                problems.append(Diagnostic("there is text after the closing quote", where, hint))
                end = _end(plain, text, end)
        else:
            end = _end(plain, text, position)
            value = text[position:end]
        row.append(Cell(value.strip(), line, column))
        if breaks := text.count("\n", position, end):
            line += breaks
            line_start = text.rfind("\n", 0, end) + 1
        position = end + 1
        if not text.startswith(delimiter, end):
            yield row
            row, line, line_start = [], line + 1, position


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    assert match is not None  # it matches nothing as well
    return match.end()

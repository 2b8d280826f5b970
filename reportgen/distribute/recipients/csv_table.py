"""CSV as spreadsheets write it -> rows of cells, each with its place.

Python's csv module knows neither a cell's column nor the line that it begins in, and it mends what it does not
understand. A list of recipients must not be mended: a quote that is never closed would swallow people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.system.errors import Diagnostic, FileError, Location, RecipientsError

MAX_BYTES = 16 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
SAVE_AS = "in Excel: File > Save As > CSV UTF-8; in LibreOffice: Save As > Text CSV, character set UTF-8"
_NO_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_SEP = re.compile(r'"?sep=([,;\t])"?[^\n]*\n', re.IGNORECASE)  # the line that tells Excel the delimiter
_BLANKS_AND_QUOTE = re.compile(r' +"')


class Cell(Struct, frozen=True):
    """A cell's text without the blanks around it, and where it begins."""

    text: str
    line: int
    column: int


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, and no more than a list has: a device has no end. Raises FileError, RecipientsError."""
    try:
        if path.is_dir():
            raise FileError("is a folder, not a CSV file", Location(name), "name the recipients.csv inside it")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileError("there is no such file", Location(name)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}", Location(name)) from None
    if len(raw) > MAX_BYTES:
        raise RecipientsError(
            f"too long: at most {MAX_BYTES // 1024 // 1024} MB are read", Location(name), "split the list"
        )
    return raw


def decode(raw: bytes, name: str) -> str:
    """UTF-8 with or without its mark. Raises RecipientsError."""
    for beginning, what in _NO_TEXT.items():
        if raw.startswith(beginning):
            raise RecipientsError(f"this is {what}, not a CSV file in UTF-8", Location(name), SAVE_AS)
    if raw[1:20:2].count(0) > 4 or raw[:20:2].count(0) > 4:
        raise RecipientsError("this is UTF-16 text, not a CSV file in UTF-8", Location(name), SAVE_AS)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start]
        read_as = raw[error.start : error.start + 1].decode("cp1252", "ignore")
        guess = f': in Windows-1252 it is "{read_as}"' if read_as else ""
        raise RecipientsError(
            f"byte 0x{raw[error.start]:02x} is not UTF-8{guess}",
            Location(name, line, len(before.decode(errors="replace")) + 1),
            SAVE_AS,
        ) from None


def rows(
    text: str, name: str, likeness: Callable[[Sequence[Cell]], int], problems: list[Diagnostic]
) -> Iterator[list[Cell]]:
    """The rows that have something in them, the header first. Quotes that do not close are added to `problems`.

    `likeness` says how much a row looks like the header: the delimiter is the one with which it does most.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start, delimiter = 0, None
    if declared := _SEP.match(text):
        start, delimiter = declared.end(), declared[1]
    if delimiter is None:
        scores = {candidate: _score(text, candidate, name, likeness) for candidate in DELIMITERS}
        delimiter = max(scores, key=lambda candidate: scores[candidate])  # the first of equals: the comma
    for row in _parse(text, start, delimiter, name, problems):
        if any(cell.text for cell in row):
            yield row


def _score(text: str, delimiter: str, name: str, likeness: Callable[[Sequence[Cell]], int]) -> tuple[int, int]:
    for row in _parse(text, 0, delimiter, name, []):
        if any(cell.text for cell in row):
            return likeness(row), len(row)
    return 0, len(text)  # nothing but delimiters


def _parse(text: str, position: int, delimiter: str, name: str, problems: list[Diagnostic]) -> Iterator[list[Cell]]:
    plain = re.compile(rf"[^{delimiter}\n]*")
    quoted = re.compile(r' *"([^"]*(?:""[^"]*)*)" *')
    line = text.count("\n", 0, position) + 1
    line_start, row = position, list[Cell]()
    while position < len(text):
        column = position - line_start + 1
        if text.startswith('"', position) or (text[position] == " " and _BLANKS_AND_QUOTE.match(text, position)):
            match = quoted.match(text, position)
            if match is None:
                problems.append(
                    Diagnostic(
                        "this quote is never closed",
                        Location(name, line, column),
                        "close it; a quote inside a quoted cell is written twice",
                    )
                )
                return
            value, end = match[1].replace('""', '"'), match.end()
            if end < len(text) and text[end] != delimiter and text[end] != "\n":
                begin = max(text.rfind("\n", position, end) + 1, line_start)
                problems.append(
                    Diagnostic(
                        "there is text after the closing quote",
                        Location(name, line + match[0].count("\n"), end - begin + 1),
                        f"the cell begins in line {line}; a quote inside a quoted cell is written twice",
                    )
                )
                end = plain.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing as well
        else:
            match = plain.match(text, position)
            assert match is not None
            value, end = match[0], match.end()
        row.append(Cell(value.strip(), line, column))
        if breaks := text.count("\n", position, end):
            line += breaks
            line_start = text.rfind("\n", 0, end) + 1
        if end < len(text) and text[end] == delimiter:
            position = end + 1
            if position == len(text) or text[position] == "\n":  # the row's last cell is empty
                row.append(Cell("", line, position - line_start + 1))
            else:
                continue
            end = position
        yield row
        row = []
        position = end + 1
        line, line_start = line + 1, position

"""A CSV or TSV file as one sheet: its encoding and its separator are found where they are plain, else asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from reportgen.input.tables.sheets import Cell, Place, Sheet, Workbook
from reportgen.system.errors import FileError, Location

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
MOST_CELLS = 2_000_000
_LONGEST = 1_000_000  # characters of one field
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n')
_NUMBER = re.compile(r"\s*[-+−(]?\s*[$€£]?\d[\d.,' \xa0]*%?\)?\s*")


def read_csv(data: bytes, name: str, encoding: str | None = None, separator: str | None = None) -> Workbook:
    """Return the file's one sheet, called "".

    Parameters
    ----------
    data, name
        The file's content, and its name for messages.
    encoding
        The name of its encoding. By default UTF-8, or UTF-16. Bytes that are not UTF-8 stay marked in the cells, and
        matter only in those that are used.
    separator
        One of `SEPARATORS`. By default the one that splits the rows evenly.

    Raises
    ------
    FileError
        when it is no text, has an unclosed quotation mark, or its separator is not plain.
    """
    text, note = _decode(data, name, encoding)
    sign = SEPARATORS[separator] if separator else ""
    if match := _SEP_LINE.match(text):  # which Excel reads, and does not count as a row
        sign, text = sign or match[1], text[match.end() :]
    if not sign:
        sign = "\t" if name.lower().endswith(".tsv") else _find_separator(text, name)
    cells: dict[Place, Cell] = {}
    widths: dict[int, int] = {}
    for row, fields in enumerate(_split(text, sign, name), start=1):
        if any(fields):
            widths[row] = len(fields)
        for column, value in enumerate(fields, start=1):
            if stripped := value.strip():
                cells[row, column] = Cell("text", stripped)
    if not cells:
        raise FileError("the table is empty", Location(name))
    if len(cells) > MOST_CELLS:
        hint = "keep the rows and columns that the brief needs in a file of their own"
        raise FileError(f"{len(cells):,} cells; at most {MOST_CELLS:,} are read", Location(name), hint)
    is_comma = sign == ","
    return Workbook(name, {"": Sheet("", cells, widths=widths, is_comma_separated=is_comma)}, ("",), encoding_note=note)


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    """Return the text, and what to say of its first byte that is not UTF-8."""
    if encoding:
        try:
            return data.decode(codecs.lookup(encoding).name).removeprefix("\ufeff"), ""
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"byte 0x{data[error.start]:02x} is not {encoding}"
            raise FileError(message, Location(name, line), "correct encoding: of its source") from None
    if utf_16 := _find_utf_16(data):
        try:
            return data.decode(utf_16).removeprefix("\ufeff"), ""
        except UnicodeDecodeError:
            message = "begins as UTF-16 text, but is not valid UTF-16"
            raise FileError(message, Location(name), "save it as CSV UTF-8") from None
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise FileError("a binary file, not a table as text", Location(name, line), "save the table as .xlsx or .csv")
    text = data.decode("utf-8-sig", "surrogateescape")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        begin = max(data.rfind(b"\n", 0, error.start) + 1, error.start - 20)
        end = data.find(b"\n", error.start)
        words = data[begin : min(end if end >= 0 else len(data), error.start + 12)].decode("cp1252", "replace").strip()
        return text, (
            f"line {line} has the byte 0x{data[error.start]:02x}, which is not UTF-8: "
            f"if “{words}” is right, give its source encoding: windows-1252"
        )
    return text, ""


def _find_utf_16(data: bytes) -> str | None:
    """Return the kind of UTF-16 that a file has: by its mark, or by the zeros of its ASCII letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:400]
    half = len(start) // 2
    if half and start[1::2].count(0) >= 0.7 * half and not start[::2].count(0):
        return "utf-16-le"
    if half and start[::2].count(0) >= 0.7 * half and not start[1::2].count(0):
        return "utf-16-be"
    return None


def _split(text: str, separator: str, name: str) -> list[list[str]]:
    """Return the rows. A strict reading comes first, because a lenient one hides a quotation mark that does not close."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            hint = "double a quotation mark inside a field, and close each"
            raise FileError(
                "a quotation mark is not closed", Location(name, _find_open_quote(text, separator)), hint
            ) from None
        if "field larger" in str(error):
            raise FileError("a field has more than a million characters", Location(name, reader.line_num)) from None
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _find_open_quote(text: str, separator: str) -> int:
    """Return the line on which the row with the unclosed quotation mark begins."""
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line


def _find_separator(text: str, name: str) -> str:
    """Return the sign that splits the rows most evenly; of two that do, the one between which numbers are whole."""
    sample = text[:200_000]
    scores: dict[str, tuple[float, int]] = {}
    for sign in SEPARATORS.values():
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign) if any(row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, count = widths.most_common(1)[0]
            numbers = sum(bool(_NUMBER.fullmatch(field)) for row in rows if len(row) == width for field in row)
            scores[sign] = (round(count / len(rows), 2), numbers)
    if not scores:
        return ","  # one column
    best = max(scores.values())
    found = [sign for sign, score in scores.items() if score == best]
    if len(found) > 1:
        names = " or ".join(key for key, sign in SEPARATORS.items() if sign in found)
        raise FileError("its separator is not plain", Location(name), f"give its source separator: {names}")
    return found[0]

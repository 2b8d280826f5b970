"""The cells of a data file as short texts: "Germany, 2019: 5.2 percent", each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reportgen.factcheck.fact_values import Place
from reportgen.factcheck.reading.texts import FileText, Part
from reportgen.input.tables.data_file import read_data_file
from reportgen.input.tables.sheets import Cell, Sheet, format_address
from reportgen.system.errors import FileError, Location
from reportgen.text.late_pattern import compile_late

MOST_CELLS = 30_000  # of a file, which take some seconds to compare with
HEAD_ROWS = 12  # among which a sheet's row of headings stands
_PERCENT = compile_late(r"%|\bper\s?cent(?:age)?\b(?!\s*points?)", re.IGNORECASE)
_SCALE = compile_late(r"(US\$|\$|€|£)?\s?\b(thousand|million|billion|trillion|bn|mn)s?\b", re.IGNORECASE)


def read_rows(path: Path, name: str) -> FileText:
    """Read the numbers of a data file, each with its row's label and its column's heading.

    Raises
    ------
    FileError
        When the file cannot be read, or has no numbers.
    """
    book = read_data_file(path, name, None)
    parts: list[Part] = []
    for sheet in book.sheets.values():
        for part in _read_sheet(sheet):
            if len(parts) == MOST_CELLS:
                note = f"{name}: not read: all numbers after the first {MOST_CELLS:,}"
                return FileText(name, book.sha256, tuple(parts), (note,))
            parts.append(part)
    if not parts:
        raise FileError("it has no numbers", Location(name), "name the sheet's own file, saved with its values")
    return FileText(name, book.sha256, tuple(parts), (book.encoding_note,) if book.encoding_note else ())


def _read_sheet(sheet: Sheet) -> Iterator[Part]:
    head = _find_head(sheet)
    title = " ".join(
        str(cell.value) for (row, _), cell in sorted(sheet.cells.items()) if row < head and cell.kind == "text"
    )[:300]
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= head or not _is_number(cell):
            continue
        labels = [
            str(other.value)
            for at in range(1, column)
            if (other := sheet.cells.get((row, at))) and other.kind in ("text", "date") and not _is_number(other)
        ]
        heading = sheet.cells.get((head, column)) if head else None
        words = str(heading.value if heading.kind != "number" else heading.describe()) if heading else ""
        if not labels and (first := sheet.cells.get((row, 1))) and column > 1:
            labels = [first.describe().strip('"')]
        label = ", ".join(filter(None, (*labels[:4], words)))
        text = f"{label}: {_print(cell, f'{words} {title}')}" if label else _print(cell, title)
        yield Part(text, Place(part=format_address(sheet.name, (row, column))), f"{sheet.name} {title}", is_row=True)


def _find_head(sheet: Sheet) -> int:
    """Return the row of the headings: the first one with several cells of which the first rows below have numbers."""
    rows = sorted({row for row, _ in sheet.cells})[:HEAD_ROWS]
    for row in rows:
        cells = [cell for (at, _), cell in sheet.cells.items() if at == row]
        below = [cell for (at, _), cell in sheet.cells.items() if at == row + 1]
        if len(cells) > 1 and any(cell.kind == "text" for cell in cells) and any(map(_is_number, below)):
            return row
    return 0


def _is_number(cell: Cell) -> bool:
    return cell.kind == "number" or (
        cell.kind == "text" and bool(re.fullmatch(r"\s*[$€£]?\s?[-–−+]?\d[\d,]*(?:\.\d+)?\s?%?\s*", str(cell.value)))
    )


def _print(cell: Cell, words: str) -> str:
    """Return a cell's number with the unit that its format or heading gives it."""
    text = cell.describe().strip('"').strip()
    if text.endswith("%"):
        return text
    if _PERCENT.search(words):
        return f"{text}%"
    scale = _SCALE.search(words)
    currency = (scale[1] if scale and scale[1] else "") or cell.currency
    return f"{currency}{text}{f' {scale[2]}' if scale else ''}"

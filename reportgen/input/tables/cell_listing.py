"""A data file as `source` lists it: the cells of each row, with their letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportgen.input.tables.sheets import Sheet, Workbook, column_letters, format_place

MOST_ROWS = 200  # of a sheet that are printed


def list_rows(book: Workbook) -> Iterator[str]:
    """Yield a line for each row of each sheet: "5  A 2021 | B 12.5", after the sheet's name."""
    for sheet in book.sheets.values():
        if sheet.name:
            yield f'sheet "{sheet.name}"{" (hidden)" if sheet.is_hidden else ""}'
        for number, (row, cells) in enumerate(sheet.rows.items()):
            if number == MOST_ROWS:
                yield f"… {len(sheet.rows) - MOST_ROWS:,} more rows"
                break
            yield f"{row}  " + " | ".join(f"{column_letters(at)} {_show(sheet, row, at)}" for at in cells)


def _show(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells[row, column]
    return " ".join(cell.describe().strip('"').split())


def list_cells(book: Workbook) -> dict[str, Any]:
    """Return the sheets and their cells by address, as `source --format json` prints them."""
    return {
        "source": book.file,
        "sha256": book.sha256,
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.is_hidden,
                "cells": {format_place(place): cell.pack() for place, cell in sorted(sheet.cells.items())},
            }
            for sheet in book.sheets.values()
        ],
    }

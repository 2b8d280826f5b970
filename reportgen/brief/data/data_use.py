"""The cells that a brief uses, and how the lock keeps them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from reportgen.input.tables.sheets import Cell, Place, Sheet, Workbook, format_address, parse_place, split_address
from reportgen.input.yamlfile import KeyPath

Address = tuple[str, Place]
"""A sheet and a place in it."""


class UsedFile(Struct):
    """A data file as the brief uses it. Without `sha256`, it is not here, and its cells are those of the lock."""

    file: str
    sha256: str = ""
    cells: dict[Address, Cell] = field(default_factory=dict)
    """The cells that are used: a number as it was read, so that another way to write it is no change."""
    owners: dict[KeyPath, list[Address]] = field(default_factory=dict)
    """The cells of each fact and exhibit, by its path in the brief."""

    def pack(self) -> dict[str, Any]:
        """Return the used cells as the lock keeps them, by address."""
        return {format_address(sheet, place): cell.pack() for (sheet, place), cell in self.cells.items()}


def unpack_cells(data: Any) -> dict[Address, Cell]:
    """Return the cells of one file from the lock. Raise ValueError, TypeError or KeyError for what `pack` does not write."""
    cells = {}
    for address, packed in data.items():
        sheet, text = split_address(address)
        place = parse_place(text)
        if place is None:
            raise ValueError(f"{address} is no address")
        cells[sheet or "", place] = Cell.unpack(packed)
    return cells


def build_workbook(file: str, cells: dict[Address, Cell]) -> Workbook:
    """Return locked cells as the file that they come from."""
    sheets: dict[str, Sheet] = {}
    for (name, place), cell in cells.items():
        sheets.setdefault(name, Sheet(name, {}, is_partial=True)).cells[place] = cell
    return Workbook(file, sheets, tuple(sheets))

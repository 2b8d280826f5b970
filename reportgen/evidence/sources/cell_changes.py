"""The cells of a data file compared with those that the lock has, and with values that a brief states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportgen.brief.data.cell_facts import is_label, is_year
from reportgen.brief.data.data_use import Address, UsedFile
from reportgen.input.tables.sheets import Cell, format_address
from reportgen.input.yamlfile import KeyPath
from reportgen.text.numbers import PartialDate, count_decimals

LISTED = 12
"""How many changed cells are shown with their contents; the others are listed."""


def agrees(stated: float | PartialDate | None, cell: Cell, scale: float) -> bool:
    """Return whether a value is a cell's date, or its number rounded to the value's decimals."""
    if isinstance(stated, PartialDate):
        return str(cell.value) == stated.iso
    return cell.kind == "number" and stated is not None and _is_rounded(float(stated), cell, scale)


def _is_rounded(stated: float, cell: Cell, scale: float) -> bool:
    """Return whether a value is a cell's number, rounded to the value's decimals."""
    exact = Decimal(repr(float(cell.value))) * (100 if cell.percent else 1) * Decimal(repr(scale))
    half = Decimal(5) * Decimal(10) ** -(count_decimals(stated) + 1)
    return abs(exact - Decimal(repr(stated))) <= half * (1 + Decimal("1e-9"))


def list_changes(
    path: KeyPath, addresses: list[Address], used: UsedFile, before: Mapping[Address, Cell]
) -> Iterator[tuple[Address, str]]:
    """Yield each cell that is not as it was locked, with the words that say so."""
    columns = {(sheet, place[1]) for sheet, place in before}
    own = {(sheet, place[1]) for sheet, place in addresses}
    for address in addresses:
        sheet, place = address
        cell, old = used.cells[address], before.get(address)
        if old is None:
            if path[0] == "exhibits" and (sheet, place[1]) in columns:
                yield address, f"{format_address(*address)} is new: {cell.describe()}"
        elif old.pack() != cell.pack():
            yield address, f"{format_address(*address)} was {_show(old, cell)} and is {_show(cell, old)}"
    for address in before.keys() - set(addresses):
        old, now = before[address], used.cells.get(address)
        was = f"{format_address(*address)} was {old.describe()}"
        if path[0] == "exhibits":
            if now is None and (address[0], address[1][1]) in own:
                yield address, f"{was} and is not in the table"
        elif (is_label(old) or is_year(old)) and _is_beside(address, addresses[0]) and now != old:
            yield address, f"{was} and is {now.describe() if now else 'no label now'}"


def _is_beside(label: Address, cell: Address) -> bool:
    """Return whether a cell may have been a label of another one: left of it, or over it."""
    (sheet, (row, column)), (other, (at_row, at_column)) = label, cell
    is_left = row == at_row and column < at_column
    return sheet == other and (is_left or (column == at_column and row < at_row))


def _show(cell: Cell, other: Cell) -> str:
    """Return a cell's content; whole, where it and another show the same."""
    if cell.describe() == other.describe() and cell.kind == "number":
        return f"{cell.value:.15g}"
    return cell.describe()


def describe_changes(file: str, changes: list[tuple[Address, str]], when: str) -> str:
    """Return the message of a finding: the first changed cells with their contents, and the addresses of the others."""
    changes = sorted(changes)
    listed = "; ".join(words for _, words in changes[:LISTED])
    if rest := changes[LISTED:]:
        listed += "; also changed: " + ", ".join(format_address(*address) for address, _ in rest)
    count = f"{len(changes)} cells" if len(changes) > 1 else "a cell"
    return f"{count} of {file} changed since the check {when}: {listed}"

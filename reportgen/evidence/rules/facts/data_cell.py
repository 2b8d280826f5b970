"""Cells of data files are what they were

A fact may be a cell of a data file, and a chart may draw its columns. If the fact states a `value` too, the cell must have it,
rounded to as many decimals as the value has. evidence.lock holds the cells that are used. A cell that has changed since is
reported with its address, and so is a row that was added to a chart's columns or removed from them: read what the brief says of
it again, then accept the file as it is with `check --accept-data`. Without the file, the cells are those of the lock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportgen.brief.data.data_use import Address, UsedFile, unpack_cells
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.input.tables.sheets import Cell, format_address
from reportgen.input.yamlfile import KeyPath
from reportgen.text.numbers import PartialDate, count_decimals

ID = "data-cell"
SEVERITY: Severity = "error"

_LISTED = 12  # changed cells that a finding shows with their contents; it lists the others


def check(case: Case) -> Iterator[Fault]:
    for source, used in case.brief.data_files.items():
        locked = case.lock.cells.get(source) if case.lock else None
        before = unpack_cells(locked) if locked is not None else None
        differing = set()
        for name, fact in case.brief.facts.items():
            if fact.source == source and fact.cell and (found := _compare_stated(case, name, used)):
                differing.add(("facts", name))
                yield found
        if before is None or not used.sha256 or case.accepts_data:
            continue
        old = case.lock.sources.get(source) if case.lock else None
        if old and old.sha256 == used.sha256:
            continue
        for path, addresses in used.owners.items():
            if path not in differing and (changes := list(_list_changes(path, addresses, used, before))):
                when = f"on {old.verified}" if old else "last"
                yield _report(case, path, used.file, changes, when)


def _compare_stated(case: Case, name: str, used: UsedFile) -> Fault | None:
    """Return the fault of a fact whose stated value is not its cell's, or whose cell nobody has read."""
    path: KeyPath = ("facts", name)
    value, stated = case.brief.facts[name].value, _get_stated(case, name)
    addresses = used.owners.get(path)
    if not addresses:
        hint = f"put {used.file} into the brief's folder, and check again"
        return case.fault(f'the cell of the fact "{name}" was never read', (*path, "cell"), hint)
    if stated is None:
        return None
    cell = used.cells[addresses[0]]
    if isinstance(value, PartialDate):
        agrees = str(cell.value) == value.iso
    else:
        agrees = cell.kind == "number" and _agrees(float(value or 0), cell, case.brief.facts[name].scale or 1.0)
    if agrees:
        return None
    where = f"{used.file}, {format_address(*addresses[0])}"
    shown = cell.describe() if cell.decimals is None or cell.percent else f"{cell.value:.15g}"
    message = f'the fact "{name}" has the value {stated}, its cell {shown}'
    return case.fault(message, (*path, "value"), f"{where} has {shown}: correct one of them, or leave `value` out")


def _get_stated(case: Case, name: str) -> object:
    raw = case.brief.document.data["facts"][name]
    return raw.get("value")


def _agrees(stated: float, cell: Cell, scale: float) -> bool:
    """Return whether a value is a cell's number, rounded to the value's decimals."""
    exact = Decimal(repr(float(cell.value))) * (100 if cell.percent else 1) * Decimal(repr(scale))
    half = Decimal(5) * Decimal(10) ** -(count_decimals(stated) + 1)
    return abs(exact - Decimal(repr(stated))) <= half * (1 + Decimal("1e-9"))


def _list_changes(
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
    if path[0] == "exhibits":
        for address in before.keys() - used.cells.keys():
            if (address[0], address[1][1]) in own:
                yield address, f"{format_address(*address)} was {before[address].describe()} and is not in the table"


def _show(cell: Cell, other: Cell) -> str:
    """Return a cell's content; whole, where it and another show the same."""
    if cell.describe() == other.describe() and cell.kind == "number":
        return f"{cell.value:.15g}"
    return cell.describe()


def _report(case: Case, path: KeyPath, file: str, changes: list[tuple[Address, str]], when: str) -> Fault:
    changes = sorted(changes)
    listed = "; ".join(words for _, words in changes[:_LISTED])
    if rest := changes[_LISTED:]:
        listed += "; also changed: " + ", ".join(format_address(*address) for address, _ in rest)
    count = f"{len(changes)} cells" if len(changes) > 1 else "a cell"
    message = f"{count} of {file} changed since the check {when}: {listed}"
    key = "cell" if path[0] == "facts" else "data"
    return case.fault(message, (*path, key), "read what says it again, then accept the file: check --accept-data")

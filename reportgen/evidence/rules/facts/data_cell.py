"""Cells of data files are what they were

A fact may be a cell of a data file, and a chart may draw its columns. If the fact states a `value` too, the cell must have it,
rounded to as many decimals as the value has. evidence.lock holds the cells that are used. A cell that has changed since is
reported with its address, and so is a row that was added to a chart's columns or removed from them: read what the brief says of
it again, then accept the file as it is with `check --accept-data`. Without the file, the cells are those of the lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.input.yamlfile import KeyPath

if TYPE_CHECKING:
    from reportgen.brief.data.data_use import UsedFile

ID = "data-cell"
SEVERITY: Severity = "error"


def check(case: Case) -> Iterator[Fault]:
    for source, used in case.brief.data_files.items():
        yield from _check_file(case, source, used)


def _check_file(case: Case, source: str, used: UsedFile) -> Iterator[Fault]:
    from reportgen.brief.data.data_use import unpack_cells
    from reportgen.evidence.sources.cell_changes import describe_changes, list_changes

    differing: set[KeyPath] = set()
    for name, fact in case.brief.facts.items():
        if fact.source == source and fact.cell and (found := _compare_stated(case, name, used)):
            differing.add(("facts", name))
            yield found
    locked = case.lock.cells.get(source) if case.lock else None
    old = case.lock.sources.get(source) if case.lock else None
    is_same = old is not None and old.sha256 == used.sha256
    if locked is None or not used.sha256 or is_same or case.accepts_data:
        return
    before = unpack_cells(locked)
    for path, addresses in used.owners.items():
        if path not in differing and (changes := list(list_changes(path, addresses, used, before))):
            message = describe_changes(used.file, changes, f"on {old.verified}" if old else "last")
            hint = "read what says it again, then accept the file: check --accept-data"
            yield case.fault(message, (*path, "cell" if path[0] == "facts" else "data"), hint)


def _compare_stated(case: Case, name: str, used: UsedFile) -> Fault | None:
    """Return the fault of a fact whose stated value is not its cell's, or whose cell nobody has read."""
    from reportgen.evidence.sources.cell_changes import agrees
    from reportgen.input.tables.sheets import format_address

    path: KeyPath = ("facts", name)
    fact, stated = case.brief.facts[name], case.brief.document.data["facts"][name].get("value")
    addresses = used.owners.get(path)
    if not addresses:
        hint = f"put {used.file} into the brief's folder, and check again"
        return case.fault(f'the cell of the fact "{name}" was never read', (*path, "cell"), hint)
    cell = used.cells[addresses[0]]
    if stated is None or agrees(fact.value, cell, fact.scale or 1.0):
        return None
    shown = cell.describe() if cell.decimals is None or cell.percent else f"{cell.value:.15g}"
    message = f'the fact "{name}" has the value {stated}, its cell {shown}'
    where = f"{used.file}, {format_address(*addresses[0])}"
    return case.fault(message, (*path, "value"), f"{where} has {shown}: correct one of them, or leave `value` out")

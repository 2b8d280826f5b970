"""The first line of recipients.csv: which column is which. Columns that we do not know are kept for templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from reportgen.distribute.recipients.csv_table import Cell
from reportgen.system.errors import Diagnostic, Location

COLUMNS = (
    "name",
    "organization",
    "email",
    "documents",
    "salutation",
    "language",
    "copy_number",
    "expires",
    "before_embargo",
)
_OTHER_SPELLINGS = {
    "organisation": "organization",
    "e_mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "copy_no": "copy_number",
}
EXAMPLE = f"the first line names the columns: {','.join(COLUMNS)}"


class Header(Struct, frozen=True):
    """The columns by their places; None for one that has no name, as spreadsheets leave at the end of a row."""

    file: str
    names: tuple[str | None, ...]
    problems: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, cells: Sequence[Cell], file: str) -> Header:
        names = tuple(column(cell.text) or None for cell in cells)
        return cls(file, names, tuple(_problems(cells, names, file)), tuple(_warnings(cells, names, file)))

    @property
    def usable(self) -> bool:
        """Whether the rows below it can be judged."""
        return "name" in self.names

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns that we do not know."""
        return tuple(name for name in self.names if name and name not in COLUMNS)

    def values(self, row: Sequence[Cell], problems: list[Diagnostic]) -> Mapping[str, Cell] | None:
        """A row's cells by column; None, and a problem told, where they do not match the columns."""
        count = len(self.names)
        if len(row) < count and any(self.names[len(row) :]):
            last = row[-1]
            problems.append(
                Diagnostic(
                    f"this row has {len(row)} cells, and there are {count} columns",
                    Location(self.file, row[0].line, last.column),
                    "is a delimiter missing, or a line broken in two? spreadsheets sometimes leave out a row's empty end: fill one of its cells",
                )
            )
            return None
        for place, cell in enumerate(row):
            if cell.text and (place >= count or self.names[place] is None):
                what = (
                    f"this row has {len(row)} cells, and there are {count} columns"
                    if place >= count
                    else "this column has no name"
                )
                hint = (
                    "quote a cell that holds the delimiter"
                    if place >= count
                    else "name it in the first line, or empty its cells"
                )
                problems.append(Diagnostic(what, Location(self.file, cell.line, cell.column), hint))
                return None
        return {name: cell for name, cell in zip(self.names, row, strict=False) if name}


def column(written: str) -> str:
    """A column's name however it is written: "Copy number", "COPY_NUMBER" and "copy-number" are one."""
    name = re.sub(r"\W+|_+", "_", written.casefold()).strip("_")
    return _OTHER_SPELLINGS.get(name, name)


def likeness(cells: Sequence[Cell]) -> int:
    """How many of a row's cells are names of our columns."""
    return sum(column(cell.text) in COLUMNS for cell in cells)


def _problems(cells: Sequence[Cell], names: Sequence[str | None], file: str) -> Iterator[Diagnostic]:
    place = Location(file, cells[0].line, cells[0].column)
    if not any(name in COLUMNS for name in names):
        yield Diagnostic("there is no header", place, EXAMPLE)
        return
    if "name" not in names:
        near = get_close_matches("name", [name for name in names if name], n=1, cutoff=0.7)
        yield Diagnostic('there is no column "name"', place, f'did you mean "{near[0]}" to be it?' if near else EXAMPLE)
    for name, count in Counter(name for name in names if name).items():
        if count > 1:
            second = [cell for cell, other in zip(cells, names, strict=True) if other == name][1]
            yield Diagnostic(
                f'the column "{name}" stands twice',
                Location(file, second.line, second.column),
                "delete one of them, or give it another name",
            )


def _warnings(cells: Sequence[Cell], names: Sequence[str | None], file: str) -> Iterator[Diagnostic]:
    for cell, name in zip(cells, names, strict=True):
        missing = [known for known in COLUMNS if known not in names]
        if name and name not in COLUMNS and (near := get_close_matches(name, missing, n=1, cutoff=0.8)):
            yield Diagnostic(
                f'the column "{name}" is none that we know, and is kept for templates',
                Location(file, cell.line, cell.column),
                f'did you mean "{near[0]}"?',
                "warning",
            )

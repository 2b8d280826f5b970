"""The first line of recipients.csv, which names the columns. Columns of the user's own are kept for templates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from reportgen.distribution.recipients.csv_table import Cell
from reportgen.system.errors import Diagnostic, Location

COLUMNS = (
    "name", "organization", "email", "documents", "salutation", "language", "copy_number", "expires", "before_embargo"
)  # fmt: skip
_OTHER_SPELLINGS = {
    "organisation": "organization",
    "e_mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "copy_no": "copy_number",
}
EXAMPLE = f"the first line names the columns: {','.join(COLUMNS)}"


class Header(Struct, frozen=True):
    """The columns by their places; None for one without a name, as spreadsheets leave at the end of a row."""

    file: str
    names: tuple[str | None, ...]
    problems: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, cells: Sequence[Cell], file: str) -> Header:
        names = tuple(_normalize_column(cell.text) or None for cell in cells)
        return cls(file, names, tuple(_find_problems(cells, names, file)), tuple(_find_warnings(cells, names, file)))

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns of the user's own."""
        return tuple(name for name in self.names if name and name not in COLUMNS)

    def values(self, row: Sequence[Cell], problems: list[Diagnostic]) -> Mapping[str, Cell] | None:
        """Return a row's cells by column; None, with a problem added, where they do not match the columns."""
        count = len(self.names)
        counts = f"this row has {len(row)} cells, and there are {count} columns"
        if len(row) < count and any(self.names[len(row) :]):
            hint = (
                "is a delimiter missing, or a line broken in two? spreadsheets sometimes leave out a row's empty end: "
                "fill one of its cells"
            )
            problems.append(Diagnostic(counts, Location(self.file, row[0].line, row[-1].column), hint))
            return None
        for place, cell in enumerate(row):
            if not cell.text or (place < count and self.names[place] is not None):
                continue
            if place >= count:
                message, hint = counts, "quote a cell that contains the delimiter"
            else:
                message, hint = "this column has no name", "name it in the first line, or empty its cells"
            problems.append(Diagnostic(message, Location(self.file, cell.line, cell.column), hint))
            return None
        return {name: cell for name, cell in zip(self.names, row, strict=False) if name}


def count_known_columns(cells: Sequence[Cell]) -> int:
    """Return how many of a row's cells are names of our columns."""
    return sum(_normalize_column(cell.text) in COLUMNS for cell in cells)


def _normalize_column(written: str) -> str:
    """Return one name for all spellings of a column: "Copy number", "COPY_NUMBER" and "copy-number"."""
    name = re.sub(r"\W+|_+", "_", written.casefold()).strip("_")
    return _OTHER_SPELLINGS.get(name, name)


def _find_problems(cells: Sequence[Cell], names: Sequence[str | None], file: str) -> Iterator[Diagnostic]:
    where = Location(file, cells[0].line, cells[0].column)
    if not any(name in COLUMNS for name in names):
        yield Diagnostic("there is no header", where, EXAMPLE)
        return
    if "name" not in names:
        near = get_close_matches("name", [name for name in names if name], n=1, cutoff=0.7)
        yield Diagnostic('there is no column "name"', where, f'is it "{near[0]}"? rename it' if near else EXAMPLE)
    for name, count in Counter(name for name in names if name).items():
        if count > 1:
            second = [cell for cell, other in zip(cells, names, strict=True) if other == name][1]
            where = Location(file, second.line, second.column)
            yield Diagnostic(f'there are two columns "{name}"', where, "delete or rename one of them")


def _find_warnings(cells: Sequence[Cell], names: Sequence[str | None], file: str) -> Iterator[Diagnostic]:
    for cell, name in zip(cells, names, strict=True):
        missing = [known for known in COLUMNS if known not in names]
        if name and name not in COLUMNS and (near := get_close_matches(name, missing, n=1, cutoff=0.8)):
            message = f'the column "{name}" is not one of ours, and is kept for templates'
            where = Location(file, cell.line, cell.column)
            yield Diagnostic(message, where, f'did you mean "{near[0]}"?', "warning")

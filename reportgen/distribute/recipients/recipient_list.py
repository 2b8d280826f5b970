"""recipients.csv -> who gets what. Read whole and judged whole before anything is made or sent.

A row is a person or an office. Only `name` is required: a packet that is printed or handed over needs no address, and
whoever sends mail calls `require_addresses` first. Names, addresses and salutations end up in mail headers, file names, CSV
files and on pages, so nothing in them may break a line, move a cursor or turn the direction of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from reportgen.distribute.recipients import csv_table
from reportgen.distribute.recipients.cells import Cells
from reportgen.distribute.recipients.columns import Header, likeness
from reportgen.distribute.recipients.csv_table import SAVE_AS
from reportgen.distribute.recipients.duplicates import without_repeats
from reportgen.distribute.recipients.recipient import Recipient
from reportgen.system.errors import Diagnostic, Location, RecipientsError

NOTHING: Mapping[str, str] = {}  # more than our columns: the same for all rows of a list, which may have 10,000
MOST_TOLD = 200  # a fault that is in each of 10,000 rows is told often enough by then


class Recipients(Struct, frozen=True):
    """The list: each once, in the order of the file. `columns` are the names of what is in `extra`."""

    file: str
    rows: tuple[Recipient, ...]
    columns: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def location_of(self, recipient: Recipient) -> Location:
        return Location(self.file, recipient.line)

    def require_addresses(self) -> None:
        """For mail: raises RecipientsError for all who have none."""
        if missing := [row for row in self.rows if not row.email]:
            raise RecipientsError(
                limit_diagnostics(
                    [
                        Diagnostic(
                            f'"{row.name}" has no address, and mail needs one', self.location_of(row), "fill in email"
                        )
                        for row in missing
                    ]
                )
            )


def read_list(path: Path, shown_as: str | None = None) -> Recipients:
    """The list in a file. Raises FileError (cannot be read) or RecipientsError (all that is wrong with it)."""
    name = shown_as or str(path)
    return parse(csv_table.decode(csv_table.read_bytes(path, name), name), name)


def parse(text: str, file: str) -> Recipients:
    """The list in a CSV text. Raises RecipientsError with every fault that it has."""
    problems: list[Diagnostic] = []
    rows = csv_table.rows(text, file, likeness, problems)
    first = next(rows, None)
    if first is None:
        problems.append(
            Diagnostic("the list is empty", Location(file, 1, 1), "its first line names the columns: name,email")
        )
        raise RecipientsError(problems)
    header = Header.read(first, file)
    problems += header.problems
    cells = Cells(file)
    found: list[Recipient] = []
    if header.usable:
        for row in rows:
            if (values := header.values(row, problems)) is not None:
                found.append(_recipient(cells, header, values, row[0].line))
    problems += cells.problems
    if header.usable and not found and not problems:
        problems.append(
            Diagnostic("there is nobody in the list, only its header", Location(file, first[0].line + 1), SAVE_AS)
        )
    problems += _numbers_twice(found, file)
    kept, warnings = without_repeats(found, file, problems)
    if problems:
        raise RecipientsError(limit_diagnostics(sorted(problems, key=_order)))
    return Recipients(file, kept, header.extra, (*header.warnings, *cells.warnings, *warnings))


def _recipient(cells: Cells, header: Header, row: Mapping[str, csv_table.Cell], line: int) -> Recipient:
    return Recipient(
        name=cells.name(row["name"], line),
        organization=cells.text(row.get("organization"), "organization", formula=True),
        email=cells.address(row.get("email")),
        documents=cells.documents(row.get("documents")),
        salutation=cells.text(row.get("salutation"), "salutation"),
        language=cells.language(row.get("language")),
        number=cells.number(row.get("copy_number")),
        expires=cells.day(row.get("expires")),
        before_embargo=cells.yes(row.get("before_embargo"), "before embargo"),
        extra={name: cells.free(row[name], name) for name in header.extra} or NOTHING,
        line=line,
    )


def _numbers_twice(rows: list[Recipient], file: str) -> Iterator[Diagnostic]:
    first: dict[int, Recipient] = {}
    for row in rows:
        if row.number is not None and first.setdefault(row.number, row) is not row:
            yield Diagnostic(
                f"the copy number {row.number} is given twice",
                Location(file, row.line),
                f"line {first[row.number].line} has it; leave the cell empty to get the next free number",
            )


def _order(problem: Diagnostic) -> tuple[int, int]:
    where = problem.where or Location("")
    return where.line or 0, where.column or 0


def limit_diagnostics(problems: list[Diagnostic]) -> list[Diagnostic]:
    """As many as somebody reads, and how many more there are."""
    if len(problems) <= MOST_TOLD:
        return problems
    more = Diagnostic(f"and {len(problems) - MOST_TOLD:,} more like these", problems[MOST_TOLD].where)
    return [*problems[:MOST_TOLD], more]

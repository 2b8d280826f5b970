"""recipients.csv, read whole and checked whole before anything is made or sent.

A row is a person or an office. Only `name` is required: a packet that is printed or handed over needs no address, and a
caller that sends mail calls `require_addresses` first. Names, addresses and salutations end up in mail headers, file names
and on pages, so nothing in them may break a line, move a cursor or turn the direction of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.distribution.recipients import csv_table
from reportgen.distribution.recipients.cells import CellReader
from reportgen.distribution.recipients.columns import Header, count_known_columns
from reportgen.distribution.recipients.csv_table import SAVE_AS
from reportgen.distribution.recipients.duplicates import drop_duplicates
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.system.errors import Diagnostic, Location, RecipientsError

NO_EXTRA: Mapping[str, str] = {}  # one for all rows of a list, which may have 10,000
MAX_PROBLEMS = 200  # that are reported: a fault may be in each of 10,000 rows


class Recipients(Struct, frozen=True):
    """The list, each recipient once, in the order of the file."""

    file: str
    rows: tuple[Recipient, ...]
    warnings: tuple[Diagnostic, ...] = ()

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self.rows)

    def location_of(self, recipient: Recipient) -> Location:
        return Location(self.file, recipient.line)

    def require_addresses(self) -> None:
        """Raise RecipientsError where somebody has no mail address."""
        raise_problems(
            [
                Diagnostic(f'"{row.name}" has no address, and mail needs one', self.location_of(row), "fill in email")
                for row in self.rows
                if not row.email
            ]
        )


def read_list(path: Path) -> Recipients:
    """Return the list in a file. Raises FileError (cannot be read) or RecipientsError (everything that is wrong with it)."""
    return parse(csv_table.read_text(path), str(path))


def parse(text: str, file: str) -> Recipients:
    """Return the list in a CSV text. Raises RecipientsError with every fault that it has."""
    problems: list[Diagnostic] = []
    rows = csv_table.parse_rows(text, file, count_known_columns, problems)
    first = next(rows, None)
    if first is None:
        hint = "its first line names the columns: name,email"
        raise RecipientsError([*problems, Diagnostic("the list is empty", Location(file, 1, 1), hint)])
    header = Header.read(first, file)
    problems += header.problems
    cells = CellReader(file)
    found: list[Recipient] = []
    for row in rows if "name" in header.names else ():
        if (values := header.values(row, problems)) is not None:
            found.append(_read_row(cells, header, values, row[0].line))
    problems += cells.problems
    if not found and not problems:
        problems.append(Diagnostic("the list has a header and no rows", Location(file, first[0].line + 1), SAVE_AS))
    problems += _find_repeated_numbers(found, file)
    kept, warnings = drop_duplicates(found, file, problems)
    raise_problems(sorted(problems, key=_position))
    return Recipients(file, kept, (*header.warnings, *cells.warnings, *warnings))


def _read_row(cells: CellReader, header: Header, row: Mapping[str, csv_table.Cell], line: int) -> Recipient:
    empty = csv_table.Cell("", line, 1)  # of a column that the list does not have
    return Recipient(
        name=cells.read_name(row["name"], line),
        organization=cells.read_text(row.get("organization", empty), "organization", may_be_formula=True),
        email=cells.read_address(row.get("email", empty)),
        documents=cells.read_documents(row.get("documents", empty)),
        salutation=cells.read_text(row.get("salutation", empty), "salutation"),
        language=cells.read_language(row.get("language", empty)),
        number=cells.read_number(row.get("copy_number", empty)),
        expires=cells.read_date(row.get("expires", empty)),
        before_embargo=cells.read_yes(row.get("before_embargo", empty), "before embargo"),
        extra={name: cells.read_lines(row[name], name) for name in header.extra} or NO_EXTRA,
        line=line,
    )


def _find_repeated_numbers(rows: list[Recipient], file: str) -> Iterator[Diagnostic]:
    first: dict[int, Recipient] = {}
    for row in rows:
        if row.number is not None and first.setdefault(row.number, row) is not row:
            hint = f"line {first[row.number].line} has it; leave the cell empty to get the next free number"
            yield Diagnostic(f"two rows ask for copy number {row.number}", Location(file, row.line), hint)


def _position(problem: Diagnostic) -> tuple[int, int]:
    where = problem.where or Location("")
    return where.line or 0, where.column or 0


def raise_problems(problems: Sequence[Diagnostic]) -> None:
    """Raise RecipientsError for problems, if any: with the first, as many as anybody reads, and the number of the others."""
    first, others = list(problems[:MAX_PROBLEMS]), problems[MAX_PROBLEMS:]
    if others:
        first.append(Diagnostic(f"and {len(others):,} more like these", others[0].where))
    if first:
        raise RecipientsError(first)

"""The same person or mailbox twice in a list: nobody gets a document twice, and no row is dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.distribution.recipients.addresses import address_key
from reportgen.system.errors import Diagnostic, Location

if TYPE_CHECKING:
    from reportgen.distribution.recipients.recipient import Recipient


def drop_duplicates(
    rows: Sequence[Recipient], file: str, problems: list[Diagnostic]
) -> tuple[tuple[Recipient, ...], list[Diagnostic]]:
    """Return each recipient once, and warnings about rows that look like another.

    A row that repeats an earlier one word for word is left out, with a warning. One that gives the same recipient something
    else is a problem: which of the two holds is not ours to decide. Another name at the same address is another person at
    an office's mailbox, and another address for the same name may be a namesake: both are kept, with a warning.
    """
    warnings: list[Diagnostic] = []
    kept: list[Recipient] = []
    known: dict[tuple[str, str], Recipient] = {}
    mailboxes: dict[str, Recipient] = {}
    names: dict[tuple[str, str], Recipient] = {}
    for row in rows:
        if not row.name:  # a problem already
            continue
        where = Location(file, row.line)
        who = f'the address "{row.email}"' if row.email else f'"{row.name}" of the same organization'
        if (first := known.setdefault(row.identity, row)) is not row:
            repeated = f"{who} is already in line {first.line}"
            if _is_same(first, row):
                hint = "delete one of the rows"
                warnings.append(Diagnostic(f"{repeated}, with the same name: left out", where, hint, "warning"))
            else:
                hint = "merge the two rows" if row.email else "merge the two rows, or add their addresses"
                problems.append(Diagnostic(f"{repeated}, and the two rows differ", where, hint))
            continue
        kept.append(row)
        if row.email and (first := mailboxes.setdefault(address_key(row.email), row)) is not row:
            message = f'{who} is also that of "{first.name}" in line {first.line}: it gets a packet for each'
            warnings.append(Diagnostic(message, where, "is it an office's mailbox? else correct it", "warning"))
        person = (row.name.casefold(), row.organization.casefold())
        if (first := names.setdefault(person, row)) is not row:
            message = f'"{row.name}" of the same organization is in line {first.line} with another address'
            warnings.append(Diagnostic(message, where, "are these two people? else delete one of the rows", "warning"))
    return tuple(kept), warnings


def _is_same(first: Recipient, second: Recipient) -> bool:
    """Say whether two rows differ only in their spelling."""
    one, other = (
        replace(row, line=0, name="", email="", organization=row.organization.casefold()) for row in (first, second)
    )
    return one == other

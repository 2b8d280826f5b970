"""The same person or mailbox twice in a list. Nobody gets a thing twice, and nothing that a row says is dropped unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.distribute.recipients.addresses import comparable
from reportgen.system.errors import Diagnostic, Location

if TYPE_CHECKING:
    from reportgen.distribute.recipients.recipient import Recipient


def without_repeats(
    rows: Sequence[Recipient], file: str, problems: list[Diagnostic]
) -> tuple[tuple[Recipient, ...], list[Diagnostic]]:
    """The rows, each recipient once, and warnings about those that look like another.

    A row that repeats an earlier one word for word is left out, and said. One that gives the same recipient something
    else is a problem: which of the two holds is not ours to say. Another name at the same address is another person at
    an office's mailbox, and another address for the same name may be a namesake: both are kept, and said.
    """
    warnings: list[Diagnostic] = []
    kept: list[Recipient] = []
    known: dict[tuple[str, str], Recipient] = {}
    mailboxes: dict[str, Recipient] = {}
    names: dict[tuple[str, str], Recipient] = {}
    for row in rows:
        if not row.name:  # a problem already
            continue
        place = Location(file, row.line)
        who = f'the address "{row.email}"' if row.email else f'"{row.name}" of the same organization'
        if (first := known.setdefault(row.identity, row)) is not row:
            if _same(first, row):
                warnings.append(
                    Diagnostic(
                        f"{who} stands in line {first.line} already, with the same name: left out",
                        place,
                        "delete one of the rows",
                        "warning",
                    )
                )
            else:
                problems.append(
                    Diagnostic(
                        f"{who} stands in line {first.line} already, and the rows do not say the same",
                        place,
                        "make one row of the two" if row.email else "make one row of the two, or add their addresses",
                    )
                )
            continue
        kept.append(row)
        if row.email and (first := mailboxes.setdefault(comparable(row.email), row)) is not row:
            message = f'{who} is also that of "{first.name}" in line {first.line}: it gets a packet for each'
            warnings.append(Diagnostic(message, place, "is it an office's mailbox? else correct it", "warning"))
        person = (row.name.casefold(), row.organization.casefold())
        if (first := names.setdefault(person, row)) is not row:
            message = f'"{row.name}" of the same organization stands in line {first.line} with another address'
            warnings.append(Diagnostic(message, place, "are these two people? else delete one of the rows", "warning"))
    return tuple(kept), warnings


def _same(first: Recipient, second: Recipient) -> bool:
    """Whether they differ in nothing but how it is written."""
    return replace(first, line=0, name="", email="", organization=first.organization.casefold()) == replace(
        second, line=0, name="", email="", organization=second.organization.casefold()
    )

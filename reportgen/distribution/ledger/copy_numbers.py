"""Copy numbers: who has which, for ever.

A number belongs to an address, or to a name and organization where there is none. It stays with them whatever else the
list says later, and nobody else ever gets it: the number on a page found in a taxi must mean one person.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.recipients.recipient_list import Recipients
from reportgen.system.errors import Diagnostic, RecipientsError


class Holder(Struct, frozen=True):
    """Whose a copy number is, in the words of the list that it was last planned from."""

    number: int
    name: str
    organization: str
    email: str


def assign(connection: sqlite3.Connection, recipients: Recipients) -> dict[Recipient, int]:
    """A number for each recipient, new ones written down. Belongs into a transaction. Raises RecipientsError."""
    known: dict[str, dict[str, int]] = {}
    for number, address, who in connection.execute("SELECT number, address, who FROM holder"):
        known.setdefault(address, {})[who] = number
    alone = Counter(row.identity[0] for row in recipients)
    numbers = {
        row: number
        for row in recipients
        if (number := _known(row, known.get(row.identity[0], {}), alone[row.identity[0]] == 1))
    }
    taken = {number: address for address, holders in known.items() for number in holders.values()}
    if problems := list(_problems(recipients, numbers, taken)):
        raise RecipientsError(problems)
    asked = {row.number for row in recipients if row.number}
    free = (number for number in range(1, len(taken) + len(asked) + len(recipients) + 1) if number not in taken)
    unasked = (number for number in free if number not in asked)
    for row in recipients:
        if row not in numbers:
            numbers[row] = row.number or next(unasked)
    connection.executemany(
        "INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "who = excluded.who, name = excluded.name, organization = excluded.organization, email = excluded.email",
        ((number, *row.identity, row.name, row.organization, row.email) for row, number in numbers.items()),
    )
    return numbers


def _known(row: Recipient, holders: dict[str, int], alone: bool) -> int | None:
    """The number that a recipient has: by address and name, or by an address that is nobody else's, under a new name.

    Somebody else who has taken over a mailbox gets a new number by asking for it in the list.
    """
    address, who = row.identity
    if who in holders:
        return holders[who]
    if not address or not alone or len(holders) != 1:
        return None
    (number,) = holders.values()
    return number if row.number in (None, number) else None


def _problems(recipients: Recipients, numbers: dict[Recipient, int], taken: dict[int, str]) -> Iterator[Diagnostic]:
    for row in recipients:
        has = numbers.get(row)
        if row.number is None or row.number == has:
            continue
        if has is not None:
            message = f'"{row.name}" has copy {has} for good, and the list asks for {row.number}'
            yield Diagnostic(message, recipients.location_of(row), f"write {has}, or leave the cell empty")
        elif row.number in taken:
            message = f"copy {row.number} is somebody else's: numbers are never given again"
            yield Diagnostic(message, recipients.location_of(row), "leave the cell empty to get the next free number")

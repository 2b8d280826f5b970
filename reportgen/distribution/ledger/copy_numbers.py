"""Copy numbers: who has which, for ever.

A number belongs to an address and a name, or to a name and organization where there is no address. It stays with them
whatever else the list says later, and nobody else ever gets it: the number on a stray page must mean one person.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import count

from msgspec import Struct

from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.recipients.recipient_list import Recipients
from reportgen.system.errors import Diagnostic, RecipientsError


class Holder(Struct, frozen=True):
    """The person who has a copy number, as the last list that was planned from spells them."""

    number: int
    name: str
    organization: str
    email: str


def assign_numbers(connection: sqlite3.Connection, recipients: Recipients) -> dict[Recipient, int]:
    """Return a number for each recipient, and store new ones. Call it in a transaction. Raises RecipientsError."""
    known: dict[str, dict[str, int]] = {}
    for number, address, who in connection.execute("SELECT number, address, who FROM holder"):
        known.setdefault(address, {})[who] = number
    rows_at = Counter(row.identity[0] for row in recipients)
    numbers: dict[Recipient, int] = {}
    for row in recipients:
        address, _ = row.identity
        if own := _find_number(row, known.get(address, {}), is_only_row=rows_at[address] == 1):
            numbers[row] = own
    taken = {number for holders in known.values() for number in holders.values()}
    if problems := list(_find_problems(recipients, numbers, taken)):
        raise RecipientsError(problems)
    reserved = taken | {row.number for row in recipients if row.number}
    free = (number for number in count(1) if number not in reserved)
    for row in recipients:
        if row not in numbers:
            numbers[row] = row.number or next(free)
    connection.executemany(
        "INSERT OR IGNORE INTO former_name SELECT number, name FROM holder WHERE number = ? AND name <> ?",
        ((number, row.name) for row, number in numbers.items()),
    )
    connection.executemany(
        "INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "who = excluded.who, name = excluded.name, organization = excluded.organization, email = excluded.email",
        ((number, *row.identity, row.name, row.organization, row.email) for row, number in numbers.items()),
    )
    return numbers


def _find_number(row: Recipient, holders: dict[str, int], is_only_row: bool) -> int | None:
    """Return the number that a recipient has: by address and name, or under a new name by an address of theirs alone.

    Somebody else who has taken over a mailbox gets a new number by asking for it in the list.
    """
    address, who = row.identity
    if who in holders:
        return holders[who]
    if not address or not is_only_row or len(holders) != 1:
        return None
    (number,) = holders.values()
    return number if row.number in (None, number) else None


def _find_problems(recipients: Recipients, numbers: dict[Recipient, int], taken: set[int]) -> Iterator[Diagnostic]:
    for row in recipients:
        own = numbers.get(row)
        if row.number is None or row.number == own:
            continue
        where = recipients.location_of(row)
        if own is not None:
            message = f'"{row.name}" has copy {own} for good, and the list asks for {row.number}'
            yield Diagnostic(message, where, f"write {own}, or leave the cell empty")
        elif row.number in taken:
            message = f"copy {row.number} belongs to somebody else: numbers are never given again"
            yield Diagnostic(message, where, "leave the cell empty to get the next free number")

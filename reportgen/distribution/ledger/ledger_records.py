"""The copies in a ledger, with their states."""

from __future__ import annotations

import sqlite3
from typing import Literal

from msgspec import Struct

from reportgen.distribution.ledger.copy_numbers import Holder

State = Literal["planned", "built", "sent", "failed", "uncertain"]
"""The state of a copy. "uncertain": the run ended during an attempt, so the server may have accepted the mail."""


class Record(Struct, frozen=True):
    """A copy and its state. `words` are the server's in the last attempt."""

    version: int
    holder: Holder
    documents: tuple[str, ...]
    state: State
    attempts: int
    words: str | None
    withdrawn: bool

    @property
    def number(self) -> int:
        return self.holder.number


def read_records(connection: sqlite3.Connection, version: int | None) -> tuple[Record, ...]:
    """Return all copies, or an edition's, by number."""
    rows = connection.execute(
        "SELECT version, number, name, organization, email, documents, state, attempts, words, withdrawn "
        "FROM state JOIN holder USING (number) WHERE ?1 IS NULL OR version = ?1 ORDER BY version, number",
        (version,),
    )
    return tuple(
        Record(edition, Holder(*holder), tuple(documents.split()), state, attempts, words, bool(withdrawn))
        for edition, *holder, documents, state, attempts, words, withdrawn in rows
    )

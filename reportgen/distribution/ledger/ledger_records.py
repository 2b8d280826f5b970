"""The copies in a ledger, with their states."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
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


class Summary(Struct, frozen=True):
    """The number of copies of an edition in each state. Each copy counts once; `attempts` are counted apart."""

    planned: int = 0
    built: int = 0
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    withdrawn: int = 0
    attempts: int = 0

    @property
    def left(self) -> int:
        """The number of copies that a run would still send."""
        return self.planned + self.built + self.failed + self.uncertain


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


def summarize(records: Iterable[Record]) -> Summary:
    """Count the copies by state. One that is no longer in the list was sent or is withdrawn."""
    records = tuple(records)
    states = Counter("withdrawn" if copy.withdrawn and copy.state != "sent" else copy.state for copy in records)
    return Summary(**states, attempts=sum(copy.attempts for copy in records))

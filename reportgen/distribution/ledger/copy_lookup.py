"""Questions about a stray copy, answered from the ledger: who has a number, a name, a file, an address, a mail.

A ledger that an earlier version wrote lacks titles, days and former names; what it cannot answer is None or empty.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from reportgen.distribution.ledger.copy_numbers import Holder
from reportgen.distribution.ledger.ledger_file import wrap_errors


class Subject(Struct, frozen=True):
    """The title, day and language of an edition's documents."""

    title: str
    day: date
    language: str


class CopyLookup:
    """The answers of one open ledger. All raise FileError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection
        rows = self._select("SELECT number, name, organization, email FROM holder")
        self.holders = {row[0]: Holder(*row) for row in rows}
        self._tables = {row[0] for row in self._select("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def names(self) -> Iterator[tuple[int, str]]:
        """Yield the names of everybody, with those that they had in earlier lists."""
        yield from ((number, holder.name) for number, holder in self.holders.items())
        if "former_name" in self._tables:
            yield from self._select("SELECT number, name FROM former_name")

    def subject(self, version: int) -> Subject | None:
        """Return what an edition is about."""
        if "subject" not in self._tables:
            return None
        rows = self._select("SELECT title, day, language FROM subject WHERE version = ?", version)
        return Subject(rows[0][0], date.fromisoformat(rows[0][1]), rows[0][2]) if rows else None

    def snapshot(self, version: int) -> bytes | None:
        """Return what an edition said, as it is stored."""
        if "snapshot" not in self._tables:
            return None
        rows = self._select("SELECT content FROM snapshot WHERE version = ?", version)
        return bytes(rows[0][0]) if rows else None

    def versions(self) -> list[int]:
        return [row[0] for row in self._select("SELECT version FROM edition ORDER BY version")]

    def has_copy(self, version: int, number: int) -> bool:
        return bool(self._select("SELECT 1 FROM copy WHERE version = ? AND number = ?", version, number))

    def copies(self) -> Iterator[tuple[int, int]]:
        """Yield the version and number of every copy."""
        yield from self._select("SELECT version, number FROM copy")

    def owners_of_file(self, sha256: str) -> set[int]:
        """Return the numbers of the copies with a file; without numbered copies, many have the same."""
        return {row[0] for row in self._select("SELECT number FROM file WHERE sha256 = ?", sha256)}

    def packet_names(self) -> Iterator[tuple[str, int]]:
        """Yield the name of each packet, a folder's or an archive's, and its number."""
        for path, number in self._select("SELECT path, number FROM file"):
            parts = path.split("/")
            yield (parts[-1] if parts[-1].endswith(".zip") else parts[-2] if len(parts) > 1 else ""), number

    def owner_of_mail(self, message_id: str) -> int | None:
        """Return the number of the copy that was, or would be, mailed under a Message-ID."""
        found = self._select("SELECT number FROM attempt WHERE message_id = ? LIMIT 1", message_id)
        if found:
            return int(found[0][0])
        unique = message_id.strip("<>").partition("@")[0]
        ((identity,),) = self._select("SELECT identity FROM ledger")
        digests = dict(self._select("SELECT version, hash FROM edition"))
        for version, number in self.copies():
            seed = f"{identity}/{version}/{digests[version]}/{number}"
            if hashlib.sha256(seed.encode()).hexdigest()[:32] == unique:
                return number
        return None

    def _select(self, statement: str, *parameters: object) -> list[tuple]:  # type: ignore[type-arg]  # rows of any types
        with wrap_errors(self._path):
            return self._connection.execute(statement, parameters).fetchall()

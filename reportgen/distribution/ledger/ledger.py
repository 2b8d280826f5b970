"""The ledger of copies: what was planned, built, sent and failed, and so who has which version.

The ledger is written before the world changes and again after, so that a process killed between the two, or a connection
lost there, leaves the truth: an attempt without an end. SMTP has no way to ask whether such a mail has arrived. It is sent
again under the same Message-ID, by which mail systems that drop doubles recognize it; that window, and no other, can bring
somebody a mail twice. Only the process that opened a ledger may use it: a forked worker must not.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from msgspec import Struct

from reportgen.distribution.ledger import copy_numbers
from reportgen.distribution.ledger.copy_lookup import CopyLookup, Subject
from reportgen.distribution.ledger.copy_numbers import Holder
from reportgen.distribution.ledger.held_copies import HeldCopy, find_held_copies
from reportgen.distribution.ledger.ledger_file import connect, lock_folder, relaxed_sync, transaction, wrap_errors
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.recipients.recipient_list import Recipients
from reportgen.system.errors import Diagnostic, EditionError, Location

LEDGER = "ledger.sqlite"
"""The name of a folder's ledger."""
WAIT = 2.0  # seconds until another run's folder is reported as locked: as long as a run needs to end
_MAX_WORDS = 2_000  # characters of a server's answer that are kept
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_UNKNOWN = "the run ended before the server's answer was recorded"
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


class Plan(Struct, frozen=True):
    """The copies of an edition: who gets which number, and who no longer gets one."""

    numbers: Mapping[Recipient, int]
    withdrawn: tuple[Holder, ...]
    warnings: tuple[Diagnostic, ...]


class Ledger:
    """An open ledger: `open` it for writing, which creates it if necessary, or `read` it, which changes nothing."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raise FileError for a file that is not a ledger, a folder that cannot be written, a full disk."""
        return cls(path, connect(path, writing=True))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raise FileError where there is none."""
        return cls(path, connect(path, writing=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def open_edition(
        self, digest: str, new_edition: bool = False, wait: float = WAIT, known_options: Mapping[str, str] | None = None
    ) -> Iterator[EditionRun]:
        """Yield the run of an edition, by the SHA-256 of what it distributes; nobody else can distribute meanwhile.

        The last edition continues if it is the same, `new_edition` or not: a run that was killed is repeated with the same
        command. `known_options` are the options that lead to other SHA-256s of the same documents, for the message.

        Raises EditionError where something else was distributed here and `new_edition` is false, FileError where another
        run still has the folder after `wait` seconds, or the ledger cannot be written.
        """
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError("an edition is identified by a SHA-256 in hexadecimal digits")
        with lock_folder(self.path, wait):
            with wrap_errors(self.path), transaction(self._connection) as connection:
                version = self._open_version(connection, digest, new_edition, known_options or {})
                (identity,) = connection.execute("SELECT identity FROM ledger").fetchone()
            yield EditionRun(self.path, self._connection, version, f"{identity}/{version}/{digest}")

    def _open_version(
        self, connection: sqlite3.Connection, digest: str, new_edition: bool, known_options: Mapping[str, str]
    ) -> int:
        last = connection.execute("SELECT version, hash, opened FROM edition ORDER BY version DESC LIMIT 1").fetchone()
        if last and last[1] == digest:
            return int(last[0])
        version = last[0] + 1 if last else 1
        if last and not new_edition:
            where = Location(str(self.path))
            started = f"edition {last[0]} was started here ({last[2][:10]})"
            hint = f"--new-edition starts edition {version}: everybody gets the new version under the same copy number"
            if options := known_options.get(last[1]):
                raise EditionError(f"{started} {options}", where, f"use the same options again; {hint}")
            raise EditionError(f"the documents have changed since {started}", where, hint)
        connection.execute("INSERT INTO edition VALUES (?, ?, ?)", (version, digest, _now()))
        return version

    def lookup(self) -> CopyLookup:
        """Return the answers to questions about stray copies."""
        return CopyLookup(self.path, self._connection)

    def records(self, version: int | None = None) -> tuple[Record, ...]:
        """Return all copies, or an edition's, by number."""
        with wrap_errors(self.path):
            return _read_records(self._connection, version)


class EditionRun:
    """The one run that distributes an edition. Each call is on the disk when it returns. All raise FileError."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int, seed: str) -> None:
        self.version = version
        self._path, self._connection, self._seed = path, connection, seed

    def plan(self, recipients: Recipients) -> Plan:
        """Give everybody a copy and its number, and withdraw unsent copies of people no longer in the list.

        A recipient who is planned already keeps state and number. Raises RecipientsError for numbers that are taken.
        """
        warnings: list[Diagnostic] = []
        with self._write() as connection:
            before = {record.number: record for record in _read_records(connection, self.version)}
            names = dict(connection.execute("SELECT number, name FROM holder"))
            numbers = copy_numbers.assign_numbers(connection, recipients)
            for row, number in numbers.items():
                record = before.get(number)
                warnings += _plan_warnings(row, number, names.get(number), record, recipients.location_of(row))
                if record and _needs_rebuild(record, row):
                    connection.execute("DELETE FROM file WHERE version = ? AND number = ?", (self.version, number))
            sent = {number for number, record in before.items() if record.state == "sent"}
            connection.executemany(
                "INSERT INTO copy VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET documents = excluded.documents",
                [
                    (self.version, number, " ".join(row.documents), _now())
                    for row, number in numbers.items()
                    if number not in before or (number not in sent and before[number].documents != row.documents)
                ],
            )
            listed = set(numbers.values())
            connection.executemany(
                "UPDATE copy SET withdrawn = ? WHERE version = ? AND number = ?",
                [
                    (number not in listed, self.version, number)
                    for number, record in before.items()
                    if record.withdrawn != (number not in listed)
                ],
            )
        withdrawn = tuple(record.holder for number, record in before.items() if number not in listed | sent)
        return Plan(numbers, withdrawn, tuple(warnings))

    def record_subject(self, subject: Subject) -> None:
        """Record what the edition is about, so that a stray copy of another brief is recognized."""
        with self._write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO subject VALUES (?, ?, ?, ?)",
                (self.version, subject.title, subject.day.isoformat(), subject.language),
            )

    def record_snapshot(self, content: bytes) -> None:
        """Record what the edition says, for a comparison with a later one."""
        with self._write() as connection:
            connection.execute("INSERT OR REPLACE INTO snapshot VALUES (?, ?)", (self.version, content))

    def read_snapshot(self, version: int) -> bytes | None:
        """Return what an edition said; None for one that an earlier program distributed."""
        rows = self._select("SELECT content FROM snapshot WHERE version = ?", version)
        return bytes(rows[0][0]) if rows else None

    def held_copies(self) -> dict[int, HeldCopy]:
        """Return the earlier version that each number has (see `find_held_copies`)."""
        with wrap_errors(self._path):
            return find_held_copies(self._connection, self.version)

    def message_id(self, number: int, domain: str) -> str:
        """Return the Message-ID of a copy's mail: that of an earlier attempt, whatever the domain was then."""
        if not _DOMAIN.fullmatch(domain):
            raise ValueError(f"{domain!r} is not a domain")
        earlier = self._select(
            "SELECT message_id FROM attempt WHERE version = ? AND number = ? AND message_id IS NOT NULL LIMIT 1",
            self.version,
            number,
        )
        unique = hashlib.sha256(f"{self._seed}/{number}".encode()).hexdigest()[:32]
        return str(earlier[0][0]) if earlier else f"<{unique}@{domain}>"

    def files(self, number: int) -> Mapping[str, str]:
        """Return the files that were built of a copy: their SHA-256 by path, in the order of `record_files`."""
        return dict(
            self._select(
                "SELECT path, sha256 FROM file WHERE version = ? AND number = ? ORDER BY rowid", self.version, number
            )
        )

    def packets(self) -> Iterator[tuple[Holder, Mapping[str, str]]]:
        """Yield who is to have a copy, by number, and its files: one at a time, since there may be many."""
        with wrap_errors(self._path):
            rows = self._connection.execute(
                "SELECT number, name, organization, email FROM copy JOIN holder USING (number) "
                "WHERE version = ? AND NOT withdrawn ORDER BY number",
                (self.version,),
            )
            for row in rows:
                yield Holder(*row), self.files(row[0])

    def record_files(self, number: int, files: Mapping[str, str]) -> None:
        """Record that all files of a copy are in their places; all at once, since half a packet is none.

        The operating system has the files by now, and the disk may not. A packet whose entry a power cut loses is built
        again, with the same number and Message-ID; and no mail is sent before its attempt and all earlier entries are on
        the disk.
        """
        with relaxed_sync(self._connection), self._write() as connection:
            connection.execute("DELETE FROM file WHERE version = ? AND number = ?", (self.version, number))
            connection.executemany(
                "INSERT INTO file VALUES (?1, ?2, ?3, ?4, ?5, "
                "(SELECT coalesce(max(id), 0) FROM attempt WHERE version = ?1 AND number = ?2))",
                [(self.version, number, path, digest, _now()) for path, digest in files.items()],
            )

    def begin_attempt(self, number: int, domain: str) -> str:
        """Record an attempt before its mail is sent; return the Message-ID. ValueError for a mail that must not be sent."""
        message_id = self.message_id(number, domain)
        with self._write() as connection:
            row = connection.execute(
                "SELECT state, withdrawn FROM state WHERE version = ? AND number = ?", (self.version, number)
            ).fetchone()
            if row is None or row[0] == "sent" or row[1]:
                raise ValueError(f"copy {number} must not be sent: {row or 'not planned'}")
            self._end_attempt(connection, number, "unknown", _UNKNOWN)
            connection.execute(
                "INSERT INTO attempt (version, number, message_id, begun) VALUES (?, ?, ?, ?)",
                (self.version, number, message_id, _now()),
            )
        return message_id

    def record_sent(self, number: int, server_words: str) -> None:
        """Record that the server has accepted the mail. ValueError where no attempt has begun."""
        with self._write() as connection:
            if not self._end_attempt(connection, number, "sent", server_words):
                raise ValueError(f"copy {number} was sent without a recorded attempt")

    def record_failed(self, number: int, server_words: str) -> None:
        """Record that the server has refused the attempt; or, where none has begun, that the copy failed before it."""
        with self._write() as connection:
            if not self._end_attempt(connection, number, "failed", server_words):
                connection.execute(
                    "INSERT INTO attempt (version, number, begun, ended, outcome, words) VALUES (?, ?, ?, ?, 'failed', ?)",
                    (self.version, number, _now(), _now(), _storable(server_words)),
                )

    def pending(self) -> tuple[Record, ...]:
        """Return every copy that is planned and not sent, by number."""
        with wrap_errors(self._path):
            records = _read_records(self._connection, self.version)
        return tuple(record for record in records if record.state != "sent" and not record.withdrawn)

    def _select(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with wrap_errors(self._path):
            return self._connection.execute(statement, parameters).fetchall()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with wrap_errors(self._path), transaction(self._connection) as connection:
            yield connection

    def _end_attempt(self, connection: sqlite3.Connection, number: int, outcome: str, words: str) -> bool:
        """End the copy's open attempt; say whether there was one."""
        ended = connection.execute(
            "UPDATE attempt SET ended = ?, outcome = ?, words = ? WHERE version = ? AND number = ? AND outcome IS NULL",
            (_now(), outcome, _storable(words), self.version, number),
        )
        return ended.rowcount == 1


def _read_records(connection: sqlite3.Connection, version: int | None) -> tuple[Record, ...]:
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


def _plan_warnings(
    row: Recipient, number: int, name: str | None, record: Record | None, where: Location
) -> Iterator[Diagnostic]:
    if name and name.casefold() != row.name.casefold():
        message = f'copy {number} belonged to "{name}" at the same address, who is taken to be the same person'
        yield Diagnostic(message, where, "if it is somebody else, ask for a new copy number in the list", "warning")
    if record and record.state == "sent" and record.documents != row.documents:
        message = f'"{row.name}" was already sent {" and ".join(record.documents)}, and nothing is sent twice'
        hint = f"the list now says {' and '.join(row.documents)}: send the rest by hand, or start a new edition"
        yield Diagnostic(message, where, hint, "warning")


def _needs_rebuild(record: Record, row: Recipient) -> bool:
    """Say whether a copy's files, or its letter's words, are no longer what the list asks for."""
    if record.documents != row.documents:
        return record.state != "sent"
    holder = record.holder
    return (holder.name, holder.organization, holder.email) != (row.name, row.organization, row.email)


def _storable(words: str) -> str:
    return words[:_MAX_WORDS].encode(errors="replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

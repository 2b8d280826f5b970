"""What was planned, built, sent and failed, per copy and attempt: the answer to "who has which version?".

It is written before the world changes and again after it has, so that a process killed between the two, or a line that is
dropped there, leaves the truth: an attempt without an end. SMTP has no way to ask whether such a mail has arrived. It is sent again under the same
Message-ID, by which mail systems that drop doubles know it; that window, and no other, can bring somebody a mail twice.
Only the process that opened a ledger may use it: a worker that was forked must not.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from reportgen.distribution.ledger import copy_numbers
from reportgen.distribution.ledger.copy_numbers import Holder
from reportgen.distribution.ledger.ledger_file import connect, lock_folder, relaxed_sync, transaction, wrap_errors
from reportgen.distribution.ledger.ledger_records import Record, Summary, records, summary
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.recipients.recipient_list import Recipients
from reportgen.system.errors import Diagnostic, EditionError, Location

WAIT = 2.0  # seconds until another run's folder is called taken: as long as one needs to end
_MOST_WORDS = 2_000  # of a server's answer
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_UNKNOWN = "the run ended before the server's answer was written down"


class Plan(Struct, frozen=True):
    """Who gets what in an edition, and who no longer does."""

    numbers: Mapping[Recipient, int]
    withdrawn: tuple[Holder, ...]
    warnings: tuple[Diagnostic, ...]


class Ledger:
    """An open ledger. `open` for writing makes it where there is none; `read` changes nothing."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises FileError for a file that is none, a folder that cannot be written, a full disk."""
        return cls(path, connect(path, writing=True))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises FileError where there is none."""
        return cls(path, connect(path, writing=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def open_edition(
        self, digest: str, new_edition: bool = False, wait: float = WAIT, known_options: Mapping[str, str] | None = None
    ) -> Iterator[EditionRun]:
        """The edition of what has this SHA-256: the last one goes on if it is the same, `new_edition` or not.

        So a run that was killed is repeated with the same command. Nobody else can distribute from this folder
        meanwhile. Raises EditionError if something else was distributed here and `new_edition` is not said; FileError.
        `known_options` tells of other SHA-256s with what options they would be this one's.
        """
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError("an edition is known by a SHA-256 in hexadecimal digits")
        with lock_folder(self.path, wait):
            with wrap_errors(self.path), transaction(self._connection) as connection:
                version = self._version(connection, digest, new_edition, known_options or {})
                (identity,) = connection.execute("SELECT identity FROM ledger").fetchone()
            yield EditionRun(self.path, self._connection, version, f"{identity}/{version}/{digest}")

    def _version(
        self, connection: sqlite3.Connection, digest: str, new_edition: bool, known_options: Mapping[str, str]
    ) -> int:
        last = connection.execute("SELECT version, hash, opened FROM edition ORDER BY version DESC LIMIT 1").fetchone()
        if last and last[1] == digest:
            return int(last[0])
        version = last[0] + 1 if last else 1
        if last and not new_edition:
            begun = f"edition {last[0]} was begun here ({last[2][:10]})"
            hint = f"--new-edition begins edition {version}, in which everybody gets the new version under the same copy number"
            if options := known_options.get(last[1]):
                raise EditionError(f"{begun} {options}", Location(str(self.path)), f"do the same again; {hint}")
            raise EditionError(f"what is to be sent has changed since {begun}", Location(str(self.path)), hint)
        connection.execute("INSERT INTO edition VALUES (?, ?, ?)", (version, digest, _now()))
        return version

    def editions(self) -> Mapping[int, str]:
        """The SHA-256 of what each edition sent, by version."""
        with wrap_errors(self.path):
            return dict(self._connection.execute("SELECT version, hash FROM edition ORDER BY version"))

    def holder(self, number: int) -> Holder | None:
        """Whose a copy is."""
        with wrap_errors(self.path):
            row = self._connection.execute(
                "SELECT number, name, organization, email FROM holder WHERE number = ?", (number,)
            ).fetchone()
        return Holder(*row) if row else None

    def records(self, version: int | None = None) -> tuple[Record, ...]:
        """All copies, or an edition's, by number."""
        with wrap_errors(self.path):
            return records(self._connection, version)


class EditionRun:
    """The one run that distributes an edition. Each call has reached the disk when it returns. All raise FileError."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int, seed: str) -> None:
        self.version = version
        self._path, self._connection, self._seed = path, connection, seed

    def plan(self, recipients: Recipients) -> Plan:
        """Give everybody a copy and its number; whoever is no longer in the list loses what was not sent yet.

        A recipient who is in it already keeps state and number. Raises RecipientsError for numbers that cannot be had.
        """
        warnings = []
        with self._write() as connection:
            before = {record.number: record for record in records(connection, self.version)}
            names = dict(connection.execute("SELECT number, name FROM holder"))
            numbers = copy_numbers.assign(connection, recipients)
            for row, number in numbers.items():
                if (name := names.get(number, row.name)).casefold() != row.name.casefold():
                    message = f'copy {number} was that of "{name}" at the same address; it is taken for the same person'
                    hint = "somebody else there asks for a new copy number in the list"
                    warnings.append(Diagnostic(message, recipients.location_of(row), hint, "warning"))
                if (record := before.get(number)) and record.documents != row.documents and record.state == "sent":
                    message = f'"{row.name}" has got {_listed(record.documents)} already, and nothing is sent again'
                    hint = f"the list now says {_listed(row.documents)}: send what is lacking by hand, or a new edition"
                    warnings.append(Diagnostic(message, recipients.location_of(row), hint, "warning"))
                elif record and (record.documents, *_who(record.holder)) != (row.documents, *_who(row)):
                    connection.execute("DELETE FROM file WHERE version = ? AND number = ?", (self.version, number))
            sent = {number for number, record in before.items() if record.state == "sent"}
            connection.executemany(
                "INSERT INTO copy VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET documents = excluded.documents",
                (
                    (self.version, number, " ".join(row.documents), _now())
                    for row, number in numbers.items()
                    if number not in before or (number not in sent and before[number].documents != row.documents)
                ),
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
        gone = tuple(record.holder for number, record in before.items() if number not in listed | sent)
        return Plan(numbers, gone, tuple(warnings))

    def message_id(self, number: int, domain: str) -> str:
        """The Message-ID of a copy's mail: the same in each attempt, whatever the domain is by then."""
        if not _DOMAIN.fullmatch(domain):
            raise ValueError(f"{domain!r} is no domain")
        with wrap_errors(self._path):
            before = self._connection.execute(
                "SELECT message_id FROM attempt WHERE version = ? AND number = ? AND message_id IS NOT NULL",
                (self.version, number),
            ).fetchone()
        made = hashlib.sha256(f"{self._seed}/{number}".encode()).hexdigest()[:32]
        return str(before[0]) if before else f"<{made}@{domain}>"

    def files(self, number: int) -> Mapping[str, str]:
        """What was built of a copy: the SHA-256 of each file, in the order in which they were named."""
        with wrap_errors(self._path):
            return dict(
                self._connection.execute(
                    "SELECT path, sha256 FROM file WHERE version = ? AND number = ? ORDER BY rowid",
                    (self.version, number),
                )
            )

    def packets(self) -> Iterator[tuple[Holder, Mapping[str, str]]]:
        """Who is to have a copy, by number, and what was built of it: one at a time, for there may be many."""
        with wrap_errors(self._path):
            rows = self._connection.execute(
                "SELECT number, name, organization, email FROM copy JOIN holder USING (number) "
                "WHERE version = ? AND NOT withdrawn ORDER BY number",
                (self.version,),
            )
            for row in rows:
                yield Holder(*row), self.files(row[0])

    def record_files(self, number: int, files: Mapping[str, str]) -> None:
        """All files of a copy lie in their places. At once, since half a packet is none.

        The files are the system's too by now, and no sooner on the disk. A packet whose entry a power cut takes is made
        again, with the same number and Message-ID; and no mail goes before its attempt is on the disk, and all before it.
        """
        with relaxed_sync(self._connection), self._write() as connection:
            connection.execute("DELETE FROM file WHERE version = ? AND number = ?", (self.version, number))
            connection.executemany(
                "INSERT INTO file VALUES (?1, ?2, ?3, ?4, ?5, "
                "(SELECT coalesce(max(id), 0) FROM attempt WHERE version = ?1 AND number = ?2))",
                [(self.version, number, path, digest, _now()) for path, digest in files.items()],
            )

    def begin_attempt(self, number: int, domain: str) -> str:
        """To be called before a mail is sent: returns its Message-ID. ValueError for one that must not be sent."""
        message_id = self.message_id(number, domain)
        with self._write() as connection:
            row = connection.execute(
                "SELECT state, withdrawn FROM state WHERE version = ? AND number = ?", (self.version, number)
            ).fetchone()
            if row is None or row[0] == "sent" or row[1]:
                raise ValueError(f"copy {number} is not to be sent: {row or 'not planned'}")
            self._end(connection, number, "unknown", _UNKNOWN)
            connection.execute(
                "INSERT INTO attempt (version, number, message_id, begun) VALUES (?, ?, ?, ?)",
                (self.version, number, message_id, _now()),
            )
        return message_id

    def record_sent(self, number: int, server_words: str) -> None:
        """The server has taken the mail. ValueError where no attempt was begun."""
        with self._write() as connection:
            if not self._end(connection, number, "sent", server_words):
                raise ValueError(f"copy {number} was sent without an attempt that was written down before")

    def record_failed(self, number: int, server_words: str) -> None:
        """The server has refused the attempt; or, where none was begun, the copy came to nothing before it."""
        with self._write() as connection:
            if not self._end(connection, number, "failed", server_words):
                connection.execute(
                    "INSERT INTO attempt (version, number, begun, ended, outcome, words) VALUES (?, ?, ?, ?, 'failed', ?)",
                    (self.version, number, _now(), _now(), _told(server_words)),
                )

    def pending(self) -> tuple[Record, ...]:
        """What is left to be done, by copy number: all that is in the plan and not sent."""
        with wrap_errors(self._path):
            found = records(self._connection, self.version)
        return tuple(record for record in found if record.state != "sent" and not record.withdrawn)

    def pending_numbers(self) -> set[int]:
        """The numbers of what is pending."""
        with wrap_errors(self._path):
            rows = self._connection.execute(
                "SELECT number FROM state WHERE version = ? AND state <> 'sent' AND NOT withdrawn", (self.version,)
            )
            return {number for (number,) in rows}

    def summary(self) -> Summary:
        with wrap_errors(self._path):
            return summary(records(self._connection, self.version))

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with wrap_errors(self._path), transaction(self._connection) as connection:
            yield connection

    def _end(self, connection: sqlite3.Connection, number: int, outcome: str, words: str) -> bool:
        """End the copy's open attempt; whether there was one."""
        ended = connection.execute(
            "UPDATE attempt SET ended = ?, outcome = ?, words = ? WHERE version = ? AND number = ? AND outcome IS NULL",
            (_now(), outcome, _told(words), self.version, number),
        )
        return ended.rowcount == 1


def _who(whoever: Holder | Recipient) -> tuple[str, str, str]:
    """How somebody is written, which is what a copy and its letter say."""
    return whoever.name, whoever.organization, whoever.email


def _told(words: str) -> str:
    return words[:_MOST_WORDS].encode(errors="replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _listed(documents: tuple[str, ...]) -> str:
    return " and ".join(documents)

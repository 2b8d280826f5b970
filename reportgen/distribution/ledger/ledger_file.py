"""The ledger's file: SQLite, opened so that a killed process, a second one, a full disk or a foreign file harm nothing.

Each statement of the ledger is one transaction that is on the disk before the call returns (synchronous=FULL), except what
a power cut may take without harm (see `relaxed_sync`). The write-ahead log lets others read while a run writes; where a
network drive cannot have one, SQLite keeps its older journal, which is as safe. A lock on a file beside the ledger decides
which process has an edition; the operating system releases it when that process ends, in whatever way.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.system.errors import FileError, Location

APPLICATION = 0x52475031  # "RGP1": distinguishes our files from other databases
SCHEMA = 1  # version of the tables below; later versions read earlier ones
BUSY_TIMEOUT = 10.0  # seconds that a statement waits for another process
_STRICT = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""

_TABLES = (
    "CREATE TABLE ledger (identity TEXT NOT NULL)",
    # Who has which number, for ever: rows are never deleted, so no number is given twice.
    """CREATE TABLE holder (
        number INTEGER PRIMARY KEY CHECK (number > 0), address TEXT NOT NULL, who TEXT NOT NULL,
        name TEXT NOT NULL, organization TEXT NOT NULL, email TEXT NOT NULL, UNIQUE (address, who))""",
    """CREATE TABLE edition (
        version INTEGER PRIMARY KEY CHECK (version > 0), hash TEXT NOT NULL, opened TEXT NOT NULL)""",
    """CREATE TABLE copy (
        version INTEGER NOT NULL REFERENCES edition, number INTEGER NOT NULL REFERENCES holder,
        documents TEXT NOT NULL, planned TEXT NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (version, number))""",
    """CREATE TABLE file (
        version INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64), built TEXT NOT NULL,
        after_attempt INTEGER NOT NULL,
        PRIMARY KEY (version, number, path), FOREIGN KEY (version, number) REFERENCES copy)""",
    """CREATE TABLE attempt (
        id INTEGER PRIMARY KEY, version INTEGER NOT NULL, number INTEGER NOT NULL, message_id TEXT, begun TEXT NOT NULL,
        ended TEXT, outcome TEXT CHECK (outcome IN ('sent', 'failed', 'unknown')), words TEXT,
        CHECK ((ended IS NULL) = (outcome IS NULL)), FOREIGN KEY (version, number) REFERENCES copy)""",
    "CREATE INDEX attempt_of ON attempt (version, number)",
    "CREATE UNIQUE INDEX one_at_a_time ON attempt (version, number) WHERE outcome IS NULL",
    "CREATE UNIQUE INDEX sent_once ON attempt (version, number) WHERE outcome = 'sent'",
    # The state of each copy: built again after a failure is built; a last attempt without a known end may have sent it.
    """CREATE VIEW state AS SELECT copy.version, copy.number, copy.documents, copy.withdrawn,
        (SELECT count(*) FROM attempt a WHERE a.version = copy.version AND a.number = copy.number) AS attempts,
        last.words, CASE
            WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.version = copy.version AND a.number = copy.number
                         AND a.outcome = 'sent') THEN 'sent'
            WHEN last.id IS NOT NULL AND coalesce(last.outcome, 'unknown') = 'unknown' THEN 'uncertain'
            WHEN EXISTS (SELECT 1 FROM file f WHERE f.version = copy.version AND f.number = copy.number
                         AND f.after_attempt = coalesce(last.id, 0)) THEN 'built'
            WHEN last.outcome = 'failed' THEN 'failed'
            ELSE 'planned' END AS state
        FROM copy LEFT JOIN attempt last ON last.id =
            (SELECT max(id) FROM attempt a WHERE a.version = copy.version AND a.number = copy.number)""",
)

_LATER_TABLES = (
    # Copies that are out there keep the name that they were stamped with.
    "CREATE TABLE IF NOT EXISTS former_name (number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (number, name))",
    """CREATE TABLE IF NOT EXISTS subject (
        version INTEGER PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL, language TEXT NOT NULL)""",
    # What an edition said, to compare a later one with; encrypted where its copies are.
    "CREATE TABLE IF NOT EXISTS snapshot (version INTEGER PRIMARY KEY, content BLOB NOT NULL)",
)
"""Tables that ledgers of the first days lack; a program of those days ignores them."""


def connect(path: Path, writing: bool) -> sqlite3.Connection:
    """Return the open ledger, created if necessary when it is to be written. Raises FileError."""
    with wrap_errors(path):
        if path.is_dir():
            raise FileError("is a folder, not a ledger", Location(str(path)), "name a file in it")
        if not writing:
            return _check(_connect_read_only(path), path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(
                "PRAGMA cache_size = -512"
            )  # KiB: a long list's ledger would use four times as much by default
            if not _is_empty(connection):
                _check(connection, path)
            _enable_write_ahead_log(connection)
            with transaction(connection):
                if _is_empty(connection):
                    _create_tables(connection)
                for statement in _LATER_TABLES:
                    connection.execute(statement + _STRICT)
            return _check(connection, path)
        except BaseException:
            connection.close()
            raise


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run the body as one transaction, on the disk when it is left; other writers wait meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def relaxed_sync(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the operating system write the body's transactions to the disk in its own time.

    A killed process loses none of them. A power cut loses the last ones, but none before an ordinary transaction. Only a
    write-ahead log stays intact in that case, so with the older journal nothing changes.
    """
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    if journal == "wal":
        connection.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def lock_folder(path: Path, wait: float) -> Iterator[None]:
    """Hold the right to distribute from this folder, which one process has at a time.

    Raises FileError where another still has it after `wait` seconds. The lock is SQLite's own on an empty database, so it
    works wherever the ledger does; an empty file is left.
    """
    lock = path.with_name(f"{path.name}.lock")
    with wrap_errors(lock):
        connection = sqlite3.connect(lock, timeout=wait, isolation_level=None)
    try:
        with wrap_errors(lock):
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                message, hint = "another run is distributing from here", "wait until it has ended"
                raise FileError(message, Location(str(path)), hint) from None
        yield
    finally:
        connection.close()


@contextmanager
def wrap_errors(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and the operating system into a FileError that says what to do."""
    where = Location(str(path))
    try:
        yield
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror or error}", where) from None
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # an internal error
        message, hint = _explain(error)
        raise FileError(message, where, hint) from None


def _explain(error: sqlite3.Error) -> tuple[str, str | None]:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kept = "nothing recorded so far is lost: make room and run the command again"
    match code:
        case sqlite3.SQLITE_NOTADB:
            return "is not a ledger, nor any database", "move it away, or name another folder"
        case sqlite3.SQLITE_CORRUPT:
            return f"is damaged: {error}", "restore it from a backup: without it, nobody knows who has which copy"
        case sqlite3.SQLITE_FULL:
            return "cannot be written: the disk is full", kept
        case sqlite3.SQLITE_IOERR:
            return f"cannot be read or written: the disk is full or fails ({error})", kept
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"cannot be opened or written: {error}", "does its folder exist, and may you write in it?"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another run is writing in it", "wait until that has ended"
    return f"is not a usable ledger: {error}", None


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a ledger to read it, also in a folder in which SQLite may not put its own files."""
    if not path.is_file():
        raise FileError("there is no ledger", Location(str(path)), "has anything been distributed from here?")
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        is_about_own_files = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not is_about_own_files or path.with_name(f"{path.name}-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    where = Location(str(path))
    if _is_empty(connection):
        raise FileError("the ledger is empty", where, "has anything been distributed from here?")
    if application != APPLICATION:
        raise FileError("is another program's database, not a ledger", where, "move it away, or name another folder")
    if schema > SCHEMA:
        message = f"was written by a newer reportgen (its format is {schema}, this version reads {SCHEMA})"
        raise FileError(message, where, "upgrade: pip install --upgrade reportgen")
    return connection


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Say whether there are no tables yet; a process killed while it created the file leaves it so."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return (tables, application) == (0, 0)


def _enable_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Ask for the write-ahead log, and wait for a process that does the same, since SQLite does not."""
    until = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _create_tables(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement + (_STRICT if statement.startswith("CREATE TABLE") else ""))
    connection.execute("INSERT INTO ledger VALUES (?)", (uuid.uuid4().hex,))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")

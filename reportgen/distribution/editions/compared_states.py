"""The states that `changes` compares: briefs, editions of a packets folder, finished files, told apart by what lies at a path."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from reportgen.changes import Changes, Snapshot, compare_snapshots
from reportgen.distribution import encryption
from reportgen.distribution.editions.sealed_snapshot import unseal
from reportgen.distribution.ledger.ledger import LEDGER, Ledger
from reportgen.system.errors import Diagnostic, EvidenceError, FileError, Location, UsageError
from reportgen.system.files import read_file

BRIEF = "brief.yaml"
VERSION = re.compile(r"version-(\d{1,6})")
LARGEST = 200 * 1024 * 1024


def find_changes(
    old: Path, new: Path | None, environment: Mapping[str, str] = os.environ, *, fork: bool = False
) -> Changes:
    """Return what changed between two briefs, editions or finished files.

    Parameters
    ----------
    old, new
        A brief or its folder; a packets folder, whose last edition counts, or the folder of one of its versions; or a finished
        file (PDF, PowerPoint, Word, HTML, Markdown, text). Without `new`, the last two editions of the packets folder `old`.
    environment
        The variables that may hold the password of encrypted copies.
    fork
        Whether this process may be forked to read a stranger's file.

    Raises
    ------
    UsageError
        For two paths that cannot be compared: a brief and a file, a deck and a memo.
    BriefError, FileError, EvidenceError
        For a brief or a file that cannot be read, and a copy that opens with another password.
    """
    if new is None:
        return compare_snapshots(*_read_last_editions(old, environment))
    states = [read_state(path, environment, fork=fork) for path in (old, new)]
    before, after = states
    groups = [_group(state) for state in states]
    if groups[0] != groups[1]:
        message = f"{old} is {groups[0]}, and {new} is {groups[1]}"
        raise UsageError(message, hint="compare two briefs, two memos or two decks")
    changes = compare_snapshots(before, after)
    return replace(changes, warnings=(*changes.warnings, *_warn_of_formats(before, after)))


def _warn_of_formats(old: Snapshot, new: Snapshot) -> Iterator[Diagnostic]:
    """Yield a warning about two files of different formats, whose tables and headings are read in different ways."""
    endings = [Path(state.name).suffix.lower() for state in (old, new)]
    if new.kind != "brief" and endings[0] != endings[1]:
        message = f"one is a {endings[0]} file and one a {endings[1]} file: some changes may be of form alone"
        yield Diagnostic(message, Location(new.name), "compare two files of one format", "warning")


def _group(state: Snapshot) -> str:
    return {"brief": "a brief", "deck": "a deck"}.get(state.kind, "a document")


def read_state(path: Path, environment: Mapping[str, str], *, fork: bool) -> Snapshot:
    """Return the state of what lies at a path. Raises what `find_changes` does."""
    if path.is_dir():
        if edition := _find_edition(path):
            return _read_edition(*edition, environment)
        if not (path / BRIEF).is_file():
            hint = "name a folder with a brief.yaml, a packets folder, or a finished file"
            raise FileError("a folder without a brief or editions", Location(str(path)), hint)
        path = path / BRIEF
    if path.suffix.lower() in (".yaml", ".yml"):
        from reportgen.brief import load_brief
        from reportgen.changes.states.brief_snapshot import take_snapshot

        return take_snapshot(load_brief(path))
    from reportgen.changes.states.file_snapshot import read_file_snapshot

    name = str(path)
    data = read_file(path, LARGEST, name, "name a brief or a finished file", "split it")
    try:
        data = encryption.decrypt(data, environment)
    except (EvidenceError, FileError) as error:
        found = error.diagnostics[0]
        raise type(error)(found.message, Location(name), found.hint) from None
    return read_file_snapshot(data, name, fork=fork)


def _find_edition(folder: Path) -> tuple[Path, int | None] | None:
    """Return the packets folder and the version that a folder is; no version for the packets folder itself."""
    if (folder / LEDGER).is_file():
        return folder, None
    found = VERSION.fullmatch(folder.resolve().name)
    root = folder.resolve().parent.parent
    return (root, int(found[1])) if found and (root / LEDGER).is_file() else None


def _read_edition(folder: Path, version: int | None, environment: Mapping[str, str]) -> Snapshot:
    """Return what an edition said, by default the last. Raises FileError where the ledger does not know, or is encrypted."""
    with Ledger.read(folder / LEDGER) as ledger:
        lookup = ledger.lookup()
        versions = lookup.versions()
        wanted = versions[-1] if version is None and versions else version
        if wanted not in versions:
            raise FileError(
                f"there is no version {wanted}" if wanted else "there is no edition yet", Location(str(folder))
            )
        data = lookup.snapshot(wanted)
    where = Location(str(folder))
    if data is None:
        message = f"an earlier reportgen made version {wanted} and did not record what it says"
        raise FileError(message, where, "compare two of the finished files in its packets")
    snapshot = unseal(data, environment.get(encryption.VARIABLE, ""))
    if snapshot is None:
        hint = f"set {encryption.VARIABLE} to the password of its copies"
        raise FileError(f"version {wanted} is encrypted, or its record is damaged", where, hint)
    return replace(snapshot, name=str(folder), version=wanted)


def _read_last_editions(folder: Path, environment: Mapping[str, str]) -> tuple[Snapshot, Snapshot]:
    if not (folder / LEDGER).is_file():
        raise UsageError(f"{folder} is no packets folder", hint="name two states: changes OLD NEW")
    with Ledger.read(folder / LEDGER) as ledger:
        versions = ledger.lookup().versions()
    if len(versions) < 2:
        raise UsageError(f"{folder} has only one edition", hint="compare it with its brief: changes FOLDER BRIEF")
    before, after = (_read_edition(folder, version, environment) for version in versions[-2:])
    return before, after

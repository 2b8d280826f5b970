"""The states that `changes` compares: briefs and finished files, told apart by what lies at a path."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reportgen.changes import Changes, Snapshot, compare_snapshots
from reportgen.distribution import encryption
from reportgen.system.errors import EvidenceError, FileError, Location, UsageError
from reportgen.system.files import read_file

BRIEF = "brief.yaml"
LARGEST = 200 * 1024 * 1024


def find_changes(old: Path, new: Path, environment: Mapping[str, str] = os.environ, *, fork: bool = False) -> Changes:
    """Return what changed between two briefs, editions or finished files.

    Parameters
    ----------
    old, new
        A brief or its folder, or a finished file (PDF, PowerPoint, Word, HTML, Markdown, text).
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
    states = [read_state(path, environment, fork=fork) for path in (old, new)]
    before, after = states
    groups = [_group(state) for state in states]
    if groups[0] != groups[1]:
        message = f"{old} is {groups[0]}, and {new} is {groups[1]}"
        raise UsageError(message, hint="compare two briefs, two memos or two decks")
    return compare_snapshots(before, after)


def _group(state: Snapshot) -> str:
    return {"brief": "a brief", "deck": "a deck"}.get(state.kind, "a document")


def read_state(path: Path, environment: Mapping[str, str], *, fork: bool) -> Snapshot:
    """Return the state of what lies at a path. Raises what `find_changes` does."""
    if path.is_dir():
        brief = path / BRIEF
        if not brief.is_file():
            hint = "name a folder with a brief.yaml, or a finished file"
            raise FileError("a folder without a brief", Location(str(path)), hint)
        path = brief
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

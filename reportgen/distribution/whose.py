"""The owner of a stray copy, found by its marks, even if it was saved again or only its words are left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from reportgen.distribution import encryption
from reportgen.distribution.ledger.copy_lookup import CopyLookup
from reportgen.distribution.ledger.ledger import LEDGER, Ledger
from reportgen.distribution.stray.clues import Verdict, judge
from reportgen.distribution.stray.file_words import read_stray
from reportgen.system.errors import Diagnostic, EvidenceError, Location
from reportgen.system.files import read_file
from reportgen.system.limited_process import run_limited
from reportgen.text.stamp_text import Stamp


class Owner(Struct, frozen=True):
    """A file's stamp, and the person who has its copy number according to the ledger."""

    stamp: Stamp
    name: str
    organization: str
    email: str


def find_owner(path: Path, folder: Path, environment: Mapping[str, str] = os.environ, *, fork: bool = False) -> Owner:
    """Return who was given a copy: a memo, a deck, a handout, a mail with them, or a text file with their words.

    Every mark of the file is compared with the ledger, and the owner is named only if all of them agree. The file is read
    in a process with limits, a `fork` of this one if that is allowed.

    Raises EvidenceError where the file has no numbered stamp, where no recipient in this folder matches it, and where its
    marks disagree: the error lists what points to whom. FileError.
    """
    password = environment.get(encryption.VARIABLE, "")
    return run_limited(name_owner, read_file(path), path, folder, password, file=str(path), fork=fork)


def name_owner(data: bytes, path: Path, folder: Path, password: str = "") -> Owner:
    """Return who was given the copy with these bytes, read in this process. Raises what `find_owner` does."""
    files = read_stray(data, str(path), {encryption.VARIABLE: password})
    with Ledger.read(folder / LEDGER) as ledger:
        lookup = ledger.lookup()
        verdict = judge(files, path.name, lookup)
        if verdict.number is None:
            raise _explain(verdict, lookup, path, folder)
        return _build_owner(verdict, lookup, verdict.number)


def _build_owner(verdict: Verdict, lookup: CopyLookup, number: int) -> Owner:
    holder, found = lookup.holders[number], verdict.stamp
    assert found
    subject = lookup.subject(verdict.version)
    day = found.date or (Stamp.of(subject.day, subject.language).date if subject else "")
    return Owner(
        Stamp(verdict.version, day, holder.name, number, found.language), holder.name, holder.organization, holder.email
    )


def _explain(verdict: Verdict, lookup: CopyLookup, path: Path, folder: Path) -> EvidenceError:
    """Return the error of a file whose owner is not known."""
    where, found = Location(str(path)), verdict.stamp
    if found is None and not verdict.clues:
        return EvidenceError(
            "has no stamp of ours",
            where,
            "name a stamped memo or deck, a mail with them, or a text file with their words",
        )
    if found and found.number is None and not any(clue.fault for clue in verdict.clues):
        message = f"is a copy of version {found.version}, {found.date}, without a copy number"
        return EvidenceError(message, where, "only copies made with --numbered say whose they are")
    if found and verdict.is_unknown:
        return EvidenceError(f"no recipient in {folder} matches its copy number {found.number}", where)
    hint = "somebody may have altered it: name nobody as its owner on this evidence alone"
    reason = "its marks disagree" if found else "its stamps are gone"
    summary = Diagnostic(f"{reason}, so the owner is not known", where, hint)
    clues = [
        Diagnostic(f"{place}: {text}" if place else text, where, severity="note")
        for place, text in verdict.report(lookup)
    ]
    return EvidenceError([summary, *clues])

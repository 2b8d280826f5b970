"""The owner of a stray copy, found by its visible stamp, even if it was saved again or only its words are left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from reportgen.distribution import encryption
from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.run import LEDGER
from reportgen.system.errors import EvidenceError, Location
from reportgen.system.files import read_file
from reportgen.system.limited_process import run_limited
from reportgen.text.stamp_text import Stamp, read_stamp


class Owner(Struct, frozen=True):
    """A file's stamp, and the person who has its copy number according to the ledger."""

    stamp: Stamp
    name: str
    organization: str
    email: str


def find_owner(path: Path, folder: Path, environment: Mapping[str, str] = os.environ, *, fork: bool = False) -> Owner:
    """Return who was given a copy: a memo, a deck, or a text file with their words.

    The file is read in a process with limits, a `fork` of this one if that is allowed.
    Raises EvidenceError where the file has no numbered stamp, or one that no recipient in this folder matches; FileError.
    """
    password = environment.get(encryption.VARIABLE, "")
    words = run_limited(_read_words, read_file(path), password, str(path), file=str(path), fork=fork)
    stamp = read_stamp(words)
    where = Location(str(path))
    if stamp is None:
        raise EvidenceError(
            "has no stamp of ours", where, "name a stamped memo or deck, or a text file with their words"
        )
    if stamp.number is None:
        message = f"is a copy of version {stamp.version}, {stamp.date}, without a copy number"
        raise EvidenceError(message, where, "only copies made with --numbered say whose they are")
    with Ledger.read(folder / LEDGER) as ledger:
        holder = ledger.holder(stamp.number)
    if holder is None:
        raise EvidenceError(f"no recipient in {folder} matches its copy number {stamp.number}", where)
    return Owner(stamp, holder.name, holder.organization, holder.email)


def _read_words(data: bytes, password: str, name: str) -> str:
    """Return the words of a PDF, a deck or a text file, in reading order."""
    data = encryption.decrypt(data, {encryption.VARIABLE: password})
    if b"%PDF-" in data[:1024]:
        from reportgen.pdf.reading.pdf_reader import read_pdf

        return "\n".join(span.text for span in read_pdf(data, name).spans)
    if data.startswith(b"PK"):
        from reportgen.deck.view.deck_view import resolve_deck

        return "\n".join(shape.text for slide in resolve_deck(data, name).slides for shape in slide.all_shapes)
    return data.decode("utf-8", errors="replace")

"""Whose copy a stray file is: known by its visible stamp, also when it was saved again or only its words are left."""

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
from reportgen.text.stamp_text import Stamp, read_stamp


class Owner(Struct, frozen=True):
    """What a file's stamp says, and who has that copy number by the ledger."""

    stamp: Stamp
    name: str
    organization: str
    email: str


def find_owner(path: Path, folder: Path, environment: Mapping[str, str] = os.environ) -> Owner:
    """Raises EvidenceError where the file has no numbered stamp, or one that nobody here was given; FileError."""
    stamp = read_stamp(_words(encryption.decrypt(read_file(path), environment), str(path)))
    where = Location(str(path))
    if stamp is None:
        raise EvidenceError("has no stamp of ours", where, "name the memo, the deck, or a text file with their words")
    if stamp.number is None:
        told = f"is of version {stamp.version}, {stamp.date}, and bears no copy number"
        raise EvidenceError(told, where, "only copies that were made with --numbered say whose they are")
    with Ledger.read(folder / LEDGER) as ledger:
        holder = ledger.holder(stamp.number)
    if holder is None:
        raise EvidenceError(f"bears copy number {stamp.number}, which nobody in {folder} was given", where)
    return Owner(stamp, holder.name, holder.organization, holder.email)


def _words(data: bytes, name: str) -> str:
    """The words of a PDF, a deck or a text file, in the order in which they stand."""
    if b"%PDF-" in data[:1024]:
        from reportgen.pdf.reading.pdf_reader import read_pdf

        return "\n".join(span.text for span in read_pdf(data, name).spans)
    if data.startswith(b"PK"):
        from reportgen.deck.reading.deck_reader import read_deck

        deck = read_deck(data, name)
        return "\n".join(shape.text for slide in deck.slides for shape in slide.shapes)
    return data.decode("utf-8", errors="replace")

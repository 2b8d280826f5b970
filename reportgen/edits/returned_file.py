"""A returned copy of any kind: which reader takes it, or why none does."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.deck.package import PRESENTATION
from reportgen.edits.edit_values import Edit, ReturnedFile
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
DOCUMENT = "word/document.xml"
TAKES = "name a deck (.pptx) or a memo in Word (.docx) that came back"


def read_returned(brief: Brief, data: bytes, name: str, theme: Path | None = None) -> tuple[ReturnedFile, list[Edit]]:
    """Return a returned copy and its edits.

    Raises
    ------
    FileError
        for a file that is neither a deck nor a Word document, has a password, is damaged, or cannot be read.
    """
    parts = _list_parts(data, name)
    if DOCUMENT in parts:
        from reportgen.edits.memos.memo_edits import read_memo_edits

        return read_memo_edits(brief, data, name)
    if PRESENTATION in parts:
        from reportgen.edits.decks.deck_edits import read_deck_edits

        return read_deck_edits(brief, data, name, theme)
    raise FileError("neither a PowerPoint deck nor a Word document", Location(name), TAKES)


def _list_parts(data: bytes, name: str) -> list[str]:
    where = Location(name)
    if not data:
        raise FileError("the file is empty", where, "ask for it again")
    if data.startswith(COMPOUND_FILE):
        hint = "save it as .docx or .pptx without a password"
        raise FileError("it has a password, or is in the format of Office 97–2003", where, hint)
    if b"%PDF-" in data[:1024]:
        raise FileError(
            "a PDF, in which nobody edits words", where, "compare it by `audit`, or name the .docx or .pptx"
        )
    if not data.startswith(b"PK"):
        raise FileError("neither a PowerPoint deck nor a Word document", where, TAKES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise FileError("it is damaged: cut off, or no ZIP archive", where, "ask for it again") from None

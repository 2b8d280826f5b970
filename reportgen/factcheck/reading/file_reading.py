"""Files of any known kind as texts: each is read in a process of its own, several at the same time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

from reportgen.evidence.sources.source_text import MAX_BYTES, read_blocks
from reportgen.factcheck.reading.texts import FileText, split_parts
from reportgen.input.tables import is_data_file
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file
from reportgen.system.progress import Stage, report

DECK_SECONDS = 60.0
TYPES = ".docx, .pdf, .pptx, .md, .txt, .html"
_DECKS = (".pptx", ".pptm", ".ppsx", ".potx")


def read_all(paths: Sequence[Path]) -> list[FileText]:
    """Read files at the same time: each is read in a process of its own. Raises the first file's FileError."""
    for path in paths:
        report(Stage.READING, str(path))
    if len(paths) == 1:
        return [read_text(paths[0])]
    with ThreadPoolExecutor(max_workers=4) as pool:
        jobs = [pool.submit(copy_context().run, read_text, path) for path in paths]
        return [job.result() for job in jobs]


def read_text(path: Path) -> FileText:
    """Read a file of any kind that is known.

    Raises
    ------
    FileError
        When the file cannot be read, is of another kind, is encrypted, or has no text.
    """
    name = str(path)
    if is_data_file(path.name):
        from reportgen.factcheck.reading.data_rows import read_rows

        return read_rows(path, name)
    data = read_file(path, MAX_BYTES, name, f"name a document: {TYPES}", "save the text alone")
    if not data.strip():
        raise FileError("the file is empty", Location(name), "save the document into it again")
    digest = hashlib.sha256(data).hexdigest()
    if _is_deck(data, path.suffix.lower()):
        from reportgen.factcheck.reading.slides import read_slides
        from reportgen.system.limited_process import run_limited

        parts, notes = run_limited(read_slides, data, name, file=name, seconds=DECK_SECONDS)
    else:
        blocks, notes = read_blocks(data, path.suffix.lower(), name)
        parts = split_parts(blocks)
    if not parts:
        raise FileError("it has no text", Location(name), "a scan needs its text recognized first (OCR)")
    return FileText(name, digest, tuple(parts), tuple(f"{name}: not read: {note}" for note in notes))


def _is_deck(data: bytes, suffix: str) -> bool:
    return suffix in _DECKS or (data.startswith(b"PK\x03\x04") and b"ppt/presentation.xml" in data)

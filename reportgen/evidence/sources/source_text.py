"""Reading a source's file: text, Markdown, HTML, PDF or Word; any other kind is refused by its name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from reportgen.evidence.sources.paragraphs import TYPES, Block, Paragraph, number_paragraphs
from reportgen.evidence.sources.text_blocks import split_blocks
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file

READER = 3
"""The version of the readers: raised when a file's paragraphs are counted in another way than before."""
MAX_BYTES = 200 * 1024 * 1024
PDF_SECONDS, PDF_MEMORY = 120.0, 2_000_000_000  # seven dense pages take a second
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: an old .doc, or an encrypted .docx
_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
}


class SourceText(Struct, frozen=True):
    """A source's text. `unread` has a note on each part that could not be read."""

    name: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    unread: tuple[str, ...] = ()


def read_source(path: Path, shown_as: str | None = None) -> SourceText:
    """Read a source's file as numbered paragraphs.

    Parameters
    ----------
    path
        The file.
    shown_as
        The name that messages give it, where that is not the path.

    Returns
    -------
    SourceText
        The paragraphs, with the file's hash.

    Raises
    ------
    FileError
        When the file cannot be read, is of another kind, or has no paragraphs.
    """
    name = shown_as or str(path)
    data = _read_bytes(path, name)
    blocks, unread = read_blocks(data, path.suffix.lower(), name)
    paragraphs = number_paragraphs(blocks)
    if not paragraphs:
        message = "it has no paragraphs, only headings" if blocks else "it has no text"
        raise FileError(message, Location(name), "is it the article?")
    return SourceText(name, hashlib.sha256(data).hexdigest(), paragraphs, unread)


def _read_bytes(path: Path, name: str) -> bytes:
    data = read_file(path, MAX_BYTES, name, "name the article's file", "save the text alone")
    if not data.strip():
        raise FileError("the file is empty", Location(name), "save the article into it again")
    return data


def read_blocks(data: bytes, suffix: str, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return a file's blocks and notes on what could not be read. The first bytes show its kind, then the suffix."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start:
        from reportgen.evidence.sources.pdf.pdf_blocks import read_pdf
        from reportgen.system.limited_process import run_limited

        return run_limited(read_pdf, data, name, file=name, seconds=PDF_SECONDS, memory=PDF_MEMORY)
    if data.startswith(b"PK\x03\x04"):
        from reportgen.evidence.sources.docx_blocks import read_docx

        return read_docx(data, name)
    _refuse(data, name)
    if suffix in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        from reportgen.evidence.sources.html_blocks import read_html

        return read_html(data, name)
    text = decode(data, name)
    if suffix in (".md", ".markdown"):
        from reportgen.evidence.sources.markdown_blocks import read_markdown

        return read_markdown(text), ()
    return split_blocks(text), ()


def _refuse(data: bytes, name: str) -> None:
    where = Location(name)
    if data.startswith(_OLE):
        hint = "open it in a word processor and save it as .docx, without a password"
        raise FileError("an encrypted Word file, or one from before 2007", where, hint)
    if data.startswith(b"{\\rtf"):
        raise FileError("a rich text file (RTF)", where, f"save it as one of {TYPES}")
    for magic, kind in _PICTURES.items():
        if data.startswith(magic):
            raise FileError(f"{kind}, not a text", where, "recognize its text first (OCR), or type the article")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, or UTF-16 with its mark. Nothing is guessed: a wrong guess would change the words."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            message = "begins as UTF-16 text, but is not valid UTF-16"
            raise FileError(message, Location(name), "save it as UTF-8 text") from None
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise FileError("a binary file, not a text", Location(name, line), f"the article must be one of {TYPES}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise FileError(message, Location(name, line, column), "save the file as UTF-8 text") from None

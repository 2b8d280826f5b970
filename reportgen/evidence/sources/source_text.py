"""A source's file -> its paragraphs. Text, Markdown, HTML, PDF and Word files; everything else is refused by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from reportgen.evidence.sources.paragraphs import Block, Paragraph, assemble, split
from reportgen.system.errors import FileError, Location

MAX_BYTES = 200 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: an old .doc, or an encrypted .docx
_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
}
_TAKEN = ".txt, .md, .html, .pdf, .docx"


class SourceText(Struct, frozen=True, dict=True):
    """A source as it was read. `unread` says what of it could not be."""

    name: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    unread: tuple[str, ...] = ()

    @cached_property
    def words(self) -> int:
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)


def read(path: Path, shown_as: str | None = None) -> SourceText:
    """Read a source's file. Raises FileError with what is the matter with it."""
    name = shown_as or str(path)
    data = _bytes(path, name)
    blocks, unread = parse(data, path.suffix.lower(), name)
    paragraphs = assemble(blocks)
    if not paragraphs:
        raise FileError(
            "there is no text in it" if not blocks else "there are no paragraphs in it, only headings",
            Location(name),
            "is it the article?",
        )
    return SourceText(name, hashlib.sha256(data).hexdigest(), paragraphs, unread)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise FileError("is a folder, not an article", Location(name), "name the file in it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(
                f"{size / 1024 / 1024:.0f} MB; at most {MAX_BYTES // 1024 // 1024} MB are read",
                Location(name),
                "save the text alone",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileError(
            "there is no such file", Location(name), "name the article's file: check --source FILE"
        ) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", Location(name)) from None
    if not data.strip():
        raise FileError("the file is empty", Location(name), "save the article into it again")
    return data


def parse(data: bytes, suffix: str, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """A file's blocks, and what could not be read. What a file is, its first bytes say; its name only parts texts."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start[:1024]:
        from reportgen.evidence.sources import pdf_blocks

        return pdf_blocks.blocks(data, name)
    if data.startswith(b"PK\x03\x04"):
        from reportgen.evidence.sources import docx_blocks

        return docx_blocks.blocks(data, name), ()
    _refuse(data, name)
    if suffix in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        from reportgen.evidence.sources import html_blocks

        return html_blocks.blocks(data, name), ()
    text = decode(data, name)
    reader: Callable[[str], list[Block]] = split
    if suffix in (".md", ".markdown"):
        from reportgen.evidence.sources import markdown_blocks

        reader = markdown_blocks.blocks
    return reader(text), ()


def _refuse(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise FileError(
            "an encrypted Word file, or one from before 2007",
            Location(name),
            "open it in a word processor and save it as .docx, without a password",
        )
    if data.startswith(b"{\\rtf"):
        raise FileError("a rich text file (RTF)", Location(name), f"save it as one of {_TAKEN}")
    for magic, kind in _PICTURES.items():
        if data.startswith(magic):
            raise FileError(
                f"{kind}, not a text", Location(name), "recognize its text first (OCR), or type the article"
            )


def decode(data: bytes, name: str) -> str:
    """Text out of bytes: UTF-8, or UTF-16 with its mark. Nothing is guessed: a wrong guess would change the words."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise FileError(
                "begins as UTF-16 text and does not go on as such", Location(name), "save it as UTF-8 text"
            ) from None
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise FileError("a binary file, not a text", Location(name, line), f"the article must be one of {_TAKEN}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise FileError(
            f"byte 0x{data[error.start]:02x} is not UTF-8", Location(name, line, column), "save the file as UTF-8 text"
        ) from None

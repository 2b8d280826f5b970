"""ZIP archives whose entries are compressed once for many copies.

The standard library's `zipfile` writes every other archive. It cannot add an entry that is compressed already, and
compressing the slides of the bundled deck for each copy takes nine times as long as this, a quarter of a packet. So
the headers and the directory of such entries are written here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from reportgen.distribution.stamping.pieces import Content, SharedBytes, new_compressor

END = struct.Struct("<4s4H2LH")  # the record that ends an archive
EMPTY = END.pack(b"PK\x05\x06", *[0] * 7)
VERSION, UNIX = 20, 3  # of the format, and the system that wrote the archive: as zipfile writes them
DEFLATED = 8
DAY = 0x21  # 1980-01-01, the earliest date that an archive can hold
UTF8 = 0x800  # flag: the name is not ASCII


class Entry(NamedTuple):
    """A compressed file in an archive; checksum and size are those of its content."""

    name: str
    compressed: bytes
    crc: int
    size: int

    def headers(self, offset: int, mode: int) -> tuple[bytes, bytes]:
        """Return the header before the entry at this offset, and its header in the directory."""
        name, flags = self.name.encode(), 0 if self.name.isascii() else UTF8
        common = (flags, DEFLATED, 0, DAY, self.crc, len(self.compressed), self.size, len(name), 0)
        local = struct.pack("<4s5H3L2H", b"PK\x03\x04", VERSION, *common)
        central = struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", UNIX << 8 | VERSION, VERSION, *common, 0, 0, 0, mode << 16, offset
        )
        return local + name, central + name


class Archive:
    """An archive, without a comment, whose entries all copies share; each adds its own behind them."""

    def __init__(self, data: bytes = EMPTY) -> None:
        *_, self._count, size, start, _ = END.unpack(data[-END.size :])
        self.entries = SharedBytes(data[:start])
        self._directory = data[start : start + size]

    def add(self, entries: Iterable[Entry], mode: int = 0o600) -> bytes:
        """Return what follows the shared entries when these are added: they, and the directory of all."""
        offset, added, headers = len(self.entries.data), [], [self._directory]
        for entry in entries:
            local, central = entry.headers(offset, mode)
            added += [local, entry.compressed]
            headers.append(central)
            offset += len(local) + len(entry.compressed)
        count, directory = self._count + len(headers) - 1, b"".join(headers)
        end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
        return b"".join([*added, directory, end])


class PartTemplate(Struct, frozen=True):
    """A part that differs in a few words from copy to copy; the text before and after them is compressed once.

    The text after the words does not refer back to the text before them, because their length is not known: this costs
    about a hundred bytes a part.
    """

    name: str
    size: int
    crc_before: int
    before: bytes
    after: bytes
    after_compressed: bytes

    @classmethod
    def compress(cls, name: str, before: bytes, after: bytes) -> PartTemplate:
        opening, closing = new_compressor(), new_compressor()
        return cls(
            name, len(before) + len(after), zlib.crc32(before),
            opening.compress(before) + opening.flush(zlib.Z_SYNC_FLUSH), after, closing.compress(after) + closing.flush(),
        )  # fmt: skip

    def fill(self, words: bytes, compressed: bytes) -> Entry:
        """Return the part with these words, compressed by `compress_words`."""
        crc = zlib.crc32(self.after, zlib.crc32(words, self.crc_before))
        return Entry(self.name, self.before + compressed + self.after_compressed, crc, self.size + len(words))


def compress_words(words: bytes) -> bytes:
    """Compress a few words so that other text can follow. A compressor of the usual size takes longer to set up than to use."""
    compressor = zlib.compressobj(wbits=-10, memLevel=1)
    return compressor.compress(words) + compressor.flush(zlib.Z_SYNC_FLUSH)


def zip_files(files: Mapping[str, Content]) -> bytes:
    """Return a ZIP archive of the files; the same files are the same bytes at any time."""
    entries = (Entry(name, file.deflate_stream, zlib.crc32(file.data), len(file.data)) for name, file in files.items())
    return Archive().add(entries, 0o644)

"""ZIP archives of which much is the same in every copy: that is packed once, a copy packs what differs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from reportgen.distribute.copied import LEVEL, Copied, Shared

DAY = 0x21  # January 1, 1980: the earliest day that a ZIP can name
DEFLATED = 8
NEEDED = 20  # the version that reads it
MADE = (3 << 8) | NEEDED  # by Unix, as zipfile says
MODE = 0o600
UTF8 = 0x800


class Split(Struct, frozen=True):
    """A part that differs in a few words alone: what stands before and behind them is packed once.

    So a copy packs its words, once for all parts that say the same. What is behind does not refer back to what is
    before, since nobody knows how far that will be; a hundred bytes more are the price.
    """

    name: str
    length: int
    crc: int
    before: bytes
    behind: bytes
    packed_behind: bytes

    @classmethod
    def of(cls, name: str, before: bytes, behind: bytes) -> Split:
        opening, closing = _packer(), _packer()
        packed = opening.compress(before) + opening.flush(zlib.Z_SYNC_FLUSH)
        ending = closing.compress(behind) + closing.flush()
        return cls(name, len(before) + len(behind), zlib.crc32(before), packed, behind, ending)

    def around(self, words: bytes, packed: bytes) -> tuple[bytes, int, int]:
        """The packed part with these words, the checksum of the whole, and its length."""
        crc = zlib.crc32(self.behind, zlib.crc32(words, self.crc))
        return self.before + packed + self.packed_behind, crc, self.length + len(words)


class Archive:
    """The parts of an archive that stay, packed; the others come behind them."""

    def __init__(self, data: bytes, changing: frozenset[str]) -> None:
        body, self._directory, self._count = BytesIO(), b"", 0
        with ZipFile(BytesIO(data)) as source:
            for entry in source.infolist():
                if entry.filename not in changing:
                    packed = _raw(data, entry.header_offset, entry.compress_size)
                    method = DEFLATED if entry.compress_type == ZIP_DEFLATED else 0
                    head, listed = _entry(entry.filename, method, entry.CRC, len(packed), entry.file_size, body.tell())
                    body.write(head + packed)
                    self._directory += listed
                    self._count += 1
        self._beginning = Shared(body.getvalue())

    def with_parts(self, said: Sequence[tuple[Split, bytes]]) -> Copied:
        """The whole archive: what stays, and each other part with its words."""
        packed = {words: _midst(words) for words in {words for _, words in said}}
        parts = [(split.name, *split.around(words, packed[words])) for split, words in said]
        directory = self._directory, self._count
        return Copied((self._beginning, _behind(parts, len(self._beginning.data), *directory)))


def zipped(files: Mapping[str, Copied]) -> bytes:
    """The files as a ZIP archive that has the same bytes at any time."""
    parts = []
    for name, file in files.items():
        data = file.data
        parts.append((name, file.packed, zlib.crc32(data), len(data)))
    return _behind(parts, mode=0o644)


def _behind(
    parts: Iterable[tuple[str, bytes, int, int]], at: int = 0, directory: bytes = b"", count: int = 0, mode: int = MODE
) -> bytes:
    """Packed parts with their checksums and lengths, and the archive's end; `directory` lists those before them."""
    written: list[bytes] = []
    listing = [directory]
    for name, content, crc, length in parts:
        head, listed = _entry(name, DEFLATED, crc, len(content), length, at, mode)
        written += (head, content)
        listing.append(listed)
        at += len(head) + len(content)
        count += 1
    directory = b"".join(listing)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
    return b"".join([*written, directory, end])


def _packer() -> Any:
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def _midst(words: bytes) -> bytes:
    """Packed so that it can stand between others. They are few: a packer of the usual size would cost more to make."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -10, 1)
    return packer.compress(words) + packer.flush(zlib.Z_SYNC_FLUSH)


def _raw(data: bytes, at: int, size: int) -> bytes:
    """What is packed behind a local header."""
    name, extra = struct.unpack_from("<2H", data, at + 26)
    start = at + 30 + name + extra
    return data[start : start + size]


def _entry(
    name: str, method: int, crc: int, packed: int, length: int, at: int, mode: int = MODE
) -> tuple[bytes, bytes]:
    """A part's local header, and its line in the directory."""
    said = name.encode()
    shared = (0 if name.isascii() else UTF8, method, 0, DAY, crc, packed, length, len(said), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", NEEDED, *shared) + said
    listed = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", MADE, NEEDED, *shared, 0, 0, 0, mode << 16, at) + said
    return local, listed

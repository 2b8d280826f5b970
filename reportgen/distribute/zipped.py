"""A ZIP archive whose most parts are the same in every copy: those are packed once, a copy packs what differs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

DAY = 0x21  # January 1, 1980: the earliest day that a ZIP can name
DEFLATED = 8
LEVEL = 6
NEEDED = 20  # the version that reads it
MADE = (3 << 8) | NEEDED  # by Unix, as zipfile says
READABLE = 0o600 << 16
UTF8 = 0x800


class Split(Struct, frozen=True):
    """A part that begins alike in every copy; `packer` has read that beginning and packed `packed` of it."""

    name: str
    length: int
    crc: int
    packed: bytes
    packer: Any

    @classmethod
    def of(cls, name: str, head: bytes) -> Split:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(head) + packer.flush(zlib.Z_SYNC_FLUSH)  # so that a copy packs its ending alone
        return cls(name, len(head), zlib.crc32(head), packed, packer)

    def ended(self, tail: bytes) -> tuple[bytes, int, int]:
        """The packed part with this ending, the checksum of the whole, and its length."""
        packer = self.packer.copy()
        return (
            self.packed + packer.compress(tail) + packer.flush(),
            zlib.crc32(tail, self.crc),
            self.length + len(tail),
        )


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
        self._body = body.getvalue()

    def with_parts(self, ends: Sequence[tuple[Split, bytes]]) -> bytes:
        """The whole archive: what stays, and each other part with its ending."""
        parts, listing, at = [self._body], [self._directory], len(self._body)
        for split, tail in ends:
            packed, crc, length = split.ended(tail)
            head, listed = _entry(split.name, DEFLATED, crc, len(packed), length, at)
            parts += (head, packed)
            listing.append(listed)
            at += len(head) + len(packed)
        directory, count = b"".join(listing), self._count + len(ends)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
        return b"".join([*parts, directory, end])


def _raw(data: bytes, at: int, size: int) -> bytes:
    """What is packed behind a local header."""
    name, extra = struct.unpack_from("<2H", data, at + 26)
    start = at + 30 + name + extra
    return data[start : start + size]


def _entry(name: str, method: int, crc: int, packed: int, length: int, at: int) -> tuple[bytes, bytes]:
    """A part's local header, and its line in the directory."""
    said = name.encode()
    shared = (0 if name.isascii() else UTF8, method, 0, DAY, crc, packed, length, len(said), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", NEEDED, *shared) + said
    listed = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", MADE, NEEDED, *shared, 0, 0, 0, READABLE, at) + said
    return local, listed

"""ZIP archives as bytes, all dates fixed: the same entries are the same archive at any time.

An entry is a value: it can be packed before its place in an archive is known, or once for many archives.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec import Struct

DAY = 0x21  # January 1, 1980: the earliest day that a ZIP can name
STORED, DEFLATED = 0, 8  # methods
LEVEL = 6  # of packing
NEEDED = 20  # the version that reads it
MADE = (3 << 8) | NEEDED  # by Unix, as zipfile says
MODE = 0o600
UTF8 = 0x800


class Entry(NamedTuple):
    """A file in an archive, as it is packed there; its checksum and length are those of what it unpacks to."""

    name: str
    packed: bytes
    crc: int
    length: int
    method: int = DEFLATED

    @classmethod
    def of(cls, name: str, data: bytes, method: int = DEFLATED) -> Entry:
        if method == STORED:
            return cls(name, data, zlib.crc32(data), len(data), STORED)
        filled = packer()
        return cls(name, filled.compress(data) + filled.flush(), zlib.crc32(data), len(data))

    def headers(self, at: int, mode: int = MODE) -> tuple[bytes, bytes]:
        """What stands before it at this place of an archive, and its line in the directory."""
        said = self.name.encode()
        size, flags = len(self.packed), 0 if self.name.isascii() else UTF8
        shared = (flags, self.method, 0, DAY, self.crc, size, self.length, len(said), 0)
        local = struct.pack("<4s5H3L2H", b"PK\x03\x04", NEEDED, *shared) + said
        listed = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", MADE, NEEDED, *shared, 0, 0, 0, mode << 16, at) + said
        return local, listed


class Begun(Struct, frozen=True):
    """The beginning of an archive: how many bytes it has, and the directory's lines for the entries in it."""

    length: int = 0
    directory: bytes = b""
    count: int = 0

    @property
    def end(self) -> bytes:
        """What makes it an archive: the directory, and where that is."""
        counts = (self.count, self.count, len(self.directory), self.length)
        return self.directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *counts, 0)


NOTHING = Begun()


def laid(entries: Iterable[Entry], begun: Begun = NOTHING, mode: int = MODE) -> tuple[bytes, Begun]:
    """The entries one behind another, to go on with behind what is `begun`; and what is begun then."""
    at, count = begun.length, begun.count
    written: list[bytes] = []
    listing = [begun.directory]
    for entry in entries:
        local, listed = entry.headers(at, mode)
        written += (local, entry.packed)
        listing.append(listed)
        at += len(local) + len(entry.packed)
        count += 1
    return b"".join(written), Begun(at, b"".join(listing), count)


def archive(entries: Iterable[Entry], begun: Begun = NOTHING, mode: int = MODE) -> bytes:
    """The entries with the archive's end, behind what is `begun`, if anything is."""
    body, done = laid(entries, begun, mode)
    return body + done.end


def packer() -> Any:
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)

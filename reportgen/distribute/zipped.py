"""ZIP archives of which much is the same in every copy: that is packed once, a copy packs what differs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from reportgen.archive import DEFLATED, LEVEL, STORED, Begun, Entry, archive, packer
from reportgen.distribute.copied import Copied, Shared


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
        opening, closing = packer(), packer()
        packed = opening.compress(before) + opening.flush(zlib.Z_SYNC_FLUSH)
        ending = closing.compress(behind) + closing.flush()
        return cls(name, len(before) + len(behind), zlib.crc32(before), packed, behind, ending)

    def around(self, words: bytes, packed: bytes) -> Entry:
        """The part with these words."""
        crc = zlib.crc32(self.behind, zlib.crc32(words, self.crc))
        return Entry(self.name, self.before + packed + self.packed_behind, crc, self.length + len(words))


class Archive:
    """The parts of an archive that stay, packed; the others come behind them."""

    def __init__(self, data: bytes, changing: frozenset[str]) -> None:
        body, directory, count = BytesIO(), b"", 0
        with ZipFile(BytesIO(data)) as source:
            for info in source.infolist():
                if info.filename not in changing:
                    packed = _raw(data, info.header_offset, info.compress_size)
                    method = DEFLATED if info.compress_type == ZIP_DEFLATED else STORED
                    entry = Entry(info.filename, packed, info.CRC, info.file_size, method)
                    local, listed = entry.headers(body.tell())
                    body.write(local + packed)
                    directory += listed
                    count += 1
        self._beginning = Shared(body.getvalue())
        self._begun = Begun(len(self._beginning.data), directory, count)

    def with_parts(self, said: Sequence[tuple[Split, bytes]]) -> Copied:
        """The whole archive: what stays, and each other part with its words."""
        packed = {words: _midst(words) for words in {words for _, words in said}}
        entries = [split.around(words, packed[words]) for split, words in said]
        return Copied((self._beginning, archive(entries, self._begun)))


def zipped(files: Mapping[str, Copied]) -> bytes:
    """The files as a ZIP archive that has the same bytes at any time."""
    entries = []
    for name, file in files.items():
        data = file.data
        entries.append(Entry(name, file.packed, zlib.crc32(data), len(data)))
    return archive(entries, mode=0o644)


def _midst(words: bytes) -> bytes:
    """Packed so that it can stand between others. They are few: a packer of the usual size would cost more to make."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -10, 1)
    return packer.compress(words) + packer.flush(zlib.Z_SYNC_FLUSH)


def _raw(data: bytes, at: int, size: int) -> bytes:
    """What is packed behind a local header."""
    name, extra = struct.unpack_from("<2H", data, at + 26)
    start = at + 30 + name + extra
    return data[start : start + size]

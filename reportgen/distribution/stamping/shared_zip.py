"""ZIP archives of which much is the same in every copy: that is packed once, a copy packs what differs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct

from reportgen.distribution.stamping.pieces import Copied, Shared
from reportgen.system.archive import DEFLATED, LEVEL, STORED, Entry, archive, laid, packer


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
        with ZipFile(BytesIO(data)) as source:
            kept = [_entry(data, info) for info in source.infolist() if info.filename not in changing]
        beginning, self._begun = laid(kept)
        self._beginning = Shared(beginning)

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


def _entry(data: bytes, info: ZipInfo) -> Entry:
    """An entry of an archive, packed as it is there."""
    name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    method = DEFLATED if info.compress_type == ZIP_DEFLATED else STORED
    return Entry(info.filename, data[start : start + info.compress_size], info.CRC, info.file_size, method)

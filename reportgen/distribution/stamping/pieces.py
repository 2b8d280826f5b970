"""A packet's file as its pieces: those that many copies share, and its own between them.

What is made of a shared piece (its checksum, its lines in a mail, what it is packed to) is made once, whatever the number
of copies.
"""

from __future__ import annotations

import hashlib
import zlib
from binascii import b2a_base64
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import cast

from msgspec import Struct

from reportgen.system.archive import packer

NEWLINE = b"\r\n"  # of a mail
ROW, LINE = 57, 76  # bytes that a line of base64 holds, and the letters that they take
ENDED = b"\x03\x00"  # a packed block that is the last, with nothing in it


class Shared:
    """Bytes that stand in many files."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def summed(self) -> hashlib._Hash:
        return hashlib.sha256(self.data)

    @cached_property
    def in_mail(self) -> tuple[Shared, bytes]:
        """The lines that are full whatever follows, and the bytes that stand on one line with it."""
        full = len(self.data) - len(self.data) % ROW
        return Shared(base64_lines(self.data[:full])), self.data[full:]

    @cached_property
    def packed(self) -> bytes:
        return _packed(self.data)


Piece = Shared | bytes


class Copied(Struct, frozen=True):
    """A file of a packet."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Copied:
        """Of these, with what is its own between two that are shared as one."""
        found: list[Piece] = []
        for own, group in groupby(pieces, lambda piece: isinstance(piece, bytes)):
            if own:
                found.append(b"".join(cast("Iterable[bytes]", group)))
            else:
                found += group
        return cls(tuple(found))

    @property
    def parts(self) -> list[bytes]:
        return [piece.data if isinstance(piece, Shared) else piece for piece in self.pieces]

    @property
    def data(self) -> bytes:
        return b"".join(self.parts)

    @property
    def sha256(self) -> str:
        first, *others = self.pieces
        summed = first.summed.copy() if isinstance(first, Shared) else hashlib.sha256(first)
        for piece in others:
            summed.update(piece.data if isinstance(piece, Shared) else piece)
        return summed.hexdigest()

    @property
    def in_mail(self) -> tuple[Piece, ...]:
        """As it stands in a mail, in base64."""
        first = self.pieces[0]
        if not isinstance(first, Shared):
            return (base64_lines(self.data),)
        lines, rest = first.in_mail
        return lines, base64_lines(b"".join([rest, *self.parts[1:]]))

    @property
    def packed(self) -> bytes:
        """As it stands in a ZIP archive, where the pieces know nothing of one another."""
        packed = [piece.packed if isinstance(piece, Shared) else _packed(piece) for piece in self.pieces]
        return b"".join([*packed, ENDED])


def base64_lines(data: bytes) -> bytes:
    whole = b2a_base64(data, newline=False)
    return NEWLINE.join([whole[at : at + LINE] for at in range(0, len(whole), LINE)] + [b""])


def _packed(data: bytes) -> bytes:
    """Packed up to a whole byte, so that more can follow."""
    filled = packer()
    return bytes(filled.compress(data) + filled.flush(zlib.Z_SYNC_FLUSH))

"""The content of a packet's file in pieces: those that many copies share, and the copy's own between them.

Everything computed from a shared piece (its hash, its lines in a mail, its compressed form) is computed once for all copies.
"""

from __future__ import annotations

import hashlib
import zlib
from binascii import b2a_base64
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any, cast

from msgspec import Struct

NEWLINE = b"\r\n"  # of a mail
ROW, LINE = 57, 76  # bytes on a line of base64, and the letters that encode them
LAST_BLOCK = b"\x03\x00"  # an empty deflate block that ends the stream


class SharedBytes:
    """Bytes that are part of many files."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def sha256(self) -> hashlib._Hash:
        return hashlib.sha256(self.data)

    @cached_property
    def base64(self) -> tuple[SharedBytes, bytes]:
        """The base64 lines that are full, and the remaining bytes, which share a line with whatever follows."""
        full = len(self.data) - len(self.data) % ROW
        return SharedBytes(base64_lines(self.data[:full])), self.data[full:]

    @cached_property
    def deflate_blocks(self) -> bytes:
        return deflate_blocks(self.data)


Piece = SharedBytes | bytes


class Content(Struct, frozen=True):
    """The content of one file of a packet."""

    pieces: tuple[Piece, ...]

    @classmethod
    def join(cls, pieces: Iterable[Piece]) -> Content:
        """Return the content of these pieces, with neighbours that are not shared joined into one."""
        joined: list[Piece] = []
        for own, group in groupby(pieces, lambda piece: isinstance(piece, bytes)):
            if own:
                joined.append(b"".join(cast("Iterable[bytes]", group)))
            else:
                joined += group
        return cls(tuple(joined))

    @property
    def parts(self) -> list[bytes]:
        return [piece.data if isinstance(piece, SharedBytes) else piece for piece in self.pieces]

    @property
    def data(self) -> bytes:
        return b"".join(self.parts)

    @property
    def sha256(self) -> str:
        first, *others = self.pieces
        digest = first.sha256.copy() if isinstance(first, SharedBytes) else hashlib.sha256(first)
        for piece in others:
            digest.update(piece.data if isinstance(piece, SharedBytes) else piece)
        return digest.hexdigest()

    @property
    def base64(self) -> tuple[Piece, ...]:
        """The content as a mail encloses it."""
        first = self.pieces[0]
        if not isinstance(first, SharedBytes):
            return (base64_lines(self.data),)
        lines, rest = first.base64
        return lines, base64_lines(b"".join([rest, *self.parts[1:]]))

    @property
    def deflate_stream(self) -> bytes:
        """The content as a ZIP archive holds it; no piece refers back to another."""
        blocks = [
            piece.deflate_blocks if isinstance(piece, SharedBytes) else deflate_blocks(piece) for piece in self.pieces
        ]
        return b"".join([*blocks, LAST_BLOCK])


def base64_lines(data: bytes) -> bytes:
    letters = b2a_base64(data, newline=False)
    return NEWLINE.join([letters[at : at + LINE] for at in range(0, len(letters), LINE)] + [b""])


def new_compressor() -> Any:
    """Return a compressor for entries of ZIP archives."""
    return zlib.compressobj(wbits=-zlib.MAX_WBITS)


def deflate_blocks(data: bytes) -> bytes:
    """Compress up to a whole byte, so that other blocks can follow."""
    compressor = new_compressor()
    return bytes(compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH))

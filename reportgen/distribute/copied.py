"""A copy as two pieces: the beginning that all copies of a document share, and an ending of its own.

What a packet needs of a beginning (its checksum, its lines in a mail) is made once, whatever the number of copies.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from functools import cached_property

from msgspec import Struct

NEWLINE = b"\r\n"  # of a mail
ROW, LINE = 57, 76  # bytes that a line of base64 holds, and the letters that they take


class Beginning:
    """Bytes that many copies begin with."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.summed = hashlib.sha256(data)

    @cached_property
    def lines(self) -> bytes:
        """In a mail: as many as are full whatever follows."""
        return base64_lines(self.data[: len(self.data) - len(self.rest)])

    @cached_property
    def rest(self) -> bytes:
        """What stands on one line with the ending."""
        return self.data[len(self.data) - len(self.data) % ROW :]


class Copied(Struct, frozen=True):
    """A file of a packet."""

    beginning: Beginning
    ending: bytes

    @classmethod
    def whole(cls, data: bytes) -> Copied:
        """A file that shares nothing with others."""
        return cls(_NOTHING, data)

    @property
    def pieces(self) -> tuple[bytes, bytes]:
        return self.beginning.data, self.ending

    @property
    def data(self) -> bytes:
        return self.beginning.data + self.ending

    @property
    def sha256(self) -> str:
        summed = self.beginning.summed.copy()
        summed.update(self.ending)
        return summed.hexdigest()

    @property
    def lines(self) -> tuple[bytes, bytes]:
        """As it stands in a mail, in base64."""
        return self.beginning.lines, base64_lines(self.beginning.rest + self.ending)


_NOTHING = Beginning(b"")


def base64_lines(data: bytes) -> bytes:
    whole = b2a_base64(data, newline=False)
    return NEWLINE.join([whole[at : at + LINE] for at in range(0, len(whole), LINE)] + [b""])

"""Seals: a hash of a file that the file carries, which tells whether anybody has saved it since we wrote it.

A PDF carries it as the second part of its identifier, the one that changes with the file's content (ISO 32000-1, 14.4). A
ZIP archive carries it as its comment, which every other program drops when it saves the file. A seal is no signature:
it protects colleagues' work from being overwritten, not anybody from forgery.
"""

from __future__ import annotations

import hashlib
import re

_IDENTIFIER = re.compile(rb"(/ID \[\([0-9a-f]{32}\) \()([0-9a-f]{32})(?=\)\])")
_DIGITS = 32  # as many as the identifier has
_PREFIX = b"reportgen "
_COMMENT_SIZE = len(_PREFIX) + _DIGITS


def seal_pdf(data: bytes) -> bytes:
    """Return a PDF of the same length with its seal; one without an identifier of 32 digits stays as it is."""
    place = _find_identifier(data)
    if not place:
        return data
    before, after = data[: place[0]], data[place[1] :]
    return before + _hash(before, after) + after


def seal_archive(data: bytes) -> bytes:
    """Return a ZIP archive that has no comment with its seal as the comment."""
    comment = _PREFIX + _hash(data)
    return data[:-2] + len(comment).to_bytes(2, "little") + comment


def is_sealed(data: bytes) -> bool:
    """Return whether a file carries a seal and is, byte for byte, what was sealed."""
    if data.startswith(b"%PDF"):
        return _find_identifier(data) is not None and data == seal_pdf(data)
    archive = data[: -_COMMENT_SIZE - 2] + b"\0\0"  # the length of a comment that is none
    return data.startswith(b"PK") and data == seal_archive(archive)


def _find_identifier(data: bytes) -> tuple[int, int] | None:
    found = list(_IDENTIFIER.finditer(data))
    return found[-1].span(2) if found else None


def _hash(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:_DIGITS].encode()

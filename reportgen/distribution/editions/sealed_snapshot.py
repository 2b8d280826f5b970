"""A snapshot as the ledger keeps it: compressed, and encrypted like the copies where these are.

The encrypted form is a PDF of one empty page with the snapshot attached, so that it opens with the copies' password and
nothing else is needed to encrypt it.
"""

from __future__ import annotations

import zlib
from io import BytesIO

from reportgen.changes.states.snapshot import Snapshot, decode_snapshot, encode_snapshot
from reportgen.distribution import encryption
from reportgen.system.errors import EvidenceError

NAME = "snapshot.json"


def seal(snapshot: Snapshot, password: str = "") -> bytes:
    """Return a snapshot as it is stored; with a password, nobody without it can read it."""
    data = zlib.compress(encode_snapshot(snapshot), 9)
    return encryption.encrypt(_wrap(data), password) if password else data


def unseal(data: bytes, password: str = "") -> Snapshot | None:
    """Return a stored snapshot; None for one with another password, of another format, or damaged."""
    try:
        if data.startswith(b"%PDF-"):
            data = _unwrap(encryption.decrypt(data, {encryption.VARIABLE: password}))
        return decode_snapshot(zlib.decompress(data))
    except (EvidenceError, zlib.error, KeyError):
        return None


def _wrap(data: bytes) -> bytes:
    import pikepdf

    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[NAME] = data
        pdf.save(target)
    return target.getvalue()


def _unwrap(data: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return pdf.attachments[NAME].get_file().read_bytes()
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise KeyError(NAME) from error

"""The version that each recipient has when a new edition is distributed, as far as the ledger knows."""

from __future__ import annotations

import sqlite3

from msgspec import Struct


class HeldCopy(Struct, frozen=True):
    """The last earlier version that a recipient has, and its documents."""

    version: int
    documents: tuple[str, ...]


def find_held_copies(connection: sqlite3.Connection, version: int) -> dict[int, HeldCopy]:
    """Return what each copy number had before a version; a number that had nothing is not in it.

    Mail that was sent, or may have been, has arrived. Where no packet of an edition was mailed, all were handed over as
    they lay there. A copy that was withdrawn or failed, while others were mailed, never reached anybody.
    """
    rows = connection.execute(
        "SELECT number, version, documents FROM state AS s WHERE version < ? AND (state IN ('sent', 'uncertain') "
        "OR (state = 'built' AND NOT withdrawn "
        "AND NOT EXISTS (SELECT 1 FROM attempt AS a WHERE a.version = s.version))) ORDER BY version",
        (version,),
    )
    return {number: HeldCopy(held, tuple(documents.split())) for number, held, documents in rows}  # the last one stays

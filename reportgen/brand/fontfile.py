"""A font file, as a brand names it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class FontFile(Struct, frozen=True):
    """One font file: its family, weight (100-900), slope and path; whether it only stands in for the family.

    `others` are what a character that it lacks is drawn with, the first that has it, where that is known: on paper.
    """

    family: str
    path: Path
    weight: int = 400
    italic: bool = False
    substitute: bool = False
    others: tuple[FontFile, ...] = ()

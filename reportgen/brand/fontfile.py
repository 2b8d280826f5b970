"""A font file with its family, weight and slope."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class FontFile(Struct, frozen=True):
    """One font file; `weight` is 100 to 900, `substitute` says that it replaces a family that is not installed.

    `others` are its fallbacks, where they are known, on paper: the first that has a character draws it.
    """

    family: str
    path: Path
    weight: int = 400
    italic: bool = False
    substitute: bool = False
    others: tuple[FontFile, ...] = ()

"""The register of alterations of a finished memo."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Pdf

from tests.attack.families._memo.pdf_edits import retype, saved

ALTERATIONS: dict[str, tuple[Callable[[bytes], bytes], bool]] = {}
"""Each alteration by its name, and whether it changes what is understood."""


def alters(name: str, harmless: bool = False) -> Callable[[Callable[[Pdf], Any]], Callable[[Pdf], Any]]:
    """Register an alteration of an open file."""

    def register(change: Callable[[Pdf], Any]) -> Callable[[Pdf], Any]:
        def altered(data: bytes) -> bytes:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                change(pdf)
                return saved(pdf)

        ALTERATIONS[name] = altered, harmless
        return change

    return register


def retypes(name: str, old: str, new: str, nth: int = 0) -> None:
    ALTERATIONS[f"retyped: {name}"] = (lambda data: retype(data, old, new, nth)), False

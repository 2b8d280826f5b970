"""The words that a marking prints. Every document, notes page and file property takes them from one value."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

BETWEEN = "  ·  "
"""Separates the banner's lines where they share one line, as on a slide: no standard allows them to be mixed."""


class Marks(Struct, frozen=True):
    """`lines` are on each page; `block` (line by line) and `statement` (by paragraphs) on the first page, or the cover."""

    template_names: ClassVar[tuple[str, ...]] = ("lines", "block", "statement", "banner", "rights")

    lines: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()

    @property
    def banner(self) -> str:
        """The lines, joined to one."""
        return BETWEEN.join(self.lines)

    @property
    def rights(self) -> str:
        """All of the words as sentences, for the properties of files."""
        return " ".join(
            line if line.endswith((".", "!", "?")) else f"{line}."
            for line in (*self.lines, *self.block, *self.statement)
        )

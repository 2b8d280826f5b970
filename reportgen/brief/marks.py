"""What a marking prints, as plain words: every document, notes page and file property takes them from one value."""

from __future__ import annotations

from msgspec import Struct

BETWEEN = "  ·  "
"""Stands between the banner's lines where they share one, as in a slide's one line: no standard lets them be mixed."""


class Marks(Struct, frozen=True):
    """`lines` stand on each page; `block` (line by line) and `statement` (by paragraphs) on the first, or the cover."""

    lines: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()

    @property
    def banner(self) -> str:
        """The lines in one."""
        return BETWEEN.join(self.lines)

    @property
    def rights(self) -> str:
        """All of the words, for the properties of files."""
        return " ".join(
            line if line.endswith((".", "!", "?")) else f"{line}."
            for line in (*self.lines, *self.block, *self.statement)
        )

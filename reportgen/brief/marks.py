"""The words that a marking prints. Every document, notes page and file property takes them from one value."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

BETWEEN = "  ·  "
"""Separates the banner's lines where they share one line, as on a slide: no standard allows them to be mixed."""


class Marks(Struct, frozen=True):
    """`lines` are on each page; `block` (line by line) and `statement` (by paragraphs) on the first page, or the cover.

    The last of `lines` is the `status` where the brief has one: it stands with the marking on each page, and is none itself.
    """

    template_names: ClassVar[tuple[str, ...]] = ("lines", "block", "statement", "status", "banner", "rights")

    lines: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    status: str = ""

    @property
    def marking(self) -> Marks:
        """The same without the status, for papers about the document, such as a letter or a list of changes."""
        return Marks(self._own_lines, self.block, self.statement)

    @property
    def _own_lines(self) -> tuple[str, ...]:
        return self.lines[:-1] if self.status else self.lines

    def name(self, line: str) -> str:
        """Return which key of the brief a line comes from: marking or status."""
        return "status" if line and line == self.status and line not in self._own_lines else "marking"

    @property
    def key(self) -> str:
        """The key of the brief that the first of the lines comes from: marking or status."""
        return "marking" if self._own_lines or not self.status else "status"

    @property
    def banner(self) -> str:
        """The lines, joined to one."""
        return BETWEEN.join(self.lines)

    @property
    def rights(self) -> str:
        """All words of the marking as sentences, for the properties of files."""
        return " ".join(
            line if line.endswith((".", "!", "?")) else f"{line}."
            for line in (*self._own_lines, *self.block, *self.statement)
        )

"""A house's pages: paper, margins, size of text, letterhead, foot and the colors of markings, as documents of every kind use them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

LOGO_HEIGHT = 14.0  # points: the logo of a memo without a letterhead


class Margins(Struct, frozen=True):
    """The margins of paper in points."""

    top: float
    right: float
    bottom: float
    left: float


class Emblem(Struct, frozen=True):
    """A picture in a document's head: the name by which its HTML asks for it, its file, its height in points and its alternative text."""

    template_names = ("name", "alt")

    name: str
    path: Path
    height: float
    alt: str = ""


class Letterhead(Struct, frozen=True):
    """The top of a document's first page: the seal, then the logo, and the lines of the address beside them."""

    template_names = ("emblems", "address")

    emblems: tuple[Emblem, ...] = ()
    address: tuple[str, ...] = ()


class PageStyle(Struct, frozen=True):
    """A house's pages; None and "" leave that to the document.

    `size` is that of running text in points, `footer` a line below the title at the foot of each page, and `banners` the colors
    of markings by the words that they begin with, longer ones first.
    """

    paper: str | None = None
    margins: Margins | None = None
    size: float | None = None
    footer: str = ""
    letterhead: Letterhead | None = None
    banners: Mapping[str, str] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """The lines that it prints."""
        lines = (*(self.letterhead.address if self.letterhead else ()), self.footer)
        return tuple(filter(None, lines))

    def find_banner_color(self, lines: tuple[str, ...]) -> str:
        """Return the color of a marking; "" where the house has none for it."""
        words = " ".join(lines).casefold()
        return next((color for begin, color in self.banners.items() if words.startswith(begin.casefold())), "")

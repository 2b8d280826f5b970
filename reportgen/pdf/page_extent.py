"""How much room laid out pages take: what a page budget is held against.

WeasyPrint's boxes are read here alone. They are no part of its promises, so what is read is little: kinds, places, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

PX = 0.75  # points in a CSS pixel


class Block(Struct, frozen=True):
    """A paragraph, heading or cell on one page: its element and classes, id, lines and words. Points from the page's top."""

    page: int
    tag: str
    classes: frozenset[str]
    within: frozenset[str]
    """The classes of the elements around it."""
    lines: int
    words: int
    top: float
    bottom: float
    source: Any = None
    """The element itself: what runs over a page's end is a block on each page, of one source."""


class Extent(Struct, frozen=True):
    """The blocks of a document, and the room that each page has for them: its top and bottom in points."""

    blocks: tuple[Block, ...]
    rooms: tuple[tuple[float, float], ...]

    @property
    def pages(self) -> int:
        return len(self.rooms)

    def length(self, without: str = "") -> float:
        """The length in pages, the last one as far as it is filled: 2.4. Blocks within the class `without` don't count."""
        counted = [block for block in self.blocks if not without or without not in block.within]
        if not counted:
            return 0.0
        last = max(block.page for block in counted)
        top, bottom = self.rooms[last]
        used = max(block.bottom for block in counted if block.page == last) - top
        return last + max(0.0, min(1.0, used / (bottom - top)))


def measure_pages(pages: Sequence[Any]) -> Extent:
    """What WeasyPrint's pages hold."""
    boxes = [page._page_box for page in pages]
    rooms = tuple((box.content_box_y() * PX, (box.content_box_y() + box.height) * PX) for box in boxes)
    return Extent(tuple(block for number, box in enumerate(boxes) for block in _blocks(box, number)), rooms)


def _blocks(page: Any, number: int) -> Iterator[Block]:
    """The page's blocks that hold lines or a picture; what runs in its margins is none of them."""
    from weasyprint.formatting_structure import boxes

    def walk(box: Any, within: frozenset[str]) -> Iterator[Block]:
        if isinstance(box, boxes.MarginBox):
            return
        box = getattr(box, "_box", box)  # what is placed absolutely stands behind a placeholder
        element = box.element
        classes = frozenset(element.get("class", "").split()) if element is not None else frozenset()
        children = getattr(box, "children", ())
        lines = [child for child in children if isinstance(child, boxes.LineBox)]
        if lines or isinstance(box, boxes.ReplacedBox):
            words = sum(len(text.split()) for line in lines for text in _texts(line))
            top, bottom = box.position_y * PX, (box.position_y + box.margin_height() - box.margin_bottom) * PX
            yield Block(number, box.element_tag or "", classes, within, len(lines), words, top, bottom, element)
            pictures = [part for line in lines for part in line.descendants() if isinstance(part, boxes.ReplacedBox)]
            for part in pictures:
                yield from walk(part, within | classes)
            return
        for child in children:
            yield from walk(child, within | classes)

    yield from walk(page, frozenset())


def _texts(line: Any) -> Iterator[str]:
    yield from (part.text for part in line.descendants() if hasattr(part, "text"))

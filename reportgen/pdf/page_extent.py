"""Measure how much room laid out pages take, for the page budget.

WeasyPrint's boxes are read here and in `finishing/text_tags.py` alone. They are not part of its public API, so little is
read: kinds, positions, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

DESIGNATION = "designation"  # the class of the block that a marking puts at the first page's foot
PX = 0.75  # points in a CSS pixel


class Block(Struct, frozen=True):
    """A paragraph, heading or cell on one page; `top` and `bottom` are points from the page's top."""

    page: int
    tag: str
    classes: frozenset[str]
    within: frozenset[str]
    """The classes of the elements around it."""
    lines: int
    words: int
    top: float
    bottom: float
    part: str = ""
    """The part of the document that it belongs to: the id of the figure around it, else the class of the section."""
    source: Any = None
    """The element: one that runs over a page's end is a block on each page."""


class Extent(Struct, frozen=True):
    """The blocks of a document, and each page's room for them: its top and bottom in points."""

    blocks: tuple[Block, ...]
    rooms: tuple[tuple[float, float], ...]

    @property
    def pages(self) -> int:
        return len(self.rooms)

    @property
    def is_designation_late(self) -> bool:
        """True where the designation block, or a part of it, is not on the first page."""
        return any(block.page for block in self.blocks if DESIGNATION in block.within | block.classes)

    def measure_parts(self) -> dict[str, float]:
        """Return the height in points that each part's blocks take on all pages, the largest first."""
        spans: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for block in self.blocks:
            if block.part:
                spans.setdefault((block.part, block.page), []).append((block.top, block.bottom))
        heights: dict[str, float] = {}
        for (part, _), found in spans.items():
            heights[part] = heights.get(part, 0.0) + _measure_union(found)
        return dict(sorted(heights.items(), key=lambda item: -item[1]))

    def length(self, without: frozenset[str] = frozenset()) -> float:
        """Return the length in pages, such as 2.4, with the last page as far as it is filled.

        Blocks within elements of the classes `without` do not count.
        """
        counted = [block for block in self.blocks if not without & block.within]
        if not counted:
            return 0.0
        last = max(block.page for block in counted)
        top, bottom = self.rooms[last]
        used = max(block.bottom for block in counted if block.page == last) - top
        return last + max(0.0, min(1.0, used / max(bottom - top, 1.0)))


def _measure_union(spans: list[tuple[float, float]]) -> float:
    """Return the length that spans cover together: cells of a row, or columns, stand side by side."""
    covered, reached = 0.0, float("-inf")
    for top, bottom in sorted(spans):
        covered += max(0.0, bottom - max(top, reached))
        reached = max(reached, bottom)
    return covered


def measure_pages(pages: Sequence[Any]) -> Extent:
    """Measure the pages of a WeasyPrint document."""
    boxes = [page._page_box for page in pages]
    rooms = tuple((box.content_box_y() * PX, (box.content_box_y() + box.height) * PX) for box in boxes)
    return Extent(tuple(block for number, box in enumerate(boxes) for block in _blocks(box, number)), rooms)


def _blocks(page: Any, number: int) -> Iterator[Block]:
    """Yield the page's blocks that hold lines or a picture, without those in its margins."""
    from weasyprint.formatting_structure import boxes

    def walk(box: Any, within: frozenset[str], part: str) -> Iterator[Block]:
        if isinstance(box, boxes.MarginBox):
            return
        box = getattr(box, "_box", box)  # a placeholder stands for a positioned box
        element = box.element
        classes = frozenset(element.get("class", "").split()) if element is not None else frozenset()
        part = _name_part(element) or part
        children = getattr(box, "children", ())
        lines = [child for child in children if isinstance(child, boxes.LineBox)]
        if lines or isinstance(box, boxes.ReplacedBox):
            words = sum(len(text.split()) for line in lines for text in _texts(line))
            top, bottom = box.position_y * PX, (box.position_y + box.margin_height() - box.margin_bottom) * PX
            yield Block(number, box.element_tag or "", classes, within, len(lines), words, top, bottom, part, element)
            pictures = [part for line in lines for part in line.descendants() if isinstance(part, boxes.ReplacedBox)]
            for picture in pictures:
                yield from walk(picture, within | classes, part)
            return
        for child in children:
            yield from walk(child, within | classes, part)

    yield from walk(page, frozenset(), "")


def _name_part(element: Any) -> str:
    """Return the part that an element begins: a figure's id, a section's first class, or nothing."""
    if element is None or element.tag not in ("figure", "section"):
        return ""
    return str(element.get("id") or "") if element.tag == "figure" else str(element.get("class", "").partition(" ")[0])


def _texts(line: Any) -> Iterator[str]:
    yield from (part.text for part in line.descendants() if hasattr(part, "text"))

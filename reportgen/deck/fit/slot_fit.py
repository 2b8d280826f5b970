"""One slot of one slide with its room: whether its content fits, in which size, and else by how much it does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS, SlotSpec
from reportgen.deck.text import text_box
from reportgen.deck.theme import Placeholder, Theme
from reportgen.deck.values import EMU_PER_POINT, Box, Paragraph, Run, Slide, Slot, TableCell, TableContent, Text
from reportgen.system.errors import Diagnostic

WORD = re.compile(r"\S+")
LONELY = 0.2  # a last line shorter than this share of the box needs company
NARROWER = tuple(share / 100 for share in range(98, 59, -2))
AIR = 14.0  # points that a table's row may grow beyond what it needs, when there is room


class Shortfall(Struct, frozen=True):
    """What is too much even in the smallest size; `excess` is points, `words` about how many to cut.

    `letters` is told instead for words that fill several lines each: a long address, or Chinese.
    """

    slide: Slide
    slot: Slot
    what: str
    size: float
    excess: float
    lines: int
    words: int
    letters: int = 0

    def diagnostic(self) -> Diagnostic:
        line = "line" if self.lines == 1 else "lines"
        message = (
            f'slide "{self.slide.id}", box "{self.slot.name}": at {self.size:g} pt, the smallest size, {self.what} is '
            f"{self.lines} {line} ({self.excess:.0f} pt) too high"
        )
        count, unit = (self.letters, "letter") if self.words < self.lines else (self.words, "word")
        return Diagnostic(message, self.slot.where, f"cut about {count} {unit}{'s' if count > 1 else ''}")


class Space(Struct, frozen=True):
    """One slot with all that its fitting needs."""

    slide: Slide
    slot: Slot
    row: SlotSpec
    placeholder: Placeholder
    brand: Brand

    @property
    def box(self) -> Box:
        return self.slot.box or self.placeholder.box

    @property
    def room(self) -> tuple[float, float]:
        return self.placeholder.text_area(self.slot.box)

    @property
    def steps(self) -> tuple[float, ...]:
        """The sizes to try; a part of what several slides hold keeps the size that all parts have."""
        content = self.slot.content
        if self.slide.part and isinstance(content, Text | TableContent) and content.size:
            return (content.size,)
        steps = self.placeholder.steps or self.row.steps
        if isinstance(content, TableContent) and content.largest is not None:  # no word is broken if that can be helped
            return tuple(size for size in steps if size <= content.largest) or steps[-1:]
        return steps

    def leading(self, size: float) -> float:
        level = self.placeholder.levels[0]
        return level.line_height(fonts.measure_line_height(fonts.find_face(self.brand, level.family, level.bold), size))

    def fitted(self, steps: Sequence[float] = ()) -> Slot | None:
        """The slot in the largest size in which its content fits; None when it fits in none."""
        content = self.slot.content
        for size in steps or self.steps:
            if isinstance(content, Text) and self.excess(content.paragraphs, size) <= 0:
                chosen = replace(content, size=size)
                return self._balanced(chosen) if self.row.balanced else replace(self.slot, content=chosen)
            if isinstance(content, TableContent) and (found := self._table(content, size)):
                return found
        return None if isinstance(content, Text | TableContent) else self.slot

    def blocks(self, paragraphs: Sequence[Paragraph], size: float) -> Iterator[text_box.MeasuredParagraph]:
        """The paragraphs, measured one by one as they are asked for."""
        width, _ = self.room
        for each in paragraphs:
            yield text_box.measure_paragraph(each, self.placeholder.levels[each.level], size, width, self.brand)

    def excess(self, paragraphs: Sequence[Paragraph], size: float) -> float:
        """By how many points the text is too high, or too many lines; zero or less when it fits."""
        _, height = self.room
        taken, lines, below = 0.0, 0, 0.0
        for index, block in enumerate(self.blocks(paragraphs, size)):
            taken += block.height + (below + block.above if index else 0.0)
            below, lines = block.below, lines + len(block.lines)
        over = lines - (self.row.max_lines or lines)
        return max(taken - height, over * self.leading(size) if over > 0 else taken - height)

    def shortfall(self) -> Shortfall:
        """What is missing, for a slot whose content cannot go on elsewhere."""
        content = self.slot.content
        assert isinstance(content, Text)
        return self.text_shortfall(content.paragraphs)

    def text_shortfall(self, paragraphs: Sequence[Paragraph], what: str = "the text", suffix: str = "") -> Shortfall:
        """What is missing for these paragraphs; the words to cut stand before the suffix, which has to stay."""
        size = self.steps[-1]
        whole = _word_count(paragraphs)

        def fits(cut: int) -> bool:
            return self.excess(suffixed(_first_words(paragraphs, whole - cut), suffix), size) <= 0

        words = bisect_left(range(whole), True, key=fits)
        excess = self.excess(suffixed(paragraphs, suffix), size)
        _, room = self.room
        letters = ceil(sum(len(each.text) for each in paragraphs) * excess / (excess + max(room, 0.0)))
        return replace(self.missing(what, size, excess, words), letters=letters)

    def missing(self, what: str, size: float, excess: float, words: int) -> Shortfall:
        lines = max(1, ceil(excess / self.leading(size) - 0.05))
        return Shortfall(self.slide, self.slot, what, size, excess, lines, max(1, words), max(1, words))

    def _balanced(self, content: Text) -> Slot:
        """The slot, a little narrower where its last line would otherwise hold next to nothing.

        The words stay as they are: only the box's edges move (of one that begins its lines at the left, the right one), so
        every line but the last gives something up.
        """
        box = self.box
        whole = self._lines(content, box.width)
        if not self._lonely(whole, content.size or 0, box.width):
            return replace(self.slot, content=content)
        for share in NARROWER:
            width = int(box.width * share)
            lines = self._lines(content, width)
            if (
                len(lines) == len(whole)
                and not self._lonely(lines, content.size or 0, box.width)
                and not lines[-2].endswith("-")
            ):
                moved = {"ctr": (box.width - width) // 2, "r": box.width - width}.get(
                    self.placeholder.levels[0].align, 0
                )
                return replace(self.slot, content=content, box=replace(box, x=box.x + moved, width=width))
        return replace(self.slot, content=content)

    def _lines(self, content: Text, width: int) -> tuple[str, ...]:
        room, _ = self.placeholder.text_area(replace(self.placeholder.box, width=width))
        measured = text_box.measure_text(
            content.paragraphs, self.placeholder.levels, content.size or 0, room, self.brand
        )
        return measured.lines[-1]

    def _lonely(self, lines: Sequence[str], size: float, width: int) -> bool:
        """Whether the last of several lines is shorter than a fifth of the box."""
        level = self.placeholder.levels[0]
        last = fonts.measure_width(fonts.find_face(self.brand, level.family, level.bold), lines[-1], size)
        return len(lines) > 1 and last < LONELY * width / EMU_PER_POINT

    def row_heights(self, content: TableContent, size: float) -> Iterator[float]:
        """What each row needs, in points, header first, measured one by one as they are asked for."""
        width = self.box.width / EMU_PER_POINT
        for cells in content.all_rows:
            yield text_box.row_height(
                text_box.measure_row(cells, content.widths, self.placeholder.levels[0], size, width, self.brand)
            )

    def _table(self, content: TableContent, size: float) -> Slot | None:
        left = self.box.height / EMU_PER_POINT
        needed = []
        for each in self.row_heights(content, size):
            needed.append(each)
            left -= each
            if left < 0:
                return None
        return self.table(content, size, needed)

    def table(self, content: TableContent, size: float, needed: Sequence[float]) -> Slot:
        """The slot with its table in this size, the rows as high as needed and a little air where there is room."""
        spare = self.box.height / EMU_PER_POINT - sum(needed)
        air = max(0.0, min(AIR, spare / len(needed)))
        heights = tuple(int((each + air) * EMU_PER_POINT) for each in needed)
        return replace(self.slot, content=replace(content, size=size, heights=heights))


def space(slide: Slide, slot: Slot, theme: Theme, brand: Brand) -> Space:
    row = LAYOUTS[slide.layout].slot(slot.name)
    assert row
    return Space(slide, slot, row, theme.layouts[slide.layout][slot.name], brand)


def suffixed(paragraphs: Sequence[Paragraph], suffix: str) -> tuple[Paragraph, ...]:
    """The text with a run of its own behind it."""
    if not suffix or not paragraphs:
        return tuple(paragraphs)
    return (*paragraphs[:-1], replace(paragraphs[-1], runs=(*paragraphs[-1].runs, Run(suffix))))


def row_words(cells: Sequence[TableCell]) -> int:
    return sum(len(run.text.split()) for cell in cells for run in cell.runs)


def _word_count(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(run.text.split()) for paragraph in paragraphs for run in paragraph.runs)


def _first_words(paragraphs: Sequence[Paragraph], count: int) -> list[Paragraph]:
    """The beginning of a text, so many words long."""
    found = []
    for paragraph in paragraphs:
        runs = []
        for run in paragraph.runs:
            ends = [match.end() for match in WORD.finditer(run.text)]
            if count <= 0:
                break
            runs.append(run if len(ends) <= count else replace(run, text=run.text[: ends[count - 1]]))
            count -= len(ends)
        if runs:
            found.append(replace(paragraph, runs=tuple(runs)))
    return found

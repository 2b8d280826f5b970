"""Fits the content of one slot: finds the largest size in which it fits, or by how much it is too high."""

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
LONE = 0.2  # of the box's width: a shorter last line is balanced
NARROWER = tuple(share / 100 for share in range(98, 59, -2))
AIR = 14.0  # points that a table's row may grow beyond what it needs, when there is room


class SlotFitter(Struct, frozen=True):
    """One slot with all that is needed to fit its content."""

    slide: Slide
    slot: Slot
    spec: SlotSpec
    placeholder: Placeholder
    brand: Brand

    @classmethod
    def of(cls, slide: Slide, slot: Slot, theme: Theme, brand: Brand) -> SlotFitter:
        spec = LAYOUTS[slide.layout].slot(slot.name)
        assert spec
        return cls(slide, slot, spec, theme.layouts[slide.layout][slot.name], brand)

    @property
    def box(self) -> Box:
        return self.slot.box or self.placeholder.box

    @property
    def room(self) -> tuple[float, float]:
        """The width and height that text has, in points."""
        return self.placeholder.text_area(self.slot.box)

    @property
    def steps(self) -> tuple[float, ...]:
        """The sizes to try, largest first; a part of a split slot keeps the size that all its parts have."""
        content = self.slot.content
        if self.slide.part and isinstance(content, Text | TableContent) and content.size:
            return (content.size,)
        steps = self.placeholder.steps or self.spec.steps
        if isinstance(content, TableContent) and content.largest is not None:
            return tuple(size for size in steps if size <= content.largest) or steps[-1:]
        return steps

    def fit(self, steps: Sequence[float] = ()) -> Slot | None:
        """Return the slot in the largest of its sizes, or of `steps`, in which its content fits; None if it fits in none."""
        content = self.slot.content
        if not isinstance(content, Text | TableContent):
            return self.slot
        for size in steps or self.steps:
            if isinstance(content, TableContent):
                if slot := self._fit_table(content, size):
                    return slot
            elif self.measure_excess(content.paragraphs, size) <= 0:
                sized = replace(content, size=size)
                slot = replace(self.slot, content=sized)
                return self._balance(sized) if self.spec.balanced else self.hug(slot)
        return None

    def line_height(self, size: float) -> float:
        level = self.placeholder.levels[0]
        face = fonts.find_face(self.brand, level.family, level.bold)
        return level.line_height(fonts.measure_line_height(face, size))

    def measure_paragraphs(self, paragraphs: Sequence[Paragraph], size: float) -> Iterator[text_box.MeasuredParagraph]:
        """Yield the measured paragraphs; each is measured when it is asked for."""
        width, _ = self.room
        for each in paragraphs:
            yield text_box.measure_paragraph(each, self.placeholder.levels[each.level], size, width, self.brand)

    def measure_excess(self, paragraphs: Sequence[Paragraph], size: float) -> float:
        """Return by how many points the text is too high or has too many lines; zero or less if it fits."""
        _, height = self.room
        needed, lines, below = 0.0, 0, 0.0
        for index, measured in enumerate(self.measure_paragraphs(paragraphs, size)):
            needed += measured.height + (below + measured.above if index else 0.0)
            below, lines = measured.below, lines + len(measured.lines)
        has_grown = self.spec.grows and self.box.height > self.placeholder.box.height
        over = 0 if has_grown else lines - (self.spec.max_lines or lines)
        return max(needed - height, over * self.line_height(size) if over > 0 else needed - height)

    def describe_text_excess(
        self, paragraphs: Sequence[Paragraph], part: str = "the text", suffix: str = ""
    ) -> Diagnostic:
        """Return the error that these paragraphs are too high; the words to cut stand before `suffix`, which stays."""
        size, whole = self.steps[-1], count_words(paragraphs)

        def fits_without(cut: int) -> bool:
            kept = add_suffix(_take_words(paragraphs, whole - cut), suffix)
            return self.measure_excess(kept, size) <= 0

        words = bisect_left(range(whole), True, key=fits_without)
        excess = self.measure_excess(add_suffix(paragraphs, suffix), size)
        _, room = self.room
        letters = ceil(sum(len(each.text) for each in paragraphs) * excess / (excess + max(room, 0.0)))
        return self.describe_excess(part, excess, words, letters)

    def describe_excess(self, part: str, excess: float, words: int, letters: int = 0) -> Diagnostic:
        """Return the error that a part of the content is `excess` points too high even in the smallest size.

        The hint says how many `words` to cut, or how many `letters` where a word fills several lines: a long address, or
        Chinese.
        """
        size, words = self.steps[-1], max(1, words)
        lines = max(1, ceil(excess / self.line_height(size) - 0.05))
        message = (
            f'slide "{self.slide.id}", box "{self.slot.name}": at {size:g} pt, the smallest size, {part} is '
            f"{lines} line{'s' if lines > 1 else ''} ({excess:.0f} pt) too high"
        )
        count, unit = (letters or words, "letter") if words < lines else (words, "word")
        return Diagnostic(message, self.slot.where, f"cut about {count} {unit}{'s' if count > 1 else ''}")

    def hug(self, slot: Slot) -> Slot:
        """Return the slot with a box that ends where its text does, if it hugs its text."""
        content = slot.content
        if not self.spec.hugs or not isinstance(content, Text):
            return slot
        _, height = self.room
        end = int(min(-self.measure_excess(content.paragraphs, content.size or 0), height) * EMU_PER_POINT)
        return replace(slot, box=replace(self.box, height=self.box.height - end)) if end > 0 else slot

    def _balance(self, content: Text) -> Slot:
        """Return the slot, its box a little narrower where the last line would otherwise hold next to nothing.

        The words stay; only the edge of the box moves at which the lines end, so every other line gives something up.
        """
        box, slot = self.box, replace(self.slot, content=content)
        whole = self._break_last(content, box.width)
        if not self._is_lone(whole, content.size or 0):
            return slot
        for share in NARROWER:
            width = int(box.width * share)
            lines = self._break_last(content, width)
            if len(lines) == len(whole) and not self._is_lone(lines, content.size or 0) and not lines[-2].endswith("-"):
                spare = box.width - width
                moved = {"ctr": spare // 2, "r": spare}.get(self.placeholder.levels[0].align, 0)
                return replace(slot, box=replace(box, x=box.x + moved, width=width))
        return slot

    def _break_last(self, content: Text, width: int) -> tuple[str, ...]:
        """Return the lines of the last paragraph in a box of this width (EMU)."""
        room, _ = self.placeholder.text_area(replace(self.placeholder.box, width=width))
        levels = self.placeholder.levels
        return text_box.measure_text(content.paragraphs, levels, content.size or 0, room, self.brand).lines[-1]

    def _is_lone(self, lines: Sequence[str], size: float) -> bool:
        """Return whether the last of several lines is shorter than a fifth of the box."""
        level = self.placeholder.levels[0]
        last = fonts.measure_width(fonts.find_face(self.brand, level.family, level.bold), lines[-1], size)
        return len(lines) > 1 and last < LONE * self.box.width / EMU_PER_POINT

    def measure_rows(self, content: TableContent, size: float) -> Iterator[float]:
        """Yield the height that each row needs in points, header first; each is measured when it is asked for."""
        level, width = self.placeholder.levels[0], self.box.width / EMU_PER_POINT
        for cells in content.all_rows:
            yield text_box.row_height(text_box.measure_row(cells, content.widths, level, size, width, self.brand))

    def _fit_table(self, content: TableContent, size: float) -> Slot | None:
        left = self.box.height / EMU_PER_POINT
        needed = []
        for height in self.measure_rows(content, size):
            needed.append(height)
            left -= height
            if left < 0:
                return None
        return self.size_table(content, size, needed)

    def size_table(self, content: TableContent, size: float, needed: Sequence[float]) -> Slot:
        """Return the slot with its table in this size, its rows as high as needed plus a little air where there is room."""
        spare = self.box.height / EMU_PER_POINT - sum(needed)
        air = max(0.0, min(AIR, spare / len(needed)))
        heights = tuple(int((each + air) * EMU_PER_POINT) for each in needed)
        return replace(self.slot, content=replace(content, size=size, heights=heights, air=air))


def add_suffix(paragraphs: Sequence[Paragraph], suffix: str) -> tuple[Paragraph, ...]:
    """Return the text with the suffix as a run of its own at its end."""
    if not suffix or not paragraphs:
        return tuple(paragraphs)
    return (*paragraphs[:-1], replace(paragraphs[-1], runs=(*paragraphs[-1].runs, Run(suffix))))


def count_words(texts: Sequence[Paragraph | TableCell]) -> int:
    return sum(len(run.text.split()) for text in texts for run in text.runs)


def _take_words(paragraphs: Sequence[Paragraph], count: int) -> list[Paragraph]:
    """Return the beginning of a text, `count` words long."""
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

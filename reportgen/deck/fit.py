"""Chooses sizes of type from measured text, or says what does not fit: a pure Deck -> Deck.

Each slot takes the largest of its sizes in which its text fits its box. Nothing is shrunk below the smallest, cut, or
left to a program's own shrinking: what does not fit is a FitError that names the slide, the box, by how much, and
about how many words have to go, for all boxes at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck import measure
from reportgen.deck.layouts import LAYOUTS, SlotRow
from reportgen.deck.model import EMU_PER_POINT, Deck, Paragraph, Run, Slide, Slot, TableContent, Text
from reportgen.deck.theme import Placeholder, Theme
from reportgen.errors import Diagnostic, FitError

WORD = re.compile(r"\S+")
LONELY = 0.2  # a last line shorter than this share of the box needs company
NARROWER = tuple(share / 100 for share in range(98, 59, -2))
AIR = 14.0  # points that a table's row may grow beyond what it needs, when there is room


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A box whose text is too much even in the smallest size; `excess` is points, `words` about how many to cut."""

    slide: Slide
    slot: Slot
    size: float
    excess: float
    lines: int
    words: int

    def diagnostic(self) -> Diagnostic:
        line = "line" if self.lines == 1 else "lines"
        message = (
            f'slide "{self.slide.id}", box "{self.slot.name}": at {self.size:g} pt, the smallest size, the text is '
            f"{self.lines} {line} ({self.excess:.0f} pt) too high"
        )
        return Diagnostic(message, self.slot.where, f"cut about {self.words} word{'s' if self.words > 1 else ''}")


def fit(deck: Deck, theme: Theme, brand: Brand) -> Deck:
    """The deck with a size for every text and a height for every row."""
    short: list[Shortfall] = []
    slides = tuple(_fit_slide(slide, theme, brand, short) for slide in deck.slides)
    faults = [each.diagnostic() for each in short] + list(_furniture_faults(deck, theme, brand))
    if faults:
        raise FitError(faults)
    return replace(deck, slides=slides)


def _furniture_faults(deck: Deck, theme: Theme, brand: Brand) -> Iterator[Diagnostic]:
    """What stands on every slide has one line; told once, for the first slide on which it is too long."""
    told: set[str] = set()
    for slide in deck.slides:
        for row in LAYOUTS[slide.layout].slots:
            words = deck.properties.furniture(row.name)
            if row.kind != "furniture" or not words or row.name in told:
                continue
            placeholder = theme.layouts[slide.layout][row.name]
            level, (width, _) = placeholder.levels[0], placeholder.room()
            lines = measure.paragraph_lines([Run(words)], level, row.steps[0], width, brand)
            if len(lines) > 1:
                told.add(row.name)
                message = f'slide "{slide.id}", box "{row.name}": "{words}" takes {len(lines)} lines and has one'
                where = deck.properties.places.get(row.name, slide.where)
                yield Diagnostic(message, where, f"shorten it to about {len(lines[0].split())} words")


def _fit_slide(slide: Slide, theme: Theme, brand: Brand, short: list[Shortfall]) -> Slide:
    slots = []
    for slot in slide.slots:
        row = LAYOUTS[slide.layout].slot(slot.name)
        assert row
        box = _Space(slide, slot, row, theme.layouts[slide.layout][slot.name], brand)
        if isinstance(slot.content, Text):
            fitted: Slot | Shortfall = box.text(slot.content)
        elif isinstance(slot.content, TableContent):
            fitted = box.table(slot.content)
        else:
            fitted = slot
        if isinstance(fitted, Shortfall):
            short.append(fitted)
        else:
            slots.append(fitted)
    return replace(slide, slots=tuple(slots))


@dataclass(frozen=True, slots=True)
class _Space:
    """One slot with all that its fitting needs."""

    slide: Slide
    slot: Slot
    row: SlotRow
    placeholder: Placeholder
    brand: Brand

    @property
    def room(self) -> tuple[float, float]:
        return self.placeholder.room(self.slot.box)

    def text(self, content: Text) -> Slot | Shortfall:
        for size in self.row.steps:
            if self.text_excess(content.paragraphs, size) <= 0:
                fitted = Text(content.paragraphs, size)
                return self.balanced(fitted) if self.row.balanced else replace(self.slot, content=fitted)
        return self.text_shortfall(content)

    def text_excess(self, paragraphs: Sequence[Paragraph], size: float) -> float:
        """By how many points the text is too high; zero or less when it fits."""
        width, height = self.room
        level = self.placeholder.levels[0]
        measured = measure.text(paragraphs, self.placeholder.levels, size, width, self.brand)
        excess = measured.height - height
        if self.row.max_lines and measured.count > self.row.max_lines:
            leading = fonts.line_height(fonts.face(self.brand, level.family), size) * level.spacing
            excess = max(excess, (measured.count - self.row.max_lines) * leading)
        return excess

    def text_shortfall(self, content: Text) -> Shortfall:
        size = self.row.steps[-1]
        excess = self.text_excess(content.paragraphs, size)
        words = _word_count(content.paragraphs)

        def fits(cut: int) -> bool:
            return self.text_excess(_first_words(content.paragraphs, words - cut), size) <= 0

        return self.shortfall(size, excess, bisect_left(range(words), True, key=fits))

    def shortfall(self, size: float, excess: float, words: int) -> Shortfall:
        level = self.placeholder.levels[0]
        leading = fonts.line_height(fonts.face(self.brand, level.family), size) * level.spacing
        return Shortfall(self.slide, self.slot, size, excess, max(1, ceil(excess / leading - 0.05)), max(1, words))

    def balanced(self, content: Text) -> Slot:
        """The slot, a little narrower where its last line would otherwise hold next to nothing.

        The words stay as they are: only the box's right edge moves, so every line but the last gives something up.
        """
        box = self.slot.box or self.placeholder.box
        whole = self.lines(content, box.width)
        if not self.lonely(whole, content.size or 0, box.width):
            return replace(self.slot, content=content)
        for share in NARROWER:
            width = int(box.width * share)
            lines = self.lines(content, width)
            if (
                len(lines) == len(whole)
                and not self.lonely(lines, content.size or 0, box.width)
                and not lines[-2].endswith("-")
            ):
                return replace(self.slot, content=content, box=replace(box, width=width))
        return replace(self.slot, content=content)

    def lines(self, content: Text, width: int) -> tuple[str, ...]:
        room, _ = self.placeholder.room(replace(self.placeholder.box, width=width))
        measured = measure.text(content.paragraphs, self.placeholder.levels, content.size or 0, room, self.brand)
        return measured.lines[-1]

    def lonely(self, lines: Sequence[str], size: float, width: int) -> bool:
        """Whether the last of several lines is shorter than a fifth of the box."""
        level = self.placeholder.levels[0]
        last = fonts.width(fonts.face(self.brand, level.family, level.bold), lines[-1], size)
        return len(lines) > 1 and last < LONELY * width / EMU_PER_POINT

    def table(self, content: TableContent) -> Slot | Shortfall:
        box = self.slot.box or self.placeholder.box
        width, height = box.width / EMU_PER_POINT, box.height / EMU_PER_POINT
        level = replace(self.placeholder.levels[0], before=0.0)
        needed: tuple[float, ...] = ()
        for size in self.row.steps:
            needed = measure.row_heights(content, level, size, width, self.brand)
            spare = height - sum(needed)
            if spare >= 0:
                air = min(AIR, spare / len(needed))
                heights = tuple(int((each + air) * EMU_PER_POINT) for each in needed)
                return replace(self.slot, content=replace(content, size=size, heights=heights))
        words = sum(len(run.text.split()) for row in content.rows for cell in row for run in cell.runs)
        return self.shortfall(size, sum(needed) - height, ceil(words * (1 - height / sum(needed))))


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

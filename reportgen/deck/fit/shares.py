"""Divides a long text or table into shares that fit one slide each: where it may be split, and how evenly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.text.text_box import MeasuredParagraph
from reportgen.deck.values import Paragraph

ROUNDING = 1e-6  # points


class Pile(Struct, frozen=True):
    """Paragraphs or rows one below the other: the gap above each, and the sums of heights and gaps up to each.

    The first of a share has no gap above it.
    """

    gaps: tuple[float, ...]
    sums: tuple[float, ...]

    @classmethod
    def of_rows(cls, heights: Sequence[float]) -> Pile:
        return cls((0.0,) * len(heights), tuple(accumulate(heights, initial=0.0)))

    @classmethod
    def of_paragraphs(cls, measured: Iterable[MeasuredParagraph]) -> Pile:
        found = tuple(measured)
        gaps = (0.0, *(first.below + second.above for first, second in pairwise(found)))[: len(found)]
        heights = (each.height + gap for each, gap in zip(found, gaps, strict=True))
        return cls(gaps, tuple(accumulate(heights, initial=0.0)))

    def __len__(self) -> int:
        return len(self.gaps)

    def height(self, start: int, end: int) -> float:
        return self.sums[end] - self.sums[start] - self.gaps[start] if end > start else 0.0

    def find_end(self, start: int, room: float) -> int:
        """Return the furthest end of a share that begins at `start`."""
        return max(start, bisect_right(self.sums, room + self.sums[start] + self.gaps[start] + ROUNDING) - 1)

    def find_start(self, end: int, room: float) -> int:
        """Return the start of the longest share that ends at `end`."""
        start = end
        while start and self.height(start - 1, end) <= room + ROUNDING:
            start -= 1
        return start


def find_splits(paragraphs: Sequence[Paragraph], pile: Pile, room: float) -> tuple[int, ...]:
    """Return where a text may be split: before each paragraph that does not belong to the one before it.

    Paragraphs that belong together but are too high for one slide may be split anywhere.
    """
    whole = [at for at in range(1, len(paragraphs)) if not _belongs(paragraphs[at - 1], paragraphs[at])]
    found = set(whole)
    for start, end in pairwise([0, *whole, len(paragraphs)]):
        if pile.height(start, end) > room + ROUNDING:
            found.update(range(start + 1, end))
    return tuple(sorted(found))


def _belongs(first: Paragraph, second: Paragraph) -> bool:
    """Return whether the second paragraph belongs to the first: its parent item, its heading, or a line with a colon."""
    heading = not first.list and all(run.bold for run in first.runs if run.text.strip())
    announces = not first.list and bool(second.list) and first.text.rstrip().endswith(":")
    return second.level > 0 or heading or announces


def count_shares(pile: Pile, splits: Sequence[int], room: float, most: int) -> int | None:
    """Return the least number of shares; None if there would be more than `most`, or if one piece alone is too high."""
    start, ends = 0, (*splits, len(pile))
    for count in range(1, most + 1):
        at = bisect_right(ends, pile.find_end(start, room))
        if not at or ends[at - 1] <= start:
            return None
        start = ends[at - 1]
        if start == len(pile):
            return count
    return None


def divide_evenly(
    pile: Pile, splits: Sequence[int], room: float, count: int, last_room: float | None = None
) -> list[int] | None:
    """Return the ends of `count` shares of about one height, none of them empty; None if they do not fit.

    The last share may have another room.
    """
    ends = (*splits, len(pile))
    least = _find_least_ends(pile, ends, room, count, room if last_room is None else last_room)
    if least is None or count > len(ends):
        return None
    found: list[int] = []
    start, after = 0, -1  # the start of this share, and its index among the ends
    for index in range(count - 1):
        ideal = pile.sums[start] + (pile.sums[-1] - pile.sums[start]) / (count - index)
        low, high = max(least[index], start + 1), pile.find_end(start, room)
        able = [at for at in range(after + 1, len(ends) - (count - 1 - index)) if low <= ends[at] <= high]
        if not able:
            return None
        after = min(able, key=lambda at: (abs(pile.sums[ends[at]] - ideal), -at))
        start = ends[after]
        found.append(start)
    return [*found, len(pile)]


def _find_least_ends(pile: Pile, ends: Sequence[int], room: float, count: int, last_room: float) -> list[int] | None:
    """Return the least end of each share but the last, so that the later ones hold the rest; None if they cannot."""
    found: list[int] = []
    low = len(pile)
    for index in range(count - 1):
        start = pile.find_start(low, room if index else last_room) if low else 0
        low = ends[bisect_left(ends, start)] if start else 0
        found.append(low)
        if low == len(pile):
            return None
    first = last_room if count == 1 else room
    return found[::-1] if not low or pile.height(0, low) <= first + ROUNDING else None


def continue_numbering(paragraphs: Sequence[Paragraph], ends: Collection[int]) -> list[Paragraph]:
    """Return the paragraphs with their numbered lists continued after each of the ends."""
    found: list[Paragraph] = []
    numbers = [0, 0, 0]  # of the last item, by level
    starts: dict[int, int] = {}  # the first number of the list in this share, by level
    for index, each in enumerate(paragraphs):
        if index in ends:
            starts = {}
        for level in range(each.level + (each.list == "number"), len(numbers)):
            numbers[level] = 0
            starts.pop(level, None)
        if each.list == "number":
            numbers[each.level] = numbers[each.level] + 1 if numbers[each.level] else each.start
            each = replace(each, start=starts.setdefault(each.level, numbers[each.level]))
        found.append(each)
    return found

"""A long text or table -> shares that fit, one for each slide: where it may be split, and how evenly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.text.text_box import MeasuredParagraph
from reportgen.deck.values import Paragraph

ROUNDING = 1e-6  # points


class Pile(Struct, frozen=True):
    """Things one below the other: their heights, and the gap above each, which the first of a share does not have."""

    heights: tuple[float, ...]
    gaps: tuple[float, ...]
    sums: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.heights)

    def height(self, start: int, end: int) -> float:
        return self.sums[end] - self.sums[start] - self.gaps[start] if end > start else 0.0

    def reach(self, start: int, room: float) -> int:
        """How far a share that begins at `start` can go."""
        return max(start, bisect_right(self.sums, room + self.sums[start] + self.gaps[start] + ROUNDING) - 1)

    def since(self, end: int, room: float) -> int:
        """Where the longest share that ends at `end` begins."""
        start = end
        while start and self.height(start - 1, end) <= room + ROUNDING:
            start -= 1
        return start


def pile(heights: Sequence[float], gaps: Sequence[float] = ()) -> Pile:
    gaps = tuple(gaps) or (0.0,) * len(heights)
    sums = accumulate((height + gap for height, gap in zip(heights, gaps, strict=True)), initial=0.0)
    return Pile(tuple(heights), tuple(gaps), tuple(sums))


def of_blocks(blocks: Sequence[MeasuredParagraph]) -> Pile:
    gaps = (0.0, *(first.below + second.above for first, second in pairwise(blocks)))
    return pile([block.height for block in blocks], gaps[: len(blocks)])


def places(paragraphs: Sequence[Paragraph], piled: Pile, room: float) -> tuple[int, ...]:
    """Where a text may be split: nothing that belongs to the paragraph before it begins a slide, if that can be.

    What belongs together and is too high for one slide is split between any two of its paragraphs.
    """
    whole = [index for index in range(1, len(paragraphs)) if not _together(paragraphs[index - 1], paragraphs[index])]
    found: set[int] = set(whole)
    for start, end in zip([0, *whole], [*whole, len(paragraphs)], strict=True):
        if piled.height(start, end) > room + ROUNDING:
            found.update(range(start + 1, end))
    return tuple(sorted(found))


def _together(first: Paragraph, second: Paragraph) -> bool:
    """A second level stays with its parent, and what a heading or a colon announces with that."""
    heading = not first.list and all(run.bold for run in first.runs if run.text.strip())
    announces = not first.list and bool(second.list) and first.text.rstrip().endswith(":")
    return second.level > 0 or heading or announces


def fewest(piled: Pile, allowed: Sequence[int], room: float, most: int) -> int | None:
    """How many shares it takes at least; None when it takes more than `most`, or one thing alone is too high."""
    start, ends = 0, (*allowed, len(piled))
    for count in range(1, most + 1):
        at = bisect_right(ends, piled.reach(start, room))
        if not at or ends[at - 1] <= start:
            return None
        start = ends[at - 1]
        if start == len(piled):
            return count
    return None


def even(piled: Pile, allowed: Sequence[int], room: float, count: int, last: float | None = None) -> list[int] | None:
    """Where each of `count` shares ends, all about as high; None when they do not fit.

    The last share may have another room. Each share has something.
    """
    ends = (*allowed, len(piled))
    lows = _lows(piled, ends, room, count, room if last is None else last)
    if lows is None or count > len(ends):
        return None
    found: list[int] = []
    start, after = 0, -1  # where this share begins, and as which of the ends
    for index in range(count - 1):
        ideal = piled.sums[start] + (piled.sums[-1] - piled.sums[start]) / (count - index)
        low, high = max(lows[index], start + 1), piled.reach(start, room)
        able = [at for at in range(after + 1, len(ends) - (count - 1 - index)) if low <= ends[at] <= high]
        if not able:
            return None
        after = min(able, key=lambda at: (abs(piled.sums[ends[at]] - ideal), -at))
        start = ends[after]
        found.append(start)
    return [*found, len(piled)]


def _lows(piled: Pile, ends: Sequence[int], room: float, count: int, last: float) -> list[int] | None:
    """Where each share but the last has to end at least, so that those behind it hold the rest; None if they cannot."""
    found: list[int] = []
    low = len(piled)
    for index in range(count - 1):
        since = piled.since(low, room if index else last) if low else 0
        low = ends[bisect_left(ends, since)] if since else 0
        found.append(low)
        if low == len(piled):
            return None
    first = last if count == 1 else room
    return found[::-1] if not low or piled.height(0, low) <= first + ROUNDING else None


def numbered(paragraphs: Sequence[Paragraph], ends: Collection[int]) -> list[Paragraph]:
    """The paragraphs, where lists of numbers go on counting behind each of the ends."""
    found: list[Paragraph] = []
    numbers = [0, 0]  # of the item before, by level
    begun: dict[int, int] = {}  # the number that the list begins with in this share, by level
    for index, each in enumerate(paragraphs):
        if index in ends:
            begun = {}
        for level in range(each.level + (each.list == "number"), len(numbers)):
            numbers[level] = 0
            begun.pop(level, None)
        if each.list == "number":
            numbers[each.level] = numbers[each.level] + 1 if numbers[each.level] else each.start
            each = replace(each, start=begun.setdefault(each.level, numbers[each.level]))
        found.append(each)
    return found

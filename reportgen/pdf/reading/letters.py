"""The letters of a PDF's pages: joined to lines of text, and split into them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

# Shares of the type's size.
SPACE = 0.16  # more room between two letters is a space
SHIFT = 0.12  # a letter that is farther off the line stands on another one, or is raised
NEW_LINE = 0.6  # a letter that is farther off is on another line
COLUMN_GAP = 2.5  # a wider gap separates columns


class Letter(Struct, frozen=True):
    """A letter on its line, from `x` to `end`; points from the page's lower left.

    A piece of text with an /ActualText is one letter, `whole`, which brings its own spaces; `painted` are the letters that
    stand there. `flaw` says why nobody sees the letter, "" where it can be seen.
    """

    text: str
    x: float
    y: float
    end: float
    size: float
    whole: bool = False
    order: int = 0
    flaw: str = ""
    painted: tuple[Letter, ...] = ()


def merge_letters(letters: list[Letter], text: str) -> Letter:
    """Return one letter in the place of several, with the text that they stand for."""
    first = letters[0]
    left, right = min(letter.x for letter in letters), max(letter.end for letter in letters)
    flaw = next((letter.flaw for letter in letters if letter.flaw), "")
    painted = tuple(each for letter in letters for each in (letter.painted or (letter,)))
    return Letter(text, left, first.y, right, first.size, True, first.order, flaw, painted)


def split_lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Split letters where another line or column begins."""
    line: list[Letter] = []
    for letter in letters:
        size = max(letter.size, line[-1].size) if line else 0.0
        if line:
            gap = letter.x - line[-1].end
            if abs(letter.y - line[-1].y) > NEW_LINE * size or not -size < gap < COLUMN_GAP * size:
                yield line
                line = []
        line.append(letter)
    if line:
        yield line


def join_letters(letters: Iterable[Letter]) -> tuple[str, tuple[float, float, float, float]]:
    """Return letters as text, with spaces in gaps and at line ends, and their box (left, low, right, high)."""
    parts: list[str] = []
    last: Letter | None = None
    left = low = float("inf")
    right = high = float("-inf")
    for letter in letters:
        if last is not None and not parts[-1].isspace():
            size = max(last.size, letter.size)
            moved = letter.x < last.x - size or letter.x - last.end > SPACE * size
            if abs(letter.y - last.y) > SHIFT * size or (moved and not (letter.whole and last.whole)):
                parts.append(" ")
        parts.append(letter.text)
        left, low = min(left, letter.x), min(low, letter.y)
        right, high = max(right, letter.end), max(high, letter.y + letter.size)
        last = letter
    return "".join(parts).strip(), (left, low, right, high)


def is_jumbled(letters: Iterable[Letter]) -> bool:
    """Say whether letters stand in another order than they are read: a line above the one before it, or words turned round.

    Words from right to left may stand anywhere on their line, and a line may begin another column.
    """
    painted = [each for letter in letters for each in (letter.painted or (letter,)) if not each.text.isspace()]
    runs_left = any(unicodedata.bidirectional(letter.text[:1] or " ") in ("R", "AL") for letter in painted)
    lines: list[list[float]] = []  # left, right, baseline and size of each
    for letter in painted:
        if lines and abs(letter.y - lines[-1][2]) <= NEW_LINE * max(letter.size, lines[-1][3]):
            if not runs_left and letter.end > letter.x < lines[-1][1] - letter.size:
                return True
            lines[-1][:2] = min(lines[-1][0], letter.x), max(lines[-1][1], letter.end)
        else:
            lines.append([letter.x, letter.end, letter.y, letter.size])
    climbs = (at for at, (here, there) in enumerate(pairwise(lines), 1) if there[2] > here[2])
    return any(_shares_columns(lines[:at], lines[at:]) for at in climbs)


def _shares_columns(before: Sequence[Sequence[float]], after: Sequence[Sequence[float]]) -> bool:
    """Say whether lines that continue higher up are not in a column of their own."""
    edges = [(min(line[0] for line in lines), max(line[1] for line in lines)) for lines in (before, after)]
    return min(right for _, right in edges) > max(left for left, _ in edges)


def name_of(value: Any) -> str:
    """Return a PDF name as text, and anything else as ""."""
    name = getattr(value, "name", "")
    return name if isinstance(name, str) else name.decode("latin-1") if isinstance(name, bytes) else ""

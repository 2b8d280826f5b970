"""Line breaks, as PowerPoint and LibreOffice set them: where a line may end, and the lines that fit a width."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reportgen.brand.fontfile import FontFile
from reportgen.fonts.faces import list_files
from reportgen.fonts.scripts import WIDE
from reportgen.fonts.widths import CACHED_LINES, position_chars, spread

SLACK = 1e-6  # em, so that a text exactly as wide as its box still fits
NEVER_FIRST = (
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟｠〜～‥…‰℃％\\])}!%,.:;?»›"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ\u2010-\u2015\u00a0\u202f\u2060"
)
NEVER_LAST = "‘“（〔［｛〈《「『【〘〖〝｟\\[({«‹$£¥€＄￡￥#\u00a0\u202f\u2060"
CLOSING = "\\])},.:;!?/、。，．：；！？）］｝〉》」』】"
# Patterns of so many characters take a hundredth of a second each to compile: `re` does it at their first use.
END = (
    rf"(?<= )(?![ {CLOSING}])|(?<=[^\W_][-\u2010\u2013\u2014])(?=[^\W\d_])"
    rf"|(?<=[{WIDE}])(?<![{NEVER_LAST}])(?![ {NEVER_FIRST}])|(?<![ {NEVER_LAST}])(?=[{WIDE}])(?![{NEVER_FIRST}])"
)
"""Places where a line may end: after spaces, after a hyphen inside a word, around a Chinese or Japanese character.

Not before a word that begins with a closing mark, such as "...": LibreOffice keeps it with the one before.
"""
LOOSE_END = (
    rf"{END}|(?<=-)(?=[^\W\d_])|(?<=[|}}…\u00ad\u200b\u2013\u2014])(?=\w)|(?<=[?!])(?=[\w#&=])"
    rf"|(?<=\w)(?=\u2014)"
)
"""The same for LibreOffice, which also ends lines inside addresses and at dashes; PowerPoint does not."""
SLASHED_END = rf"{LOOSE_END}|(?<=/)(?=[^\W\d_])"
"""The same for its later versions."""
LIMIT_SHARES = (0.98, 1.0, 1.01)  # of the width: where a word is cut depends on the last fraction of a point


def wrap(face: FontFile, text: str, size: float, max_width: float) -> tuple[str, ...]:
    """Break a text into the lines of a box `max_width` points wide, greedily, as PowerPoint does.

    Lines end at spaces and after hyphens, never at a no-break space; a word wider than the box is broken between
    letters; explicit newlines stay. Spaces at a line's end hang, so they neither count nor come back.
    """
    return _wrap(list_files(face), text, max(0.0, max_width / size / spread(face)) + SLACK)


def measure_longest_word(face: FontFile, text: str, size: float) -> float:
    """Return the narrowest width, in points, at which no word is broken between letters."""
    return max(
        (_find_ink_end(line, edges, start, end) - edges[start]) * size * spread(face)
        for line in text.split("\n")
        for edges in (position_chars(list_files(face), line),)
        for start, end in pairwise([0, *find_breaks(line)])
    )


def break_line(text: str, edges: Sequence[float], limit: float, link_ends: tuple[int, ...] = ()) -> list[str]:
    """Break one line, whose characters begin at `edges`, into lines no wider than `limit`.

    A word wider than that is broken between letters. Programs differ on where such a word ends, so the most lines
    win. `link_ends` are the places where one of them ends lines that hold links.
    """
    lines, cut = _fill_lines(text, edges, limit, find_breaks(text))
    others = {_find_places(pattern, text) for pattern in (END, LOOSE_END, SLASHED_END)} if cut else set()
    others |= {link_ends} if link_ends else set()
    tried = (_fill_lines(text, edges, limit * share, places)[0] for places in sorted(others) for share in LIMIT_SHARES)
    return max([lines, *tried], key=len)


@lru_cache(maxsize=CACHED_LINES)
def find_breaks(line: str) -> tuple[int, ...]:
    """Return the places where a line may end, its end included."""
    return _find_places(END, line)


@lru_cache(maxsize=CACHED_LINES)
def _wrap(files: tuple[Path, ...], text: str, limit: float) -> tuple[str, ...]:
    return tuple(line for each in text.split("\n") for line in break_line(each, position_chars(files, each), limit))


def _fill_lines(text: str, edges: Sequence[float], limit: float, places: Sequence[int]) -> tuple[list[str], bool]:
    """Return the lines that end at those places, and whether a word had to be broken between letters."""
    lines: list[str] = []
    cut = False
    start, last = 0, 0  # where this line begins, and the last place where it may end
    for end in places:
        while _find_ink_end(text, edges, start, end) - edges[start] > limit:
            if last <= start:
                last, cut = _cut_word(text, edges, start, limit), True
            lines.append(text[start:last].rstrip(" "))
            start = last
        last = end
    if start < len(text) or not text:
        lines.append(text[start:].rstrip(" "))
    return lines, cut


def _find_places(pattern: str, line: str) -> tuple[int, ...]:
    return (*(place.start() for place in re.finditer(pattern, line) if 0 < place.start() < len(line)), len(line))


def _find_ink_end(line: str, edges: Sequence[float], start: int, end: int) -> float:
    """Return where the ink of line[start:end] ends: spaces at its end hang."""
    while end > start and line[end - 1] == " ":
        end -= 1
    return edges[end]


def _cut_word(line: str, edges: Sequence[float], start: int, limit: float) -> int:
    """Return where to break a word that is too wide; after at least one letter, never before a combining mark."""
    end = max(start + 1, bisect_right(edges, edges[start] + limit, start) - 1)
    while end < len(line) and _is_joined(line, end):
        end += 1
    return end


def _is_joined(line: str, at: int) -> bool:
    """Return whether a character belongs to the one before it: a combining mark, or a part of an emoji."""
    return unicodedata.category(line[at])[0] == "M" or "\u200d" in line[at - 1 : at + 1]

"""Runs in pieces. LibreOffice never breaks a line inside a link, and always may between two: so links are short ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from reportgen import fonts
from reportgen.deck.values import Run

ALONE = r"(?:[\u0021-\u02af\u0370-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e](?![\u0300-\u036f]))"
"""A character that looks the same wherever it is cut off: it joins neither the next one, as Arabic does, nor a mark."""
LONG = re.compile(f"{ALONE}{{13}}")
PART = re.compile(rf" +|{ALONE}{{1,12}}?[-/?&=._]+|{ALONE}{{1,12}}|(?:(?!{ALONE})[^ ])+")
WORD = re.compile(r" +|[^ ]+")
ARABIC = fonts.RTL.pattern.strip("[]")
TURN = re.compile(f"[{ARABIC}][{ARABIC}\u0300-\u036f\u200c\u200d]*|[^{ARABIC}]+")
"""What is read in one direction: LibreOffice draws a link as one, and of letters of both it loses some or misplaces them."""


def split_run(run: Run) -> list[Run]:
    """A link in runs of a word or less, its spaces apart, so that each is short; any other run as it is; emoji apart."""
    if not run.href:
        return [replace(run, text=part) for part in fonts.split_emoji(run.text)]
    ends = fonts.find_breaks(run.text)
    words = [run.text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    pieces = (turn for word in words for piece in fonts.split_emoji(word) for turn in TURN.findall(piece))
    return [replace(run, text=part) for piece in pieces for part in _short(piece)]


def find_line_ends(runs: Sequence[Run]) -> tuple[int, ...]:
    """Where LibreOffice may end a line of these runs; nothing where none of them is a link."""
    if not any(run.href for run in runs):
        return ()
    parts = [(part, bool(run.href)) for run in runs for part in split_run(run)]
    edges = list(accumulate((len(part.text) for part, _ in parts), initial=0))
    pieces = [(start, end) for start, end, (_, link) in zip(edges, edges[1:], parts, strict=False) if link]
    between = {place for place in fonts.find_breaks("".join(run.text for run in runs)) if not _inside(place, pieces)}
    return tuple(sorted(between | {end for _, end in pieces}))


def _short(word: str) -> list[str]:
    return (PART if word.isascii() or LONG.search(word) else WORD).findall(word)


def _inside(place: int, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in pieces)

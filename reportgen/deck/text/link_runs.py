"""Links split into short runs: LibreOffice breaks no line inside a link, but may break one between any two links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from reportgen import fonts
from reportgen.deck.values import Run

ALONE = r"(?:[\u0021-\u02af\u0370-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e](?![\u0300-\u036f]))"
"""A character that may be cut off without a change of shape: it joins no neighbour, as Arabic does, and carries no mark."""
LONG = re.compile(f"{ALONE}{{13}}")
PART = re.compile(rf" +|{ALONE}{{1,12}}?[-/?&=._]+|{ALONE}{{1,12}}|(?:(?!{ALONE})[^ ])+")
WORD = re.compile(r" +|[^ ]+")
ARABIC = fonts.RTL.pattern.strip("[]")
ONE_WAY = re.compile(f"[{ARABIC}][{ARABIC}\u0300-\u036f\u200c\u200d]*|[^{ARABIC}]+")
"""Text of one direction: LibreOffice draws a link as one piece, and loses or misplaces letters where it has both."""


def split_run(run: Run) -> list[Run]:
    """Split a link into runs of at most a word, spaces and emoji apart; split any other run only at its emoji."""
    if not run.href:
        return [replace(run, text=part) for part in fonts.split_emoji(run.text)]
    ends = fonts.find_breaks(run.text)
    words = [run.text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    pieces = (turn for word in words for piece in fonts.split_emoji(word) for turn in ONE_WAY.findall(piece))
    return [replace(run, text=part) for piece in pieces for part in _split_word(piece)]


def find_line_ends(runs: Sequence[Run]) -> tuple[int, ...]:
    """Return the places where LibreOffice may end a line of these runs; empty where none of them is a link."""
    if not any(run.href for run in runs):
        return ()
    parts = [(part, bool(run.href)) for run in runs for part in split_run(run)]
    edges = list(accumulate((len(part.text) for part, _ in parts), initial=0))
    pieces = [(start, end) for start, end, (_, link) in zip(edges, edges[1:], parts, strict=False) if link]
    breaks = fonts.find_breaks("".join(run.text for run in runs))
    outside = {place for place in breaks if not any(start < place < end for start, end in pieces)}
    return tuple(sorted(outside | {end for _, end in pieces}))


def _split_word(word: str) -> list[str]:
    return (PART if word.isascii() or LONG.search(word) else WORD).findall(word)

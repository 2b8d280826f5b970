"""Links in pieces: LibreOffice never breaks a line inside a run that is one, and always may between two of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reportgen import fonts
from reportgen.deck.model import Run

ADDRESS_PART = re.compile(r" +|[^ ]{1,12}?[-/?&=._]+|[^ ]{1,12}")
WORD_PART = re.compile(r" +|[^ ]+")


def breakable(run: Run) -> list[Run]:
    """A link in runs of a word or less, its spaces apart, so that each is short; any other run as it is."""
    if not run.href:
        return [run]
    ends = fonts.breaks(run.text)
    words = [run.text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    parts = [part for word in words for part in (ADDRESS_PART if word.isascii() else WORD_PART).findall(word)]
    return [replace(run, text=part) for part in parts]


def ends(runs: Sequence[Run]) -> tuple[int, ...]:
    """Where LibreOffice may end a line of these runs; nothing where none of them is a link."""
    if not any(run.href for run in runs):
        return ()
    parts = [(part, bool(run.href)) for run in runs for part in breakable(run)]
    edges = list(accumulate((len(part.text) for part, _ in parts), initial=0))
    pieces = [(start, end) for start, end, (_, link) in zip(edges, edges[1:], parts, strict=False) if link]
    between = {place for place in fonts.breaks("".join(run.text for run in runs)) if not _inside(place, pieces)}
    return tuple(sorted(between | {end for _, end in pieces}))


def _inside(place: int, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in pieces)

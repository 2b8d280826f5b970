"""The order in which words of both directions are painted: Unicode's rules for a line without embeddings."""

from __future__ import annotations

import unicodedata
from itertools import groupby

STRONG = {"L": "L", "R": "R", "AL": "R"}
NUMBERS = ("EN", "AN")
TURNING = ("R", "AL", "AN")

Run = tuple[int, int, int]  # start, end and level


def visual(text: str) -> list[tuple[int, int, bool]]:
    """Start, end and whether it runs from right to left of each run of a line, in the order of painting.

    The line itself runs as its first letter does.
    """
    if text.isascii() or not any(unicodedata.bidirectional(char) in TURNING for char in set(text)):
        return [(0, len(text), False)]
    kinds = _kinds(text)
    base = next((kind for kind in kinds if kind in "LR"), "L")
    levels = _levels(_settled(kinds, base), base)
    runs: list[Run] = []
    start = 0
    for level, same in groupby(levels):
        end = start + len(list(same))
        runs.append((start, end, level))
        start = end
    for least in range(max(levels, default=0), 0, -1):
        runs = _turned(runs, least)
    return [(start, end, bool(level % 2)) for start, end, level in runs]


def _turned(runs: list[Run], least: int) -> list[Run]:
    """The runs with each row of them that has at least this level turned around."""
    ordered: list[Run] = []
    for _, group in groupby(runs, lambda run: run[2] >= least):
        row = list(group)
        ordered += reversed(row) if row[0][2] >= least else row
    return ordered


def _kinds(text: str) -> list[str]:
    """L and R for letters, N for numbers where letters run from right to left, a space for what is neutral."""
    found: list[str] = []
    before = ""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in STRONG:
            before = STRONG[kind]
            found.append(before)
        elif kind in NUMBERS:
            found.append("N" if before == "R" or kind == "AN" else "L" if before == "L" else "E")
        elif kind in ("NSM", "BN"):
            found.append(found[-1] if found else " ")
        else:
            found.append(" ")
    return found


def _settled(kinds: list[str], base: str) -> list[str]:
    """What is neutral goes as both its neighbours go, or else as the line does; numbers before any letter as well."""
    first = "N" if base == "R" else "L"
    kinds = [first if kind == "E" else kind for kind in kinds]
    settled: list[str] = []
    at = 0
    for neutral, group in groupby(kinds, lambda kind: kind == " "):
        run = list(group)
        after = kinds[at + len(run)] if at + len(run) < len(kinds) else base
        sides = {"R" if side in "RN" else "L" for side in (settled[-1] if settled else base, after)}
        settled += [sides.pop() if len(sides) == 1 else base] * len(run) if neutral else run
        at += len(run)
    return settled


def _levels(kinds: list[str], base: str) -> list[int]:
    if base == "R":
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1, "N": 2}[kind] for kind in kinds]

"""Blocks of a plain text: its paragraphs, without the running heads of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from reportgen.evidence.sources.paragraphs import Block
from reportgen.text.late_pattern import compile_late

_BULLET = compile_late(r"^(?:[-–—•▪◦*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")

_MARK = compile_late(r"^[-–—•▪◦*·]\s+")


def split_blocks(text: str) -> list[Block]:
    """Split plain text at blank lines, or line by line where lines are not broken by hand."""
    text = re.sub(r"\r\n?|\u2028", "\n", text).replace("\u2029", "\n\n")
    if "\f" in text.strip("\f"):
        pages = _drop_running_heads(text.rstrip("\f").split("\f"))
        return [replace(block, page=number) for number, page in enumerate(pages, 1) for block in split_blocks(page)]
    lines = [line.rstrip() for line in text.replace("\f", "\n\n").split("\n")]
    if max((len(line) for line in lines), default=0) > 200:
        return [Block((line,), "item" if _MARK.match(line.strip()) else "text") for line in lines if line.strip()]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            blocks.append([])
        else:
            if _BULLET.match(line.strip()) and blocks[-1]:
                blocks.append([])
            blocks[-1].append(line.strip())
    return [Block(tuple(block), "item" if _BULLET.match(block[0]) else "text") for block in blocks if block]


def _drop_running_heads(pages: Sequence[str]) -> list[str]:
    """Drop the first and last line of each page where other pages have the same, whatever number it carries."""
    edges: list[Counter[str]] = [Counter(), Counter()]
    split = [page.split("\n") for page in pages]
    for lines in split:
        for counter, line in zip(edges, _edge_lines(lines), strict=True):
            counter[_mask(line)] += bool(line)
    kept = []
    for lines in split:
        first, last = _edge_lines(lines)
        if first and edges[0][_mask(first)] > 1:
            lines[lines.index(first)] = ""
        if last and edges[1][_mask(last)] > 1:
            lines[len(lines) - 1 - lines[::-1].index(last)] = ""
        kept.append("\n".join(lines))
    return kept


def _edge_lines(lines: Sequence[str]) -> tuple[str, str]:
    printed = [line for line in lines if line.strip()]
    return (printed[0], printed[-1]) if len(printed) > 1 else ("", "")


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", line).strip())

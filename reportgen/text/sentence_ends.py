"""The sentences of a text, by their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.text.late_pattern import compile_late

_ABBREVIATION = compile_late(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Prof|vs|No|Inc|Ltd|Co|Corp|cf|ca|approx|e\.g|i\.e|etc|al)|\b[A-Za-z])\.$"
)
_STARTERS = compile_late(
    r"(?:The|This|That|These|Those|It|But|And|In|On|At|We|They|He|She|If|As|So|When|While|Both|For|A|An|No|Not|There)\b"
)
_END = compile_late(r"[.!?…][”’\"')\]]*\s+(?=[A-Z“\"‘'(\[$€£\d])|(?P<block>\n\s*\n\s*)")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence, without the space behind it. An abbreviation's full stop ends none."""
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match)]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        if kept := text[start:end].rstrip():
            yield start, start + len(kept)


def _is_end(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 11) : match.start() + 1]
    if match["block"] or not _ABBREVIATION.search(before):
        return True
    return before[-3:-2] == "." and bool(_STARTERS.match(text, match.end()))  # "… in the U.S. The …"

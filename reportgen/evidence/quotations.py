"""Quotations in a text: “…”, "…" and longer ‘…’."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_PAIRS = re.compile(
    r"“(?P<curly>[^“”]*)”|(?<![\w”])\"(?P<straight>[^\"“”]*)\"|(?<!\w)‘(?P<single>[^‘’“”]{12,}(?:’(?=\w)[^‘’“”]*)*)’(?!\w)"
)
_TRIMMED = re.compile(r"^[\s,;:]+|[\s,;:.!?]+$")


class Quotation(Struct, frozen=True):
    """Words between quotation marks. `start` and `end` are without the marks."""

    start: int
    end: int
    words: str


def find_quotations(text: str) -> Iterator[Quotation]:
    """Yield every quotation of a text, without the punctuation that typesetters put inside the marks."""
    if "“" not in text and '"' not in text and "‘" not in text:
        return
    for match in _PAIRS.finditer(text):
        group = match.lastgroup or "curly"
        start, words = match.start(group), match[group]
        trimmed = _TRIMMED.sub("", words)
        if trimmed:
            offset = words.index(trimmed)
            yield Quotation(start + offset, start + offset + len(trimmed), trimmed)

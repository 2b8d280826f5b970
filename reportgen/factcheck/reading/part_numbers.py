"""The numbers of a part, as the grammar reads them in its whole text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from msgspec.structs import replace

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.late_pattern import compile_late

_SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALED = compile_late(r"\b(?:thousand|million|billion|trillion)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def find_numbers(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text.

    An amount in millions is no percentage in "473 million, or 12.3 percent", and an age no amount in "under five, or 148 million".
    """
    mentions = find_mentions(text)
    pairs = zip_longest(mentions, mentions[1:])
    return tuple(_part_from_next(mention, other, text) for mention, other in pairs)


def _part_from_next(mention: Mention, other: Mention | None, text: str) -> Mention:
    """Return a number without what it cannot share with the next one, which only says the same again or more."""
    if mention.kind == "percent" and mention.is_implied and _SCALED.search(mention.text):
        return replace(mention, kind="count", unit="", written="")
    if other is None or text[mention.end : other.first] != ", or " or _SCALED.search(mention.text):
        return mention
    scale = _SCALED.search(other.text)
    size = _SIZES[scale[0].lower()] if scale else 1.0
    is_shared = isinstance(mention.value, float | int) and mention.value >= size > 1
    return replace(mention, value=mention.value / size) if is_shared else mention  # type: ignore[operator]

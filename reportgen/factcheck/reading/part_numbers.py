"""The numbers of a part, as the grammar reads them in its whole text."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.text.late_pattern import compile_late

_SCALED = compile_late(r"\b(?:thousand|million|billion|trillion)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def find_numbers(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text. An amount in millions is no percentage: "473 million, or 12.3 percent"."""
    return tuple(
        replace(mention, kind="count", unit="", written="")
        if mention.kind == "percent" and mention.is_implied and _SCALED.search(mention.text)
        else mention
        for mention in find_mentions(text)
    )

"""A proposed exhibit."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from reportgen.drafting.draft_values import TakenSentence


class Candidate(Struct, frozen=True):
    """A proposed exhibit: its keys and values, without the title, and the sentence that it stands on."""

    name: str
    fields: dict[str, Any]
    sentence: TakenSentence
    weight: float
    """Its rank: more for more numbers."""

"""The sheets that a handout is set on, and how it divides them, in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.errors import UsageError, did_you_mean

MEASURE = 526.0  # the width of all that is printed, the same on every sheet
SHOWN = 234.0  # the left column: what is on the slide
GUTTER = 22.0  # between it and what is said


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    width: float
    height: float

    @property
    def margin(self) -> float:
        """Left and right of what is printed."""
        return (self.width - MEASURE) / 2


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {paper.name: paper for paper in (Paper("letter", 612.0, 792.0), Paper("a4", 595.28, 841.89))}
)


def paper(name: str) -> Paper:
    """UsageError when there is none of that name."""
    try:
        return PAPERS[name]
    except KeyError:
        raise UsageError(f'there is no paper "{name}"', hint=did_you_mean(name, PAPERS)) from None

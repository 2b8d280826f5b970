"""The memo's forms: each is a template and the pages that it is written for. A new form is one more row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Profile:
    """One form of memo: its template below templates/, and the pages it should fill unless the brief says otherwise."""

    name: str
    template: str
    pages: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, in points; the margins leave the same measure on both, so lines and drawings are the same."""

    name: str
    width: float
    height: float
    margin: float = 66.0  # left and right

    @property
    def measure(self) -> float:
        return self.width - 2 * self.margin


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.name: profile for profile in (Profile("info", "memo/info.html", 2),)}
)

PAPERS: Mapping[str, Paper] = MappingProxyType(
    {paper.name: paper for paper in (Paper("letter", 612.0, 792.0), Paper("a4", 595.28, 841.89, 57.64))}
)


def profile(name: str) -> Profile:
    """UsageError when there is none of that name."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f'there is no memo profile "{name}"', hint=did_you_mean(name, PROFILES)) from None


def paper(name: str) -> Paper:
    """UsageError when there is none of that name."""
    try:
        return PAPERS[name]
    except KeyError:
        raise UsageError(f'there is no paper "{name}"', hint=did_you_mean(name, PAPERS)) from None

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


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.name: profile for profile in (Profile("info", "memo/info.html", 2),)}
)


def profile(name: str) -> Profile:
    """UsageError when there is none of that name."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f'there is no memo profile "{name}"', hint=did_you_mean(name, PROFILES)) from None

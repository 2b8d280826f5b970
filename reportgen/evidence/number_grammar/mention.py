"""A number in a text, as the grammar reads it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.text.numbers import PartialDate
from reportgen.text.units import find_measure

MentionKind = Literal["money", "percent", "points", "count", "rank", "times", "share", "date", "name"]


class Mention(Struct, frozen=True, dict=True):
    """A number in a text. Money is in whole units (5e9, "US$"); `noun` has the words after a number.

    `bounds` are the bounds that its words can mean, of reportgen.text.numbers.BoundWords. `start` is without them. A range
    is one mention: from `value` to `high`.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    value: float | PartialDate = 0.0
    unit: str = ""
    """The unit under its usual name: US$, %, percentage points, year, km, GtCO2e; empty for a bare count."""
    noun: str = ""
    bounds: frozenset[str] = frozenset({"exactly"})
    bound_start: int = -1
    part: str = ""
    """The part of a period that is meant: early, mid or late; Q1 to Q4, H1 or H2, a season."""
    high: float | PartialDate | None = None
    """The upper end of a range."""
    margin: float | None = None
    """The amount after ±, in the number's own unit."""
    margin_apart: float | None = None
    """The margin that its sentence states apart from it: "48 percent, with a margin of error of 3 points"."""
    centre: float | None = None
    """The number in whose brackets this range stands: 45 for 40–60 in "45% (40–60%)"."""
    interval: str = ""
    """The words that say what the range in brackets is: "interquartile range"."""
    per: str = ""
    """The reference of a rate: "barrel", "100000 people"."""
    stop: int = -1
    """The end of the number with its unit; `end` is before the unit of a time."""
    written: str = ""
    """The unit as the text writes it."""
    before: str = ""
    """For a number without a unit or noun, the words of its sentence before it: what it counts may stand there."""
    is_implied: bool = False
    """True if the unit or noun is an earlier number's: 520 in "480 crashes in 2019 and 520 in 2020"."""
    is_age: bool = False
    """True for the age of persons: "aged 15–44", "85 years and older"."""
    is_vague: bool = False
    """True for a magnitude: "dozens", "tens of thousands"."""
    is_silent: bool = False
    """True for words that state a time without a number: "the next decade"."""

    @property
    def first(self) -> int:
        """The start of the number with its bound."""
        return self.bound_start if self.bound_start >= 0 else self.start

    def move(self, by: int) -> Mention:
        """Return the number in a text that begins elsewhere."""
        places = {name: at + by for name in ("start", "end", "bound_start", "stop") if (at := getattr(self, name)) >= 0}
        return replace(self, **places) if by else self

    @cached_property
    def same(self) -> tuple[object, ...]:
        """The values that are equal in two mentions that say the same, their bounds apart."""
        dimension, factor = find_dimension(self.kind, self.unit)
        ends = (scale_value(end, factor) for end in (self.value, self.high, self.margin))
        is_rate = any(char.isdigit() for char in self.per)
        return self.kind, dimension, *ends, self.per if is_rate else "", self.part if self.kind == "date" else ""


_SIZES = {
    "US$ cent": ("US$", 0.01),
    "£ pence": ("£", 0.01),
    "basis points": ("points", 0.01),
    "percentage points": ("points", 1.0),
    "bps": ("points", 0.01),
    "ppts": ("points", 1.0),
    "pps": ("points", 1.0),
}


def find_dimension(kind: str, unit: str) -> tuple[str, float]:
    """Return what a unit measures and its size: km and miles are both lengths."""
    if known := _SIZES.get(unit):
        return known
    if kind == "count" and unit and (measure := find_measure(unit)):
        return measure.dimension, measure.factor
    return unit, 1.0


def scale_value(value: float | PartialDate | None, factor: float) -> object:
    """Return a value in base units, rounded to what a float holds, so that equal amounts are equal."""
    return float(f"{value * factor:.9g}") if isinstance(value, float | int) else value


def match_mention(
    match: re.Match[str], kind: MentionKind, value: float | PartialDate = 0.0, unit: str = "", noun: str = ""
) -> Mention:
    """Return the number that a whole match is."""
    return Mention(match.start(), match.end(), match[0], kind, value, unit, noun)

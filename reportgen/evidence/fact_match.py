"""Whether a fact's value, unit and bound are what its quote says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.text.numbers import PartialDate, Quantity

_MONEY = re.compile(r"(US\$|[$€£¥₩]|[A-Z]{3})(?: (thousand|million|billion|trillion))?")
_DOLLARS = {"US$", "$", "USD", "AUD", "CAD", "NZD", "SGD", "HKD"}
_DURATION = re.compile(r"(year|month|week|day|hour|decade|centur)(?:s|y|ies)?")
_RELATIVE = re.compile(r"\b(this|last|next|the (?:previous|coming|following)) year\b", re.IGNORECASE)
_SHIFT = {"this": 0, "last": -1, "next": 1, "the previous": -1, "the coming": 1, "the following": 1}


class Disagreement(Struct, frozen=True):
    """What a quote says otherwise. `field` is the fact's field at fault: value, unit or bound."""

    field: str
    message: str


def disagreement(quantity: Quantity, said: Iterable[Mention], years: Iterable[int] = ()) -> Disagreement | None:
    """How a fact differs from the numbers that its quotes have; None where one of them says just that.

    `years` are those that the quotes name in passing: "this year" of an article of 2020.
    """
    found = list(said)
    same = [mention for mention in found if _value_agrees(quantity, mention) and _unit_agrees(quantity, mention)]
    if any(quantity.bound in mention.bounds for mention in same):
        return None
    if not same and any(quantity.value == PartialDate(year) for year in years):
        return None
    if same:
        said_bound = sorted(same[0].bounds)[0]
        ours = f'says "{quantity.bound}"' if quantity.bound != "exactly" else "has no bound"
        theirs = f'"{said_bound}"' if said_bound != "exactly" else "no bound at all"
        return Disagreement("bound", f"{ours}, the quote {theirs}")
    return _other(quantity, found)


def _other(quantity: Quantity, found: list[Mention]) -> Disagreement:
    for mention in found:
        if _unit_agrees(quantity, mention):
            return Disagreement("value", f"is {_said(quantity)}, the quote says {mention.text}{_behind(mention)}")
    for mention in found:
        if _value_agrees(quantity, mention, any_scale=True):
            return Disagreement("unit", f"is {_said(quantity)}, the quote says {mention.text}{_behind(mention)}")
    numbers = ", ".join(mention.text + _behind(mention) for mention in found if mention.kind != "name")
    return Disagreement("value", f"is {_said(quantity)}, the quote has {'only ' + numbers if numbers else 'no number'}")


def _said(quantity: Quantity) -> str:
    if isinstance(quantity.value, PartialDate):
        return str(quantity.value)
    return quantity.unit.prose(quantity.format.digits(quantity.number), quantity.number == 1)


def _behind(mention: Mention) -> str:
    return f" {mention.noun.split()[0]}" if mention.kind == "count" and mention.noun else ""


def _value_agrees(quantity: Quantity, mention: Mention, any_scale: bool = False) -> bool:
    if isinstance(quantity.value, PartialDate) or isinstance(mention.value, PartialDate):
        return quantity.value == mention.value
    if mention.kind == "name":
        return False
    value = quantity.value * _factor(quantity)
    candidates = [value, quantity.value] if any_scale else [value]
    return any(abs(candidate - mention.value) <= 1e-9 * max(1.0, abs(mention.value)) for candidate in candidates)


def _factor(quantity: Quantity) -> float:
    """What one of a fact's unit is in the units that mentions are read in."""
    if money := _MONEY.fullmatch(quantity.unit.name):
        return numerals.parse_scale(money[2])
    scaled = re.match(r"(hundred|thousand|million|billion|trillion)\b", quantity.unit.name)
    if scaled:
        return numerals.parse_scale(scaled[1])
    return {"decades": 10.0, "decade": 10.0, "centuries": 100.0, "century": 100.0}.get(quantity.unit.name, 1.0)


def _unit_agrees(quantity: Quantity, mention: Mention) -> bool:
    name = quantity.unit.name
    if isinstance(quantity.value, PartialDate):
        return mention.kind == "date"
    match quantity.unit.kind:
        case "money":
            money = _MONEY.fullmatch(name)
            assert money
            same = mention.unit == money[1] or (
                mention.unit == "US$" and "$" in mention.text[:3] and money[1] in _DOLLARS
            )
            return mention.kind == "money" and same
        case "percent" | "times" | "rank":
            return mention.kind == quantity.unit.kind
    if re.fullmatch(r"percentage points?|basis points", name):
        return mention.kind == "points" and mention.unit.rstrip("s").startswith(name.rstrip("s"))
    if mention.kind == "share":
        return name in ("", "share")
    return mention.kind == "count" and _counts(name, mention)


def _counts(name: str, mention: Mention) -> bool:
    """Whether a mention counts what a unit names."""
    if duration := _DURATION.fullmatch(name.lower()):
        return {"decade": "year", "centur": "year"}.get(duration[1], duration[1]) == mention.unit
    words = re.sub(r"^(?:hundred|thousand|million|billion|trillion)\s*", "", name.lower())
    if not words:
        return not mention.unit
    return f" {stem(words)} " in f" {stem(mention.noun.lower())} "


def stem(words: str) -> str:
    """Words without the endings of the plural."""
    return " ".join(re.sub(r"(?:(?<=[^s])s|(?<=ss)es)$", "", word) for word in re.split(r"[\s-]+", words) if word)


def relative_years(text: str, published: int | None) -> Iterator[int]:
    """The years that "this year" and "last year" mean in a text of a known year."""
    if published is not None:
        for match in _RELATIVE.finditer(text):
            yield published + _SHIFT[match[1].lower()]


def is_same_number(mention: Mention, quantity: Quantity) -> bool:
    """Whether a number typed into a text is a fact's own, its bound apart."""
    return _value_agrees(quantity, mention) and _unit_agrees(quantity, mention)


def within(narrow: PartialDate, wide: PartialDate) -> bool:
    """Whether a date is one of those that a less exact one can mean: 20 January 2021 is in January 2021, and in 2021."""
    if wide.decade:
        return narrow.year is not None and wide.year is not None and narrow.year // 10 == wide.year // 10
    pairs = ((wide.year, narrow.year), (wide.month, narrow.month), (wide.day, narrow.day))
    return not narrow.decade and all(ours is None or ours == theirs for ours, theirs in pairs)

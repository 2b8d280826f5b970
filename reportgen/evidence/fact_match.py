"""The comparison of a fact's value, unit and bound with the numbers in its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.number_mentions import Mention
from reportgen.text.languages.english_numbers import add_unit
from reportgen.text.numbers import PartialDate, Quantity

_DOLLARS = {"US$", "$", "USD", "AUD", "CAD", "NZD", "SGD", "HKD"}
_SCALED = re.compile(r"(hundred|thousand|million|billion|trillion)\b\s*")
_DURATION = re.compile(r"(year|month|week|day|hour|decade|centur)(?:s|y|ies)?")
_YEARS = {"decades": 10.0, "decade": 10.0, "centuries": 100.0, "century": 100.0}
_RELATIVE = re.compile(r"\b(this|last|next|the (?:previous|coming|following)) year\b", re.IGNORECASE)
_SHIFT = {"this": 0, "last": -1, "next": 1, "the previous": -1, "the coming": 1, "the following": 1}


class Disagreement(Struct, frozen=True):
    """A difference between a fact and its quote. `field` is the fact's field at fault: value, unit or bound."""

    field: str
    message: str


def find_disagreement(
    quantity: Quantity, mentions: Iterable[Mention], years: Iterable[int] = ()
) -> Disagreement | None:
    """Return how a fact differs from the numbers in its quotes; None where it agrees with one of them.

    `years` are those that the quotes name in passing: "this year" in an article of 2020.
    """
    found = list(mentions)
    same = [mention for mention in found if is_same_number(mention, quantity)]
    if any(quantity.bound in mention.bounds for mention in same):
        return None
    if same:
        bound = min(same[0].bounds)
        return Disagreement("bound", f"{_print_bound(quantity.bound)}, the quote {_print_bound(bound)}")
    if any(quantity.value == PartialDate(year) for year in years):
        return None
    for mention in found:
        if _is_same_unit(quantity, mention):
            return Disagreement("value", f"is {_print(quantity)}, the quote says {_with_noun(mention)}")
    for mention in found:
        if _is_same_value(quantity, mention, any_scale=True):
            return Disagreement("unit", f"is {_print(quantity)}, the quote says {_with_noun(mention)}")
    numbers = ", ".join(_with_noun(mention) for mention in found if mention.kind != "name")
    return Disagreement(
        "value", f"is {_print(quantity)}, the quote has {f'only {numbers}' if numbers else 'no number'}"
    )


def is_same_number(mention: Mention, quantity: Quantity) -> bool:
    """Return whether a number in a text has a fact's value and unit, whatever its bound."""
    return _is_same_value(quantity, mention) and _is_same_unit(quantity, mention)


def _print(quantity: Quantity) -> str:
    if isinstance(quantity.value, PartialDate):
        return str(quantity.value)
    return add_unit(quantity.unit, quantity.format.digits(quantity.number), quantity.number == 1)


def _print_bound(bound: str) -> str:
    return f'says "{bound}"' if bound != "exactly" else "has no bound"


def _with_noun(mention: Mention) -> str:
    return f"{mention.text} {mention.noun.split()[0]}" if mention.kind == "count" and mention.noun else mention.text


def _is_same_value(quantity: Quantity, mention: Mention, any_scale: bool = False) -> bool:
    if isinstance(quantity.value, PartialDate) or isinstance(mention.value, PartialDate):
        return quantity.value == mention.value
    if mention.kind == "name":
        return False
    candidates = [quantity.value * _scale(quantity), *([quantity.value] if any_scale else [])]
    return any(abs(candidate - mention.value) <= 1e-9 * max(1.0, abs(mention.value)) for candidate in candidates)


def _scale(quantity: Quantity) -> float:
    """Return how many of the units that mentions are read in make one of a fact's unit."""
    if quantity.unit.kind == "money":
        return numerals.parse_scale(quantity.unit.money[1])
    if scaled := _SCALED.match(quantity.unit.name):
        return numerals.parse_scale(scaled[1])
    return _YEARS.get(quantity.unit.name, 1.0)


def _is_same_unit(quantity: Quantity, mention: Mention) -> bool:
    name = quantity.unit.name
    if isinstance(quantity.value, PartialDate):
        return mention.kind == "date"
    match quantity.unit.kind:
        case "money":
            currency, _ = quantity.unit.money
            is_dollar = mention.unit == "US$" and "$" in mention.text[:3] and currency in _DOLLARS
            return mention.kind == "money" and (mention.unit == currency or is_dollar)
        case "percent" | "times" | "rank":
            return mention.kind == quantity.unit.kind
    if re.fullmatch(r"percentage points?|basis points", name):
        return mention.kind == "points" and mention.unit.rstrip("s").startswith(name.rstrip("s"))
    if mention.kind == "share":
        return name in ("", "share")
    return mention.kind == "count" and _counts(name.lower(), mention)


def _counts(name: str, mention: Mention) -> bool:
    """Return whether a mention counts what a unit names."""
    if duration := _DURATION.fullmatch(name):
        return {"decade": "year", "centur": "year"}.get(duration[1], duration[1]) == mention.unit
    scaled = _SCALED.match(name)
    words = name[scaled.end() :] if scaled else name
    if not words:
        return not mention.unit
    return f" {strip_plurals(words)} " in f" {strip_plurals(mention.noun.lower())} "


def strip_plurals(words: str) -> str:
    return " ".join(re.sub(r"(?:(?<=[^s])s|(?<=ss)es)$", "", word) for word in re.split(r"[\s-]+", words) if word)


def relative_years(text: str, published: int | None) -> Iterator[int]:
    """Yield the years that "this year" and "last year" mean in a text of a known year."""
    if published is not None:
        for match in _RELATIVE.finditer(text):
            yield published + _SHIFT[match[1].lower()]


def is_within(narrow: PartialDate, wide: PartialDate) -> bool:
    """Return whether a date is one that a less exact one covers: 20 January 2021 is in January 2021, and in 2021."""
    if wide.decade:
        return narrow.year is not None and wide.year is not None and narrow.year // 10 == wide.year // 10
    pairs = ((wide.year, narrow.year), (wide.month, narrow.month), (wide.day, narrow.day))
    return not narrow.decade and all(ours is None or ours == theirs for ours, theirs in pairs)

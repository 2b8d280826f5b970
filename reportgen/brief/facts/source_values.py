"""Facts on which sources differ: each source's value is a fact of its own, named "budget.report" after the source that has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from reportgen.brief.citing.citations import Citation
from reportgen.brief.facts.fact_models import Fact, SourceValue
from reportgen.text.numbers import PartialDate, Quantity, SourcedQuantity, Spread

SHARED = ("unit", "status", "as_of", "condition", "base", "precision")
"""The fields of a fact that hold for each of its values, unless the value has its own."""


def name_values(fact: str, values: Sequence[Any], quotes: Mapping[str, Any]) -> list[str]:
    """Return the ids of a fact's values: its own id with the source's, or the quote's where a source has two of them."""
    first = [_find_first_quote(value) for value in values]
    sources = [_find_source(quotes, quote) for quote in first]
    return [
        f"{fact}.{source if source and sources.count(source) == 1 else quote}"
        for source, quote in zip(sources, first, strict=True)
    ]


def _find_first_quote(value: Any) -> str:
    quote = value.get("quote") if isinstance(value, dict) else None
    quote = quote[0] if isinstance(quote, list) and quote else quote
    return quote if isinstance(quote, str) else ""


def _find_source(quotes: Mapping[str, Any], quote: str) -> str:
    raw = quotes.get(quote)
    source = raw.get("source") if isinstance(raw, dict) else None
    return source if isinstance(source, str) else ""


def split_values(raw: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a fact's values as facts of their own, with what they share."""
    for value in raw["values"]:
        shared = {key: raw[key] for key in SHARED if key in raw}
        yield {**shared, **{key: each for key, each in value.items() if key != "name"}}


def join_values(
    name: str,
    fact: Fact,
    quantities: Sequence[Quantity],
    quotes: Mapping[str, Any],
    cited: Mapping[str, Citation],
    language: str,
) -> Quantity:
    """Return a fact as text prints it: every value with its source. A range chart draws it from the least to the largest."""
    sourced = tuple(
        SourcedQuantity(quantity, _name_source(value, quotes, cited, language))
        for value, quantity in zip(fact.values, quantities, strict=True)
    )
    first = quantities[0]
    joined = replace(first, fact=name, words=None, label=None, language=language, sourced=sourced)
    if any(isinstance(quantity.value, PartialDate) for quantity in quantities):
        return joined
    ends = [
        end for each in quantities for end in ((each.spread.low, each.spread.high) if each.spread else (each.number,))
    ]
    low, high = min(ends), max(ends)
    decimals = max(quantity.decimals for quantity in quantities)
    spread = Spread(low, high, has_centre=False) if low < high else None
    return replace(joined, value=(low + high) / 2, bound="exactly", decimals=decimals, spread=spread)


def _name_source(value: SourceValue, quotes: Mapping[str, Any], cited: Mapping[str, Citation], language: str) -> str:
    """Return the words in brackets after a value."""
    if named := value.name or value.attributed_to:
        return named
    source = _find_source(quotes, value.quote[0])
    return cited[source].in_brackets(language) if source in cited else source

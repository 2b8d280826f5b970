"""The evidence that a memo carries as attachments: its facts with their quotes, its sources, and the data of its charts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from reportgen.changes.states.file_items import clean_words
from reportgen.changes.states.snapshot import QUOTE, VALUE, FactState, FactUse, Item, Passage, Text
from reportgen.memo.attachments import SOURCES
from reportgen.pdf.reading.document_parts import Attachment

PARTS = ("value", "low", "high", "unit", "bound", "status", "as_of", "attributed_to")


class Evidence(Struct, frozen=True):
    """A memo's evidence and date."""

    date: str
    facts: dict[str, FactState]
    quotes: dict[str, Passage]
    items: tuple[Item, ...]


def read_evidence(attachments: Iterable[Attachment]) -> Evidence | None:
    """Return what a memo of ours carries; None for any other file."""
    files = {file.name: file.data for file in attachments}
    try:
        content = json.loads(files[SOURCES])
        quotes = {name: _passage(quote, content["sources"]) for name, quote in content["quotes"].items()}
        facts = {name: _fact(fact, quotes) for name, fact in content["facts"].items()}
        sources = [_source(name, source) for name, source in content["sources"].items()]
        date = str(content["date"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    charts = [_chart(name.removesuffix(".csv"), data) for name, data in files.items() if name.endswith(".csv")]
    quoted = [
        Item(QUOTE, f"quotes.{name}", {"text": Text(passage.words)}, place=passage.place)
        for name, passage in quotes.items()
    ]
    return Evidence(date, facts, quotes, (*charts, *sources, *quoted))


def _passage(quote: Mapping[str, Any], sources: Mapping[str, Any]) -> Passage:
    author = sources.get(quote["source"], {}).get("author", quote["source"])
    places = [
        f"p. {quote['page']}" if "page" in quote else "",
        *(str(quote[key]) for key in ("section", "table", "timestamp", "cells") if key in quote),
    ]
    if not any(places) and "paragraph" in quote:
        places = [f"¶{quote['paragraph']}"]
    return Passage(str(quote.get("text", "")), ", ".join(str(part) for part in (author, *places) if part))


def _fact(fact: Mapping[str, Any], quotes: Mapping[str, Passage]) -> FactState:
    parts = {key: str(fact[key]) for key in PARTS if fact.get(key) is not None}
    names = tuple(name for name in fact.get("quotes", ()) if name in quotes)
    return FactState(
        clean_words(str(fact["printed"])),
        parts,
        tuple(quotes[name] for name in names),
        names,
        str(fact.get("formula", "")),
    )


def _source(name: str, source: Mapping[str, Any]) -> Item:
    texts = {key: Text(str(source[key])) for key in ("author", "title", "publisher", "published") if key in source}
    return Item("sources.*", f"sources.{name}", texts, traits={"url": str(source["url"])} if "url" in source else {})


def _chart(name: str, data: bytes) -> Item:
    """Return a chart's values by their labels."""
    texts: dict[str, Text] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"))):
        label = " · ".join(dict.fromkeys(part for part in (row.get("item"), row.get("series")) if part))
        printed, fact = clean_words(row.get("printed") or ""), row.get("fact") or ""
        texts[VALUE + label] = Text(printed, (FactUse(0, len(printed), fact),) if fact and printed else ())
    return Item("exhibits.*", f"exhibits.{name}", texts)

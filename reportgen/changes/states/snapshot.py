"""The values of a snapshot: one state of a brief or of a finished file, as far as two states can differ in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brief.marks import Marks

FORMAT = 1
"""The version of stored snapshots: one of another format is not read."""
VALUE = "value:"
"""Begins the key of a chart's value, before its label."""
UNPRINTED = frozenset({"condition", "base", "as_of", "attributed_to"})
"""The parts of a fact that documents do not print beside it."""
QUOTE = "quotes.*"
"""The kind of the items that are quotes: they are printed where something rests on them."""


class FactUse(Struct, frozen=True, array_like=True):
    """The characters of a text that are a fact."""

    start: int
    end: int
    fact: str


class Text(Struct, frozen=True, omit_defaults=True):
    """A text as it prints, with its facts, the quotes that it cites, the addresses of its links and its line in the file.

    `documents` are the kinds of documents that print it, empty where nobody knows.
    """

    words: str
    facts: tuple[FactUse, ...] = ()
    quotes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    line: int | None = None
    documents: tuple[str, ...] = ()


class Item(Struct, frozen=True, omit_defaults=True):
    """A part of the work that is added, removed, moved or reworded as a whole.

    `kind` is its key without numbers (`topics[].points[]`), `path` the key itself; `parent` is the path of the item that it
    is in, `texts` are its texts by their keys in it ("" for an item that is one text), `traits` are what else it says: who
    recommends, how sure.
    """

    kind: str
    path: str
    texts: Mapping[str, Text]
    parent: str = ""
    traits: Mapping[str, str] = {}
    place: str = ""
    """Its place in a finished file: page 2, slide 4."""

    @property
    def words(self) -> str:
        """All its words, one text after the other."""
        return " ".join(text.words for text in self.texts.values())

    @property
    def line(self) -> int | None:
        return next((text.line for text in self.texts.values() if text.line), None)


class Passage(Struct, frozen=True, omit_defaults=True):
    """The words of a source that stand behind a number, and their place there: Doe (2020), ¶5."""

    words: str
    place: str


class FactState(Struct, frozen=True, omit_defaults=True):
    """A fact: how it prints, what it is made of (value, unit, bound …) by key, and its evidence."""

    words: str
    parts: Mapping[str, str]
    evidence: tuple[Passage, ...] = ()
    quotes: tuple[str, ...] = ()
    formula: str = ""
    line: int | None = None


class Snapshot(Struct, frozen=True, omit_defaults=True):
    """One state of a brief or a finished file. `date` is in ISO 8601; `kind` says what was read: brief, memo, deck."""

    name: str
    title: str
    date: str
    slug: str
    language: str
    kind: str
    items: tuple[Item, ...]
    facts: Mapping[str, FactState] = {}
    quotes: Mapping[str, Passage] = {}
    marks: Marks = Marks()
    version: int = 0
    """The edition in a packets folder; 0 elsewhere."""
    notes: tuple[str, ...] = ()
    """The parts that could not be read."""
    format: int = FORMAT

    def limit_to(self, documents: Collection[str]) -> Snapshot:
        """Return what the holder of some documents has seen: the texts that these print, and the facts and quotes in them."""
        kinds = set(documents)
        items = []
        for item in self.items:
            texts = {key: text for key, text in item.texts.items() if kinds.intersection(text.documents)}
            if texts:
                items.append(replace(item, texts=texts))
        used = {use.fact for item in items for text in item.texts.values() for use in text.facts}
        facts = {name: _limit_parts(fact) for name, fact in self.facts.items() if name in used}
        cited = {quote for item in items for text in item.texts.values() for quote in text.quotes}
        cited.update(quote for fact in facts.values() for quote in fact.quotes)
        items += [item for item in self.items if item.kind == QUOTE and item.path.partition(".")[2] in cited]
        return replace(self, items=tuple(items), facts=facts)


def _limit_parts(fact: FactState) -> FactState:
    """Return a fact without what no document prints of it."""
    return replace(fact, parts={key: value for key, value in fact.parts.items() if key not in UNPRINTED})


def encode_snapshot(snapshot: Snapshot) -> bytes:
    """Return a snapshot as it is stored."""
    return msgspec.json.encode(snapshot)


def decode_snapshot(data: bytes) -> Snapshot | None:
    """Return a stored snapshot; None for one of another format, or damaged."""
    try:
        found = msgspec.json.decode(data, type=Snapshot)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None

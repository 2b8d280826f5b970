"""The words by which an item is known, and its place in its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.changes.change_values import Spot
from reportgen.changes.states.snapshot import QUOTE, Item, Text

DETAILED = frozenset({"recommendations[]", "options[]", "questions[]", "dissent[]", "timeline[]"})
"""Kinds of items of which a name alone says too little."""
NAMES = ("title", "question", "text")


def name_item(item: Item) -> str:
    """Return the words by which an item is known: its title, else all its words."""
    if item.kind == QUOTE:
        return item.texts["text"].words if "text" in item.texts else item.words
    if item.kind == "sources.*":
        return ", ".join(item.texts[key].words for key in ("author", "title") if key in item.texts)
    title = next((item.texts[key] for key in NAMES if key in item.texts), None)
    return title.words if title else item.words


def list_details(item: Item) -> Iterator[tuple[str, str]]:
    """Yield what belongs to an item besides its name: who leads a recommendation, what follows from an option."""
    if item.kind in DETAILED:
        yield from ((key, text.words) for key, text in item.texts.items() if key not in NAMES)


def find_spot(item: Item, key: str, text: Text | None, items: Mapping[str, Item]) -> Spot:
    """Return the place of one of an item's texts, or of the item; `items` are all of its state by their paths."""
    path = f"{item.path}.{key}" if key and not key.startswith("[") else f"{item.path}{key}"
    parent = item if item.kind == "exhibits.*" and "title" in item.texts else items.get(item.parent)
    section = name_item(parent) if parent else ""
    number = int(item.path.rpartition("[")[2].rstrip("]")) + 1 if item.path.endswith("]") else 0
    return Spot(path, (text.line if text else None) or item.line, item.place, section, number)

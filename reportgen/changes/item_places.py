"""The words by which an item is known, and its place in its state."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.changes.change_values import Spot
from reportgen.changes.states.snapshot import QUOTE, Item, Text


def name_item(item: Item) -> str:
    """Return the words by which an item is known: its title, else all its words."""
    if item.kind == QUOTE:
        return item.texts["text"].words if "text" in item.texts else item.words
    if item.kind == "sources.*":
        return ", ".join(item.texts[key].words for key in ("author", "title") if key in item.texts)
    title = item.texts.get("title") or item.texts.get("question")
    return title.words if title else item.words


def find_spot(item: Item, key: str, text: Text | None, items: Mapping[str, Item]) -> Spot:
    """Return the place of one of an item's texts, or of the item; `items` are all of its state by their paths."""
    path = f"{item.path}.{key}" if key and not key.startswith("[") else f"{item.path}{key}"
    parent = item if item.kind == "exhibits.*" and "title" in item.texts else items.get(item.parent)
    section = name_item(parent) if parent else ""
    number = int(item.path.rpartition("[")[2].rstrip("]")) + 1 if item.path.endswith("]") else 0
    return Spot(path, (text.line if text else None) or item.line, item.place, section, number)

"""Gaps: texts that nobody has written yet, marked `TODO: what is missing`.

`check` reports each of them, no document is made while one is left, and a draft prints them where they stand. Words of a source are
never gaps: an article may well have a to-do list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from reportgen.input.model_validation import format_path
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Location

GAP = "TODO:"
_GAP = re.compile(r"\bTODO:|\A\s*TODO\s*\Z")


class Gap(Struct, frozen=True):
    """A text with something to be written: its key, its words and its place in the file."""

    path: KeyPath
    words: str
    where: Location

    @property
    def message(self) -> str:
        return f"{format_path(self.path)} is a gap: {self.words}"


def is_gap(text: object) -> bool:
    """Return whether a text says that something is to be written: `TODO: …`, alone or behind other words."""
    return isinstance(text, str) and "TODO" in text and bool(_GAP.search(text))


def list_gaps(document: Document | None) -> tuple[Gap, ...]:
    """Return the gaps of a brief's file, in its order."""
    if document is None or "TODO" not in document.text:
        return ()
    return tuple(Gap(path, words, document.where(path)) for path, words in _find((), document.data))


def _find(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if not (len(path) == 2 and path[0] == "quotes" and key == "text"):
                yield from _find((*path, key), item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _find((*path, index), item)
    elif is_gap(value):
        yield path, " ".join(value.split())

"""Edits of a YAML file's values; `yaml_splice` makes them in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reportgen.input.yamlfile import KeyPath


class Replace(Struct, frozen=True):
    """Give a value that is there another one."""

    path: KeyPath
    value: str | int | float


class Cut(Struct, frozen=True):
    """The characters of a text from `start` to `end`, and the words that take their place."""

    start: int
    end: int
    new: str


class Amend(Struct, frozen=True):
    """Replace some characters of a text that is there; the others stay as the file writes them.

    The cuts are places in the text's value, in order, and do not overlap.
    """

    path: KeyPath
    cuts: tuple[Cut, ...]


def apply_cuts(text: str, cuts: Sequence[Cut]) -> str:
    """Return a text with its cuts made."""
    for cut in sorted(cuts, key=lambda each: (each.start, each.end), reverse=True):
        text = text[: cut.start] + cut.new + text[cut.end :]
    return text


Scalar = str | int | float
Record = Mapping[str, Scalar]
"""Keys with single values."""


class Insert(Struct, frozen=True):
    """Add a key to the mapping at `path`, behind the key `after` if it is there, else as the last one.

    In a file's outermost mapping, the value may have keys of its own, or be a list of such values.
    """

    path: KeyPath
    key: str
    value: Scalar | Record | Sequence[Record]
    after: str | None = None


class Extend(Struct, frozen=True):
    """Add entries to the end of the mapping of a key, which is added where the file does not have it.

    `source` has the entries as lines of YAML in block style, without an indent; comments are kept.
    """

    path: KeyPath
    source: str


class Append(Struct, frozen=True):
    """Add keys with single values to the end of the list at `path`."""

    path: KeyPath
    value: Record


class Remove(Struct, frozen=True):
    """Remove an entry of a mapping or of a list. The last one takes the key that holds it along."""

    path: KeyPath


Edit = Replace | Amend | Insert | Append | Extend | Remove

"""Edits of a YAML file's values; `yaml_splice` makes them in the text."""

from __future__ import annotations

from msgspec import Struct

from reportgen.input.yamlfile import KeyPath


class Replace(Struct, frozen=True):
    """Give a value that is there another one."""

    path: KeyPath
    value: str | int | float


class Insert(Struct, frozen=True):
    """Add a key to the mapping at `path`, behind the key `after` if it is there, else as the last one."""

    path: KeyPath
    key: str
    value: str | int | float
    after: str | None = None


class Remove(Struct, frozen=True):
    """Remove an entry of a mapping or of a list. The last one takes the key that holds it along."""

    path: KeyPath


Edit = Replace | Insert | Remove

"""The rules by which documents leave texts of the brief out, each with its reason."""

from __future__ import annotations

import re

from msgspec import Struct

_INDEX = re.compile(r"\[\d+\]")
_NAMED = re.compile(r"^(exhibits|sources|quotes)\.[^.\[]+")


class Omission(Struct, frozen=True):
    """Texts that a document leaves out: the keys, written topics[].points[] and exhibits.*.notes, and the reason.

    A key stands for all that is in it. `elsewhere` marks texts that are written for another document, `other_form` those
    that are written for another form of this one.
    """

    keys: tuple[str, ...]
    why: str
    elsewhere: bool = False
    other_form: bool = False

    def covers(self, path: str) -> bool:
        """Return whether a text of this path is among them."""
        name = generalize_path(path)
        return any(name == key or name.startswith((f"{key}.", f"{key}[")) for key in self.keys)


def generalize_path(path: str) -> str:
    """Return a path without numbers and ids: topics[].points[] for topics[2].points[0]."""
    return _NAMED.sub(r"\1.*", _INDEX.sub("[]", path))

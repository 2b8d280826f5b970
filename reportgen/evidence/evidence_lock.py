"""evidence.lock: when each quote was verified, so that a brief can be checked where the article may not go.

It holds hashes and paragraph numbers, never the article's words. JSON with sorted keys: the same evidence gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from reportgen.evidence.bare_words import hash_words
from reportgen.input.tables import LOCK_NAME as LOCK_NAME
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file

if TYPE_CHECKING:
    from reportgen.brief.evidence_models import Quote

_ABOUT = "Written by `reportgen check --source FILE`. Do not edit: what was verified, as hashes."
_VERSION = 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class LockedQuote(Struct, frozen=True, omit_defaults=True):
    """A verified quote: its source, its paragraph, the hash of its words, and the places of the publication that it states."""

    source: str
    paragraph: int
    words: str
    places: Mapping[str, str] = {}


class LockedSource(Struct, frozen=True, omit_defaults=True):
    """A source's hash, the day on which its quotes were verified, and the version of the reader that counted its paragraphs."""

    sha256: str
    verified: str
    reader: int = 1


class Lock(Struct, frozen=True):
    """The quotes and sources that were verified."""

    sources: Mapping[str, LockedSource]
    quotes: Mapping[str, LockedQuote]
    names: Mapping[str, str]
    """Fact -> the hash of its `attributed_to`, which is in the paragraph of its quote."""
    cells: Mapping[str, Mapping[str, Any]] = {}
    """Source -> the cells of its data file that are used, by address, so that they are known where the file is not."""

    def to_bytes(self) -> bytes:
        parts = {key: value for key, value in msgspec.to_builtins(self).items() if key != "cells" or value}
        data = {"about": _ABOUT, "version": _VERSION, **parts}
        return (json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def hash_quote(quote: Quote) -> str:
    """Return the hash of a quote's words and of its speaker's name."""
    return hash_words(quote.text, quote.speaker or "")


def load_lock(folder: Path) -> Lock | None:
    """Return the lock in a brief's folder; None where there is none. Raise FileError if it cannot be read."""
    path = folder / LOCK_NAME
    try:
        return _parse(json.loads(read_file(path).decode()), path) if os.path.lexists(path) else None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FileError(
            "is damaged: it was not written by `check`",
            Location(str(path)),
            "delete it and verify again: check --source FILE",
        ) from None


def _parse(data: Any, path: Path) -> Lock:
    if data["version"] != _VERSION:
        raise FileError(
            f"the lock has version {data['version']}; this program reads version {_VERSION}",
            Location(str(path)),
            "verify again: check --source FILE",
        )
    lock = msgspec.convert({key: data[key] for key in ("sources", "quotes", "names", "cells") if key in data}, Lock)
    if not all(_DAY.fullmatch(source.verified) for source in lock.sources.values()):
        raise ValueError("a day of the lock is no date")
    return lock

"""evidence.lock: what was verified when, so that a brief can be checked where the article may not go.

It holds hashes and paragraph numbers, never the article's words. JSON with sorted keys: the same evidence gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.evidence.bare_words import digest
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from reportgen.brief.evidence_models import Quote

NAME = "evidence.lock"
_VERSION = 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class LockedQuote(Struct, frozen=True):
    """A quote as it was verified: its source, its paragraph, the hash of its words."""

    source: str
    paragraph: int
    words: str


class LockedSource(Struct, frozen=True):
    """A source as it was read, and the day."""

    sha256: str
    verified: str


class Lock(Struct, frozen=True):
    """What has been verified."""

    sources: Mapping[str, LockedSource]
    quotes: Mapping[str, LockedQuote]
    names: Mapping[str, str]
    """Fact -> the hash of its `attributed_to`, which stands in the paragraph of its quote."""

    def to_bytes(self) -> bytes:
        data = {
            "about": "Written by `reportgen check --source FILE`. Do not edit: what was verified, as hashes.",
            "version": _VERSION,
            "sources": {
                name: {"sha256": source.sha256, "verified": source.verified} for name, source in self.sources.items()
            },
            "quotes": {
                name: {"source": quote.source, "paragraph": quote.paragraph, "words": quote.words}
                for name, quote in self.quotes.items()
            },
            "names": dict(self.names),
        }
        return (json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def words_of(quote: Quote) -> str:
    """The hash of a quote's words and of its speaker's name."""
    return digest(quote.text, quote.speaker or "")


def load(folder: Path) -> Lock | None:
    """The lock beside a brief; None where there is none. Raises FileError for one that cannot be read."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", Location(str(path))) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise _damaged(path) from None
    return _lock(data, path)


def _lock(data: Any, path: Path) -> Lock:
    try:
        if data["version"] != _VERSION:
            raise FileError(
                f"version {data['version']} of the lock; this program reads {_VERSION}",
                Location(str(path)),
                "verify again: check --source FILE",
            )
        sources = {
            str(name): LockedSource(str(item["sha256"]), str(item["verified"]))
            for name, item in data["sources"].items()
        }
        quotes = {
            str(name): LockedQuote(str(item["source"]), int(item["paragraph"]), str(item["words"]))
            for name, item in data["quotes"].items()
        }
        names = {str(name): str(item) for name, item in data["names"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(path) from None
    if not all(_DAY.fullmatch(source.verified) for source in sources.values()):
        raise _damaged(path)
    return Lock(sources, quotes, names)


def _damaged(path: Path) -> FileError:
    return FileError(
        "is damaged: it was not written by `check`",
        Location(str(path)),
        "delete it and verify again: check --source FILE",
    )

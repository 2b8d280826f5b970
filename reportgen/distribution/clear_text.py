"""The brief's words in a mail that may not carry them: found in the finished letter, whatever template wrote it.

The letter of an encrypted or marked packet travels in clear and is read by more people than its attachments.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

RUN = 6  # words of the brief in succession that are its text, and no coincidence
SHORTEST = 2  # words of a title that is looked for as a whole
_HEADINGS = ("title", "subtitle", "subject", "bottom_line", "purpose")
_ADDRESSED = frozenset(
    (
        "marking",
        "to",
        "from",
        "through",
        "cc",
        "organization",
        "decider",
        "clearance",
        "clearances",
        "cleared_words",
        "drafted_by",
        "approved_by",
        "status",
        "slug",
        "language",
        "profile",
    )
)
"""Keys whose texts a letter may have: names, and what the marking prints."""
_WORD = re.compile(r"\w+")


class ClearText(Struct, frozen=True):
    """The words of a brief that must not stand in clear: its headings by the words of each, and all runs of RUN words."""

    headings: dict[str, str]
    runs: frozenset[str]
    allowed: tuple[str, ...] = ()
    """Names that may stand in a letter, though they may be in a heading."""

    @classmethod
    def of(cls, brief: Brief) -> ClearText:
        """Return the words of a brief, as they print."""
        headings: dict[str, str] = {}
        for key in _HEADINGS:
            words = _split(brief.plain(getattr(brief, key) or ""))
            if len(words) >= SHORTEST:
                headings.setdefault(" ".join(words), key.replace("_", " "))
        runs: set[str] = set()
        for text in _list_texts(brief.document.data):
            words = _split(brief.plain(text) if "${" in text or "[" in text else text)
            runs.update(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
        names = [*brief.to, *brief.sender, *([brief.organization] if brief.organization else [])]
        return cls(headings, frozenset(runs), tuple(" ".join(_split(name)) for name in names))

    def find(self, text: str, names: Iterable[str] = ()) -> tuple[str, str] | None:
        """Return which part of the brief a text has, and its words; None if it has none. `names` may be in it."""
        words = " ".join(_split(text))
        padded = f" {words} "
        for name in sorted({*self.allowed, *(" ".join(_split(name)) for name in names)}, key=len, reverse=True):
            if name:
                padded = padded.replace(f" {name} ", " \0 ")
        for heading, key in self.headings.items():
            if f" {heading} " in padded:
                return f"the brief's {key}", heading
        own = padded.split()
        for at in range(len(own) - RUN + 1):
            run = " ".join(own[at : at + RUN])
            if run in self.runs:
                return f"{RUN} words of the brief", run
        return None

    def is_in_name(self, slug: str) -> bool:
        """Say whether a file's name says what the brief says: a title, or half of its words or more, in their order."""
        words = _split(slug.replace("-", " "))
        for heading in self.headings:
            own = heading.split()
            length = max(3, len(own) // 2)
            runs = {tuple(own[at : at + length]) for at in range(len(own) - length + 1)} or {tuple(own)}
            if any(tuple(words[at : at + len(run)]) == run for run in runs for at in range(len(words))):
                return True
        return False


def _list_texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield all texts in a brief's file but names and markings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if key or name not in _ADDRESSED:
                yield from _list_texts(each, str(name))
    elif isinstance(value, list):
        for each in value:
            yield from _list_texts(each, key)


def _split(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())

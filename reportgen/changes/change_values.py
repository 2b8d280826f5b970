"""Changes as plain values: numbers with their evidence, and texts with the changed words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, to_builtins

from reportgen.brief.marks import Marks
from reportgen.changes.states.snapshot import Passage
from reportgen.system.errors import Diagnostic

Action = Literal["changed", "reworded", "added", "removed", "moved", "renamed"]
ACTIONS: tuple[Action, ...] = ("reworded", "changed", "added", "removed", "moved", "renamed")
"""The actions on texts in the order in which they are listed."""


class Spot(Struct, frozen=True, omit_defaults=True):
    """A place in one of the two states: the brief's key and line, or the page or slide of a file.

    `section` is the heading that it is under, `number` counts from 1 in its list.
    """

    path: str
    line: int | None = None
    place: str = ""
    section: str = ""
    number: int = 0


class Piece(Struct, frozen=True):
    """Words that both states have, or that only the old or the new one has."""

    kind: Literal["same", "old", "new"]
    words: str


class NumberChange(Struct, frozen=True, omit_defaults=True):
    """A number that changed: how it printed and prints, and the words of the sources behind both.

    `fact` is empty for a number that a text states itself; `around` is then that text. `spots` are the places that print it now,
    or printed it, where it is gone. `parts` says what else is different: its status, its date.
    """

    action: Action
    old: str
    new: str
    spots: tuple[Spot, ...]
    fact: str = ""
    old_fact: str = ""
    """The id that it had, where that changed."""
    old_evidence: tuple[Passage, ...] = ()
    new_evidence: tuple[Passage, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()
    """Each part with its old and its new value."""
    around: tuple[Piece, ...] = ()


class TextChange(Struct, frozen=True, omit_defaults=True):
    """A text that was added, removed, reworded or moved, or an item that says something else of itself (`changed`)."""

    action: Action
    kind: str
    """The item's key without numbers: topics[].points[]."""
    old: Spot | None
    new: Spot | None
    key: str = ""
    """The text of the item that it is about: title, action; "" for an item that is one text."""
    pieces: tuple[Piece, ...] = ()
    is_moved: bool = False
    """True for a reworded text that also stands elsewhere now."""
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def spot(self) -> Spot:
        spot = self.new or self.old
        assert spot
        return spot


class Side(Struct, frozen=True):
    """One of the two states."""

    name: str
    title: str
    date: str
    version: int = 0
    organization: str = ""


class Changes(Struct, frozen=True):
    """Everything that changed between two states."""

    old: Side
    new: Side
    kind: str
    """The kind of the files compared: brief, memo, deck, or document."""
    language: str
    numbers: tuple[NumberChange, ...]
    texts: tuple[TextChange, ...]
    warnings: tuple[Diagnostic, ...] = ()
    marks: Marks = Marks()
    """The marking of the new state, with the lines of the old one's, whose words are quoted."""

    @property
    def is_empty(self) -> bool:
        """True where no word and no number changed."""
        return not self.numbers and not self.texts

    @property
    def changed_numbers(self) -> tuple[NumberChange, ...]:
        """The numbers that both states have and that differ, without facts that are new, gone or only renamed."""
        return tuple(change for change in self.numbers if change.action == "changed")

    def with_action(self, action: Action) -> tuple[TextChange, ...]:
        return tuple(change for change in self.texts if change.action == action)

    def summarize(self) -> str:
        """Return the counts in one line: "2 numbers changed, 1 text reworded, 1 moved"."""
        parts = [_count(len(self.changed_numbers), "number", "changed")]
        counts = [(action, len(self.with_action(action))) for action in ACTIONS]
        found = [(action, count) for action, count in counts if count]
        parts += [
            _count(count, "text", action) if index == 0 else f"{count} {action}"
            for index, (action, count) in enumerate(found)
        ]
        for action in ("added", "removed", "renamed"):
            parts.append(_count(sum(change.action == action for change in self.numbers), "fact", action))
        parts = [part for part in parts if part]
        return ", ".join(parts) or "no words or numbers changed"

    def as_dict(self) -> dict[str, Any]:
        """Return the changes as `changes --format json` prints them."""
        return {
            "kind": self.kind,
            "old": to_builtins(self.old),
            "new": to_builtins(self.new),
            "numbers": [to_builtins(change) for change in self.numbers],
            "texts": [to_builtins(change) for change in self.texts],
            "warnings": [warning.message for warning in self.warnings],
        }


def _count(count: int, noun: str, what: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)} {what}" if count else ""


def mark_pieces(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line with the words that went and those that came: a [-few-]{+many+} words."""
    signs = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.words) for piece in pieces)


def join_pieces(pieces: Sequence[Piece], without: Literal["old", "new"]) -> str:
    """Return the words of one state alone."""
    return "".join(piece.words for piece in pieces if piece.kind != without)


def compare_parts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what differs between two sets of named values: the name, the old value and the new one, "" for none."""
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")

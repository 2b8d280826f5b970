"""The values that the page's template prints: changes in the words of their language, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from msgspec import Struct

from reportgen.changes.change_values import ACTIONS, Changes, NumberChange, Piece, Side, Spot, TextChange, join_pieces
from reportgen.changes.pairing import normalize_kind
from reportgen.changes.states.snapshot import Passage
from reportgen.changes.word_diff import shorten_pieces
from reportgen.text.languages import find_direction
from reportgen.text.languages.label_fields import Labels
from reportgen.text.numbers import NBSP, format_long_date

NUMBERED = frozenset(
    {"points[]", "judgments[]", "recommendations[]", "options[]", "topics[]", "talking_points[]", "questions[]"}
)
"""Kinds of items that a reader can count."""
PLACES = 4  # that are listed of one number
SHORT_TITLE = 60  # letters of a section's title in a place
_FILE_PLACE = re.compile(r"(page|slide|paragraph) (\d+)(, notes)?")


class Words(Struct, frozen=True):
    """Words of a text; `is_changed` if they went or came."""

    template_names: ClassVar[tuple[str, ...]] = ("text", "is_changed")

    text: str
    is_changed: bool = False


class Row(Struct, frozen=True):
    """A number that changed: its words, its places, and the words of its sources with a label each."""

    template_names: ClassVar[tuple[str, ...]] = ("was", "now", "where", "sources", "details")

    was: str
    now: str
    where: str
    sources: tuple[str, ...]
    details: tuple[str, ...]


class Entry(Struct, frozen=True):
    """A text that changed: its place, and its words as they were and are, or as one."""

    template_names: ClassVar[tuple[str, ...]] = ("place", "was", "now", "words", "details")

    place: str
    was: tuple[Words, ...] = ()
    now: tuple[Words, ...] = ()
    words: str = ""
    details: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """The texts to which one thing happened."""

    template_names: ClassVar[tuple[str, ...]] = ("heading", "entries")

    heading: str
    entries: tuple[Entry, ...]


class PageView(Struct, frozen=True):
    """Everything that the page prints."""

    template_names: ClassVar[tuple[str, ...]] = (
        "title",
        "organization",
        "was",
        "now",
        "replaces",
        "rows",
        "groups",
        "is_empty",
    )

    title: str
    organization: str
    was: str
    now: str
    replaces: str
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.groups


def build_view(changes: Changes, labels: Labels) -> PageView:
    """Return what the page prints. Facts and exhibits under another id are left out: no reader sees an id."""
    words = _Wording(labels, changes.language)
    groups = (
        Group(labels.changes.headings[action], tuple(words.list_entries(changes, action)))
        for action in ACTIONS
        if action != "renamed"
    )
    old = changes.old
    return PageView(
        changes.new.title or changes.new.name, changes.new.organization, words.describe_side(old), words.describe_side(changes.new),
        labels.changes.replaces.format(version=old.version, date=words.format_date(old.date)) if old.version and changes.new.version else "",
        tuple(map(words.build_row, changes.changed_numbers)),
        tuple(group for group in groups if group.entries),
    )  # fmt: skip


class _Wording:
    """The labels of one language, and the words made of them."""

    def __init__(self, labels: Labels, language: str) -> None:
        self.labels, self.changes, self.language = labels, labels.changes, language
        self.arrow = "←" if find_direction(language) == "rtl" else "→"  # no bidirectional algorithm turns it

    def format_date(self, day: str) -> str:
        return format_long_date(date.fromisoformat(day), self.language) if day else ""

    def describe_side(self, side: Side) -> str:
        day = self.format_date(side.date)
        if side.version:
            return (
                self.changes.edition.format(version=side.version, date=day)
                if day
                else self.labels.distribute.version.format(number=side.version)
            )
        return day or side.name

    def build_row(self, change: NumberChange) -> Row:
        places = list(dict.fromkeys(self.name_place(spot) for spot in change.spots))
        more = [self.changes.more.format(count=len(places) - PLACES)] if len(places) > PLACES else []
        details = [self.changes.known_otherwise] if change.old == change.new else []
        details += self.list_parts(change.parts)
        if change.around and not change.new_evidence:
            details.append(join_pieces(shorten_pieces(change.around), "old"))
        where = self.labels.marks.semicolon.join([*places[:PLACES], *more])
        return Row(change.old, change.new, where, tuple(self.list_sources(change)), tuple(details))

    def list_sources(self, change: NumberChange) -> Iterator[str]:
        """Yield the words of the sources behind a number, apart where they changed."""
        old, new = change.old_evidence, change.new_evidence
        if {passage.words for passage in old} == {passage.words for passage in new}:
            yield from self.quote(new)
            return
        for label, passages in ((self.changes.was, old), (self.changes.now, new)):
            yield from (f"{label}{self.labels.marks.colon}{words}" for words in self.quote(passages))

    def quote(self, passages: Iterable[Passage]) -> Iterator[str]:
        marks = self.labels.marks
        for passage in passages:
            place = passage.place.replace(", ", f",{NBSP}")
            yield f"{marks.quote(passage.words)} ({place})"

    def list_parts(self, parts: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        for key, old, new in parts:
            if key in self.changes.traits:
                was, now = (self.name_value(key, value) for value in (old, new))
                yield f"{self.changes.traits[key]}{self.labels.marks.colon}{was} {self.arrow} {now}"

    def list_texts(self, parts: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        """Yield the texts of an item that came or went whole, those of one list in one line."""
        texts: dict[str, list[str]] = {}
        for key, was, now in parts:
            texts.setdefault(re.sub(r"\[.*", "", key), []).append(was or now)
        for key, words in texts.items():
            name = self.changes.fields.get(key, "")
            joined = self.labels.marks.semicolon.join(words)
            yield f"{name}{self.labels.marks.colon}{joined}" if name else joined

    def name_value(self, key: str, value: str) -> str:
        if key == "kind":
            return self.labels.kinds.get(value, value)
        return self.changes.values.get(value, value)

    def list_entries(self, changes: Changes, action: str) -> Iterator[Entry]:
        for change in changes.texts:
            if change.action == action:
                yield self.build_entry(change)

    def build_entry(self, change: TextChange) -> Entry:
        place = self.name_place(change.spot, change)
        is_whole = change.action in ("added", "removed")
        details = list(self.list_texts(change.parts) if is_whole else self.list_parts(change.parts))
        if change.old and change.new and (change.is_moved or change.action == "moved"):
            details.insert(0, f"{self.changes.was}{self.labels.marks.colon}{self.name_place(change.old, change)}")
        if change.action == "reworded":
            pieces = shorten_pieces(change.pieces)
            return Entry(place, _choose(pieces, "old"), _choose(pieces, "new"), details=tuple(details))
        return Entry(place, words="".join(piece.words for piece in change.pieces), details=tuple(details))

    def name_place(self, spot: Spot, change: TextChange | None = None) -> str:
        """Return a place in words: Point 2, “Close a multiyear SMA first”; Slide 4."""
        found = _FILE_PLACE.match(spot.place)
        if found:
            kind, number, notes = found.groups()
            paragraph = self.changes.numbered.format(part=self.changes.parts["paragraph"], number=number)
            names = {
                "page": self.labels.places["page"].format(number),
                "slide": self.labels.handout.slide.format(number=number),
                "paragraph": paragraph,
            }
            name = names[kind]
            return self.labels.marks.comma.join([name, *([self.changes.fields["notes"]] if notes else [])])
        path, key = _split_path(spot.path)
        kind = normalize_kind(re.sub(r"\[\d+\]", "[]", path))
        kind = re.sub(r"^(exhibits|sources|quotes)\..*", r"\1.*", kind)
        part = self.changes.parts.get(kind, self.changes.parts["text"])
        if spot.number and kind in NUMBERED:
            part = self.changes.numbered.format(part=part, number=spot.number)
        field = self.changes.fields.get(re.sub(r"\[.*", "", key), "")
        if kind == "exhibits.*" and key != "notes" and not (change and change.action == "reworded"):
            field = ""  # a number stands in several texts of an exhibit
        section = self.labels.marks.quote(_shorten(spot.section)) if spot.section else ""
        return self.labels.marks.comma.join(each for each in (part, section, field) if each)


def _split_path(path: str) -> tuple[str, str]:
    """Return the item of a path, and the key of the text in it."""
    match = re.match(
        r"((?:why_now|topics\[\d+\])\.(?:points|judgments)\[\d+\]|(?:exhibits|sources|quotes)\.[^.\[]+|[a-z_]+(?:\[\d+\])?)\.?(.*)",
        path,
    )
    return (match[1], match[2]) if match else (path, "")


def _choose(pieces: Iterable[Piece], state: str) -> tuple[Words, ...]:
    """Return the words of one state."""
    return tuple(Words(piece.words, piece.kind == state) for piece in pieces if piece.kind in ("same", state))


def _shorten(title: str) -> str:
    if len(title) <= SHORT_TITLE:
        return title
    return f"{title[:SHORT_TITLE].rpartition(' ')[0]} …"

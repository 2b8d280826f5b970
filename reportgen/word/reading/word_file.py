"""A Word file as plain values, as its reader sees it: tracked changes are read as if all were accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

BlockKind = Literal["paragraph", "heading", "cell", "head cell", "note", "text box"]


class Mark(Struct, frozen=True):
    """A bookmark of the trace over the characters from `start` to `end` of a text; `name` is that of `bookmark_name`."""

    name: str
    start: int
    end: int


class WordText(Struct, frozen=True):
    """A paragraph with its words; `place` says where it is: "paragraph 3", "table 1, row 2, cell 1", "note 4"."""

    text: str
    kind: BlockKind
    place: str
    style: str = ""
    level: int = 0
    """The level of a heading, counted from 1."""
    marks: tuple[Mark, ...] = ()


class Box(Struct, frozen=True):
    """A box to tick, by the name that it has for screen readers."""

    name: str
    is_ticked: bool


class Link(Struct, frozen=True):
    """A link: its address or "#" and the bookmark that it leads to, and the words that it stands on."""

    target: str
    words: str


class PictureText(Struct, frozen=True):
    """A picture's alternative text; `files` are the relations to its files, and `digests` are the hashes that they had."""

    text: str
    place: str
    files: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    is_changed: bool = False
    """Some file of it is not one that it was written with."""


class Margin(Struct, frozen=True):
    """The head or the foot of pages, without the numbers of pages; `pages` says of which."""

    texts: tuple[str, ...]
    kind: Literal["head", "foot"]
    pages: Literal["first", "even", "default"]


class Remark(Struct, frozen=True):
    """A comment, or words that no reader sees: what they say and who wrote them, where the file knows it."""

    words: str
    author: str = ""
    place: str = ""


class TableShape(Struct, frozen=True):
    """A table: its place, its rows, and whether its first row is repeated on each page as its head."""

    place: str
    rows: int
    has_head: bool


class WordFile(Struct, frozen=True):
    """Everything that a Word file says and carries."""

    texts: tuple[WordText, ...]
    notes: tuple[WordText, ...]
    margins: tuple[Margin, ...]
    pictures: tuple[PictureText, ...]
    links: tuple[Link, ...]
    boxes: tuple[Box, ...]
    tables: tuple[TableShape, ...]
    properties: Mapping[str, str]
    """Title, Author, Subject and Keywords."""
    custom: Mapping[str, str]
    language: str
    languages: frozenset[str]
    """The languages of passages that have one of their own."""
    comments: tuple[Remark, ...] = ()
    hidden: tuple[Remark, ...] = ()
    has_notes_place: bool = True
    """The notes stand in `texts` where the memo lists them; else at the end, because the file lost their place."""
    tracked: int = 0
    """The number of tracked changes."""
    programs: tuple[str, ...] = ()
    """What the file would fetch or run: templates, fields and objects of elsewhere."""

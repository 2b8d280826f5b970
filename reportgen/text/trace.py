"""The trace: the path of the brief that a printed text comes from, as a value beside the text.

    Traced("Talks end in May", "topics[2].points[0]")     a text as templates read it
    mark(text, origin)                                    the same in HTML, between marks that nothing prints

A traced text is equal to the plain one. When a template prints it, the path goes into the HTML between marks: noncharacters
of Unicode, which no brief may contain and which no document shows. `strip_marks` removes them, `read_marks` reads them.
A text of several parts has several paths, with a space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Any, ClassVar, TypeVar

from markupsafe import Markup
from msgspec import Struct

from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import GapDate, GapDay, PartialDate

BEGIN, AFTER_PATH, END = "\ufde0", "\ufde1", "\ufde2"
_DIGITS = {ord(digit): 0xFDD0 + value for value, digit in enumerate("0123456789abcdef")}
_LETTERS = {code: digit for digit, code in _DIGITS.items()}
_MARKS = compile_late("[\ufdd0-\ufdef]+")
_MARK = compile_late("\ufde0([\ufdd0-\ufddf]*)\ufde1|[\ufdd0-\ufdef]")

TextType = TypeVar("TextType", str, Markup)


class Traced(str):
    """A text with the paths of the brief that it comes from."""

    __slots__ = ("origin",)
    origin: str

    def __new__(cls, text: str, origin: str) -> Traced:
        traced = super().__new__(cls, text)
        traced.origin = origin
        return traced

    def __reduce__(self) -> tuple[Any, ...]:
        return Traced, (str(self), self.origin)

    def __str__(self) -> str:
        return self[:]


class TracedMarkup(Markup):
    """Markup with the paths of the brief that its words come from."""

    __slots__ = ("origin",)
    origin: str

    def __new__(cls, text: str, origin: str = "") -> TracedMarkup:
        traced = super().__new__(cls, text)
        traced.origin = origin
        return traced


class TracedDate(date):
    """A day with its path in the brief."""

    origin: str = ""


class TracedNumber(int):
    """A whole number with its path in the brief."""

    origin: str = ""


class TracedPartialDate(PartialDate, frozen=True, eq=False):
    """A date, as exactly as it is known, with its path in the brief."""

    origin: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.iso == other.iso

    def __hash__(self) -> int:
        return hash(self.iso)


CARRIERS = (Traced, TracedMarkup, TracedDate, TracedNumber, TracedPartialDate)


class Piece(Struct, frozen=True):
    """The characters from `start` to `end` of a text, and the paths of the brief that they come from."""

    template_extras: ClassVar[tuple[str, ...]] = ()

    start: int
    end: int
    origin: str

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.origin.split())


def find_origin(value: Any) -> str:
    """Return the paths that a value comes from; "" where it is not traced."""
    return getattr(value, "origin", "") if isinstance(value, CARRIERS) else ""


def trace(value: Any, origin: str) -> Any:
    """Return a text, a date or a whole number with its paths; any other value, and one that is traced already, as it is."""
    match value:
        case _ if not origin or find_origin(value) or isinstance(value, GapDay | GapDate):
            return value
        case Markup():
            return value if has_marks(value) else TracedMarkup(value, origin)
        case str():
            return value if has_marks(value) else Traced(value, origin)
        case date():
            day = TracedDate(value.year, value.month, value.day)
            day.origin = origin
            return day
        case int() if not isinstance(value, bool):
            number = TracedNumber(value)
            number.origin = origin
            return number
        case PartialDate():
            return TracedPartialDate(value.year, value.month, value.day, value.decade, origin=origin)
    return value


def join_origins(values: Iterable[Any]) -> str:
    """Return the paths of all values, each once."""
    return " ".join(dict.fromkeys(path for value in values for path in find_origin(value).split()))


def mark(text: TextType, origin: str) -> TextType:
    """Return a text between the marks of its paths; markup stays markup."""
    if not origin:
        return text
    path = origin.encode().hex().translate(_DIGITS)
    marked = f"{BEGIN}{path}{AFTER_PATH}{text}{END}"
    return Markup(marked) if isinstance(text, Markup) else marked  # noqa: S704  # marks mean nothing in markup


def mark_traced(value: Any) -> Any:
    """Return a traced text or number between its marks, and any other value as it is."""
    origin = find_origin(value)
    return mark(value if isinstance(value, str) else str(value), origin) if origin else value


def has_marks(text: str) -> bool:
    """Return whether a text has marks in it."""
    return not text.isascii() and bool(_MARKS.search(text))


def strip_marks(text: str) -> str:
    """Return a text without its marks."""
    return _MARKS.sub("", text) if has_marks(text) else text


class MarkReader:
    """Reads the marks of texts that follow one another, such as those of an element and of the elements in it.

    A mark that lost its other half, as where a template cut a text short, has no effect beyond these texts.
    """

    def __init__(self) -> None:
        self._open: list[str] = []

    def split(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the pieces of a text with the paths of each, "" where a piece is the template's own."""
        at = 0
        if not text.isascii():
            for found in _MARK.finditer(text):
                if found.start() > at:
                    yield text[at : found.start()], self.origin
                at = found.end()
                if found[1] is not None:
                    self._open.append(_decode(found[1]))
                elif found[0] == END and self._open:
                    self._open.pop()
        if at < len(text):
            yield text[at:], self.origin

    @property
    def origin(self) -> str:
        """The paths of what comes next; those of a part where it is within a whole."""
        return self._open[-1] if self._open else ""


def _decode(path: str) -> str:
    try:
        return bytes.fromhex(path.translate(_LETTERS)).decode()
    except ValueError:  # half of a mark
        return ""


def read_marks(text: str) -> tuple[str, tuple[Piece, ...]]:
    """Return a text without its marks, and its pieces that come from the brief."""
    words, pieces = "", []
    for piece, origin in MarkReader().split(text):
        if origin:
            pieces.append(Piece(len(words), len(words) + len(piece), origin))
        words += piece
    return words, tuple(pieces)


def find_paths(marked: str) -> tuple[str, ...]:
    """Return every path in a marked text, each once, in order."""
    origins = (_decode(found[1]) for found in _MARK.finditer(marked) if found[1])
    return tuple(dict.fromkeys(path for origin in origins for path in origin.split()))


def shift_pieces(pieces: Sequence[Piece], by: int) -> tuple[Piece, ...]:
    """Return pieces of a text that stands `by` characters further on."""
    return tuple(Piece(piece.start + by, piece.end + by, piece.origin) for piece in pieces) if by else tuple(pieces)


def find_common_path(paths: Sequence[str]) -> str:
    """Return the path of the part that all of these are in, or "": recommendations for recommendations[2].title and [3].lead."""
    parts = [re.findall(r"\[\d+\]|\.?[^.\[]+", path) for path in paths]
    same = takewhile(lambda steps: len(set(steps)) == 1, zip(*parts, strict=False))
    return "".join(steps[0] for steps in same)

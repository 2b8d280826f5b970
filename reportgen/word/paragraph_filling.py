"""A paragraph that is filled with the words of inline elements, each with its look and its paths in the brief."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.text.inline import WORD_JOINER
from reportgen.text.trace import MarkReader
from reportgen.word.word_values import Break, Content, Position, Text

_SPACES = re.compile(r"[ \t\r\n]+")


class Look(Struct, frozen=True):
    """The look of the words in some inline elements."""

    bold: bool = False
    italic: bool = False
    position: Position = ""
    language: str = ""
    href: str = ""
    style: str = ""


class Line:
    """A paragraph that is being filled; `lead` is the style of strong words, where its paragraphs begin with such words."""

    def __init__(self, lead: str = "") -> None:
        self.lead = lead
        self.contents: list[Content] = []
        self.anchors: list[str] = []
        self.reader = MarkReader()
        self.has_space = True  # so that none begins the paragraph

    def add(self, marked: str, look: Look) -> None:
        """Add words, with white space as HTML shows it, and the paths that they come from."""
        for piece, paths in self.reader.split(marked.replace(WORD_JOINER, "")):
            words = _SPACES.sub(" ", piece)
            if self.has_space:
                words = words.removeprefix(" ")
            if not words:
                continue
            self.has_space = words.endswith(" ")
            self.contents.append(
                Text(words, paths, look.style, look.bold, look.italic, look.position, look.language, look.href)
            )

    def finish(self) -> tuple[Content, ...]:
        """Return the contents without white space at their end."""
        while self.contents and isinstance(last := self.contents[-1], Text | Break):
            words = last.words.rstrip(" ") if isinstance(last, Text) else ""
            if words:
                self.contents[-1] = replace(last, words=words)
                break
            self.contents.pop()
        return tuple(join_alike(self.contents))


def join_alike(contents: Sequence[Content]) -> Iterator[Content]:
    """Yield contents with adjacent texts joined that look the same and come from the same path."""
    last: Text | None = None
    for each in contents:
        if isinstance(each, Text) and last is not None and replace(each, words=last.words) == last:
            last = replace(last, words=last.words + each.words)
            continue
        if last is not None:
            yield last
        last = each if isinstance(each, Text) else None
        if last is None:
            yield each
    if last is not None:
        yield last


def change_look(element: etree._Element, names: frozenset[str], look: Look) -> Look:
    changes: dict[str, Callable[[], Look]] = {
        "strong": lambda: replace(look, bold=True),
        "em": lambda: replace(look, italic=True),
        "sub": lambda: replace(look, position="subscript"),
        "sup": lambda: replace(look, position="superscript"),
        "a": lambda: replace(look, href=str(element.get("href"))),
    }
    if change := changes.get(str(element.tag)):
        look = change()
    if "places" in names:
        look = replace(look, style="Places")
    if "gap" in names:
        look = replace(look, bold=True)
    if element.get("lang"):
        look = replace(look, language=str(element.get("lang")))
    return look

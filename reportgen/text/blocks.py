"""Split a text field into paragraphs, lists and block quotes, as Markdown has them.

    A paragraph.                      - a point                     1. first          > a block quote
                                        - a point below it          2. second
    Another, after an empty line.

Only these are structure: a bullet is "-" or "*", a numbered list begins with 1 and has two items or more, and a list has two
levels at most. What a line begins with otherwise is a word of the text ("2020. A year of …"), and so is what begins a text
of one line ("- 5 percent").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup
from msgspec import Struct

from reportgen.text.late_pattern import compile_late
from reportgen.text.trace import find_origin, mark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARKER = r"[ \t]*(?:[-*]|\d{1,3}[.)]|>)[ \t]+(?=\S)"
"""What begins an item of a list or a line of a block quote."""
_STRUCTURE = compile_late(rf"\n[ \t]*\n|^{MARKER}", re.MULTILINE)
_OTHER = re.compile(r"^ {0,3}(?:(?P<heading>#{1,6}) |(?P<fence>```|~~~)|(?P<table>\|.*\|\s*$))", re.MULTILINE)
_OTHER_NAMES = {"heading": "a heading", "fence": "a block of code", "table": "a table"}
_TAGS = {"list": "ul", "numbered": "ol"}
MOST_LEVELS = 2
NOTHING = Markup("")

Kind = Literal["paragraph", "list", "numbered", "quote"]


class Block(Struct, frozen=True):
    """A paragraph with its text, or a list or quote with the blocks of each item; a quote is one item."""

    kind: Kind
    text: str = ""
    items: tuple[tuple[Block, ...], ...] = ()


class BlockError(ValueError):
    """A structure that no text may have; `words` are those at fault."""

    def __init__(self, message: str, words: str) -> None:
        super().__init__(message)
        self.words = words


def has_blocks(text: str) -> bool:
    """Return whether a text is more than one paragraph."""
    if "\n" not in text:  # nearly all texts
        return False
    blocks = split_blocks(text)
    return len(blocks) > 1 or blocks[0].kind != "paragraph"


@lru_cache(maxsize=1024)
def split_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text. Raises BlockError for headings, code, tables, and lists more than two levels deep."""
    if other := _OTHER.search(text):
        name = _OTHER_NAMES[other.lastgroup or ""]
        raise BlockError(f"{name} cannot stand inside a text", text[other.start() :].split("\n")[0].strip())
    if "\n" not in text or not _STRUCTURE.search(text):
        return (Block("paragraph", text),)
    return tuple(_read_blocks(_load_parser().parse(text), text.split("\n"), 0))


def list_paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the text of each paragraph, those of items included, in order."""
    for block in blocks:
        if block.kind == "paragraph":
            yield block.text
        for item in block.items:
            yield from list_paragraphs(item)


def render_blocks(text: str, write: Callable[[str], Markup], lead: Markup = NOTHING, name: str = "") -> Markup:
    """Render a text as p, ul, ol and blockquote; `write` turns each paragraph's text into inline markup.

    `lead` is put before the words of the first paragraph, and `name` is the class of paragraphs outside lists.
    """
    opening, write = Markup('<p class="{}">').format(name) if name else Markup("<p>"), _keep_trace(text, write)
    return _join(
        _render_block(block, write, opening, lead if not at else NOTHING) for at, block in enumerate(split_blocks(text))
    )


def _render_block(block: Block, write: Callable[[str], Markup], opening: Markup, lead: Markup) -> Markup:
    if block.kind == "paragraph":
        return opening + lead + write(block.text) + Markup("</p>")
    first = opening + lead.rstrip() + Markup("</p>\n") if lead else NOTHING
    if block.kind == "quote":
        inside = _join(_render_block(each, write, Markup("<p>"), NOTHING) for each in block.items[0])
        return first + Markup("<blockquote>\n{}\n</blockquote>").format(inside)
    tag = _TAGS[block.kind]
    items = _join(Markup("<li>{}</li>").format(render_item(item, write)) for item in block.items)
    return first + Markup("<{0}>\n{1}\n</{0}>").format(tag, items)


def render_item(blocks: Sequence[Block], write: Callable[[str], Markup]) -> Markup:
    """Render the blocks of a list's item: its first paragraph without p, then the others."""
    head, rest = (write(blocks[0].text), blocks[1:]) if blocks and blocks[0].kind == "paragraph" else (NOTHING, blocks)
    return _join([head, *(_render_block(each, write, Markup("<p>"), NOTHING) for each in rest)])


def render_in_item(text: str, write: Callable[[str], Markup]) -> Markup:
    """Render a text as the inside of an li."""
    return render_item(split_blocks(text), _keep_trace(text, write))


def render_items(text: str, write: Callable[[str], Markup]) -> Markup:
    """Render a text as items of a list that hold lines, parted by br, and lists: what follows a list is an item of its own.

    A slide's list needs that: its items are paragraphs, which hold no others. A block quote is in em.
    """
    items: list[Markup] = []
    lines: list[Markup] = []
    write = _keep_trace(text, write)
    for block in split_blocks(text):
        if block.kind in _TAGS:
            items.append(Markup("<br/>").join(lines) + _render_block(block, write, NOTHING, NOTHING))
            lines = []
        elif block.kind == "quote":
            lines += (Markup("<em>{}</em>").format(write(each)) for each in list_paragraphs(block.items[0]))
        else:
            lines.append(write(block.text))
    if lines:
        items.append(Markup("<br/>").join(lines))
    return _join(Markup("<li>{}</li>").format(item) for item in items)


def _keep_trace(text: str, write: Callable[[str], Markup]) -> Callable[[str], Markup]:
    """Return `write` with the path of the whole text around each paragraph: elements stand between paragraphs."""
    origin = find_origin(text)
    return (lambda paragraph: mark(write(paragraph), origin)) if origin else write


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)


def _read_blocks(tokens: Sequence[Token], lines: Sequence[str], level: int) -> list[Block]:
    blocks: list[Block] = []
    at = last = 0
    while at < len(tokens):
        token, end = tokens[at], _find_end(tokens, at)
        inside, (first, after) = tokens[at + 1 : end], token.map or (0, 0)
        match token.type:
            case "paragraph_open":
                blocks.append(Block("paragraph", inside[0].content))
            case "blockquote_open":
                blocks.append(Block("quote", items=(tuple(_read_blocks(inside, lines, level)),)))
            case _ if not _is_list(token, inside):
                words = "\n".join(line.strip() for line in lines[first:after])
                if blocks and blocks[-1].kind == "paragraph" and last == first:  # a line of that very paragraph
                    words = f"{blocks.pop().text}\n{words}"
                blocks.append(Block("paragraph", words))
            case _ if level == MOST_LEVELS:
                message = f"a list is nested {level + 1} deep; two levels are printed"
                raise BlockError(message, lines[first].strip())
            case _:
                kind: Kind = "list" if token.type == "bullet_list_open" else "numbered"
                blocks.append(Block(kind, items=tuple(_read_items(inside, lines, level + 1))))
        at, last = end + 1, after
    return blocks


def _is_list(token: Token, inside: Sequence[Token]) -> bool:
    """Return whether what the parser calls a list is one: "+ 5 percent", "2020. A year" and a lone "1. May" are not."""
    if token.type == "bullet_list_open":
        return token.markup in "-*"
    count = sum(each.type == "list_item_open" and each.level == token.level + 1 for each in inside)
    return token.attrGet("start") in (None, 1) and count > 1


def _read_items(tokens: Sequence[Token], lines: Sequence[str], level: int) -> Iterator[tuple[Block, ...]]:
    at = 0
    while at < len(tokens):
        end = _find_end(tokens, at)
        yield tuple(_read_blocks(tokens[at + 1 : end], lines, level))
        at = end + 1


def _find_end(tokens: Sequence[Token], at: int) -> int:
    """Return the place of the token that closes the one at `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens)


@cache
def _load_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["list", "blockquote"])

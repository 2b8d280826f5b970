"""Blocks of lines, as any format gives them -> the numbered paragraphs that locators (¶12) count.

Counted are body paragraphs: no headings, no byline and what stands above it, no page numbers. Lines that were broken
by hand are joined, hyphens at their ends resolved, and a paragraph that a stray blank line broke in mid-sentence is
made whole, so that the count holds still however the text was copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

SOFT_HYPHEN = "\u00ad"
HEAD_WORDS = 14  # a heading has at most so many words
FRONT_BLOCKS = 8  # a byline stands among the first so many blocks
FULL_LINE = 0.8  # a line this long, of the longest in its block, was broken for want of room

_END = re.compile(r"[.!?:;…][”’\"'»)\]]*$")
_BYLINE = re.compile(r"^by\s+[A-Z][\w.’'-]*(?:[ ,]+(?:and\s+)?[A-Z][\w.’'-]*){0,7}$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[-–—•▪◦*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Word parts that never stand alone, so that a line ending with one has lost its hyphen.
_BARE_PREFIX = re.compile(
    r"(?:^|\s)(?:re|un|non|anti|multi|inter|intra|semi|pre|bi|tri|ultra|pseudo|quasi)$", re.IGNORECASE
)

Kind = Literal["text", "head", "item", "note"]


class Block(Struct, frozen=True):
    """Some lines that stand together. `kind` is what the format says: a format without headings says "text"."""

    lines: tuple[str, ...]
    kind: Kind = "text"
    page: int | None = None
    structured: bool = False
    """Whether the format itself told what is a paragraph and what a heading."""


class Paragraph(Struct, frozen=True):
    """A body paragraph. `joins` are the offsets of spaces at which a line ended: a hyphen may have been lost there."""

    number: int
    text: str
    joins: tuple[int, ...] = ()
    page: int | None = None

    @property
    def locator(self) -> str:
        return f"¶{self.number}"


def split(text: str) -> list[Block]:
    """Plain text as blocks: parted by blank lines, or line by line where lines are not broken by hand."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n\n")
        .replace("\u2029", "\n\n")
        .replace("\u2028", "\n")
    )
    lines = [line.rstrip() for line in text.split("\n")]
    if max((len(line) for line in lines), default=0) > 200:
        return [Block((line,)) for line in lines if line.strip()]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            blocks.append([])
        else:
            if _BULLET.match(line.strip()) and blocks[-1]:
                blocks.append([])
            blocks[-1].append(line.strip())
    return [Block(tuple(block), "item" if _BULLET.match(block[0]) else "text") for block in blocks if block]


def assemble(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Number the body paragraphs of a text."""
    kept = _without_front([block for block in blocks if not _furniture(block)])
    merged = _mended(_without_heads(kept))
    words = frozenset(word.lower() for block in merged for line in block.lines for word in _WORD.findall(line))
    body = [block for block in merged if block.kind != "note"] + [block for block in merged if block.kind == "note"]
    return tuple(
        Paragraph(number, *unwrap(block.lines, words), page=block.page) for number, block in enumerate(body, 1)
    )


def unwrap(lines: Sequence[str], words: frozenset[str] = frozenset()) -> tuple[str, tuple[int, ...]]:
    """One line out of many, and the offsets at which lines were joined by a space.

    A hyphen at a line's end is dropped or kept as the text itself spells the word elsewhere (`words`, in lower case).
    """
    parts: list[str] = []
    joins: list[int] = []
    length = 0
    for line in lines:
        line = re.sub(rf"{SOFT_HYPHEN}(?!$)", "", re.sub(r"\s+", " ", line).strip())
        if not line.strip(SOFT_HYPHEN):
            continue
        if parts:
            last, spaced = _joined(parts[-1], line, words)
            length += len(last) - len(parts[-1]) + spaced
            parts[-1] = last + " " * spaced
            if spaced:
                joins.append(length - 1)
        parts.append(line)
        length += len(line)
    return "".join(parts).removesuffix(SOFT_HYPHEN), tuple(joins)


def _joined(last: str, line: str, words: frozenset[str]) -> tuple[str, bool]:
    """A line as the next one follows it, and whether a space parts them."""
    if last.endswith(SOFT_HYPHEN):
        return last[:-1], False
    if re.search(r"[\w.][-‐–]$", last[-2:]):
        return _without_hyphen(last, line, words), False
    if _BARE_PREFIX.search(last[-8:]) and line[0].islower():
        return last + "-", False
    return last, True


def _without_hyphen(text: str, line: str, words: frozenset[str]) -> str:
    """The text before a line-end hyphen, with or without it."""
    before = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=[-‐]$)", text)
    after = _WORD.match(line)
    if not before or not after or not line[0].islower():
        return text
    parts = before[0].lower(), after[0].lower()
    if "".join(parts) in words or ("-".join(parts) not in words and not _BARE_PREFIX.search(text[:-1])):
        return text[:-1]
    return text


def _furniture(block: Block) -> bool:
    """Whether a block is nothing but a page number, or empty."""
    text = " ".join(block.lines).strip()
    return not text or not any(char.isalnum() for char in text) or bool(_FURNITURE.fullmatch(text))


def _without_front(blocks: list[Block]) -> list[Block]:
    """Without the byline and what stands above it: title and standfirst."""
    for index, block in enumerate(blocks[:FRONT_BLOCKS]):
        if _BYLINE.fullmatch(" ".join(block.lines).strip()):
            return blocks[index + 1 :]
        if len(" ".join(block.lines).split()) > 60:
            break
    return blocks


def _without_heads(blocks: Sequence[Block]) -> Iterator[Block]:
    unfinished = False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "head" or (not block.structured and not unfinished and _is_head(block, following)):
            continue
        yield block
        unfinished = _unfinished(block)


def _is_head(block: Block, following: Block | None) -> bool:
    """Whether a block of plain text is a heading: short, without a full stop, and not the first half of a sentence."""
    text = " ".join(block.lines)
    if block.kind != "text" or len(block.lines) > 3 or len(text.split()) > HEAD_WORDS or _END.search(text):
        return False
    return text[0] not in "“\"'" and not text[0].islower() and not (following and _goes_on(following))


def _goes_on(block: Block) -> bool:
    """Whether a block can only be the rest of a sentence."""
    return block.kind == "text" and block.lines[0].lstrip("“\"'(")[:1].islower()


def _unfinished(block: Block) -> bool:
    """Whether a block stops in mid-sentence, where a line was full: a paragraph's last line seldom is."""
    if block.kind not in ("text", "item") or _END.search(block.lines[-1]):
        return False
    return len(block.lines) > 1 and len(block.lines[-1]) >= FULL_LINE * max(len(line) for line in block.lines)


def _mended(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs that a stray blank line, a page's end or a column's end broke, made whole."""
    mended: list[Block] = []
    for block in blocks:
        last = next((other for other in reversed(mended) if other.kind != "note"), None)
        if last and block.kind == "text" and _belongs(last, block):
            at = len(mended) - 1 - mended[::-1].index(last)
            mended[at] = replace(last, lines=last.lines + block.lines)
        else:
            mended.append(block)
    return mended


def _belongs(last: Block, block: Block) -> bool:
    if _goes_on(block):
        return not last.lines[-1].rstrip().endswith(":")
    starts_with_digit = block.lines[0][:1].isdigit()
    return _unfinished(last) or (starts_with_digit and not _END.search(last.lines[-1]))

"""Numbered paragraphs, which locators (¶12) count, from the blocks of lines that each format gives.

Body paragraphs count: no headings, no byline or anything above it, no page numbers. Lines that were broken by hand are
joined, hyphens at their ends resolved, and a paragraph that a stray blank line broke in mid-sentence is made whole. So
the numbers stay the same however the text was copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.text.late_pattern import compile_late

TYPES = ".txt, .md, .html, .pdf, .docx"
SOFT_HYPHEN = "\u00ad"
HEAD_WORDS = 14  # a heading has at most so many words
FRONT_BLOCKS = 8  # a byline is one of the first so many blocks
FULL_LINE = 0.8  # a line at least so long, of the longest in its block, was broken because it was full

_END = compile_late(r"[.!?:;…][”’\"'»)\]]*$")
_BYLINE = compile_late(r"^by\s+[A-Z][\w.’'-]*(?:[ ,]+(?:and\s+)?[A-Z][\w.’'-]*){0,7}$", re.IGNORECASE)
_PAGE_NUMBER = compile_late(
    r"(?:page\s+)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_BULLET = compile_late(r"^(?:[-–—•▪◦*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_FOOTNOTE = compile_late(r"\[?\d{1,3}[\].]?\s*[A-Z(“\"]")
_WORD = compile_late(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Prefixes that are never words, so that a line that ends with one has lost its hyphen.
_BARE_PREFIX = compile_late(
    r"(?:^|\s)(?:re|un|non|anti|multi|inter|intra|semi|pre|bi|tri|ultra|pseudo|quasi)$", re.IGNORECASE
)

Kind = Literal["text", "head", "item", "note"]


class Block(Struct, frozen=True):
    """Lines that belong together. `kind` is what the format says; a format without headings says "text"."""

    lines: tuple[str, ...]
    kind: Kind = "text"
    page: int | None = None
    structured: bool = False
    """True where the format itself tells paragraphs from headings."""


class Paragraph(Struct, frozen=True):
    """A body paragraph. `joins` are the offsets of spaces at which lines ended: a hyphen may have been lost there."""

    number: int
    text: str
    joins: tuple[int, ...] = ()
    page: int | None = None


def split_blocks(text: str) -> list[Block]:
    """Split plain text at blank lines, or line by line where lines are not broken by hand."""
    text = re.sub(r"\r\n?|\u2028", "\n", text)
    text = re.sub(r"[\f\u2029]", "\n\n", text)
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


def number_paragraphs(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Number the body paragraphs of a text; notes come last."""
    kept = _drop_front_matter([block for block in blocks if not _is_page_number(block)])
    body = sorted(_join_broken(_mark_footnotes(list(_drop_headings(kept)))), key=lambda block: block.kind == "note")
    words = frozenset(word.lower() for block in body for line in block.lines for word in _WORD.findall(line))
    return tuple(
        Paragraph(number, *join_lines(block.lines, words), page=block.page) for number, block in enumerate(body, 1)
    )


def join_lines(lines: Sequence[str], words: frozenset[str] = frozenset()) -> tuple[str, tuple[int, ...]]:
    """Return one line, and the offsets at which lines were joined by a space.

    A hyphen at a line's end is dropped or kept as the text spells the word elsewhere (`words`, in lower case).
    """
    parts: list[str] = []
    joins: list[int] = []
    length = 0
    for line in lines:
        line = re.sub(rf"{SOFT_HYPHEN}(?!$)", "", re.sub(r"\s+", " ", line).strip())
        if not line.strip(SOFT_HYPHEN):
            continue
        if parts:
            last, spaced = _prepare_join(parts[-1], line, words)
            length += len(last) - len(parts[-1]) + spaced
            parts[-1] = last + " " * spaced
            if spaced:
                joins.append(length - 1)
        parts.append(line)
        length += len(line)
    return "".join(parts).removesuffix(SOFT_HYPHEN), tuple(joins)


def _prepare_join(last: str, line: str, words: frozenset[str]) -> tuple[str, bool]:
    """Return a line as the next one follows it, and whether a space comes between."""
    if last.endswith(SOFT_HYPHEN):
        return last[:-1], False
    if re.search(r"[\w.][-‐–]$", last[-2:]):
        return _resolve_hyphen(last, line, words), False
    if _BARE_PREFIX.search(last[-8:]) and line[0].islower():
        return last + "-", False
    return last, True


def _resolve_hyphen(text: str, line: str, words: frozenset[str]) -> str:
    """Return a text that ends with a hyphen, with or without that."""
    before = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=[-‐]$)", text)
    after = _WORD.match(line)
    if not before or not after or not line[0].islower():
        return text
    parts = before[0].lower(), after[0].lower()
    if "".join(parts) in words or ("-".join(parts) not in words and not _BARE_PREFIX.search(text[:-1])):
        return text[:-1]
    return text


def _is_page_number(block: Block) -> bool:
    """Return whether a block is nothing but a page number, or empty."""
    text = " ".join(block.lines).strip()
    return not text or not any(char.isalnum() for char in text) or bool(_PAGE_NUMBER.fullmatch(text))


def _drop_front_matter(blocks: list[Block]) -> list[Block]:
    """Drop the byline and all above it: title and standfirst."""
    for index, block in enumerate(blocks[:FRONT_BLOCKS]):
        if _BYLINE.fullmatch(" ".join(block.lines).strip()):
            return blocks[index + 1 :]
        if len(" ".join(block.lines).split()) > 60:
            break
    return blocks


def _drop_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    unfinished = False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "head" or (not block.structured and not unfinished and _is_heading(block, following)):
            continue
        yield block
        unfinished = _is_unfinished(block)


def _is_heading(block: Block, following: Block | None) -> bool:
    """Return whether a block of plain text is a heading: short, no full stop, not the first half of a sentence."""
    text = " ".join(block.lines)
    if block.kind != "text" or len(block.lines) > 3 or len(text.split()) > HEAD_WORDS or _END.search(text):
        return False
    return text[0] not in "“\"'" and not text[0].islower() and not (following and _continues_sentence(following))


def _continues_sentence(block: Block) -> bool:
    """Return whether a block can only be the rest of a sentence."""
    return block.kind == "text" and block.lines[0].lstrip("“\"'(")[:1].islower()


def _is_unfinished(block: Block) -> bool:
    """Return whether a block stops in mid-sentence at a full line: a paragraph's last line is seldom full."""
    if block.kind not in ("text", "item") or _END.search(block.lines[-1]):
        return False
    return len(block.lines) > 1 and len(block.lines[-1]) >= FULL_LINE * max(len(line) for line in block.lines)


def _mark_footnotes(blocks: list[Block]) -> list[Block]:
    """Take a footnote that stands at a page's end, inside a sentence, for a note: the sentence continues behind it."""
    for index in range(1, len(blocks) - 1):
        before, block, after = blocks[index - 1 : index + 2]
        is_between = (
            before.kind in ("text", "item") and not _END.search(before.lines[-1]) and _continues_sentence(after)
        )
        if (
            is_between
            and block.kind in ("text", "item")
            and _FOOTNOTE.match(block.lines[0])
            and _END.search(block.lines[-1])
        ):
            blocks[index] = replace(block, kind="note")
    return blocks


def _join_broken(blocks: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a stray blank line, a page's end or a column's end broke."""
    joined: list[Block] = []
    last = -1  # the index of the last block that is not a note
    for block in blocks:
        if last >= 0 and block.kind == "text" and _continues(joined[last], block):
            joined[last] = replace(joined[last], lines=joined[last].lines + block.lines)
            continue
        joined.append(block)
        if block.kind != "note":
            last = len(joined) - 1
    return joined


def _continues(last: Block, block: Block) -> bool:
    if _continues_sentence(block):
        return not last.lines[-1].rstrip().endswith(":")
    starts_with_digit = block.lines[0][:1].isdigit()
    return _is_unfinished(last) or (starts_with_digit and not _END.search(last.lines[-1]))

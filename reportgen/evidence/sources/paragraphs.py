"""Numbered paragraphs, which locators (¶12) count, from the blocks of lines that each format gives.

Body paragraphs count: no headings, no byline or anything above it, no page numbers. Lines that were broken by hand are
joined, hyphens at their ends resolved, and a paragraph that a stray blank line broke in mid-sentence is made whole. So
the numbers stay the same however the text was copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_FOOTNOTE = compile_late(r"\[?\d{1,3}[\].]?\s*[A-Z(“\"]|[*†‡§]\s*[A-Z(“\"]")
_LOWER_NUMBER = compile_late(r"\d+-[a-z]")  # 3-year-old
_CAPTION = compile_late(
    r"(?:table|figure|fig\.|exhibit|chart|box|map|graph|panel)\s+[A-Z]?\d[\w.-]*\b(?!\s+(?:is|are|shows?|lists?|gives?)\b)|(?:source|notes?):",
    re.IGNORECASE,
)
_TABLE = compile_late(r"(?:table|exhibit|tab\.)\s+([A-Z]?[-.]?\d[\w.-]*?)(?=[.:]?(?:\s|$))", re.IGNORECASE)
_SECTION_NUMBER = compile_late(
    r"(?:section|chapter|part|annex|appendix)?\s*(\d{1,2}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+)[.:)]?(?=\s|$)", re.I
)
_DATUM = compile_late(
    r"[^\W\d_][^:]{0,60}:\s?[-–−+(]{0,2}(?:(?:US|AU?|CA?|NZ|HK)?[$€£¥₩]\s?\d|\d[\d.,]*\s?(?:%|per\s?cent\b|(?:m|b|tr)illion\b|thousand\b|bn\b))",
    re.IGNORECASE,
)
"""A name and its amount, as in the head of a release: "Exports: $206 billion"."""
_WORD = compile_late(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Prefixes that are never words, so that a line that ends with one has lost its hyphen.
_BARE_PREFIX = compile_late(
    r"(?:^|\s)(?:re|un|non|anti|multi|inter|intra|semi|pre|bi|tri|ultra|pseudo|quasi)$", re.IGNORECASE
)

Kind = Literal["text", "head", "item", "note", "row"]


class Block(Struct, frozen=True):
    """Lines that belong together. `kind` is what the format says; a format without headings says "text"."""

    lines: tuple[str, ...]
    kind: Kind = "text"
    page: int | None = None
    structured: bool = False
    """True where the format itself tells paragraphs from headings."""
    level: int = 0
    """The level of a heading, from 1; 0 where the format does not say."""
    pages: tuple[int | None, ...] = ()
    """The page of each line, where they are on several."""
    sections: tuple[str, ...] = ()
    table: str | None = None


class Paragraph(Struct, frozen=True):
    """A body paragraph. `joins` are the offsets of spaces at which lines ended: a hyphen may have been lost there."""

    number: int
    text: str
    joins: tuple[int, ...] = ()
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    """The offset at which each further page begins, and that page."""
    sections: tuple[str, ...] = ()
    """The headings above it, the nearest last."""
    table: str | None = None
    """The number of the table that it is a row of, if the table has one: "4"."""
    is_row: bool = False

    def page_at(self, offset: int) -> int | None:
        """Return the page of a character."""
        return next((page for start, page in reversed(self.turns) if start <= offset), self.page)


def describe_skipped(parts: Mapping[str, int], words: int) -> tuple[str, ...]:
    """Return a note on parts of a file that were left out: "skipped: 3 asides, 1 comment (204 words)"."""
    if not words:
        return ()
    named = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in parts.items())
    return (f"skipped: {named} ({words:,} word{'s' * (words != 1)})",)


def number_paragraphs(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Number the body paragraphs of a text; notes come last."""
    kept = _drop_front_matter([block for block in blocks if block.kind == "row" or not _is_page_number(block)])
    body = sorted(_join_broken(_mark_interruptions(list(_drop_headings(kept)))), key=lambda block: block.kind == "note")
    words = frozenset(word.lower() for block in body for line in block.lines for word in _WORD.findall(line))
    return tuple(_paragraph(number, block, words) for number, block in enumerate(body, 1))


def _paragraph(number: int, block: Block, words: frozenset[str]) -> Paragraph:
    starts: list[int] = []
    text, joins = join_lines(block.lines, words, starts)
    turns, page = [], block.page
    for start, other in zip(starts, block.pages, strict=False):
        if other is not None and other != page:
            turns.append((start, other))
            page = other
    return Paragraph(
        number, text, joins, block.page, tuple(turns), block.sections, block.table, is_row=block.kind == "row"
    )


def join_lines(
    lines: Sequence[str], words: frozenset[str] = frozenset(), starts: list[int] | None = None
) -> tuple[str, tuple[int, ...]]:
    """Return one line, and the offsets at which lines were joined by a space; add each line's own offset to `starts`.

    A hyphen at a line's end is dropped or kept as the text spells the word elsewhere (`words`, in lower case).
    """
    parts: list[str] = []
    joins: list[int] = []
    length = 0
    for line in lines:
        line = re.sub(rf"{SOFT_HYPHEN}(?!$)", "", re.sub(r"\s+", " ", line).strip())
        if not line.strip(SOFT_HYPHEN):
            if starts is not None:
                starts.append(length)
            continue
        if parts:
            last, spaced = _prepare_join(parts[-1], line, words)
            length += len(last) - len(parts[-1]) + spaced
            parts[-1] = last + " " * spaced
            if spaced:
                joins.append(length - 1)
        if starts is not None:
            starts.append(length)
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
    """Yield the blocks that are no headings, each with the headings above it, and rows with the number of their table."""
    unfinished = False
    sections: tuple[tuple[int, str], ...] = ()
    table, has_rows = None, False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        text = " ".join(block.lines)
        if caption := _TABLE.match(text):
            table, has_rows = caption[1].rstrip(".-"), False
        elif has_rows and block.kind != "row" and len(text.split()) > 25:
            table, has_rows = None, False
        if block.kind == "head" or (not block.structured and not unfinished and _is_heading(block, following)):
            if not caption:
                sections = _enter_section(sections, text, block.level)
            continue
        has_rows = has_rows or block.kind == "row"
        names = tuple(name for _, name in sections)
        yield replace(block, sections=names, table=table if block.kind == "row" else None)
        unfinished = _is_unfinished(block)


def _enter_section(above: tuple[tuple[int, str], ...], name: str, level: int) -> tuple[tuple[int, str], ...]:
    """Return the headings that hold after another one: its level is what the format says, or how its number is made."""
    if not level:
        number = find_section_number(name)
        level = number.count(".") + 1 if number else 9
    return (*(section for section in above if section[0] < level), (level, name))


def find_section_number(heading: str) -> str | None:
    """Return the number that a heading begins with: the 3.2 of "3.2 Demand"."""
    match = _SECTION_NUMBER.match(heading.strip())
    return match[1] if match else None


def _is_heading(block: Block, following: Block | None) -> bool:
    """Return whether a block of plain text is a heading: short, no full stop, no amount of its own, not the first half of a sentence."""
    text = " ".join(block.lines)
    if any(_DATUM.match(line) for line in block.lines):
        return False
    if block.kind != "text" or len(block.lines) > 3 or len(text.split()) > HEAD_WORDS or _END.search(text):
        return False
    return text[0] not in "“\"'" and not text[0].islower() and not (following and _continues_sentence(following))


def _continues_sentence(block: Block) -> bool:
    """Return whether a block can only be the rest of a sentence."""
    start = block.lines[0].lstrip("“\"'(")
    return block.kind == "text" and (start[:1].islower() or bool(_LOWER_NUMBER.match(start)))


def _is_unfinished(block: Block) -> bool:
    """Return whether a block stops in mid-sentence at a full line: a paragraph's last line is seldom full."""
    if block.kind not in ("text", "item") or _END.search(block.lines[-1]):
        return False
    return len(block.lines) > 1 and len(block.lines[-1]) >= FULL_LINE * max(len(line) for line in block.lines)


def _mark_interruptions(blocks: list[Block]) -> list[Block]:
    """Take footnotes and captions that stand inside a sentence, at a page's end, for notes: it continues behind them."""
    for index, block in enumerate(blocks):
        if block.kind not in ("text", "item") or _END.search(block.lines[-1]):
            continue
        end = index + 1
        while end < len(blocks) and _interrupts(blocks[end]):
            end += 1
        if index + 1 < end < len(blocks) and _continues_sentence(blocks[end]):
            blocks[index + 1 : end] = [
                between if between.kind == "row" else replace(between, kind="note")
                for between in blocks[index + 1 : end]
            ]
    return blocks


def _interrupts(block: Block) -> bool:
    """Return whether a block may stand between the halves of a sentence: a row, a note, a caption."""
    if block.kind in ("row", "note"):
        return True
    is_footnote = bool(_FOOTNOTE.match(block.lines[0])) and bool(_END.search(block.lines[-1]))
    return block.kind in ("text", "item") and (is_footnote or bool(_CAPTION.match(block.lines[0])))


def _join_broken(blocks: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a stray blank line, a page's end or a column's end broke."""
    joined: list[Block] = []
    last = -1  # the index of the last block that is neither a note nor a row
    is_next = False  # whether no row has come since
    for block in blocks:
        if last >= 0 and block.kind == "text" and _continues(joined[last], block) and (is_next or _resumes(block)):
            joined[last] = _join(joined[last], block)
            is_next = True
            continue
        joined.append(block)
        is_next = is_next and block.kind != "row"
        if block.kind not in ("note", "row"):
            last, is_next = len(joined) - 1, True
    return joined


def _resumes(block: Block) -> bool:
    """Return whether a block behind a table is the rest of the sentence before it."""
    return _continues_sentence(block) and len(block.lines[0].split()) > 2


def _join(first: Block, second: Block) -> Block:
    pages = (first.pages or (first.page,) * len(first.lines)) + (second.pages or (second.page,) * len(second.lines))
    return replace(first, lines=first.lines + second.lines, pages=pages)


def _continues(last: Block, block: Block) -> bool:
    if _continues_sentence(block):
        return not last.lines[-1].rstrip().endswith(":")
    starts_with_digit = block.lines[0][:1].isdigit()
    return _is_unfinished(last) or (starts_with_digit and not _END.search(last.lines[-1]))

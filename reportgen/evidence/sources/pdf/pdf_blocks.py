"""Blocks of a PDF: lines in reading order, without running heads; the type size shows headings and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from reportgen.evidence.sources.paragraphs import Block, Kind
from reportgen.evidence.sources.pdf.pdf_lines import Line, read_lines
from reportgen.evidence.sources.pdf.pdf_tables import Table, find_tables
from reportgen.system.errors import FileError, Location

PROSE_WORDS = 4  # a line with fewer words is a heading or a cell of a table
HEAD_SIZE = 1.12  # a heading's type size, in that of the body
NOTE_SIZE = 0.87  # the largest type size of a footnote, in that of the body
_NAMELESS = re.compile(r"\(cid:\d+\)")  # pdfminer's name of a letter of which the font says only a number
_PAGE_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w,/]|\.\d)")
_NUMBERS = re.compile(r"\d+")


def read_pdf(data: bytes, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of a PDF, and a note on the pages that have no text."""
    lines, pages = read_lines(data, name)
    if not lines:
        raise FileError(
            f"a PDF of {pages} page{'s' * (pages != 1)} without a text layer: pictures of text", Location(name),
            "recognize its text first (OCR), for example with ocrmypdf",
        )  # fmt: skip
    empty = sorted(set(range(1, pages + 1)) - {line.page for line in lines})
    unread = [f"no text on page{'s' * (len(empty) > 1)} {_format_ranges(empty)}"] if empty else []
    nameless = sorted({line.page for line in lines if _NAMELESS.search(line.text)})
    if nameless:
        unread.append(
            f"letters without a name in its fonts on page{'s' * (len(nameless) > 1)} {_format_ranges(nameless)}"
        )
    lines = [line for line in lines if _NAMELESS.sub("", line.text).strip()]
    before = _find_first_page(lines, pages) - 1
    blocks = _blocks(_drop_running_heads(lines, pages))
    return [replace(block, page=block.page + before) if block.page else block for block in blocks], tuple(unread)


def _drop_running_heads(lines: list[Line], pages: int) -> list[Line]:
    """Drop heads and feet that other pages repeat, whatever number they carry."""
    repeated = Counter(text for text, _ in {(_mask_numbers(line), line.page) for line in lines if line.margin})
    often = max(2, min(4, pages // 3))
    return [
        line
        for line in lines
        if not (line.margin and (repeated[_mask_numbers(line)] >= often or _NUMBERS.fullmatch(line.text)))
    ]


def _find_first_page(lines: list[Line], pages: int) -> int:
    """Return the printed number of the file's first page: 1, unless most pages print their numbers as a row that begins elsewhere."""
    firsts = Counter(
        int(number) - page + 1
        for number, page in {
            (number, line.page) for line in lines if line.margin for number in _PAGE_NUMBER.findall(line.text)
        }
    )
    first, count = max(firsts.items(), key=lambda item: (item[1], item[0] == 1), default=(1, 0))
    return first if first > 0 and count >= max(2, 0.6 * pages) else 1


def _mask_numbers(line: Line) -> str:
    return _NUMBERS.sub("#", line.text)


def _blocks(lines: list[Line]) -> list[Block]:
    if not lines:
        return []
    letters: Counter[float] = Counter()
    for line in [line for line in lines if _is_prose(line)] or lines:
        letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0]
    blocks: list[Block] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        blocks += _page_blocks(list(page), body)
    return blocks


def _is_prose(line: Line) -> bool:
    """Return whether a line is running text: some words, and mostly letters."""
    letters = sum(char.isalpha() for char in line.text)
    return len(line.text.split()) >= PROSE_WORDS and letters > 0.7 * len(line.text.replace(" ", ""))


def _page_blocks(lines: Sequence[Line], body: float) -> Iterator[Block]:
    """Yield a page's blocks in reading order, each table where its first line is."""
    tables = find_tables(lines)
    printed: set[int] = set()
    group: list[Line] = []
    for line in lines:
        table = next((table for table in tables if line in table.lines), None)
        if table is None and group and _continues(group, line, body):
            group.append(line)
            continue
        if table is None:
            if group:
                yield _block(group, body)
            group = [line]
        elif id(table) not in printed:
            printed.add(id(table))
            if group:
                yield _block(group, body)
                group = []
            yield from _rows(table, line.page)
    if group:
        yield _block(group, body)


def _block(group: list[Line], body: float) -> Block:
    return Block(tuple(line.text for line in group), _kind(group, body), group[0].page)


def _rows(table: Table, page: int) -> Iterator[Block]:
    for row in table.rows:
        yield Block((" | ".join(filter(None, row)),), "row", page)


def _continues(group: list[Line], line: Line, body: float) -> bool:
    """Return whether a line belongs to a block: same box and type, no wide gap above it, no indent."""
    last = group[-1]
    if len(group) == 1 and _is_indented_start(last, line, body):
        return True
    if (
        (last.page, last.box) != (line.page, line.box)
        or abs(last.size - line.size) > 0.1 * body
        or (last.bold != line.bold and len(group) == 1)
    ):
        return False
    if last.bottom - line.top > 0.8 * line.size:
        return False
    left = min(other.x0 for other in group[1:] or group)
    return not (line.x0 - left > 0.8 * body and re.search(r"[.!?:][”’\"')]*$", last.text))


def _is_indented_start(first: Line, line: Line, body: float) -> bool:
    """Return whether a line in another box is the second of a paragraph whose first line is indented and full."""
    return (
        (first.page, first.size, first.bold) == (line.page, line.size, line.bold)
        and first.box != line.box
        and 0.8 * body < first.x0 - line.x0 < 5 * body
        and 0 < first.baseline - line.baseline < 1.7 * line.size
        and first.x1 > line.x1 - 4 * body
    )


def _kind(group: list[Line], body: float) -> Kind:
    size = group[0].size
    words = sum(len(line.text.split()) for line in group)
    if (size >= HEAD_SIZE * body and words <= 40) or (all(line.bold for line in group) and words <= 14):
        return "head"
    return "note" if size <= NOTE_SIZE * body and (group[-1].margin or size <= 0.8 * body) else "text"


def _format_ranges(pages: list[int]) -> str:
    """Return the pages 1, 2, 3 and 7 as "1–3, 7"."""
    parts: list[list[int]] = []
    for page in pages:
        if parts and parts[-1][-1] == page - 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)

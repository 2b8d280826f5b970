"""Blocks of a PDF: lines in reading order, without running heads; the type size shows headings and notes."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.evidence.sources.paragraphs import Block, Kind
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

MARGIN = 0.1  # running heads and feet are in the outer tenth of a page
HEAD_SIZE = 1.12  # a heading's type size, in that of the body
NOTE_SIZE = 0.87  # the largest type size of a footnote, in that of the body
_NUMBERS = re.compile(r"\d+")


class Line(Struct, frozen=True):
    """A line of a page. Measures are in points from the page's lower left corner."""

    text: str
    page: int
    box: int
    x0: float
    top: float
    bottom: float
    size: float
    bold: bool
    margin: bool


def read_pdf(data: bytes, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of a PDF, and a note on the pages that have no text."""
    lines, pages = _read_lines(data, name)
    if not lines:
        raise FileError(
            f"a PDF of {pages} page{'s' * (pages != 1)} without a text layer: pictures of text", Location(name),
            "recognize its text first (OCR), for example with ocrmypdf",
        )  # fmt: skip
    empty = sorted(set(range(1, pages + 1)) - {line.page for line in lines})
    unread = (f"no text on page{'s' * (len(empty) > 1)} {_format_ranges(empty)}",) if empty else ()
    return _blocks(_drop_running_heads(lines, pages)), unread


def _read_lines(data: bytes, name: str) -> tuple[list[Line], int]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity in a font
    lines: list[Line] = []
    number = 0
    try:
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams()), 1):
            lines += _page_lines(page, number)
    except PDFPasswordIncorrect:
        hint = "open it with its password and save it without one"
        raise FileError("an encrypted PDF", Location(name), hint) from None
    except (
        PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AssertionError, RecursionError,
    ) as error:  # fmt: skip
        hint = "print it to a new PDF, or save its text"
        raise FileError(f"a damaged PDF: {error or type(error).__name__}", Location(name), hint) from None
    if not number:
        raise FileError("a PDF without pages", Location(name), "save it again")
    return lines, number


def _page_lines(page: LTPage, number: int) -> Iterator[Line]:
    from pdfminer.layout import LTTextBox, LTTextLine

    for box_number, box in enumerate(item for item in page if isinstance(item, LTTextBox)):
        for line in box:
            if isinstance(line, LTTextLine) and (text := line.get_text().strip()):
                size, bold = _type(line)
                margin = line.y0 < page.height * MARGIN or line.y1 > page.height * (1 - MARGIN)
                yield Line(text, number, box_number, line.x0, line.y1, line.y0, size, bold, margin)


def _type(line: Any) -> tuple[float, bool]:
    """Return the size of most of a line's letters, and whether they are bold."""
    from pdfminer.layout import LTChar

    sizes: Counter[tuple[float, bool]] = Counter()
    for char in line:
        if isinstance(char, LTChar) and not char.get_text().isspace():
            sizes[round(char.size, 1), bool(re.search(r"bold|black|heavy|semibold", char.fontname, re.IGNORECASE))] += 1
    return sizes.most_common(1)[0][0] if sizes else (0.0, False)


def _drop_running_heads(lines: list[Line], pages: int) -> list[Line]:
    """Drop heads and feet that other pages repeat, whatever number they carry."""
    repeated = Counter(text for text, _ in {(_mask_numbers(line), line.page) for line in lines if line.margin})
    often = max(2, min(4, pages // 3))
    return [
        line
        for line in lines
        if not (line.margin and (repeated[_mask_numbers(line)] >= often or _NUMBERS.fullmatch(line.text)))
    ]


def _mask_numbers(line: Line) -> str:
    return _NUMBERS.sub("#", line.text)


def _blocks(lines: list[Line]) -> list[Block]:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0]
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(tuple(line.text for line in group), _kind(group, body), group[0].page) for group in groups]


def _continues(group: list[Line], line: Line, body: float) -> bool:
    """Return whether a line belongs to a block: same box and type, no wide gap above it, no indent."""
    last = group[-1]
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

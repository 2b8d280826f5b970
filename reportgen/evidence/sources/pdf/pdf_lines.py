"""The lines of a PDF's pages, with their places and type; marks of footnotes, which are small and raised, are left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.evidence.sources.footnote_marks import is_raised_mark
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

MARGIN = 0.1  # running heads and feet are in the outer tenth of a page
BAND = 20.0  # points: lines are looked up by their height on the page
RAISED = 0.82  # the largest type size of a raised letter, in that of its line
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


class Line(Struct, frozen=True):
    """A line of a page. Measures are in points from the page's lower left corner."""

    text: str
    page: int
    box: int
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    margin: bool


def read_lines(data: bytes, name: str) -> tuple[list[Line], int]:
    """Return the lines of all pages in reading order, and the number of pages."""
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

    boxes = (item for item in page if isinstance(item, LTTextBox))
    found = [
        _Letters(line, list(line), box_number)
        for box_number, box in enumerate(boxes)
        for line in box
        if isinstance(line, LTTextLine) and line.get_text().strip()
    ]
    for letters in _merge_small(found):
        line = letters.line
        size, bold = _type(letters.chars)
        baseline = next((char.y0 for char in _printed(letters.chars) if round(char.size, 1) == size), line.y0)
        if text := _text(letters.chars, size, baseline).strip():
            margin = line.y0 < page.height * MARGIN or line.y1 > page.height * (1 - MARGIN)
            places = (line.x0, line.x1, line.y1, line.y0, baseline)
            yield Line(text, number, letters.box, *places, size, bold, margin)


class _Letters(Struct):
    """A line with its characters, to which small ones beside it are added."""

    line: Any
    chars: list[Any]
    box: int


def _merge_small(lines: list[_Letters]) -> list[_Letters]:
    """Put raised and lowered letters that stand alone, such as the 2 of CO2, into the line that they belong to."""
    bands: dict[int, list[_Letters]] = {}
    for each in lines:
        for band in range(int(each.line.y0 // BAND), int(each.line.y1 // BAND) + 1):
            bands.setdefault(band, []).append(each)
    merged: set[int] = set()
    for each in lines:
        letters = _printed(each.chars) if len(each.line.get_text().strip()) <= 4 else []
        if letters and (line := _find_line(each, letters, bands)):
            _insert(line.chars, letters)
            merged.add(id(each))
    return [each for each in lines if id(each) not in merged]


def _find_line(small: _Letters, letters: Sequence[Any], bands: Mapping[int, Sequence[_Letters]]) -> _Letters | None:
    """Return the line of larger type beside which small letters stand."""
    size, middle = letters[0].size, (small.line.y0 + small.line.y1) / 2
    near = (other for step in (0, -1, 1) for other in bands.get(int(middle // BAND) + step, ()))
    for other in near:
        line = other.line
        is_beside = line.y0 - 0.3 * size < middle < line.y1 + 0.3 * size and line.x0 < small.line.x0 < line.x1 + size
        if (
            other is not small
            and is_beside
            and line.height > 1.2 * small.line.height
            and _type(other.chars)[0] * 0.8 >= size
        ):
            return other
    return None


def _insert(chars: list[Any], added: list[Any]) -> None:
    """Insert letters behind the last one that ends before them."""
    ends = [
        index
        for index, char in enumerate(chars)
        if hasattr(char, "x1") and char.x1 <= added[0].x0 + 1 and not char.get_text().isspace()
    ]
    at = ends[-1] + 1 if ends else 0
    chars[at:at] = added


def _printed(chars: Iterable[Any]) -> list[Any]:
    return [char for char in chars if hasattr(char, "fontname") and not char.get_text().isspace()]


def _type(chars: Sequence[Any]) -> tuple[float, bool]:
    """Return the size of most of a line's letters, and whether all of them are bold."""
    letters = _printed(chars)
    sizes = Counter(round(char.size, 1) for char in letters)
    bold = sum(bool(_BOLD.search(char.fontname)) for char in letters)
    return (sizes.most_common(1)[0][0], bold >= 0.95 * len(letters)) if letters else (0.0, False)


def _text(chars: Sequence[Any], size: float, baseline: float) -> str:
    """Return a line's text without the raised marks of footnotes in it."""
    parts: list[str] = []
    raised: list[str] = []
    for char in chars:
        text = char.get_text()
        if hasattr(char, "fontname") and char.size <= RAISED * size and char.y0 > baseline + 0.15 * size:
            raised.append(text)
            continue
        if raised:
            parts.append(_keep_raised("".join(parts), "".join(raised)))
            raised = []
        parts.append(text)
    return "".join(parts) + (_keep_raised("".join(parts), "".join(raised)) if raised else "")


def _keep_raised(before: str, raised: str) -> str:
    """Return raised letters unless they are the mark of a footnote."""
    return "" if is_raised_mark(before, raised) else raised

"""Measures text with the real font files, so that nothing overflows and nothing is guessed. All sizes are points.

HarfBuzz shapes as LibreOffice, PowerPoint and Pango do: kerning and ligatures count. A face that cannot be bundled
(Georgia, Calibri) is measured with the one of the same widths that the brand names under `metrics`.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.brand import Brand, FontFile
from reportgen.errors import TemplateError, did_you_mean

if TYPE_CHECKING:
    import uharfbuzz

LEADING = 1.2  # what PowerPoint and LibreOffice take for a line, whatever the face says
HYPHENS = "-\u2010\u2013\u2014"  # a line may end after these
BOLD = 700
SLACK = 1e-6  # so that a text exactly as wide as its box still fits


def face(brand: Brand, family: str, bold: bool = False, italic: bool = False, *, weight: int | None = None) -> FontFile:
    """The brand's file for a family, nearest in weight; of a family in `brand.metrics`, the file of the same widths."""
    wanted = brand.metrics.get(family, family)
    files = [file for file in brand.fonts if file.family == wanted]
    if not files:
        known = {file.family for file in brand.fonts} | set(brand.metrics)
        raise TemplateError(f'no font file for "{family}" in the brand', hint=did_you_mean(family, known))
    weight = weight or (BOLD if bold else 400)
    return min(files, key=lambda file: (file.italic != italic, abs(file.weight - weight)))


def width(face: FontFile, text: str, size: float) -> float:
    """How wide one line of text is, in points; of a text with line breaks, its widest line."""
    return max(_edges(face.path, line)[-1] for line in text.split("\n")) * size


def wrap(face: FontFile, text: str, size: float, max_width: float) -> tuple[str, ...]:
    """The lines that a box `max_width` points wide breaks the text into, greedily, as PowerPoint does.

    Lines end at spaces and after hyphens, never at a no-break space; a word wider than the box is broken between
    letters; explicit newlines stay. Spaces at a line's end hang, so they neither count nor come back.
    """
    return _wrap(face.path, text, max(0.0, max_width / size) + SLACK)


def longest_word(face: FontFile, text: str, size: float) -> float:
    """How wide a box must be, in points, so that no word is broken between letters."""
    return max(
        (_reach(line, edges, start, end) - edges[start]) * size
        for line in text.split("\n")
        for edges in (_edges(face.path, line),)
        for start, end in pairwise([0, *breaks(line)])
    )


def line_height(face: FontFile, size: float) -> float:
    """The distance between two baselines, in points."""
    return size * max(LEADING, _natural_height(face.path))


def missing(face: FontFile, text: str) -> str:
    """The characters of a text that the font has no glyph for, each once, in order."""
    known = _characters(face.path)
    return "".join(dict.fromkeys(char for char in text if ord(char) not in known and char not in "\n\r\t"))


@lru_cache(maxsize=64)
def _hb_font(path: Path) -> uharfbuzz.Font:
    import uharfbuzz

    try:
        return uharfbuzz.Font(uharfbuzz.Face(path.read_bytes()))
    except OSError as error:
        raise TemplateError(f"the font file cannot be read: {error.strerror}: {path}") from None


@lru_cache(maxsize=64)
def _characters(path: Path) -> frozenset[int]:
    return frozenset(_hb_font(path).face.unicodes)


@lru_cache(maxsize=64)
def _natural_height(path: Path) -> float:
    """Ascent, descent and gap of the hhea table, in em."""
    face = _hb_font(path).face
    ascent, descent, gap = struct.unpack_from(">3h", face.reference_table("hhea").data, 4)
    return (int(ascent) - int(descent) + int(gap)) / int(face.upem)


@lru_cache(maxsize=8192)
def _edges(path: Path, line: str) -> tuple[float, ...]:
    """Where each character of a line begins, in em; one more for the end. Shaped whole, so kerning is right."""
    import uharfbuzz

    if not line:
        return (0.0,)
    font = _hb_font(path)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(line)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advances = [0] * len(line)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advances[info.cluster] += position.x_advance
    return tuple(edge / font.face.upem for edge in accumulate(advances, initial=0))


@lru_cache(maxsize=8192)
def _wrap(path: Path, text: str, limit: float) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        edges = _edges(path, paragraph)
        start, last = 0, 0  # where this line begins, and the last place where it may end
        for end in breaks(paragraph):
            while _reach(paragraph, edges, start, end) - edges[start] > limit:
                last = last if last > start else _split(paragraph, edges, start, limit)
                lines.append(paragraph[start:last].rstrip(" "))
                start = last
            last = end
        if start < len(paragraph) or not paragraph:
            lines.append(paragraph[start:].rstrip(" "))
    return tuple(lines)


def breaks(line: str) -> list[int]:
    """The places where a line may end: after the spaces that follow a word, after a hyphen inside a word; its end."""
    places = []
    for at in range(1, len(line)):
        before, after = line[at - 1], line[at]
        after_hyphen = before in HYPHENS and at > 1 and line[at - 2].isalnum() and after.isalpha()
        if (before == " " or after_hyphen) and after != " ":
            places.append(at)
    return [*places, len(line)]


def _reach(line: str, edges: tuple[float, ...], start: int, end: int) -> float:
    """Where the ink of line[start:end] ends: spaces at its end hang."""
    while end > start and line[end - 1] == " ":
        end -= 1
    return edges[end]


def _split(line: str, edges: tuple[float, ...], start: int, limit: float) -> int:
    """Where to break a word that is wider than the line; at least one letter, never before a combining mark."""
    end = start + 1
    while end < len(line) and (edges[end + 1] - edges[start] <= limit or unicodedata.category(line[end])[0] == "M"):
        end += 1
    return end

"""Width and height of text, measured with the real font files. Sizes are points, character positions em.

HarfBuzz shapes as LibreOffice, PowerPoint and Pango do: kerning and ligatures count. A character that the face lacks is
drawn by whichever face the reader's machine has, so it gets the width of the widest usual one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, groupby
from pathlib import Path

from reportgen.brand.fontfile import FontFile
from reportgen.fonts.faces import find_missing, list_files, load_font, read_characters, read_verticals
from reportgen.fonts.scripts import EASTERN, EMOJI, RTL, WIDE

LEADING = 1.2  # the line spacing of PowerPoint and LibreOffice, whatever the face says
BORROWED_LEADING = 1.45  # the same for a line with another face's characters: Noto's for Chinese, Segoe's for emoji
SUBSTITUTE_SPREAD = 1.05  # times the widths of a substitute: the face that it replaces may be wider
CACHED_LINES = 1024  # those of a large deck; more would only grow with the copies of a run
JOINED_WIDTH = 0.72  # em for a letter of Arabic or Hebrew, averaged over a word
EMOJI_WIDTH = 1.4  # em: Segoe's and Noto's
SOFT_HYPHEN_WIDTH = 0.35  # em: PowerPoint may draw it within a line, too
BORDER_SPACE = 0.25  # em that both programs put between an eastern character and a western one
BORDER = rf"(?<=[{EASTERN}])(?=[^{EASTERN}])|(?<=[^{EASTERN}])(?=[{EASTERN}])"
SHARED = rf"(?<=[{EASTERN}])[‘’“”…—·]+|[‘’“”…—·]+(?=[{EASTERN}])"
"""Marks that an eastern face draws, an em wide, where they stand next to its characters."""
WIDTHS_NEAR_RTL = ((re.compile(r"\d"), 0.7), (re.compile(r"\s"), 0.35), (re.compile(r"[^\w\s]"), 0.4))
"""The least width, in em, of other characters in a text with right-to-left letters: DejaVu Bold's."""


def measure_width(face: FontFile, text: str, size: float) -> float:
    """Return the width of the text's widest line, in points."""
    files = list_files(face)
    return max([position_chars(files, line)[-1] for line in text.split("\n")]) * size * spread(face)


def measure_edges(face: FontFile, line: str, near_rtl: bool = False) -> tuple[float, ...]:
    """Return where each character of a line begins, in em, and where the last one ends.

    `near_rtl` says that the line's paragraph has letters that run from right to left.
    """
    edges = position_chars(list_files(face), line, near_rtl)
    return tuple(edge * SUBSTITUTE_SPREAD for edge in edges) if face.substitute else edges


def measure_line_height(face: FontFile, size: float, borrowed: bool = False) -> float:
    """Return the distance between two baselines, in points; larger where a line borrows another face's glyphs."""
    return size * max(BORROWED_LEADING if borrowed else LEADING, sum(read_verticals(face.path)))


def measure_script_growth(face: FontFile, raised: float, lowered: float, scale: float) -> float:
    """Return by what share of its size a line grows for smaller words that are raised or lowered by such shares."""
    ascent, descent, gap = read_verticals(face.path)
    above = raised + scale * (ascent + gap) - ascent - gap if raised else 0.0
    below = lowered + scale * descent - descent if lowered else 0.0
    return max(above, 0.0) + max(below, 0.0)


def has_borrowed_glyphs(face: FontFile, text: str) -> bool:
    """Return whether another face draws a part of the text, so that widths and heights are upper estimates."""
    return not text.isascii() and bool(EMOJI.search(text) or any(map(_estimate_width, find_missing(face, text))))


def spread(face: FontFile) -> float:
    """Return the factor for the face's widths: above 1 for a substitute."""
    return SUBSTITUTE_SPREAD if face.substitute else 1.0


@lru_cache(maxsize=CACHED_LINES)
def position_chars(files: tuple[Path, ...], line: str, near_rtl: bool = False) -> tuple[float, ...]:
    """Return where each character begins, in em, and where the last one ends. The line is shaped whole, for kerning.

    The files after the first draw what it lacks; where there are none, it is unknown which face does.
    """
    if not line:
        return (0.0,)
    own, *others = files
    advances = _shape(own, line)
    if near_rtl or not line.isascii():
        if others:
            _apply_fallbacks(own, tuple(others), line, advances)
        else:
            _apply_estimates(own, line, advances, near_rtl or bool(RTL.search(line)))
    return tuple(accumulate(advances, initial=0.0))


def _shape(path: Path, text: str) -> list[float]:
    """Return each character's advance in one font, in em."""
    import uharfbuzz

    font = load_font(path)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advances, upem = [0.0] * len(text), font.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advances[info.cluster] += position.x_advance / upem
    return advances


def _apply_fallbacks(own: Path, others: tuple[Path, ...], line: str, advances: list[float]) -> None:
    """Set the advances of characters that a fallback draws, and estimate those that no file has."""
    files = [next((file for file in (own, *others) if ord(char) in read_characters(file)), None) for char in line]
    start = 0
    for file, run in groupby(files):
        end = start + len(list(run))
        if file is None:
            for at in range(start, end):
                if (width := _estimate_width(line[at])) is not None:
                    advances[at] = width
        elif file != own:
            advances[start:end] = _shape(file, line[start:end])
        start = end


def _apply_estimates(path: Path, line: str, advances: list[float], near_rtl: bool) -> None:
    """Estimate the advances of characters that another face will draw, and add the space between scripts."""
    known = read_characters(path)
    strange = EMOJI.search(line) or "\u00ad" in line or "\ufe0f" in line or not known.issuperset(map(ord, line))
    for at, char in enumerate(line if strange else ""):
        if char == "\u00ad" or (line[at + 1 : at + 2] == "\ufe0f" and char.isprintable()):
            advances[at] = SOFT_HYPHEN_WIDTH if char == "\u00ad" else EMOJI_WIDTH
        elif (ord(char) not in known or EMOJI.match(char)) and (width := _estimate_width(char)) is not None:
            advances[at] = width
    if near_rtl:  # the other face draws its digits and spaces too, and is wider than most
        for at, char in enumerate(line):
            advances[at] = max(advances[at], next((least for kind, least in WIDTHS_NEAR_RTL if kind.match(char)), 0.0))
    for shared in re.finditer(SHARED, line):
        advances[slice(*shared.span())] = [1.0] * len(shared[0])
    for border in re.finditer(BORDER, line):
        advances[border.start()] += BORDER_SPACE


@lru_cache(maxsize=CACHED_LINES)
def _estimate_width(char: str) -> float | None:
    """Return a character's greatest usual width in em; None where HarfBuzz needs no glyph to know it."""
    category = unicodedata.category(char)
    if category in ("Zs", "Cf"):  # spaces of every width; joiners and marks of direction, which take none
        return None
    if category in ("Mn", "Me"):  # marks above and below
        return 0.0
    if "\U0001f1e6" <= char <= "\U0001f1ff" or category[0] == "N":  # two letters make a flag
        return 1.0
    if char >= "\U0001f000" and not re.match(f"[{WIDE}]", char):
        return EMOJI_WIDTH
    if RTL.match(char):  # joined letters are narrower than letters that stand alone
        return JOINED_WIDTH
    wide = unicodedata.east_asian_width(char) in "WF"
    return 1.0 if wide or category[0] != "L" or category == "Lu" else 0.8

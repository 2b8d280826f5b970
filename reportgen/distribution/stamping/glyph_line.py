"""Set one line of text as glyphs of the brand's fonts, in the order in which they are painted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.fonts.faces import load_font
from reportgen.pdf.glyphs import build_glyph_error
from reportgen.text.stamp_text import clean_line

if TYPE_CHECKING:
    import uharfbuzz

RIGHT_TO_LEFT = ("R", "AL", "AN")  # a line without characters of these bidirectional classes runs from left to right
FOLLOWER = "\U000e0001"  # a character of class BN
LINE_ENDS = "\u200e\u200f"  # invisible letters, from left to right and from right to left
NO_TEXT = "\u200b"  # the text of a second glyph of one letter: each glyph must have some
PDF_TABLES = ("head", "hhea", "hmtx", "maxp", "loca", "glyf", "cvt ", "fpgm", "prep", "CFF ")
"""The tables of a font that a PDF needs."""


class Glyph(Struct, frozen=True):
    """A glyph: its number in the font, its advance and offset (em/1000), and the text that it stands for."""

    number: int
    advance: float
    x: float
    y: float
    text: str


class Run(Struct, frozen=True):
    """Glyphs of one font file, from left to right."""

    file: FontFile
    glyphs: tuple[Glyph, ...]


class Line(Struct, frozen=True):
    """A line of text as runs, from left to right."""

    text: str
    runs: tuple[Run, ...]

    @property
    def glyphs(self) -> list[Glyph]:
        return [glyph for run in self.runs for glyph in run.glyphs]

    @property
    def width(self) -> float:
        """The width in em."""
        return sum(glyph.advance for glyph in self.glyphs) / 1000

    @property
    def is_plain(self) -> bool:
        """Return whether the glyphs spell the text from left to right, and none is moved."""
        glyphs = self.glyphs
        return "".join(glyph.text for glyph in glyphs) == self.text and not any(glyph.x or glyph.y for glyph in glyphs)


class Metrics(Struct, frozen=True):
    """A PDF's description of a font; lengths are em/1000."""

    name: str
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cff: bool


def choose_face(brand: Brand) -> FontFile:
    """Return the face of stamps: that of labels, with the brand's other fonts for characters that it lacks."""
    return fonts.find_paper_face(brand, brand.sans)


def set_line(text: str, face: FontFile) -> Line:
    """Set a line in a face and its substitutes. Raises GlyphError for a character that none of them has."""
    text, files = clean_line(text), (replace(face, others=()), *face.others)
    if missing := [char for char in fonts.find_missing(face, text) if unicodedata.category(char) != "Cf"]:
        raise build_glyph_error("".join(missing), text)
    runs = []
    for part, turned in visual_runs(text):
        pieces = _split_by_file(part, files)
        for file, piece in reversed(pieces) if turned else pieces:
            runs.append(Run(file, tuple(_set_glyphs(file.path, piece, turned))))
    return Line(text, tuple(runs))


def visual_runs(text: str) -> list[tuple[str, bool]]:
    """Return the runs of a line from left to right: the text of each as it is read, and whether it runs from right to left.

    python-bidi reorders characters and does not return their directions. So each character is followed by one of class BN,
    which moves with it (UAX #9, section 5.2) and ends up on its left where the text runs from right to left. An invisible
    letter of the line's direction ends the line: BN at the end would not move with the character before it (rule L1).
    """
    if text.isascii() or not any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text):
        return [(text, False)] if text else []
    from bidi import get_base_level, get_display

    level = get_base_level(text)
    ordered = get_display("".join(char + FOLLOWER for char in text) + LINE_ENDS[level])
    ordered = ordered[1:] if level else ordered[:-1]
    pairs = zip(ordered[::2], ordered[1::2], strict=True)
    runs = []
    for turned, run in groupby(pairs, lambda pair: pair[0] == FOLLOWER):
        part = "".join(pair[turned] for pair in run)
        runs.append((part[::-1] if turned else part, turned))
    return runs


def _split_by_file(text: str, files: Sequence[FontFile]) -> list[tuple[FontFile, str]]:
    """Split a text by the first file that has each character; marks and joiners stay with the letter before them."""
    if not fonts.find_missing(files[0], text):
        return [(files[0], text)]
    pieces: list[tuple[FontFile, str]] = []
    for char in text:
        last, kind = pieces[-1][0] if pieces else None, unicodedata.category(char)
        if last and (kind == "Cf" or (kind in ("Mn", "Me") and not fonts.find_missing(last, char))):
            file = last
        else:
            file = next((file for file in files if not fonts.find_missing(file, char)), files[0])
        if file is last:
            pieces[-1] = file, pieces[-1][1] + char
        else:
            pieces.append((file, char))
    return pieces


def _set_glyphs(path: Path, text: str, turned: bool) -> Iterator[Glyph]:
    font = load_font(path)
    shapes = _shape(font, text, turned)
    clusters = [cluster for _, cluster, *_ in shapes]
    one_each = clusters == list(range(len(text)))
    texts: Iterable[str] = text if one_each else _split_by_cluster(text, clusters)
    scale = 1000 / font.face.upem
    for (number, _, advance, x, y), part in zip(shapes, texts, strict=True):
        yield Glyph(number, advance * scale, x * scale, y * scale, part)


def _shape(font: uharfbuzz.Font, text: str, turned: bool) -> list[tuple[int, int, int, int, int]]:
    """Return the number of each glyph, the index of its first character, its advance, and its offset."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if turned else "ltr"
    uharfbuzz.shape(font, buffer)
    return [
        (info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def _split_by_cluster(text: str, clusters: Sequence[int]) -> Iterator[str]:
    """Return the text of each glyph; letters that share several glyphs are the text of the first."""
    ends = dict(pairwise(sorted({*clusters, len(text)})))
    for cluster, group in groupby(clusters):
        count, letters = len(list(group)), text[cluster : ends[cluster]]
        yield from letters if len(letters) == count else (letters, *[NO_TEXT] * (count - 1))


@lru_cache(maxsize=32)
def read_metrics(path: Path) -> Metrics:
    import uharfbuzz

    font = load_font(path)
    scale = 1000 / font.face.upem
    head = font.face.reference_table("head").data
    box = [round(int.from_bytes(head[at : at + 2], "big", signed=True) * scale) for at in range(36, 44, 2)]
    extents = font.get_font_extents("ltr")
    name = font.face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem
    cff = "CFF " in font.face.table_tags
    return Metrics(
        re.sub(r"[^A-Za-z0-9-]", "", name) or "Font", (box[0], box[1], box[2], box[3]),
        round(extents.ascender * scale), round(extents.descender * scale), cff,
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def read_advance(path: Path, glyph: int) -> float:
    """Return a glyph's advance by the font alone (em/1000), which a PDF's table of widths must give."""
    font = load_font(path)
    return float(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem)


def subset_font(path: Path, glyphs: frozenset[int]) -> bytes:
    """Return the font with the outlines of these glyphs alone, which keep their numbers, and without tables for shaping."""
    import uharfbuzz

    options = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    options.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.CFF_IDENTITY_CHARSET | flags.NOTDEF_OUTLINE
    sets = uharfbuzz.SubsetInputSets
    options.sets(sets.GLYPH_INDEX).set({0, *glyphs})
    face = _open_for_subsets(path)
    options.sets(sets.DROP_TABLE_TAG).set(
        {int.from_bytes(tag.encode(), "big") for tag in face.table_tags if tag not in PDF_TABLES}
    )
    return bytes(uharfbuzz.subset(face, options).blob.data)


@lru_cache(maxsize=32)
def _open_for_subsets(path: Path) -> uharfbuzz.Face:
    import uharfbuzz

    return uharfbuzz.subset_preprocess(load_font(path).face)

"""One line of text as glyphs of the brand's fonts: which file draws which part, in the order of painting."""

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
from reportgen.distribution.stamping.bidi import visual
from reportgen.pdf.glyphs import build_glyph_error

if TYPE_CHECKING:
    import uharfbuzz

NOTHING = "\u200b"  # what a further glyph of one letter reads: every glyph must read something
KEPT = ("head", "hhea", "hmtx", "maxp", "loca", "glyf", "cvt ", "fpgm", "prep", "CFF ")
"""The tables that a PDF reads of a font."""


class Glyph(Struct, frozen=True):
    """A glyph by its number in the font, how far it moves on and is moved itself (em/1000), and what it reads."""

    number: int
    advance: float
    x: float
    y: float
    reads: str


class Run(Struct, frozen=True):
    """Glyphs of one font file, from left to right."""

    file: FontFile
    glyphs: tuple[Glyph, ...]


class Line(Struct, frozen=True):
    """A line's runs from left to right. `plain` where its glyphs, on one line and read in that order, are its text."""

    text: str
    runs: tuple[Run, ...]

    @property
    def width(self) -> float:
        """In em."""
        return sum(glyph.advance for run in self.runs for glyph in run.glyphs) / 1000

    @property
    def plain(self) -> bool:
        glyphs = [glyph for run in self.runs for glyph in run.glyphs]
        return "".join(glyph.reads for glyph in glyphs) == self.text and not any(glyph.x or glyph.y for glyph in glyphs)


class Metrics(Struct, frozen=True):
    """What a PDF says of a font; lengths are em/1000."""

    name: str
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cff: bool


def line(text: str, face: FontFile) -> Line:
    """The line in a face and those that stand in for what it lacks. GlyphError for what none has."""
    files = (face, *face.others)
    if missing := [char for char in fonts.find_missing(face, text) if unicodedata.category(char) != "Cf"]:
        raise build_glyph_error("".join(missing), text)
    drawn = _drawing(text, files)
    runs = []
    for start, end, turned in visual(text):
        pieces = [list(same) for _, same in groupby(range(start, end), lambda at: drawn[at].path)]
        for piece in reversed(pieces) if turned else pieces:
            said = text[piece[0] : piece[-1] + 1]
            runs.append(Run(drawn[piece[0]], tuple(_glyphs(drawn[piece[0]].path, said, turned))))
    return Line(text, tuple(runs))


def _drawing(text: str, files: Sequence[FontFile]) -> list[FontFile]:
    """The file of each character: the first that has it; marks and joiners stay with the letter before."""
    if not fonts.find_missing(_alone(files[0]), text):
        return [files[0]] * len(text)
    found: list[FontFile] = []
    for char in text:
        joins = bool(found) and unicodedata.category(char) in ("Mn", "Me", "Cf")
        if joins and (unicodedata.category(char) == "Cf" or not fonts.find_missing(_alone(found[-1]), char)):
            found.append(found[-1])
        else:
            found.append(next((file for file in files if not fonts.find_missing(_alone(file), char)), files[0]))
    return found


def _alone(file: FontFile) -> FontFile:
    """The file without those that stand in for it."""
    return replace(file, others=()) if file.others else file


def _glyphs(path: Path, text: str, turned: bool) -> Iterator[Glyph]:
    font = _font(path)
    shaped = _shaped(font, text, turned)
    if [cluster for _, cluster, *_ in shaped] == list(range(len(text))):
        reads: Iterable[str] = text  # a glyph a letter
    else:
        reads = _reads([cluster for _, cluster, *_ in shaped], text)
    scale = 1000 / font.face.upem
    for (number, _, advance, x, y), read in zip(shaped, reads, strict=True):
        yield Glyph(number, advance * scale, x * scale, y * scale, read)


def _shaped(font: uharfbuzz.Font, text: str, turned: bool) -> list[tuple[int, int, int, int, int]]:
    """Each glyph's number, the first letter that it stands for, how far it moves on and is moved."""
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


def _reads(clusters: Sequence[int], text: str) -> Iterator[str]:
    """What each glyph reads: letters that are drawn together are read with the first glyph of them."""
    ends = dict(pairwise(sorted({*clusters, len(text)})))
    for cluster, group in groupby(clusters):
        count, said = len(list(group)), text[cluster : ends[cluster]]
        yield from said if len(said) == count else (said, *[NOTHING] * (count - 1))


@lru_cache(maxsize=32)
def metrics(path: Path) -> Metrics:
    import uharfbuzz

    font = _font(path)
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
def advance(path: Path, glyph: int) -> float:
    """How far the font itself moves on after a glyph, in em/1000: what a PDF's table of widths must say."""
    font = _font(path)
    return float(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem)


def subset(path: Path, glyphs: frozenset[int]) -> bytes:
    """The font with the outlines of some glyphs alone, which keep their numbers, and without tables for shaping."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.CFF_IDENTITY_CHARSET | flags.NOTDEF_OUTLINE
    sets = uharfbuzz.SubsetInputSets
    wanted.sets(sets.GLYPH_INDEX).set({0, *glyphs})
    face = _prepared(path)
    wanted.sets(sets.DROP_TABLE_TAG).set(
        {int.from_bytes(tag.encode(), "big") for tag in face.table_tags if tag not in KEPT}
    )
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


@lru_cache(maxsize=32)
def _font(path: Path) -> uharfbuzz.Font:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(path.read_bytes()))


@lru_cache(maxsize=32)
def _prepared(path: Path) -> uharfbuzz.Face:
    import uharfbuzz

    return uharfbuzz.subset_preprocess(_font(path).face)


def face_of(brand: Brand) -> FontFile:
    """What stamps are set in: the face of labels, with all that the brand has for what it lacks."""
    return fonts.find_paper_face(brand, brand.sans)

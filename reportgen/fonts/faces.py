"""The font file that sets a family's text, and its contents."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.fonts import fontconfig
from reportgen.system.errors import TemplateError

if TYPE_CHECKING:
    import uharfbuzz

BOLD = 700
FAMILY_CLASS, SANS = 30, 8  # offset of an OS/2 table's class, and the class of faces without serifs
PANOSE, SANS_SERIFS = 32, range(11, 16)  # offset of Panose, whose second number is the kind of serifs


def find_face(
    brand: Brand, family: str, bold: bool = False, italic: bool = False, *, weight: int | None = None
) -> FontFile:
    """Return the brand's file for a family, nearest in weight; for a family in `brand.metrics`, its metric twin.

    A family that only a house's theme names is looked for on this machine; the system's choice substitutes for it.
    """
    files = brand.families.get(brand.metrics.get(family, family))
    if not files:
        return _find_system_face(brand, family, bold, italic)
    weight = weight or (BOLD if bold else 400)
    return min(files, key=lambda file: (file.italic != italic, abs(file.weight - weight)))


def list_paper_families(brand: Brand, family: str) -> tuple[str, ...]:
    """List the families that set a text on paper; each is asked for what those before it lack.

    The brand's other face comes second, and then the fallbacks in the order named, those first that are as the family
    is, with serifs or without: Hangul in a heading is then a Gothic's where the brand names a Myeongjo too.
    """
    plain = family == brand.sans
    first = {font.family: font for font in reversed(brand.fonts)}
    fallbacks = sorted(brand.fallbacks, key=lambda name: _is_sans(first[name].path) != plain)
    return tuple(dict.fromkeys((family, brand.sans, brand.serif, *fallbacks)))


def find_paper_face(brand: Brand, family: str, weight: int = 400) -> FontFile:
    """Return the face of a text on paper with its fallbacks, so that what is printed is what was measured."""
    own, *others = (find_face(brand, name, weight=weight) for name in list_paper_families(brand, family))
    return replace(own, others=tuple(others))


def list_files(face: FontFile) -> tuple[Path, ...]:
    """List the face's file and its fallbacks' files."""
    return (face.path, *[other.path for other in face.others]) if face.others else (face.path,)


def find_missing(face: FontFile, text: str) -> str:
    """Return the characters for which neither the face nor its fallbacks have a glyph, each once, in order."""
    covered = [read_characters(path) for path in list_files(face)]
    chars = (char for char in dict.fromkeys(text) if char not in "\n\r\t")
    return "".join(char for char in chars if not any(ord(char) in each for each in covered))


@lru_cache(maxsize=64)
def load_font(path: Path) -> uharfbuzz.Font:
    """Load a font file into HarfBuzz. Raises TemplateError."""
    import uharfbuzz

    try:
        return uharfbuzz.Font(uharfbuzz.Face(path.read_bytes()))
    except OSError as error:
        raise TemplateError(f"the font file cannot be read: {error.strerror}: {path}") from None


@lru_cache(maxsize=64)
def read_characters(path: Path) -> frozenset[int]:
    """Return the code points that a font file has glyphs for."""
    return frozenset(load_font(path).face.unicodes)


@lru_cache(maxsize=64)
def read_verticals(path: Path) -> tuple[float, float, float]:
    """Return ascent, descent and gap of the hhea table, in em."""
    face = load_font(path).face
    ascent, descent, gap = struct.unpack_from(">3h", face.reference_table("hhea").data, 4)
    return int(ascent) / face.upem, -int(descent) / face.upem, int(gap) / face.upem


@lru_cache(maxsize=64)
def _is_sans(path: Path) -> bool:
    """Return whether a font declares that it has no serifs, by its class or by Panose."""
    table = load_font(path).face.reference_table("OS/2").data
    return len(table) > PANOSE + 1 and (table[FAMILY_CLASS] == SANS or table[PANOSE + 1] in SANS_SERIFS)


def _find_system_face(brand: Brand, family: str, bold: bool, italic: bool) -> FontFile:
    found = fontconfig.match_font(family, bold, italic)
    if found:
        return FontFile(family, found.path, BOLD if bold else 400, italic, substitute=not found.same)
    base = next(file for file in brand.fonts if file.family == brand.sans)
    return FontFile(family, base.path, substitute=True)

"""The glyphs of a font file as the bytes that draw them, to tell whether two files draw a letter alike."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

REVISION, DATES = slice(4, 8), slice(20, 36)  # of the table "head"
UNITS = slice(18, 20)
HEAD = 10  # bytes of a glyph before its drawing: the number of contours, and a box
LONG_OFFSETS = 50  # of the same table, where it says how the offsets of glyphs are written


class Outlines(Struct, frozen=True):
    """The glyphs of a TrueType file. `edition` is equal for all subsets of one edition of a font."""

    edition: bytes
    glyphs: bytes
    offsets: tuple[int, ...]

    def find(self, number: int) -> bytes:
        """Return a glyph's drawing without its hints, b"" where it is empty or not there.

        One that is made of others, whose numbers differ between files, is known by its box alone.
        """
        if not 0 <= number < len(self.offsets) - 1:
            return b""
        glyph = self.glyphs[self.offsets[number] : self.offsets[number + 1]]
        if len(glyph) < HEAD:
            return b""
        (contours,) = struct.unpack_from(">h", glyph)
        if contours < 0:
            return glyph[:HEAD]
        hints = HEAD + 2 * contours
        (length,) = struct.unpack_from(">H", glyph, hints) if len(glyph) >= hints + 2 else (0,)
        return glyph[:hints] + glyph[hints + 2 + length :].rstrip(b"\0")


def parse_outlines(program: bytes) -> Outlines | None:
    """Return the glyphs of a font file; None where it is no TrueType file, or damaged."""
    try:
        tables = _find_tables(program)
        if not {"head", "loca", "glyf"} <= tables.keys():
            return None
        head, places = tables["head"], tables["loca"]
        if struct.unpack_from(">h", head, LONG_OFFSETS)[0]:
            offsets = struct.unpack(f">{len(places) // 4}I", places[: len(places) // 4 * 4])
        else:
            offsets = tuple(2 * at for at in struct.unpack(f">{len(places) // 2}H", places[: len(places) // 2 * 2]))
    except struct.error:
        return None
    return Outlines(head[REVISION] + head[UNITS] + head[DATES], tables["glyf"], offsets)


@lru_cache(maxsize=64)
def read_outlines(path: Path) -> Outlines | None:
    """Return the glyphs of a font on this machine."""
    return parse_outlines(path.read_bytes())


def _find_tables(program: bytes) -> Mapping[str, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    rows = (struct.unpack_from(">4sIII", program, 12 + 16 * row) for row in range(count))
    return {tag.decode("latin-1"): program[start : start + length] for tag, _, start, length in rows}

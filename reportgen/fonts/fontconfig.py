"""Ask the system's fontconfig for the file of a typeface. WeasyPrint needs the same library."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import ctypes

MATCH_PATTERN = 0  # FcMatchPattern
BOLD, REGULAR = 200, 80  # fontconfig's weights
ITALIC = 100
READABLE = (".ttf", ".otf")
FIELDS = b"%{file}\n%{index}\n%{[]family{%{family}\n}}"  # for FcPatternFormat
NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib")


class FontMatch(Struct, frozen=True):
    """The file in which the system sets a typeface; `same` if it is that typeface."""

    family: str
    path: Path
    same: bool


@lru_cache(maxsize=128)
def match_font(family: str, bold: bool = False, italic: bool = False) -> FontMatch | None:
    """Return fontconfig's file for a family; None without fontconfig, or without a readable font."""
    import ctypes

    library = _load_library()
    if library is None:
        return None
    weight, slant = BOLD if bold else REGULAR, ITALIC if italic else 0
    name = re.sub(r"([-\\:,])", r"\\\1", family)
    pattern = library.FcNameParse(f"{name}:weight={weight}:slant={slant}:outline=True".encode())
    library.FcConfigSubstitute(None, pattern, MATCH_PATTERN)
    library.FcDefaultSubstitute(pattern)
    found = library.FcFontMatch(None, pattern, ctypes.byref(ctypes.c_int()))
    library.FcPatternDestroy(pattern)
    if not found:
        return None
    text = library.FcPatternFormat(found, FIELDS)
    file, index, *families, _ = (ctypes.string_at(text) if text else b"\n\n").decode(errors="replace").split("\n")
    library.FcStrFree(text)
    library.FcPatternDestroy(found)
    if Path(file).suffix.lower() not in READABLE or int(index or 0):
        return None
    return FontMatch(families[0] if families else family, Path(file), family.casefold() in map(str.casefold, families))


@lru_cache(maxsize=1)
def _load_library() -> ctypes.CDLL | None:
    import ctypes

    for name in NAMES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        # A class of its own keeps a pointer a pointer: c_void_p itself becomes an int, which is passed on with 32 bits.
        pointer = type("Pointer", (ctypes.c_void_p,), {})
        for function in ("FcNameParse", "FcFontMatch", "FcPatternFormat"):
            getattr(library, function).restype = pointer
        return library
    return None

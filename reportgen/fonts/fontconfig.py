"""Ask the system's fontconfig for the file of a typeface. WeasyPrint needs the same library."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import ctypes

MATCH_PATTERN = 0  # FcMatchPattern
FOUND = 0  # FcResultMatch
BOLD, REGULAR = 200, 80  # fontconfig's weights
ITALIC = 100
READABLE = (".ttf", ".otf")
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
    pattern = library.FcPatternCreate()
    library.FcPatternAddString(pattern, b"family", family.encode())
    library.FcPatternAddInteger(pattern, b"weight", BOLD if bold else REGULAR)
    library.FcPatternAddInteger(pattern, b"slant", ITALIC if italic else 0)
    library.FcPatternAddBool(pattern, b"outline", 1)
    library.FcConfigSubstitute(None, pattern, MATCH_PATTERN)
    library.FcDefaultSubstitute(pattern)
    result = ctypes.c_int()
    found = library.FcFontMatch(None, pattern, ctypes.byref(result))
    library.FcPatternDestroy(pattern)
    if not found:
        return None
    try:
        path = _get_string(library, found, b"file", 0)
        families = [name for at in range(8) if (name := _get_string(library, found, b"family", at))]
        index = ctypes.c_int()
        library.FcPatternGetInteger(found, b"index", 0, ctypes.byref(index))
    finally:
        library.FcPatternDestroy(found)
    if not path or Path(path).suffix.lower() not in READABLE or index.value:
        return None
    return FontMatch(families[0] if families else family, Path(path), family.casefold() in map(str.casefold, families))


def _get_string(library: ctypes.CDLL, pattern: int, key: bytes, at: int) -> str:
    from ctypes import byref, c_char_p

    value = c_char_p()
    found = library.FcPatternGetString(pattern, key, at, byref(value))
    return value.value.decode(errors="replace") if found == FOUND and value.value else ""


@lru_cache(maxsize=1)
def _load_library() -> ctypes.CDLL | None:
    import ctypes

    for name in NAMES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("FcPatternCreate", "FcFontMatch"):
            getattr(library, function).restype = ctypes.c_void_p
        pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
        out = ctypes.POINTER(number)
        library.FcPatternCreate.argtypes = []
        library.FcPatternAddString.argtypes = [pointer, text, text]
        library.FcPatternAddInteger.argtypes = [pointer, text, number]
        library.FcPatternAddBool.argtypes = [pointer, text, number]
        library.FcConfigSubstitute.argtypes = [pointer, pointer, number]
        library.FcDefaultSubstitute.argtypes = [pointer]
        library.FcFontMatch.argtypes = [pointer, pointer, out]
        library.FcPatternDestroy.argtypes = [pointer]
        library.FcPatternGetString.argtypes = [pointer, text, number, ctypes.POINTER(text)]
        library.FcPatternGetInteger.argtypes = [pointer, text, number, out]
        return library
    return None

"""Fonts for WeasyPrint: those that a stylesheet names, and none of the system.

WeasyPrint's own configuration loads what the system's fontconfig lists, where a font of this machine may silently stand in
for a missing one. Fontconfig could be told otherwise by environment variables alone, which belong to the whole process.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
import weakref
from contextlib import ExitStack
from functools import cache
from typing import Any

from reportgen.system.errors import FileError
from reportgen.system.work_folder import open_work_folder

DESCRIPTORS = "/proc/self/fd"
LIBRARIES = {"linux": "libfontconfig.so.1", "darwin": "libfontconfig.1.dylib", "win32": "libfontconfig-1.dll"}


def load_private_fonts() -> Any:
    """Return a new font configuration of WeasyPrint that knows no font yet."""
    from weasyprint.text import ffi as libraries
    from weasyprint.text.fonts import FontConfiguration

    class PrivateFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self) -> None:
            """Do what WeasyPrint 70 does, with an empty configuration in place of the system's."""
            ffi, fontconfig, pangoft2 = libraries.ffi, libraries.fontconfig, libraries.pangoft2
            self._config = ffi.cast("FcConfig *", _create_configuration())
            self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), libraries.gobject.g_object_unref)
            pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
            fontconfig.FcConfigDestroy(self._config)  # the font map keeps a reference of its own
            self._files = ExitStack()
            self._folder = (
                _MemoryFolder(self._files) if _has_memory_files() else self._files.enter_context(open_work_folder())
            )
            self.strut_layouts: dict[Any, Any] = {}
            self.font_features: dict[Any, Any] = {}
            self._end = weakref.finalize(self, self._files.close)  # at the end of the process too

        def __del__(self) -> None:
            """Leave the files to the finalizer: WeasyPrint's own method expects a folder on the disk."""

    return PrivateFonts()


class _MemoryFolder:
    """The part of a Path that WeasyPrint uses to give fontconfig a font's bytes as a file, without a file on the disk."""

    def __init__(self, files: ExitStack) -> None:
        self._files, self._by_name = files, dict[str, _MemoryFile]()

    def __truediv__(self, name: str) -> _MemoryFile:
        return self._by_name.setdefault(name, _MemoryFile(self._files))


class _MemoryFile:
    def __init__(self, files: ExitStack) -> None:
        self._files, self._path = files, ""

    def exists(self) -> bool:
        return bool(self._path)

    def write_bytes(self, data: bytes) -> None:
        stream = self._files.enter_context(open(os.memfd_create("font"), "wb"))  # noqa: SIM115  # open while its fonts are
        stream.write(data)
        stream.flush()
        self._path = f"{DESCRIPTORS}/{stream.fileno()}"

    def as_posix(self) -> str:
        return self._path


def _has_memory_files() -> bool:
    return hasattr(os, "memfd_create") and os.path.isdir(DESCRIPTORS)


def _create_configuration() -> int:
    """Return the address of a new fontconfig configuration without any font."""
    return int(_load_fontconfig().FcConfigCreate())


@cache
def _load_fontconfig() -> ctypes.CDLL:
    """Load the fontconfig that WeasyPrint has loaded: its declarations lack the function that is needed here."""
    name = LIBRARIES.get(sys.platform) or ctypes.util.find_library("fontconfig")
    try:
        library = ctypes.CDLL(name or "libfontconfig.so.1")
    except OSError as error:
        raise FileError(f"fontconfig cannot be loaded: {error}") from None
    library.FcConfigCreate.restype = ctypes.c_void_p
    return library

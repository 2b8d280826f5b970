"""The default theme, or any PowerPoint file as a theme, as values.

A custom file is unpacked (`theme_package`), its layouts and placeholders are read (`placeholders`), one of its layouts is
chosen for each of the deck's (`layout_matching`, or a user's `map_file`), and a copy of that gets the placeholders that
the deck needs (`layout_copies`). A file that has the deck's layouts by name, such as a finished deck, is used as it is.
Nothing here imports python-pptx.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.deck.theme.theme_file import ThemeFile, build_default
from reportgen.deck.theme.theme_package import unpack_theme
from reportgen.deck.theme.theme_values import HANGING, NUMBERED, Faces, Level, Placeholder, Theme
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file

__all__ = [
    "HANGING", "NUMBERED", "Faces", "Level", "Placeholder", "Theme", "ThemeFile",
    "build_default", "open_theme_file", "parse_theme", "read_theme",
]  # fmt: skip

MAPS = (".yml", ".yaml")


def parse_theme(data: bytes, name: str) -> Theme:
    """Return the theme in a file's bytes; `name` is for messages. Raise TemplateError if the file cannot be a theme."""
    return open_theme_file(data, name).build_theme()


def open_theme_file(data: bytes, name: str) -> ThemeFile:
    """Unpack a theme's file; `name` is for messages. Raise TemplateError if it cannot be a theme."""
    unpacked = unpack_theme(data, name)
    return ThemeFile(name, unpacked.parts, unpacked.programs)


def read_theme(path: Path) -> Theme:
    """Return the theme of a .pptx, .potx or map (.yml) file. Raise TemplateError or FileError if there is none."""
    if path.suffix.lower() not in MAPS:
        return parse_theme(read_file(path), str(path))
    from reportgen.deck.theme import map_file

    entries, document = map_file.load_map(path)
    file = path.parent / entries.theme
    try:
        found = open_theme_file(read_file(file), str(file))
    except FileError as error:
        (fault,) = error.diagnostics
        raise FileError(f"the map's theme: {fault.message}", fault.where or Location(str(path)), fault.hint) from None
    return found.build_theme(map_file.resolve_targets(entries, document, found.layouts, found.slide))

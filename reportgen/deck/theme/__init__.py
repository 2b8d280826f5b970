"""A theme: our own, or any house's PowerPoint file, as values.

file -> parts (opened) -> layouts and placeholders (sheet) -> which stands for which of ours (mapping, mapfile) -> a copy
of theirs for each of ours (adopt) -> Theme. A theme that has our layouts by name, such as a deck that we made, is taken
as it is. Nothing here imports python-pptx.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.deck.theme.house import House, default
from reportgen.deck.theme.house_file import opened
from reportgen.deck.theme.theme_values import HANGING, NUMBERED, Faces, Level, Placeholder, Theme
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file

__all__ = ["HANGING", "NUMBERED", "Faces", "House", "Level", "Placeholder", "Theme", "default", "load", "of", "read"]

MAPS = (".yml", ".yaml")


def of(data: bytes, name: str) -> Theme:
    """The theme in a file's bytes; `name` is the file's. TemplateError for what cannot be one."""
    return read(data, name).theme()


def read(data: bytes, name: str) -> House:
    """A house's file, opened."""
    return House(name, opened(data, name))


def load(path: Path) -> Theme:
    """The theme in a .pptx or .potx file, or in the one that a map (.yml) names. Raises TemplateError, FileError."""
    if path.suffix.lower() not in MAPS:
        return of(read_file(path), str(path))
    from reportgen.deck.theme import map_file

    written, document = map_file.load(path)
    file = path.parent / written.theme
    try:
        found = read(read_file(file), str(file))
    except FileError as error:
        (told,) = error.diagnostics
        raise FileError(f"the map's theme: {told.message}", told.where or Location(str(path)), told.hint) from None
    return found.theme(map_file.targets(written, document, found.layouts, found.slide))

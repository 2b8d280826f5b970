"""Typefaces of other scripts that come as Python packages: found where an extra of ours has installed them.

They are the last to be asked for a character, so a brand that names its own faces for a script prints with those.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple


class Face(NamedTuple):
    """A file of a family that an extra has brought."""

    family: str
    path: Path
    weight: int
    italic: bool


PACKAGES = {
    "fontpkg_amiri": (
        ("Amiri", "Amiri-Regular.ttf", 400, False),
        ("Amiri", "Amiri-Bold.ttf", 700, False),
        ("Amiri", "Amiri-Italic.ttf", 400, True),
        ("Amiri", "Amiri-BoldItalic.ttf", 700, True),
    ),
    "fontpkg_ibm_plex_sans_arabic": (
        ("IBM Plex Sans Arabic", "IBMPlexSansArabic-Regular.ttf", 400, False),
        ("IBM Plex Sans Arabic", "IBMPlexSansArabic-Medium.ttf", 500, False),
        ("IBM Plex Sans Arabic", "IBMPlexSansArabic-SemiBold.ttf", 600, False),
        ("IBM Plex Sans Arabic", "IBMPlexSansArabic-Bold.ttf", 700, False),
    ),
}
SCRIPTS = MappingProxyType({"ARABIC": "arabic"})
"""How the Unicode names of a script's characters begin, and the extra that has faces for it."""


def installed() -> Iterator[Face]:
    """The faces that are there. Nothing is imported: where a package lies is all that is asked."""
    for package, files in PACKAGES.items():
        found = find_spec(package)
        folder = Path(found.origin).parent / "files" if found and found.origin else None
        if folder:
            yield from (
                Face(family, folder / name, weight, italic)
                for family, name, weight, italic in files
                if (folder / name).is_file()
            )

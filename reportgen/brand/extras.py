"""Typefaces of other scripts that extras of ours install as Python packages.

They come last among the fallbacks, so a brand that names its own faces for a script prints with those.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from reportgen.brand.fontfile import FontFile

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
"""The prefix of a script's Unicode names, and the extra that has faces for it."""


def find_installed_faces() -> Iterator[FontFile]:
    """Find the faces that are installed. The packages are located, not imported."""
    for package, files in PACKAGES.items():
        found = find_spec(package)
        folder = Path(found.origin).parent / "files" if found and found.origin else None
        if folder:
            for family, name, weight, italic in files:
                if (folder / name).is_file():
                    yield FontFile(family, folder / name, weight, italic)

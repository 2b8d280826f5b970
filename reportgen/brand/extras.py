"""Typefaces of other scripts that extras of ours install as Python packages.

They come last among the fallbacks, so a brand that names its own faces for a script prints with those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from reportgen.brand.fontfile import FontFile

PACKAGES = {"fontpkg_amiri": "Amiri", "fontpkg_ibm_plex_sans_arabic": "IBM Plex Sans Arabic"}
STYLES = (
    ("Regular", 400, False),
    ("Medium", 500, False),
    ("SemiBold", 600, False),
    ("Bold", 700, False),
    ("Italic", 400, True),
    ("BoldItalic", 700, True),
)
SCRIPTS: Mapping[str, str] = {"ARABIC": "arabic"}
"""The prefix of a script's Unicode names, and the extra that has faces for it."""

BUNDLED: Mapping[str, str] = dict.fromkeys(("HEBREW", "GREEK", "CYRILLIC"), "Liberation Sans")
"""The same prefix, and the face of ours that has the script, but sets no text that does not name it."""


def find_installed_faces() -> Iterator[FontFile]:
    """Find the faces that are installed. The packages are located, not imported."""
    for package, family in PACKAGES.items():
        found = find_spec(package)
        folder = Path(found.origin).parent / "files" if found and found.origin else None
        if folder:
            for style, weight, italic in STYLES:
                path = folder / f"{family.replace(' ', '')}-{style}.ttf"
                if path.is_file():
                    yield FontFile(family, path, weight, italic)

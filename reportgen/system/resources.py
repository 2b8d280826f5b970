"""Paths of templates/, assets/ and the bundled brief, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def root() -> Path:
    """Return the folder that holds templates/ and assets/: inside the package when installed from a wheel."""
    installed = PACKAGE / "_resources"
    return installed if installed.is_dir() else PACKAGE.parent


def template_folder() -> Path:
    return root() / "templates"


def asset(*parts: str) -> Path:
    """Return the path of an asset, such as asset("fonts", "PublicSans-Regular.ttf")."""
    return root().joinpath("assets", *parts)


def bundled_brief() -> Path | None:
    """Return the path of the bundled brief; None in a wheel."""
    brief = root() / "data" / "us-korea-2020" / "brief.yaml"
    return brief if brief.is_file() else None

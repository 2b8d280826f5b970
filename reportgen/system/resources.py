"""Finds templates/ and assets/, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def root() -> Path:
    """The folder that holds templates/ and assets/: inside the package when it was installed from a wheel."""
    installed = PACKAGE / "_resources"
    return installed if installed.is_dir() else PACKAGE.parent


def template_folder() -> Path:
    return root() / "templates"


def asset(*parts: str) -> Path:
    """The path of one of our assets, such as asset("fonts", "PublicSans-Regular.ttf")."""
    return root().joinpath("assets", *parts)


def bundled_brief() -> Path | None:
    """The brief that a checkout carries; a wheel has none."""
    brief = root() / "data" / "us-korea-2020" / "brief.yaml"
    return brief if brief.is_file() else None

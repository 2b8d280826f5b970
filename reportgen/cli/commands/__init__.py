"""The commands, one a module: what each takes, and what it does with it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

NAMES = ("memo", "deck", "theme", "build", "check", "audit", "distribute", "init", "schema")
"""In the order of the help."""


def meant(arguments: Sequence[str]) -> list[ModuleType]:
    """The command that the arguments begin with, alone; where they name none, all of them, to choose from."""
    names = arguments[:1] if arguments and arguments[0] in NAMES else NAMES
    return [import_module(f"{__name__}.{name}") for name in names]

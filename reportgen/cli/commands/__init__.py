"""The commands, one a module: `add` declares its options, `run` does the work and returns the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

NAMES = (
    "memo",
    "deck",
    "theme",
    "build",
    "check",
    "source",
    "audit",
    "edits",
    "clear",
    "decided",
    "factcheck",
    "changes",
    "distribute",
    "verify",
    "whose",
    "draft",
    "init",
    "schema",
)
"""In the order of the help."""
ROOMS = {
    "draft": "start",
    "init": "start",
    "factcheck": "review",
    "changes": "review",
    "edits": "review",
    "clear": "review",
    "decided": "review",
}
"""The folders of commands that lie in one."""


def select_commands(words: Sequence[str]) -> list[ModuleType]:
    """Return the module of the command that `words` begin with, or all modules where they name none."""
    names = words[:1] if words and words[0] in NAMES else NAMES
    return [import_module(".".join(filter(None, (__name__, ROOMS.get(name), name)))) for name in names]

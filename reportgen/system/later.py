"""Modules of others' that are imported when they are called, not when somebody who might call them is imported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def put_off(*names: str) -> Iterator[None]:
    """For the time of an import: who takes functions or classes from these modules gets what imports them when it is called."""
    stand_ins = {name: Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        _take_back(stand_ins)


def _take_back(stand_ins: dict[str, Later]) -> None:
    """The next import finds the real modules: neither the table of modules nor their package knows of the others."""
    for name, later in stand_ins.items():
        if sys.modules.get(name) is later:
            del sys.modules[name]
        package, _, own = name.rpartition(".")
        if vars(sys.modules.get(package, later)).get(own) is later:
            delattr(sys.modules[package], own)


class Later(ModuleType):
    """Stands for a module of functions and classes: the real one is imported when the first of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **named: getattr(importlib.import_module(self.__name__), name)(*args, **named)

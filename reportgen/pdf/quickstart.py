"""WeasyPrint imported in less time.

- It declares the functions of Pango and its neighbours to cffi as C source, and cffi parses that in every process: a memo takes
  1.28 times as long. `stored_declarations` gives WeasyPrint an `FFI` that loads the parsed form from the user's cache, under
  the hash of that very source, so that any other version of WeasyPrint is parsed as ever.
- It imports fontTools' subsetter, which works only where harfbuzz-subset is missing. `postponed` imports that when it is
  called, which saves 15 percent of a memo's time.

Both replace names of others while WeasyPrint is imported, so only processes of the command line use them.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from types import ModuleType
from typing import Any

from reportgen.system.cache import Cache


@contextmanager
def stored_declarations(cache: Cache | None) -> Iterator[None]:
    """Let WeasyPrint, imported inside, take its declarations from the cache."""
    import cffi

    original = cffi.FFI
    cffi.FFI = lambda: Declarations(original, cache)
    try:
        yield
    finally:
        cffi.FFI = original


@contextmanager
def postponed(*names: str) -> Iterator[None]:
    """Let the modules imported inside take functions and classes from these modules, which are imported when one is called."""
    stand_ins = {name: _PostponedModule(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():  # the next import finds the real module
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
            package, _, own = name.rpartition(".")
            if vars(sys.modules.get(package, stand_in)).get(own) is stand_in:
                delattr(sys.modules[package], own)


class _PostponedModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **named: getattr(importlib.import_module(self.__name__), name)(*args, **named)


class Declarations:
    """Stands for `cffi.FFI()`: collects C source, and becomes the real object when it is first asked for anything else."""

    def __init__(self, parser: Callable[[], Any], cache: Cache | None) -> None:
        self._parser, self._cache = parser, cache
        self._sources: list[str] = []

    def cdef(self, source: str) -> None:
        self._sources.append(source)

    def __getattr__(self, name: str) -> Any:
        """Look a name up in the real object; the value is kept where Python looks first."""
        if "_ffi" not in self.__dict__:
            self._ffi = self._load() or self._parse()
        value = self.__dict__[name] = getattr(self._ffi, name)
        return value

    def _load(self) -> Any:
        """Return the object made of the stored form; store that first where it is missing. None without a cache."""
        if self._cache is None:
            return None
        backend = importlib.import_module("_cffi_backend")
        key = hashlib.sha256("\n".join([backend.__version__, *self._sources]).encode()).hexdigest()
        stored = self._cache.get(key)
        if stored is None:
            stored = compile_declarations(self._sources)
            self._cache.put(key, stored)
        with suppress(ImportError, ValueError, SyntaxError, TypeError):  # of another version of cffi after all
            return backend.FFI("reportgen_declarations", **ast.literal_eval(stored.decode()))
        return None

    def _parse(self) -> Any:
        ffi = self._parser()
        for source in self._sources:
            ffi.cdef(source)
        return ffi


def compile_declarations(sources: list[str]) -> bytes:
    """Return cffi's own precompiled form of C declarations, as the literal of a dict of arguments."""
    import cffi

    ffi = cffi.api.FFI()
    for source in sources:
        ffi.cdef(source)
    ffi.set_source("declarations", None)
    code = io.StringIO()
    with redirect_stdout(io.StringIO()):
        ffi.emit_python_code(code)
    module = ast.parse(code.getvalue())
    (call,) = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    return repr({each.arg: ast.literal_eval(each.value) for each in call.keywords}).encode()

"""Regular expressions, ours and our libraries', as set-up compiled them: doing so takes up to a sixth of a command's time.

What Python makes of a pattern depends on its version and on nothing else. So set-up keeps, for each pattern that the bundled
documents and their packets need, what `re` hands to its engine, and a command hands that over. For any other pattern, for
another Python, or without the file, `re` does as ever. The engine checks what it is given, as always.

    python -m reportgen.regexes > reportgen/regexes.bin
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found,unused-ignore]  # the engine, which has no stubs
import importlib
import marshal
import os
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("regexes.bin")
PYTHON = f"{sys.version} {_sre.MAGIC}"

Key = tuple[bool, str | bytes, int]
"""Whether a pattern is of bytes, the pattern, its flags."""
Kept = dict[Key, tuple[Any, ...]]
"""What the engine is given: the pattern, its flags, its code (as bytes), and its groups: how many, by name, by number."""


def quicken() -> None:
    """From now on, in this process and in those that it forks, what set-up compiled is compiled no more."""
    with suppress(ImportError, AttributeError):  # a Python that has it elsewhere
        compiler = _compiler()
        compiler.compile = _quick(compiler.compile)


def _compiler() -> Any:
    return importlib.import_module("re._compiler")


def _quick(plain: Callable[..., Any]) -> Callable[..., Any]:
    kept: Kept | None = None  # read when the first pattern is compiled

    def quick(pattern: Any, flags: int = 0) -> Any:
        nonlocal kept
        if kept is None:
            kept = read(KEPT)
        given = kept.get(_key(pattern, flags)) if isinstance(pattern, str | bytes) else None
        return _compiled(*given) if given else plain(pattern, flags)

    return quick


def _key(pattern: str | bytes, flags: int) -> Key:
    return isinstance(pattern, bytes), pattern, int(flags)


def _compiled(pattern: str | bytes, flags: int, code: bytes, *groups: Any) -> Any:
    return _sre.compile(pattern, flags, list(memoryview(code).cast("I")), *groups)


def read(path: Path) -> Kept:
    """What is kept for this very Python; nothing where it is for another, or cannot be read."""
    try:
        python, kept = marshal.loads(path.read_bytes())  # noqa: S302  # as our bytecode, beside which it lies
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if python == PYTHON else {}


def written(kept: Kept) -> bytes:
    return marshal.dumps((PYTHON, kept))


class Recording:
    """For the time of a `with`: keeps what `re` hands to its engine, by standing between them."""

    def __enter__(self) -> Kept:
        self.kept: Kept = {}
        self._compiler = _compiler()
        self._plain = self._compiler.compile
        self._compiler._sre, self._compiler.compile = self, self._recorded
        return self.kept

    def __exit__(self, *_: object) -> None:
        self._compiler._sre, self._compiler.compile = _sre, self._plain

    def __getattr__(self, name: str) -> Any:
        return getattr(_sre, name)

    def _recorded(self, pattern: Any, flags: int = 0) -> Any:
        made = self._plain(pattern, flags)
        if isinstance(pattern, str | bytes):
            self.kept[_key(pattern, flags)] = self._given
        return made

    def compile(self, pattern: Any, flags: int, code: list[int], *groups: Any) -> Any:
        """The engine's own."""
        self._given = (pattern, int(flags), array("I", code).tobytes(), *groups)
        return _sre.compile(pattern, flags, code, *groups)


def recorded() -> Kept:
    """What the bundled documents and their packets need. Ends where they cannot be made."""
    from tempfile import TemporaryDirectory

    from reportgen.resources import bundled_brief

    brief = bundled_brief()
    assert brief, "a checkout has one"
    if hasattr(os, "sched_setaffinity"):  # with one core, all is done in this process
        os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:1])
    with Recording() as kept, TemporaryDirectory() as folder:
        from reportgen.cli import main  # what is compiled as it is imported, too

        build = ["build", str(brief), "--no-cache", "--output-dir", folder]
        distribute = ["distribute", str(brief), "--to", str(brief.with_name("recipients.csv")), "--output-dir", folder]
        for command in (build, distribute):
            if code := main([*command, "--quiet"]):
                sys.exit(code)
    return kept


if __name__ == "__main__":
    sys.stdout.buffer.write(written(recorded()))

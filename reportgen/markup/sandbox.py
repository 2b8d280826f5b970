"""Limit what a template can do: read our values and print them. No file, no object behind a value, no endless work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.system.errors import FileError, Location, TemplateError
from reportgen.system.files import write_file
from reportgen.system.resources import template_folder

MOST_STEPS = 200_000  # of all loops of one document together
MOST_REPEATED = 10_000  # items in a text or list that a template multiplies
DIGEST_SIZE = 32  # bytes of a SHA-256 digest
OPEN_PACKAGES = frozenset({"builtins", "datetime", "jinja2", "markupsafe", "reportgen"})
"""The packages whose values show their attributes; a path, for example, would let a template read and delete files."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, open only to values of known packages, with a limit on loops."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["counted"] = self._count_steps
        self.steps = 0
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow attributes of known packages; the answer depends on type and name alone, so it is kept."""
        key = type(obj), attr
        if key not in self._safe:
            known = key[0].__module__.partition(".")[0] in OPEN_PACKAGES
            self._safe[key] = known and super().is_safe_attribute(obj, attr, value)
        return self._safe[key]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Keep products small and refuse powers."""
        if operator == "**":
            raise SecurityError("** is not available: calculate in a fact's formula")
        for items, times in ((left, right), (right, left)):
            if hasattr(items, "__len__") and isinstance(times, int) and len(items) * times > MOST_REPEATED:
                raise SecurityError(f"a text or list repeated to more than {MOST_REPEATED:,} items")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the steps of each loop; Jinja calls this hook to parse a template."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def _count_steps(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise SecurityError(f"loops of more than {MOST_STEPS:,} steps in all")
            yield value


class TemplateLoader(FileSystemLoader):
    """Jinja's loader, with our errors for a file that cannot be read."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, UnicodeDecodeError) as error:
            path = next(path for folder in self.searchpath if (path := Path(folder, template)).is_file())
            reason = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else "is not UTF-8"
            raise TemplateError(f"the template {reason}", Location(str(path)), "save it as UTF-8 text") from None


class TemplateCache(BytecodeCache):
    """Compiled templates: all of this process in memory, our own on disk too, valid while text and compiler are the same.

    The files lie where Python keeps the code of modules. A folder beside a brief may come from anybody, and code is
    trusted: its templates are compiled anew in each process.
    """

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get(bucket.key)
        path = None if code else _cache_file(bucket)
        if path:
            with suppress(OSError):
                data = path.read_bytes()
                digest, stored = data[:DIGEST_SIZE], data[DIGEST_SIZE:]
                code = stored if digest == _digest(bucket, stored) else None
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = self._codes[bucket.key] = bucket.bytecode_to_string()
        path = None if sys.dont_write_bytecode else _cache_file(bucket)
        if path:
            with suppress(FileError):
                write_file(path, _digest(bucket, code) + code)


def _cache_file(bucket: Bucket) -> Path | None:
    """Return the file for a template's code; None unless the template is one of ours."""
    is_ours = Path(bucket.key).is_relative_to(template_folder())
    return Path(cache_from_source(f"{bucket.key}.py")) if is_ours else None


def _digest(bucket: Bucket, code: bytes) -> bytes:
    """Hash a template's code with what made it besides its text and Python: Jinja and this module."""
    compiler = (jinja2.__version__, bucket.environment.autoescape, Path(__file__).read_text(encoding="utf-8"))
    return sha256(repr(compiler).encode() + code).digest()


TEMPLATE_CACHE = TemplateCache()

"""What a template may do: read our values and print them. No file, no object behind a value, no endless work."""

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
MOST_REPEATED = 10_000  # what a text or a list may be multiplied to
SEAL = 32  # bytes, of SHA-256
OPEN = frozenset({"builtins", "datetime", "jinja2", "markupsafe", "reportgen"})
"""The packages whose values show their attributes; a path, say, would let a template read and delete files."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed to all values but ours, with an end to every loop."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["counted"] = self._counted
        self.steps = 0
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only of values that we know; Jinja asks for each use what depends on the type and the name alone."""
        asked = type(obj), attr
        if asked not in self._safe:
            known = asked[0].__module__.partition(".")[0] in OPEN
            self._safe[asked] = known and super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Products and powers stay small."""
        if operator == "**":
            raise SecurityError("** is not taken: calculate in a fact's formula")
        for many, times in ((left, right), (right, left)):
            if hasattr(many, "__len__") and isinstance(times, int) and len(many) * times > MOST_REPEATED:
                raise SecurityError(f"a text or a list repeated to more than {MOST_REPEATED:,}")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Jinja's hook for its parser: what each loop goes through is counted."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise SecurityError(f"more than {MOST_STEPS:,} steps of its loops")
            yield value


class TemplateLoader(FileSystemLoader):
    """Jinja's loader, which leaves a file that cannot be read to Python's own words."""

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
    """Templates compiled before, in this process or, of our own, in another: taken while text and compiler are the same.

    They are kept where and when Python keeps the code of modules. A folder beside a brief may come from anybody, and
    code is trusted: what it holds is compiled in each process.
    """

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get(bucket.key)
        path = None if code else _kept(bucket)
        if path:
            with suppress(OSError):
                seal, code = (written := path.read_bytes())[:SEAL], written[SEAL:]
                code = code if seal == _seal(bucket, code) else None
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = self._codes[bucket.key] = bucket.bytecode_to_string()
        path = None if sys.dont_write_bytecode else _kept(bucket)
        if path:
            with suppress(FileError):
                write_file(path, _seal(bucket, code) + code)


def _kept(bucket: Bucket) -> Path | None:
    """The place of a template's code, if the template is ours."""
    ours = Path(bucket.key).is_relative_to(template_folder())
    return Path(cache_from_source(f"{bucket.key}.py")) if ours else None


def _seal(bucket: Bucket, code: bytes) -> bytes:
    """Of a template's code, and of what made it besides its text and Python: Jinja, and what is above."""
    made_by = (jinja2.__version__, bucket.environment.autoescape, Path(__file__).read_text(encoding="utf-8"))
    return sha256(repr(made_by).encode() + code).digest()


TEMPLATE_CACHE = TemplateCache()

"""What a template may do: read our values and print them. No file, no object behind a value, no endless work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.errors import Location, TemplateError

MOST_STEPS = 200_000  # of all loops of one document together
MOST_REPEATED = 10_000  # what a text or a list may be multiplied to
OPEN = frozenset({"builtins", "datetime", "jinja2", "markupsafe", "reportgen"})
"""The packages whose values show their attributes; a path, say, would let a template read and delete files."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed to all values but ours, with an end to every loop."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["counted"] = self._counted
        self.steps = 0

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only of values that we know."""
        return type(obj).__module__.partition(".")[0] in OPEN and super().is_safe_attribute(obj, attr, value)

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


class Loader(FileSystemLoader):
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


class Compiled(BytecodeCache):
    """What this process has compiled before, which is taken again while a template's text is the same."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._codes.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()

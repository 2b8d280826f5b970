"""Find template files and keep their compiled code."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateNotFound
from jinja2.loaders import split_template_path

from reportgen.markup import sandbox
from reportgen.system.errors import FileError, Location, TemplateError
from reportgen.system.files import write_file
from reportgen.system.resources import template_folder

DIGEST_SIZE = 32  # bytes of a SHA-256 digest
MOST_BYTES = 1_000_000  # of one template


class TemplateLoader(FileSystemLoader):
    """Jinja's loader, with our errors, for plain files that lie in the folder itself: no link leads out of it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        for folder in self.searchpath:
            path = Path(folder, *split_template_path(template))
            if path.exists() or path.is_symlink():
                _require_plain_file(path, Path(folder))
                break
        else:
            raise TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, UnicodeDecodeError) as error:
            reason = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else "is not UTF-8"
            raise TemplateError(f"the template {reason}", Location(str(path)), "save it as UTF-8 text") from None


def _require_plain_file(path: Path, folder: Path) -> None:
    """Raise TemplateError for a template that is a link out of its folder, no plain file, or too large.

    The folder may be a link itself only where it is ours: beside a brief, anybody may have put it there.
    """
    home = folder.resolve() if folder == template_folder() else folder.parent.resolve() / folder.name
    try:
        found, kind = path.resolve(strict=True), path.stat()
    except (OSError, RuntimeError) as error:  # pathlib tells a link that leads back to itself in two ways
        reason = getattr(error, "strerror", None) or "its links lead back to themselves"
        raise TemplateError(f"the template cannot be read: {reason}", Location(str(path))) from None
    if not found.is_relative_to(home):
        message = f"the template is a link that leads out of {folder}"
        raise TemplateError(message, Location(str(path)), "copy the file into the folder")
    if not stat.S_ISREG(kind.st_mode):
        raise TemplateError("the template is not a file", Location(str(path)))
    if kind.st_size > MOST_BYTES:
        raise TemplateError(f"the template is larger than {MOST_BYTES:,} bytes", Location(str(path)))


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
    """Hash a template's code with what made it besides its text and Python: Jinja and our sandbox."""
    compiler = (jinja2.__version__, bucket.environment.autoescape, Path(sandbox.__file__).read_text(encoding="utf-8"))
    return sha256(repr(compiler).encode() + code).digest()


TEMPLATE_CACHE = TemplateCache()

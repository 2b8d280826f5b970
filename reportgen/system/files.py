"""Bytes into place: whole or not at all, and several files all or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from reportgen.system.errors import FileError, Location


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises FileError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError("there is no such file", Location(str(path))) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}", Location(str(path))) from None


def write_file(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that a failure leaves what was there. Raises FileError."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write several files, of bytes or of parts that are made one by one; none is put into place before all of them lie beside their places. Raises FileError."""
    with ExitStack() as stack:
        staged = [(stack.enter_context(_stage_file(path, data)), path) for path, data in files.items()]
        for temporary, path in staged:
            with _wrap_os_errors(path):
                if temporary:
                    os.replace(temporary, os.path.realpath(path))


def write_folder(path: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """A folder with these files, each of pieces, made beside its place and moved there; what was there stays until then. Raises FileError."""
    with _wrap_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}")
        try:
            beside.mkdir()
            for name, pieces in files.items():
                with (beside / name).open("wb") as stream:
                    stream.writelines(pieces)
            old = None
            if path.exists():
                old = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", dir=path.parent)) / "old"
                os.replace(path, old)
            os.replace(beside, path)
            if old:
                shutil.rmtree(old.parent)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def remove_leftovers(folder: Path, name: str) -> None:
    """Take away what killed runs have left beside such names (a pattern): for whoever alone writes in that folder."""
    for path in folder.glob(f".{name}.????????"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


@contextmanager
def _stage_file(path: Path, data: bytes | Iterable[bytes]) -> Iterator[str | None]:
    """A whole file beside its place, gone afterwards; None where it is a device or a pipe, which takes it at once."""
    temporary, parts = None, (data,) if isinstance(data, bytes) else data
    try:
        with _wrap_os_errors(path):
            if path.exists() and not path.is_file() and not path.is_dir():
                with path.open("wb") as stream:
                    stream.writelines(parts)
            else:
                handle, temporary = _open_temporary(Path(os.path.realpath(path)), path)
                with os.fdopen(handle, "wb") as stream:
                    stream.writelines(parts)
                os.chmod(temporary, 0o666 & ~_umask())
        yield temporary
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _open_temporary(real: Path, path: Path) -> tuple[int, str]:
    """A new file beside a place, opened; a link stays one, so `real` is what it points to."""
    real.parent.mkdir(parents=True, exist_ok=True)
    if real.is_dir():
        raise FileError("is a folder, not a file", Location(str(path)), "name the file to write")
    return tempfile.mkstemp(prefix=f".{real.name[:40]}.", dir=real.parent)


@contextmanager
def _wrap_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise FileError(reason, Location(str(path)), "what was there before is untouched") from None


def _umask() -> int:
    """Read where it can be: to ask by setting it would, for a moment, open what other threads are writing."""
    with suppress(OSError, StopIteration), open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("Umask:")).split()[1], 8)
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Files read and written with FileError for what the system refuses; a file is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from reportgen.system.errors import FileError, Location

LOCKED = (5, 32)  # Windows: ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION


def read_file(path: Path) -> bytes:
    """Return the bytes of a file. Raises FileError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError("there is no such file", Location(str(path))) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}", Location(str(path))) from None


def write_file(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, so that a failure leaves the earlier file. Raises FileError."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write several files, given as bytes or as parts; all are written before any is moved into place. Raises FileError."""
    with ExitStack() as stack:
        staged = [(stack.enter_context(_stage_file(path, data)), path) for path, data in files.items()]
        for temporary, path in staged:
            with _wrap_os_errors(path):
                if temporary:
                    os.replace(temporary, os.path.realpath(path))


def write_folder(path: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write a folder of files, given in parts, beside its place, then swap it with the earlier one. Raises FileError."""
    with _wrap_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}")
        try:
            temporary.mkdir()
            for name, parts in files.items():
                with (temporary / name).open("wb") as stream:
                    stream.writelines(parts)
            old = None
            if path.exists():
                old = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", dir=path.parent)) / "old"
                os.replace(path, old)
            os.replace(temporary, path)
            if old:
                shutil.rmtree(old.parent)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


def remove_leftovers(folder: Path, name: str) -> None:
    """Remove the temporary files that killed runs left for such names (a pattern). Call it only as the folder's sole writer."""
    for path in folder.glob(f".{name}.????????"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


@contextmanager
def _stage_file(path: Path, data: bytes | Iterable[bytes]) -> Iterator[str | None]:
    """Write a temporary file, removed on exit; yield None for a device or a pipe, which takes the data at once."""
    temporary, parts = None, (data,) if isinstance(data, bytes) else data
    try:
        with _wrap_os_errors(path):
            if path.exists() and not path.is_file() and not path.is_dir():
                with path.open("wb") as stream:
                    stream.writelines(parts)
            else:
                handle, temporary = _open_temporary(path)
                with os.fdopen(handle, "wb") as stream:
                    stream.writelines(parts)
                os.chmod(temporary, 0o666 & ~_read_umask())
        yield temporary
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _open_temporary(path: Path) -> tuple[int, str]:
    """Open a new file beside a file; a link stays one, so beside what it points to."""
    real = Path(os.path.realpath(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    if real.is_dir():
        raise FileError("is a folder, not a file", Location(str(path)), "name the file to write")
    return tempfile.mkstemp(prefix=f".{real.name[:40]}.", dir=real.parent)


@contextmanager
def _wrap_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, hint = f"cannot be written: {error.strerror or error}", "the earlier content is untouched"
        if getattr(error, "winerror", None) in LOCKED:
            hint = f"close it in the program that has it open; {hint}"
        raise FileError(reason, Location(str(path)), hint) from None


def _read_umask() -> int:
    """Read the umask from /proc where there is one: os.umask has to set it for a moment, which other threads would see."""
    with suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii", errors="replace") as status:
        return int(next(line for line in status if line.startswith("Umask:")).split()[1], 8)
    mask = os.umask(0)
    os.umask(mask)
    return mask

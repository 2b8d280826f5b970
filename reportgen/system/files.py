"""Files read and written with FileError for what the system refuses; a file is written whole or not at all.

What is read must be a file: a pipe or a device may have no end. What is written goes to a temporary file beside its place,
which is locked for as long as it is being written. The next write into a folder removes those whose process was killed.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from reportgen.system import interrupts
from reportgen.system.errors import FileError, Location

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MAX_BYTES = 200 * 2**20
LOCKED = (5, 32)  # Windows: ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION
MOST_LOCKS = 100  # files that are open at a time; Windows moves none that is
ENDING = ".reportgen-tmp"  # of temporary files and folders, which begin with a dot
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}
_swept: set[str] = set()
"""The folders from which this process has removed the temporary files of killed runs."""


def read_file(
    path: Path,
    most: int = MAX_BYTES,
    shown_as: str | None = None,
    hint: str | None = None,
    too_large: str | None = None,
) -> bytes:
    """Return the bytes of a file.

    Parameters
    ----------
    path
        The file; a link to one is followed.
    most
        The size in bytes that is refused when it is exceeded.
    shown_as
        The name that messages give it, where that is not the path.
    hint, too_large
        What to do about a folder or a missing file, and about one that is too large.

    Raises
    ------
    FileError
        For what does not exist, cannot be read, is larger, or is no file: a folder, a pipe, a device, a socket.
    """
    where = Location(shown_as or str(path))
    try:
        _require_file(path.stat(), where, hint)  # before it is opened, which some devices take for an order
        with open(
            os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as stream:
            status = os.fstat(stream.fileno())
            _require_file(status, where, hint)
            data = stream.read(most + 1) if status.st_size <= most else b""
            size = max(status.st_size, len(data))
    except FileNotFoundError:
        raise FileError("there is no such file", where, hint) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}", where) from None
    except ValueError:  # NUL, or half of a surrogate pair
        raise FileError("is not a name that a file can have", where) from None
    if size > most:
        raise FileError(f"{_in_megabytes(size)} MB; at most {_in_megabytes(most)} MB are read", where, too_large)
    return data


def _require_file(status: os.stat_result, where: Location, hint: str | None) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
        raise FileError(f"is {kind}, not a file", where, hint if kind == "a folder" else "save its content as a file")


def _in_megabytes(size: int) -> str:
    return f"{size / 2**20:,.{0 if size % 2**20 == 0 or size > 2**30 else 1}f}"


def write_file(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, so that a failure leaves the earlier file. Raises FileError."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write several files, given as bytes or as parts; all are written before any is moved into place. Raises FileError."""
    with ExitStack() as stack:
        locks = len(files) <= MOST_LOCKS and fcntl is not None
        staged = [(stack.enter_context(_stage_file(path, data, locks)), path) for path, data in files.items()]
        with interrupts.Hold():  # all are moved or none
            for temporary, path in staged:
                with _wrap_os_errors(path):
                    if temporary:
                        os.replace(temporary, follow_links(path))


def write_folder(path: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write a folder of files, given in parts, beside its place, then swap it with the earlier one. Raises FileError."""
    with _wrap_os_errors(path), ExitStack() as stack:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary, old = _temporary_name(path), _temporary_name(path)
        for name in (temporary, old):
            stack.enter_context(interrupts.Cleanup(partial(shutil.rmtree, name, ignore_errors=True)))
        os.mkdir(temporary)
        for name, parts in files.items():
            with open(os.path.join(temporary, name), "wb") as stream:
                stream.writelines(parts)
        with interrupts.Hold():
            if path.exists():
                os.replace(path, old)
            try:
                os.replace(temporary, path)
            except OSError:
                if os.path.exists(old):
                    os.replace(old, path)
                raise


def remove_leftovers(folder: Path, name: str) -> None:
    """Remove the temporary files that killed runs left for such names (a pattern). Call it only as the folder's sole writer."""
    for path in folder.glob(f".{name}.????????{ENDING}"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


@contextmanager
def _stage_file(path: Path, data: bytes | Iterable[bytes], keeps_open: bool) -> Iterator[str | None]:
    """Write a temporary file, removed on exit; yield None for a device or a pipe, which takes the data at once."""
    parts = (data,) if isinstance(data, bytes) else data
    with ExitStack() as stack:
        with _wrap_os_errors(path):
            real = follow_links(path)
            if real.exists() and not real.is_file() and not real.is_dir():
                with real.open("wb") as pipe:
                    pipe.writelines(parts)
                temporary = None
            else:
                real.parent.mkdir(parents=True, exist_ok=True)
                if real.is_dir():
                    raise FileError("is a folder, not a file", Location(str(path)), "name the file to write")
                _sweep(str(real.parent))
                temporary, descriptor = _open_temporary(real, stack)
                stream = stack.enter_context(open(descriptor, "wb"))
                stream.writelines(parts)
                stream.flush()
                if not keeps_open:
                    stream.close()
        yield temporary


def follow_links(path: Path) -> Path:
    """Return the path with its links followed; one that leads back to itself stays, and no file is found there."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # NUL, or half of a surrogate pair
        raise FileError("is not a name that a file can have", Location(str(path))) from None


def _open_temporary(path: Path, stack: ExitStack) -> tuple[str, int]:
    """Open a new file beside a path, locked while it is open and removed when the stack is left."""
    while True:
        name = _temporary_name(path)
        stack.enter_context(interrupts.Cleanup(partial(_remove, name)))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(name, flags, 0o666)
        if try_lock(descriptor) is not False and os.fstat(descriptor).st_nlink:
            return name, descriptor
        os.close(descriptor)  # another process took it for a killed one's, between two calls


def _temporary_name(path: Path) -> str:
    return os.path.join(path.parent, f".{path.name[:40]}.{os.urandom(4).hex()}{ENDING}")


def _remove(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)


def try_lock(descriptor: int) -> bool | None:
    """Lock an open file until it is closed; return False where another process holds the lock, None where there are no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (OSError, AttributeError):
        return None
    return True


def _sweep(folder: str) -> None:
    """Remove the temporary files of this user's killed runs: those that are locked are still being written."""
    if folder in _swept or not fcntl:
        return
    _swept.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [each for each in entries if each.name.startswith(".") and each.name.endswith(ENDING)]:
            with suppress(OSError):
                _remove_dead(entry)


def _remove_dead(entry: os.DirEntry[str]) -> None:
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        return
    descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if try_lock(descriptor):
            os.unlink(entry.path)
    finally:
        os.close(descriptor)


@contextmanager
def _wrap_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, hint = f"cannot be written: {error.strerror or error}", "the earlier content is untouched"
        if getattr(error, "winerror", None) in LOCKED:
            hint = f"close it in the program that has it open; {hint}"
        raise FileError(reason, Location(str(path)), hint) from None

"""A folder for the temporary files of one piece of work, in the system's folder for such files.

It is removed at the end, whether the work succeeds, fails or is interrupted. The folder of a killed process is removed by the
next process that opens one: each holds a lock on its folder, which the system releases when the process ends. Other users'
folders, links and whatever only has such a name are left alone.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from reportgen.system import interrupts
from reportgen.system.errors import FileError
from reportgen.system.files import try_lock

TRIES = 50
PREFIX = "reportgen-"


@contextmanager
def open_work_folder() -> Iterator[Path]:
    """Make an empty folder that only this user can read, and remove it with all that is in it on exit. Raises FileError."""
    root = tempfile.gettempdir()
    _remove_dead_folders(root)
    with ExitStack() as stack:
        folder = _make_folder(root, stack)
        while folder is None:  # another process took it for a killed one's, between two calls
            folder = _make_folder(root, stack)
        yield folder


def _make_folder(root: str, stack: ExitStack) -> Path | None:
    """Make a folder that is locked until the stack is left, and then removed; None where it is gone already."""
    folder = Path(root, f"{PREFIX}{os.urandom(8).hex()}")
    stack.enter_context(interrupts.Cleanup(partial(_remove_folder, folder)))
    try:
        folder.mkdir(mode=0o700)
        descriptor = _open_folder(folder)
    except FileNotFoundError:
        if os.path.isdir(root):
            return None
        raise FileError(f"no folder for temporary files: {root} does not exist", hint="set TMPDIR") from None
    except OSError as error:
        raise FileError(f"no folder for temporary files: {error.strerror}", hint="set TMPDIR") from None
    if descriptor is not None:
        stack.callback(os.close, descriptor)
        if try_lock(descriptor) is False or not folder.exists():
            return None
    return folder


def _remove_folder(folder: str | Path) -> None:
    """Remove a folder, although a process that was killed just now may still write a last file into it."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return
        time.sleep(0.02)


def _open_folder(folder: str | Path) -> int | None:
    """Open a folder itself, not what a link points to; None where the system cannot."""
    if not hasattr(os, "O_DIRECTORY"):
        return None
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


def _remove_dead_folders(root: str) -> None:
    """Remove this user's folders that no process has locked."""
    if not hasattr(os, "geteuid") or not shutil.rmtree.avoids_symlink_attacks:
        return
    with suppress(OSError), os.scandir(root) as entries:
        for entry in [each for each in entries if each.name.startswith(PREFIX)]:
            with suppress(OSError):
                _remove_dead_folder(entry)


def _remove_dead_folder(entry: os.DirEntry[str]) -> None:
    status = entry.stat(follow_symlinks=False)
    private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
    if not private or status.st_uid != os.geteuid():
        return
    descriptor = _open_folder(entry.path)
    if descriptor is None:
        return
    try:
        if try_lock(descriptor):
            _remove_folder(entry.path)
    finally:
        os.close(descriptor)

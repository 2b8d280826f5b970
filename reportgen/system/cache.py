"""A cache of bytes in the user's folder, each under a key that identifies all that the bytes were made from.

A cache never fails its user. What cannot be read, or was damaged, is made again; what cannot be written, on a full disk or
in a read-only folder, is not kept. Several processes may use one folder: entries appear whole.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

VARIABLE = "REPORTGEN_CACHE_DIR"
MAX_BYTES = 64 * 2**20
ENDING = ".reportgen"  # of our files, in a folder that may hold others


class Cache(Struct, frozen=True):
    """A folder of entries that together take at most `max_bytes`; those unused for longest are dropped first."""

    folder: Path
    max_bytes: int = MAX_BYTES

    @classmethod
    def of_user(cls, part: str = "") -> Cache | None:
        """Return the user's cache, in the folder that REPORTGEN_CACHE_DIR names or where this system keeps such files.

        `part` is a subfolder. None for a user without a home, as in containers.
        """
        import platformdirs

        try:
            folder = os.environ.get(VARIABLE) or platformdirs.user_cache_dir("reportgen", appauthor=False)
        except RuntimeError:
            return None
        return cls(Path(folder) / part)

    def is_empty(self) -> bool:
        """Return whether the folder has no entry, or does not exist."""
        try:
            return next(self._entries(), None) is None
        except OSError:
            return True

    def get(self, key: str) -> bytes | None:
        """Return the bytes under a key, unless they were damaged."""
        path = self._path(key)
        with suppress(OSError):
            digest, _, data = path.read_bytes().partition(b"\n")
            if digest == _digest(data):
                with suppress(OSError):
                    os.utime(path)  # used just now
                return data
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if possible."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=ENDING, dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_digest(data) + b"\n" + data)
                os.replace(temporary, self._path(key))
            except OSError:
                os.unlink(temporary)
            self._drop_oldest()

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        return (entry for entry in os.scandir(self.folder) if entry.name.endswith(ENDING))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{ENDING}"

    def _drop_oldest(self) -> None:
        """Drop entries down to three quarters of the limit, so that this is rare, and what killed runs have left."""
        entries = [(entry.stat(), entry.path) for entry in self._entries()]
        total = sum(status.st_size for status, _ in entries)
        if total <= self.max_bytes:
            return
        for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns):
            if total <= self.max_bytes * 3 // 4:
                return
            with suppress(FileNotFoundError):  # another process drops entries too
                os.unlink(path)
            total -= status.st_size


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()

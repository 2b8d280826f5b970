"""What was made once is kept between runs: bytes by a key that says all that they were made from.

A cache never fails its user. What cannot be read, or is not what was kept, is made again; what cannot be written, on a
full disk or in a folder that is read-only, is not kept. Several processes may use one folder: entries appear whole.
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
MOST = 64 * 2**20  # bytes
OURS = ".reportgen"  # how our files end, in a folder that may hold others


class Cache(Struct, frozen=True):
    """A folder of entries that together take at most so many bytes; those that were not used for longest are dropped."""

    folder: Path
    most: int = MOST

    @classmethod
    def of_user(cls) -> Cache | None:
        """Where this system keeps such files for its user, or in the folder that REPORTGEN_CACHE_DIR names.

        None for a user without a home, as containers have them.
        """
        import platformdirs

        try:
            return cls(Path(os.environ.get(VARIABLE) or platformdirs.user_cache_dir("reportgen", appauthor=False)))
        except RuntimeError:
            return None

    def empty(self) -> bool:
        """Whether there is nothing in it, or no such folder."""
        try:
            return next(self._ours(), None) is None
        except OSError:
            return True

    def _ours(self) -> Iterator[os.DirEntry[str]]:
        return (entry for entry in os.scandir(self.folder) if entry.name.endswith(OURS))

    def _place(self, key: str) -> Path:
        return self.folder / f"{key}{OURS}"

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, as it was kept."""
        path = self._place(key)
        with suppress(OSError):
            digest, _, data = path.read_bytes().partition(b"\n")
            if digest == _digest(data):
                with suppress(OSError):
                    os.utime(path)  # used just now
                return data
        return None

    def put(self, key: str, data: bytes) -> None:
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=OURS, dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_digest(data) + b"\n" + data)
                os.replace(temporary, self._place(key))
            except OSError:
                os.unlink(temporary)
            self._drop()

    def _drop(self) -> None:
        """Down to three quarters, so that this is rare; files that a killed run has left are dropped like others."""
        entries = [(entry.stat(), entry.path) for entry in self._ours()]
        total = sum(found.st_size for found, _ in entries)
        if total <= self.most:
            return
        for found, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns):
            if total <= self.most * 3 // 4:
                return
            with suppress(FileNotFoundError):  # another process drops them too
                os.unlink(path)
            total -= found.st_size


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()

"""Bytes into place: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from reportgen.errors import FileError, Location


def write(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that a failure leaves what was there. Raises FileError."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise FileError("is a folder, not a file", Location(str(path)), "name the file to write")
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise FileError(
            f"cannot be written: {error.strerror or error}", Location(str(path)), "what was there before is untouched"
        ) from None
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""The attachments of a brief: papers that go with the memo, listed as tabs; own files travel inside its PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.input.yamlfile import KeyPath
from reportgen.system.errors import BriefError, Diagnostic, FileError, Location
from reportgen.system.files import follow_links, read_file

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

MAX_BYTES = 20 * 1024 * 1024
SHORT_HASH = 12
"""Letters of a file's SHA-256 that the list prints; the PDF has the whole file."""
_PROGRAMS = {
    b"MZ": "a Windows program", b"\x7fELF": "a Linux program", b"\xcf\xfa\xed\xfe": "a macOS program", b"\xca\xfe\xba\xbe": "a macOS program or a Java class",
    b"#!": "a script",
}  # fmt: skip
_PROGRAM_NAME = re.compile(
    r"\.(?:exe|com|dll|scr|msi|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|hta|jar|app|sh|bash|py|pl|rb|lnk|iso|img|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppsm)\Z", re.IGNORECASE
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OWN_NAMES = re.compile(r"(?:sources\.json|decision\.json|brief\.yaml)\Z", re.IGNORECASE)


class EnclosedFile(Struct, frozen=True):
    """A file that travels inside the memo: the place of its attachment in the brief, its name, bytes and hash."""

    index: int
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def read_enclosed(brief: Brief) -> tuple[EnclosedFile, ...]:
    """Return the files of a brief's attachments, in their order.

    Raises
    ------
    BriefError
        With each file that is missing, outside the brief's folder, too large, encrypted or a program, at its place.
    """
    found: list[EnclosedFile] = []
    faults: list[Diagnostic] = []
    for index, name in _list_names(brief):
        path: KeyPath = ("attachments", index, "file")
        try:
            found.append(EnclosedFile(index, name.rpartition("/")[2], _read(brief, name)))
        except FileError as error:
            first = error.diagnostics[0]
            faults.append(
                Diagnostic(f"attachments[{index}].file: {name}: {first.message}", brief.where(*path), first.hint)
            )
    names = [file.name for file in found]
    for file in found:
        if names.count(file.name) > 1 or _OWN_NAMES.search(file.name):
            hint = "rename it: all files inside a PDF have a name of their own"
            faults.append(
                Diagnostic(
                    f"attachments[{file.index}].file: another file of the memo is named {file.name}",
                    brief.where("attachments", file.index, "file"),
                    hint,
                )
            )
    if faults:
        raise BriefError(faults)
    return tuple(found)


def _list_names(brief: Brief) -> Iterator[tuple[int, str]]:
    return ((index, each.file) for index, each in enumerate(brief.attachments) if each.file)


def _read(brief: Brief, name: str) -> bytes:
    where = Location(name)
    path = follow_links(brief.folder / name)
    if not path.is_relative_to(brief.folder):
        raise FileError("it is outside the brief's folder", where, "copy it into the brief's folder")
    if _PROGRAM_NAME.search(name):
        raise FileError("a program, or a file with macros, is not attached", where, "attach a document, such as a PDF")
    data = read_file(
        path,
        MAX_BYTES,
        name,
        "put it into the brief's folder",
        f"attach at most {MAX_BYTES // 2**20} MB, or give its address as url:",
    )
    for magic, kind in _PROGRAMS.items():
        if data.startswith(magic):
            raise FileError(f"{kind} is not attached", where, "attach a document, such as a PDF")
    if data.startswith(b"%PDF-") and re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data):
        raise FileError(
            "it is an encrypted PDF, which no reader of the memo could open", where, "attach a copy without a password"
        )
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise FileError("it is encrypted with a password", where, "attach a copy without a password")
    return data

"""What was given to whom: manifest.json and SHA256SUMS of a folder of packets, and the check that it still is so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from reportgen import __version__
from reportgen.errors import Diagnostic, FileError, Location
from reportgen.files import read

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
FORMAT = 1


class File(Struct, frozen=True):
    """One file of a packet: its path below the folder, with "/", and the SHA-256 of its bytes."""

    path: str
    document: str
    sha256: str


class Packet(Struct, frozen=True):
    """What one recipient was given; `number` is that of a numbered copy."""

    recipient: str
    organization: str
    email: str
    number: int | None
    files: tuple[File, ...]


class Manifest(Struct, frozen=True):
    """One edition's packets."""

    title: str
    date: str
    version: int
    brief_sha256: str
    encryption: str
    packets: tuple[Packet, ...]

    def as_json(self) -> Iterator[bytes]:
        """Packet by packet: the whole at once would take more memory than all that made the packets."""
        head = {"format": FORMAT, "tool": f"reportgen {__version__}", **to_builtins(replace(self, packets=()))}
        opening, closing = json.dumps(head, ensure_ascii=False, indent=1).encode().rsplit(b"]", 1)
        yield opening
        comma = b"\n  "
        for packet in self.packets:
            yield comma
            yield json.dumps(to_builtins(packet), ensure_ascii=False, indent=1).replace("\n", "\n  ").encode()
            comma = b",\n  "
        yield (b"\n ]" if self.packets else b"]") + closing + b"\n"

    def sums(self) -> Iterator[bytes]:
        """As sha256sum reads it, the manifest itself included."""
        whole = hashlib.sha256()
        for part in self.as_json():
            whole.update(part)
        yield _line(whole.hexdigest(), MANIFEST)
        for packet in self.packets:
            for file in packet.files:
                yield _line(file.sha256, file.path)


class _Form(Struct, frozen=True):
    """What a manifest must say before anything else of it can be read."""

    format: int


def _line(sha256: str, path: str) -> bytes:
    return f"{sha256}  {path}\n".encode()


def folder_of(version: int) -> str:
    """The folder of a version's packets: those of earlier ones stay where they are."""
    return f"packets/version-{version}"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def load(folder: Path) -> Manifest:
    """The manifest of a folder of packets. Raises FileError for one that is missing or not ours."""
    path = folder / MANIFEST
    data = read(path)
    try:
        if (form := msgspec.json.decode(data, type=_Form).format) != FORMAT:
            raise FileError(f"its format is {form}, and this version reads {FORMAT}", Location(str(path)))
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError(f"is no manifest of reportgen: {error}", Location(str(path))) from None


def verify(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Every file that is missing, altered or not in the manifest."""
    manifest = load(folder)
    return manifest, tuple(_mismatches(folder, manifest))


def _mismatches(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    known = {MANIFEST, SUMS}
    sums = folder / SUMS
    if not sums.is_file():
        yield Diagnostic("is missing", Location(str(sums)))
    elif sums.read_bytes() != b"".join(manifest.sums()):
        yield Diagnostic("does not agree with the manifest", Location(str(sums)), "one of the two was altered")
    for packet in manifest.packets:
        for file in packet.files:
            known.add(file.path)
            path = _below(folder, file.path)
            if path is None:
                yield Diagnostic(f'names a file outside the folder: "{file.path}"', Location(str(folder / MANIFEST)))
            elif not path.is_file():
                yield Diagnostic(f"is missing from the packet of {packet.recipient}", Location(str(path)))
            elif digest(path.read_bytes()) != file.sha256:
                yield Diagnostic(
                    f"is not what {packet.recipient} was given", Location(str(path)), "it was altered since"
                )
    yield from _strays(folder, manifest.version, known)


def _below(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / PurePosixPath(name)).resolve()
    except ValueError:  # a character that no path has
        return None
    return path if path.is_relative_to(folder.resolve()) else None


def _strays(folder: Path, version: int, known: set[str]) -> Iterator[Diagnostic]:
    """Files inside packets that the manifest does not know."""
    for path in sorted((folder / folder_of(version)).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            yield Diagnostic("is in a packet, and not in the manifest", Location(str(path)), severity="warning")

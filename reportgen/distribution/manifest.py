"""What was given to whom: manifest.json and SHA256SUMS of a folder of packets, and the check that it still is so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct, to_builtins

from reportgen.system.errors import Diagnostic, FileError, Location
from reportgen.system.files import read_file
from reportgen.system.version import __version__

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


class EditionInfo(Struct, frozen=True):
    """What all packets of an edition share."""

    title: str
    date: str
    version: int
    brief_sha256: str
    encryption: str


class Manifest(EditionInfo, frozen=True):
    """A manifest that was read, whole."""

    packets: tuple[Packet, ...]


def render_files(about: EditionInfo, packets: Iterable[Packet]) -> dict[str, Iterator[bytes]]:
    """Manifest and checksums, packet by packet: the whole at once would take more memory than all that made them.

    The packets are gone through more than once.
    """
    whole = hashlib.sha256()
    for part in _as_json(about, packets):
        whole.update(part)
    return {MANIFEST: _as_json(about, packets), SUMS: _sums(whole.hexdigest(), packets)}


def _as_json(about: EditionInfo, packets: Iterable[Packet]) -> Iterator[bytes]:
    head = {"format": FORMAT, "tool": f"reportgen {__version__}", **to_builtins(about), "packets": []}
    opening, closing = _indented(head).rsplit(b"]", 1)
    yield opening
    end, comma = b"]", b"\n  "
    for packet in packets:
        yield comma + _indented(packet).replace(b"\n", b"\n  ")
        end, comma = b"\n ]", b",\n  "
    yield end + closing + b"\n"


def _indented(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _sums(manifest: str, packets: Iterable[Packet]) -> Iterator[bytes]:
    """As sha256sum reads it, the manifest itself included."""
    yield _line(manifest, MANIFEST)
    for packet in packets:
        for file in packet.files:
            yield _line(file.sha256, file.path)


class _Form(Struct, frozen=True):
    """What a manifest must say before anything else of it can be read."""

    format: int


def _line(sha256: str, path: str) -> bytes:
    return f"{sha256}  {path}\n".encode()


def version_folder(version: int) -> str:
    """The folder of a version's packets: those of earlier ones stay where they are."""
    return f"packets/version-{version}"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of packets. Raises FileError for one that is missing or not ours."""
    path = folder / MANIFEST
    data = read_file(path)
    try:
        if (form := msgspec.json.decode(data, type=_Form).format) != FORMAT:
            raise FileError(f"its format is {form}, and this version reads {FORMAT}", Location(str(path)))
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError(f"is no manifest of reportgen: {error}", Location(str(path))) from None


def packet_files(folder: Path) -> Iterator[str]:
    """The paths of all files in packets, from the checksums of a run that has just ended."""
    with (folder / SUMS).open(encoding="utf-8") as lines:
        next(lines)  # the manifest's own
        for line in lines:
            yield line.rstrip("\n").partition("  ")[2]


def verify(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Every file that is missing, altered or not in the manifest."""
    manifest = load_manifest(folder)
    return manifest, tuple(_mismatches(folder, manifest))


def _mismatches(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    known = {MANIFEST, SUMS}
    sums = folder / SUMS
    if not sums.is_file():
        yield Diagnostic("is missing", Location(str(sums)))
    elif not _agree(sums, _sums(digest(read_file(folder / MANIFEST)), manifest.packets)):
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


def _agree(path: Path, lines: Iterable[bytes]) -> bool:
    with path.open("rb") as found:
        return all(one == other for one, other in zip_longest(found, lines))


def _strays(folder: Path, version: int, known: set[str]) -> Iterator[Diagnostic]:
    """Files inside packets that the manifest does not know."""
    for place, folders, names in os.walk(folder / version_folder(version)):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.relative_to(folder).as_posix() not in known:
                yield Diagnostic("is in a packet, and not in the manifest", Location(str(path)), severity="warning")

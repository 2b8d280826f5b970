"""The manifest of a folder of packets: manifest.json and SHA256SUMS, which say who was given what, and their check."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct, to_builtins

from reportgen.system import __version__
from reportgen.system.errors import Diagnostic, FileError, Location
from reportgen.system.files import read_file

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
PACKETS = "packets"  # the folder of all versions
FORMAT = 1


class File(Struct, frozen=True):
    """One file of a packet: its path below the folder, with "/", and the SHA-256 of its bytes."""

    path: str
    document: str
    sha256: str


class Packet(Struct, frozen=True):
    """The files of one recipient; `number` is that of a numbered copy."""

    recipient: str
    organization: str
    email: str
    number: int | None
    files: tuple[File, ...]


class EditionInfo(Struct, frozen=True):
    """The facts that all packets of an edition share."""

    title: str
    date: str
    version: int
    brief_sha256: str
    encryption: str


class Manifest(EditionInfo, frozen=True):
    """A manifest as it is read."""

    packets: tuple[Packet, ...]


def render_files(about: EditionInfo, list_packets: Callable[[], Iterable[Packet]]) -> dict[str, Iterator[bytes]]:
    """Return manifest and checksums by name, to be written packet by packet: all at once would take too much memory."""
    whole = hashlib.sha256()
    for part in _render_manifest(about, list_packets()):
        whole.update(part)
    sums = _render_sums(whole.hexdigest(), list_packets())
    return {MANIFEST: _render_manifest(about, list_packets()), SUMS: sums}


def _render_manifest(about: EditionInfo, packets: Iterable[Packet]) -> Iterator[bytes]:
    head = {"format": FORMAT, "tool": f"reportgen {__version__}", **to_builtins(about), "packets": []}
    opening, closing = _format_json(head).rsplit(b"]", 1)
    yield opening
    end, comma = b"]", b"\n  "
    for packet in packets:
        yield comma + _format_json(packet).replace(b"\n", b"\n  ")
        end, comma = b"\n ]", b",\n  "
    yield end + closing + b"\n"


def _format_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _render_sums(manifest_sha256: str, packets: Iterable[Packet]) -> Iterator[bytes]:
    """Yield the lines that sha256sum reads, the manifest's own first."""
    yield f"{manifest_sha256}  {MANIFEST}\n".encode()
    for packet in packets:
        for file in packet.files:
            yield f"{file.sha256}  {file.path}\n".encode()


class _FormatOnly(Struct, frozen=True):
    """The key that says whether the others can be read."""

    format: int


def version_folder(version: int) -> str:
    """Return the folder of a version's packets; those of earlier versions stay in theirs."""
    return f"{PACKETS}/version-{version}"


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def load_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder of packets. Raises FileError for one that is missing or not ours."""
    path = folder / MANIFEST
    data = read_file(path)
    try:
        if (found := msgspec.json.decode(data, type=_FormatOnly).format) != FORMAT:
            raise FileError(f"its format is {found}, and this version reads {FORMAT}", Location(str(path)))
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError(f"is not a manifest of reportgen: {error}", Location(str(path))) from None


def packet_files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in packets, from the checksums of a run that has just ended."""
    with (folder / SUMS).open(encoding="utf-8") as lines:
        next(lines)  # the manifest's own
        for line in lines:
            yield line.rstrip("\n").partition("  ")[2]


def verify(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Return the manifest, and a diagnostic for every file that is missing, altered or not in it. Raises FileError."""
    manifest = load_manifest(folder)
    return manifest, tuple(_find_mismatches(folder, manifest))


def _find_mismatches(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    known = {MANIFEST, SUMS}
    sums = folder / SUMS
    if not sums.is_file():
        yield Diagnostic("is missing", Location(str(sums)))
    elif sums.read_bytes() != b"".join(_render_sums(digest(read_file(folder / MANIFEST)), manifest.packets)):
        yield Diagnostic("does not agree with the manifest", Location(str(sums)), "one of the two was altered")
    for packet in manifest.packets:
        for file in packet.files:
            known.add(file.path)
            path = _path_inside(folder, file.path)
            if path is None:
                yield Diagnostic(f'names a file outside the folder: "{file.path}"', Location(str(folder / MANIFEST)))
            elif not path.is_file():
                yield Diagnostic(f"is missing from the packet of {packet.recipient}", Location(str(path)))
            elif digest(path.read_bytes()) != file.sha256:
                yield Diagnostic(f"is not what {packet.recipient} was given", Location(str(path)), "it was altered")
    for path in sorted((folder / version_folder(manifest.version)).rglob("*")):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            yield Diagnostic("is in a packet, but not in the manifest", Location(str(path)), severity="warning")


def _path_inside(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / PurePosixPath(name)).resolve()
    except (ValueError, RuntimeError):  # a character that no path may have, or links that lead back to themselves
        return None
    return path if path.is_relative_to(folder.resolve()) else None

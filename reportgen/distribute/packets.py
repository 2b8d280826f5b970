"""One recipient's packet on the disk: stamped copies, the letter as a draft mail, in a folder or a zip file.

Everything that all packets share is handed over once: to this process, or to each of several workers.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.distribute import encryption
from reportgen.distribute.edition import Document, Edition
from reportgen.distribute.letter import TEMPLATE, draft, says, written
from reportgen.distribute.manifest import File, Packet, digest, folder_of
from reportgen.distribute.recipients import Recipient
from reportgen.distribute.stamp import PdfStamper, PptxStamper, stamper_of
from reportgen.files import read, write, write_folder
from reportgen.markup.render import prepared
from reportgen.stamps import Stamp

DRAFT, ZIP = "letter.eml", ".zip"
OLDEST = (1980, 1, 1, 0, 0, 0)  # what a zip file may say of its files: the same at any time


class Copy(Struct, frozen=True):
    """What is made for one recipient: the folder's name, and the number where copies are numbered."""

    recipient: Recipient
    name: str
    message_id: str
    number: int | None = None


@dataclass
class Maker:
    """Makes packets of one edition; what every packet shares is prepared with the first one."""

    edition: Edition
    version: int
    brand: Brand
    root: Path
    templates: tuple[Path, ...]
    bottom_line: str
    sender: tuple[str, ...]
    zipped: bool = False
    password: str = field(default="", repr=False)
    _stampers: dict[str, PdfStamper | PptxStamper] = field(default_factory=dict)

    @cached_property
    def letter(self) -> Callable[..., str]:
        """The letter's template, to be filled in."""
        return prepared(TEMPLATE, self.templates, {}, escape=False)

    def packet(self, copy: Copy) -> Packet:
        """Write a packet, whole or not at all, and say what is in it. Raises FileError."""
        files, place = dict(self.files(copy)), self.place(copy)
        if self.zipped:
            places = {place: zipped(files)}
            write(self.root / place, places[place])
            shutil.rmtree(self.root / place.removesuffix(ZIP), ignore_errors=True)  # the same packet in its other form
        else:
            write_folder(self.root / place, files)
            (self.root / f"{place.rstrip('/')}{ZIP}").unlink(missing_ok=True)
            places = {f"{place}{name}": data for name, data in files.items()}
        return self.packet_of(copy, [File(name, self.kind(name), digest(data)) for name, data in places.items()])

    def place(self, copy: Copy) -> str:
        """Where a packet lies below the root, with "/": a folder's place ends with one. Each version has its own."""
        return f"{folder_of(self.version)}/{copy.name}{ZIP if self.zipped else '/'}"

    def files(self, copy: Copy) -> Iterator[tuple[str, bytes]]:
        """The packet's files by name: the stamped documents, then the draft that has them enclosed."""
        stamp = self._stamp(copy)
        stamped = [
            replace(document, data=self._locked(self._stamper(document).copy(stamp.text)))
            for document in self._documents(copy)
        ]
        for document in stamped:
            yield document.file_name, document.data
        letter = written(copy, self, stamped)
        yield DRAFT, draft(letter, copy.recipient, self.edition, stamped, copy.message_id)

    def says_the_same(self, draft: bytes, copy: Copy) -> bool:
        """Whether a draft that was made earlier is what would be written now: template and list may have changed."""
        return says(draft, written(copy, self, self._documents(copy)))

    def _documents(self, copy: Copy) -> list[Document]:
        documents = self.edition.documents
        return [documents[kind] for kind in copy.recipient.documents if kind in documents]

    def _stamp(self, copy: Copy) -> Stamp:
        who = copy.recipient.name if copy.number is not None else ""
        return Stamp.of(self.edition.date, self.edition.language, self.version, who, copy.number)

    def _locked(self, data: bytes) -> bytes:
        return encryption.encrypted(data, self.password) if self.password else data

    def _stamper(self, document: Document) -> PdfStamper | PptxStamper:
        if document.kind not in self._stampers:
            self._stampers[document.kind] = stamper_of(document, self.brand)
        return self._stampers[document.kind]

    def kind(self, place: str) -> str:
        """What a packet's file is: a document's kind, the letter, or the whole packet."""
        name = place.rpartition("/")[2]
        kinds = {each.file_name: each.kind for each in self.edition.documents.values()}
        return kinds.get(name, "letter" if name == DRAFT else "packet")

    def packet_of(self, copy: Copy, files: Sequence[File]) -> Packet:
        who = copy.recipient
        return Packet(who.name, who.organization, who.email, copy.number, tuple(files))


def copy_in(root: Path, packet: Packet) -> bytes:
    """One of the documents in a packet that lies there; empty where somebody has broken it. Raises FileError."""
    file = next(file for file in packet.files if file.document != "letter")
    data = read(root / file.path)
    if not file.path.endswith(ZIP):
        return data
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(next(name for name in archive.namelist() if name != DRAFT))
    return b""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip that has the same bytes at any time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()

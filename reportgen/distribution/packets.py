"""One recipient's packet on the disk: stamped copies and the letter as a draft mail, in a folder or a zip file.

What all packets share is passed once, to this process or to each of several workers.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from reportgen.distribution import encryption
from reportgen.distribution.cover_letter import LetterWriter, build_draft, draft_matches
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.manifest import version_folder
from reportgen.distribution.packet_names import DRAFT, ZIP
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.stamping.pieces import Content
from reportgen.distribution.stamping.shared_zip import zip_files
from reportgen.distribution.stamping.stamper import Stampers
from reportgen.system.files import read_file, write_file, write_folder
from reportgen.text.stamp_text import Stamp


class Copy(Struct, frozen=True):
    """One recipient's copy: the packet's name, and the number where copies are numbered."""

    recipient: Recipient
    name: str
    message_id: str
    number: int | None = None
    replaces: int | None = None
    """The earlier version that the recipient has."""
    page: str = ""
    """The name of the page with what changed since; "" where there is none."""


@dataclass
class PacketMaker:
    """Makes the packets of one edition; what every packet shares is prepared with the first one."""

    edition: Edition
    version: int
    stampers: Stampers
    root: Path
    letters: LetterWriter
    zipped: bool = False
    password: str = field(default="", repr=False)
    pages: Mapping[str, Document] = field(default_factory=dict)
    """The pages with what changed, by the names that copies refer to."""

    def write_packet(self, copy: Copy) -> dict[str, str]:
        """Write a packet, whole or not at all, and return the SHA-256 of its files by path. Raises FileError."""
        files, place = dict(self._build_files(copy)), self.path_of(copy)
        if self.zipped:
            archive = Content((zip_files(files),))
            write_file(self.root / place, archive.data)
            shutil.rmtree(self.root / place.removesuffix(ZIP), ignore_errors=True)  # the same packet in its other form
            files = {place: archive}
        else:
            write_folder(self.root / place, {name: file.parts for name, file in files.items()})
            (self.root / f"{place.rstrip('/')}{ZIP}").unlink(missing_ok=True)
            files = {f"{place}{name}": file for name, file in files.items()}
        return {path: file.sha256 for path, file in files.items()}

    def path_of(self, copy: Copy) -> str:
        """Return a packet's path below the root, with "/"; a folder's ends with one. Each version has its own folder."""
        return f"{version_folder(self.version)}/{copy.name}{ZIP if self.zipped else '/'}"

    def is_up_to_date(self, draft: bytes, copy: Copy) -> bool:
        """Say whether an earlier draft has the words that it would have now: template and list may have changed."""
        documents = list(self._documents_of(copy).values())
        return draft_matches(draft, self.letters.write(copy.recipient, copy.number, documents, copy.replaces))

    def kind_of(self, path: str) -> str:
        """Return what a packet's file is: a document's kind, the letter, or the whole packet."""
        name = path.rpartition("/")[2]
        return self._kinds.get(name, "letter" if name == DRAFT else "packet")

    def _build_files(self, copy: Copy) -> Iterator[tuple[str, Content]]:
        """Yield the packet's files by name: the stamped documents, then the draft that encloses them."""
        name = copy.recipient.name if copy.number is not None else ""
        stamp = Stamp.of(self.edition.date, self.edition.language, self.version, name, copy.number)
        found = self._documents_of(copy)
        stamped = {each.file_name: self._encrypt(self.stampers.copy(key, stamp.text)) for key, each in found.items()}
        yield from stamped.items()
        documents = list(found.values())
        letter = self.letters.write(copy.recipient, copy.number, documents, copy.replaces)
        attached = [each.file_name for each in self.letters.name_attachments(documents)]
        enclosed = dict(zip(attached, stamped.values(), strict=True))
        yield DRAFT, build_draft(letter, copy.recipient, self.edition, enclosed, copy.message_id)

    def _documents_of(self, copy: Copy) -> dict[str, Document]:
        """Return the documents of a packet by the names of their stampers; what changed comes last."""
        documents = self.edition.documents
        found = {kind: documents[kind] for kind in copy.recipient.documents if kind in documents}
        return found | ({copy.page: self.pages[copy.page]} if copy.page in self.pages else {})

    def _encrypt(self, content: Content) -> Content:
        return Content((encryption.encrypt(content.data, self.password),)) if self.password else content

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {each.file_name: each.kind for each in (*self.edition.documents.values(), *self.pages.values())}


def read_document(root: Path, files: Iterable[str]) -> bytes:
    """Return one of the documents in an existing packet; b"" where the packet is damaged. Raises FileError."""
    path = next(path for path in files if not path.endswith(f"/{DRAFT}"))
    data = read_file(root / path)
    if not path.endswith(ZIP):
        return data
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(next(name for name in archive.namelist() if name != DRAFT))
    return b""

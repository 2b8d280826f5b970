"""A brief's documents to everybody on a list, from top to bottom: made, checked, stamped, packed, written down.

A run that was killed is repeated with the same command: packets that were made are not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.brand import Brand
from reportgen.brief import Brief, load_brief
from reportgen.build import finished
from reportgen.distribute import (
    allowed,
    crew,
    edition as editions,
    encryption,
    mail as mails,
    naming,
    recipients as lists,
)
from reportgen.distribute.crew import Crew
from reportgen.distribute.edition import Edition
from reportgen.distribute.ledger import Edition as LedgerEdition, Ledger, Plan
from reportgen.distribute.mailing import Mailing, mail_out
from reportgen.distribute.manifest import MANIFEST, SUMS, File, Manifest, Packet, folder_of
from reportgen.distribute.packets import Copy, Maker, copy_in
from reportgen.distribute.printable import need_printable
from reportgen.distribute.progress import Progress
from reportgen.distribute.recipients import Recipients
from reportgen.distribute.sending import Sent
from reportgen.errors import Diagnostic, EvidenceError, FileError, Location, UsageError
from reportgen.files import clear_remains, write_all
from reportgen.pdf.workshop import Workshop

ALONE = Crew()
LEDGER = "ledger.sqlite"
DOMAIN = "packets.invalid"  # of a draft's Message-ID: whoever sends it gives it another


@dataclass(frozen=True, slots=True)
class Wishes:
    """How copies are made: numbered or not, as folders or zip files, by whom; whether a new edition may begin.

    Where there is a `password`, copies open with it. `mailing` sends them, too; a `workshop` makes the documents.
    """

    numbered: bool = False
    zipped: bool = False
    crew: Crew = ALONE
    new_edition: bool = False
    password: str = field(default="", repr=False)
    mailing: Mailing | None = None
    workshop: Workshop | None = None

    @property
    def how(self) -> str:
        """In words, how these copies differ from plain ones."""
        return " ".join(word for word, said in (("numbered", self.numbered), ("encrypted", self.password)) if said)


class Distributed(Struct, frozen=True):
    """What a run has done: packets made now, those that lay there already, and the mail."""

    manifest: Manifest
    made: int
    kept: int
    mail: Sent | None = None


def distribute(
    brief_path: Path,
    list_path: Path,
    folder: Path,
    wishes: Wishes,
    tell: Callable[[str], object] = str,
    warn: Callable[[Diagnostic], object] = str,
) -> Distributed:
    """Packets for everybody on the list, their manifest and the ledger, in a folder. Raises ReportgenError.

    The list is judged whole, and the documents are checked and read back, before anything is written. What should be
    known without being a fault is said to `warn` as soon as it is known.
    """
    tell(f"reading {list_path}")
    listed = lists.read(list_path)
    tell(f"reading {brief_path}")
    brief = load_brief(brief_path)
    if wishes.mailing:
        listed.need_addresses()
        allowed.need_recipients(brief, Location(str(brief_path)))
    recipients, expired = _current(listed, brief)
    rendered = {kind.name: data for kind, data in finished(brief, folder, True, tell, wishes.workshop).documents}
    wanted = {name for row in recipients for name in row.documents}
    edition = editions.made(brief, rendered, wanted, tell, wishes.workshop)
    if wishes.workshop:
        wishes.workshop.close()  # copies may take hours
    brand = brands.load(brief.folder)
    if wishes.numbered:
        need_printable(recipients, edition, brand)
    tagged = edition.tagged(wishes.how)
    with Ledger.open(folder / LEDGER) as ledger, ledger.edition(tagged, wishes.new_edition) as running:
        plan = running.plan(recipients)
        for each in (*listed.warnings, *expired, *plan.warnings, *_withdrawn(plan)):
            warn(each)
        maker = _maker(brief, brand, edition, running.version, folder, wishes)
        packets, made = _packets(maker, running, plan, wishes, tell)
        locked = encryption.TOLD if wishes.password else ""
        date = edition.date.isoformat()
        manifest = Manifest(edition.title, date, running.version, edition.digest, locked, packets)
        write_all({folder / MANIFEST: manifest.as_json(), folder / SUMS: manifest.sums()})
        mail = mail_out(running, plan, folder, brief, wishes.mailing, tell, warn) if wishes.mailing else None
    return Distributed(manifest, made, len(packets) - made, mail)


def _current(listed: Recipients, brief: Brief) -> tuple[Recipients, tuple[Diagnostic, ...]]:
    """The list without those whose time has run out on the brief's date, and a word about each of them."""
    over = [row for row in listed if row.expires and row.expires < brief.date]
    told = tuple(
        Diagnostic(f'"{row.name}" gets nothing: expired on {row.expires}', listed.where(row), severity="warning")
        for row in over
    )
    return replace(listed, rows=tuple(row for row in listed if row not in over)), told


def _maker(brief: Brief, brand: Brand, edition: Edition, version: int, folder: Path, wishes: Wishes) -> Maker:
    from reportgen.markup.render import template_folders

    return Maker(
        edition, version, brand, folder.resolve(), template_folders(brief.folder), brief.plain(brief.bottom_line),
        tuple(brief.sender), wishes.zipped, wishes.password,
    )  # fmt: skip


def _packets(
    maker: Maker, running: LedgerEdition, plan: Plan, wishes: Wishes, tell: Callable[[str], object]
) -> tuple[tuple[Packet, ...], int]:
    """All packets by copy number, and how many were made: each is written down as soon as it lies in its place."""
    rows = sorted(plan.numbers.items(), key=lambda pair: pair[1])
    names = naming.safe_names(rows)
    copies = {
        number: Copy(row, name, running.message_id(number, DOMAIN), number if wishes.numbered else None)
        for (row, number), name in zip(rows, names, strict=True)
    }
    unsent = {record.number for record in running.pending()}
    found = {
        number: _lying_there(maker, copy, running.files(number), number in unsent) for number, copy in copies.items()
    }
    if wishes.password:
        _need_same_password(maker, found.values())
    todo = {number: copy for number, copy in copies.items() if found[number] is None}
    clear_remains(maker.root / folder_of(maker.version), naming.NUMBERED)
    progress = Progress("packet", len(todo), tell)
    for number, packet in crew.packets(maker, todo.items(), wishes.crew):
        running.built(number, {file.path: file.sha256 for file in packet.files})
        found[number] = packet
        progress.one_more()
    return tuple(packet for packet in found.values() if packet), len(todo)


def _lying_there(maker: Maker, copy: Copy, files: Mapping[str, str], unsent: bool) -> Packet | None:
    """The packet that the ledger says was made, if all of it still lies there under this name.

    One that was not sent yet must also say what its letter would say now. What somebody has altered is left to them.
    """
    if not files or not all(path.startswith(maker.place(copy)) and (maker.root / path).is_file() for path in files):
        return None
    with suppress(FileError):
        if unsent and not maker.says_the_same(mails.draft(maker.root, files), copy):
            return None
    return maker.packet_of(copy, [File(path, maker.kind(path), sha256) for path, sha256 in files.items()])


def _need_same_password(maker: Maker, found: Iterable[Packet | None]) -> None:
    """Raises UsageError where copies that lie there open with another password: nobody would know which does with which."""
    kept = next((packet for packet in found if packet), None)
    try:
        if kept:
            encryption.opened(copy_in(maker.root, kept), {encryption.VARIABLE: maker.password})
    except EvidenceError:
        folder = maker.root / folder_of(maker.version)
        hint = f"give that one; or delete {folder}, and all copies are made with the new one"
        raise UsageError("the copies that lie there open with another password", Location(str(folder)), hint) from None


def _withdrawn(plan: Plan) -> Sequence[Diagnostic]:
    return [
        Diagnostic(
            f'"{holder.name}" is no longer on the list: copy {holder.number} is withdrawn; if it was made, its packet lies there still',
            severity="warning",
        )
        for holder in plan.withdrawn
    ]

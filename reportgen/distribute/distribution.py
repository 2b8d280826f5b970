"""A brief's documents to everybody on a list, from top to bottom: made, checked, stamped, packed, written down.

A run that was killed is repeated with the same command: packets that were made are not made again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.brief import Brief, load_brief
from reportgen.distribute import edition as editions, encryption, manifest as manifests
from reportgen.distribute.edition import Edition
from reportgen.distribute.ledger.ledger import EditionRun, Ledger, Plan
from reportgen.distribute.mail import permission
from reportgen.distribute.mail.delivery import MailResult
from reportgen.distribute.mail.mail_run import Mailing, mail_packets
from reportgen.distribute.manifest import EditionInfo, File, Packet
from reportgen.distribute.packet_makers import Crew
from reportgen.distribute.packet_making import make
from reportgen.distribute.packets import PacketMaker
from reportgen.distribute.recipients import recipient_list as lists
from reportgen.distribute.recipients.recipient_list import Recipients
from reportgen.distribute.stamping.printable import need_printable
from reportgen.distribute.stamping.stamper import Stampers
from reportgen.pdf.workshop import Workshop
from reportgen.pipeline.documents import finished
from reportgen.system.errors import Diagnostic, Location
from reportgen.system.files import write_files

ALONE = Crew()
WAYS = {
    "": "without --numbered or --encrypt",
    "numbered": "with --numbered",
    "encrypted": "with --encrypt",
    "numbered encrypted": "with --numbered and --encrypt",
}
"""What makes copies of the same documents others, and the options for it."""
LEDGER = "ledger.sqlite"


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

    version: int
    made: int
    kept: int
    mail: MailResult | None = None


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
    listed = lists.read_list(list_path)
    tell(f"reading {brief_path}")
    brief = load_brief(brief_path)
    if wishes.mailing:
        listed.require_addresses()
        permission.require_recipients(brief, Location(str(brief_path)))
    recipients, expired = _current(listed, brief)
    rendered = {kind.name: data for kind, data in finished(brief, folder, True, tell, wishes.workshop).documents}
    wanted = {name for row in recipients for name in row.documents}
    edition = editions.made(brief, rendered, wanted, tell, wishes.workshop)
    if wishes.workshop:
        wishes.workshop.close()  # copies may take hours
    stampers = Stampers(edition, brands.load(brief.folder))
    if wishes.numbered:
        need_printable(recipients, edition, stampers)
    gc.collect()  # so that a long list's packets find room in what reading back has left in cycles
    tagged = edition.tagged(wishes.how)
    others = {edition.tagged(how): options for how, options in WAYS.items()}
    with (
        Ledger.open(folder / LEDGER) as ledger,
        ledger.open_edition(tagged, wishes.new_edition, known_options=others) as running,
    ):
        plan = running.plan(recipients)
        for each in (*listed.warnings, *expired, *plan.warnings, *_withdrawn(plan)):
            warn(each)
        maker = _maker(brief, stampers, edition, running.version, folder, wishes)
        made = make(maker, running, plan, wishes.numbered, wishes.crew, tell)
        locked = encryption.DESCRIPTION if wishes.password else ""
        about = EditionInfo(edition.title, edition.date.isoformat(), running.version, edition.digest, locked)
        told = manifests.render_files(about, Given(running, maker, wishes.numbered))
        write_files({folder / name: parts for name, parts in told.items()})
        mail = mail_packets(running, plan, folder, brief, wishes.mailing, tell, warn) if wishes.mailing else None
    return Distributed(running.version, made, len(plan.numbers) - made, mail)


class Given:
    """All packets by copy number, as the ledger knows them: read anew each time, so that no run holds them all."""

    def __init__(self, running: EditionRun, maker: PacketMaker, numbered: bool) -> None:
        self._running, self._maker, self._numbered = running, maker, numbered

    def __iter__(self) -> Iterator[Packet]:
        for who, sums in self._running.packets():
            files = tuple(File(path, self._maker.kind_of(path), sha256) for path, sha256 in sums.items())
            number = who.number if self._numbered else None
            yield Packet(who.name, who.organization, who.email, number, files)


def _current(listed: Recipients, brief: Brief) -> tuple[Recipients, tuple[Diagnostic, ...]]:
    """The list without those whose time has run out on the brief's date, and a word about each of them."""
    over = [row for row in listed if row.expires and row.expires < brief.date]
    told = tuple(
        Diagnostic(f'"{row.name}" gets nothing: expired on {row.expires}', listed.location_of(row), severity="warning")
        for row in over
    )
    return replace(listed, rows=tuple(row for row in listed if row not in over)), told


def _maker(
    brief: Brief, stampers: Stampers, edition: Edition, version: int, folder: Path, wishes: Wishes
) -> PacketMaker:
    from reportgen.markup.templates import template_folders

    return PacketMaker(
        edition, version, stampers, folder.resolve(), template_folders(brief.folder), brief.plain(brief.bottom_line),
        tuple(brief.sender), wishes.zipped, wishes.password,
    )  # fmt: skip


def _withdrawn(plan: Plan) -> Sequence[Diagnostic]:
    return [
        Diagnostic(
            f'"{holder.name}" is no longer on the list: copy {holder.number} is withdrawn; if it was made, its packet lies there still',
            severity="warning",
        )
        for holder in plan.withdrawn
    ]

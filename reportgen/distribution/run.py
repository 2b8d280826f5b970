"""A brief's documents to everybody on a list, from top to bottom: built, stamped, packed, recorded, mailed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.brand.page_style import Letterhead
from reportgen.brief import Brief, load_brief
from reportgen.changes import Snapshot
from reportgen.changes.states.brief_snapshot import take_snapshot
from reportgen.distribution import encryption, manifest as manifests
from reportgen.distribution.clear_text import ClearText
from reportgen.distribution.cover_letter import LetterWriter
from reportgen.distribution.editions.change_pages import PageKey, PageMaker
from reportgen.distribution.editions.edition import Document, Edition, make_edition
from reportgen.distribution.editions.sealed_snapshot import seal, unseal
from reportgen.distribution.ledger.copy_lookup import Subject
from reportgen.distribution.ledger.ledger import LEDGER, EditionRun, Ledger, Plan
from reportgen.distribution.mail import permission
from reportgen.distribution.mail.delivery import MailResult
from reportgen.distribution.mail.mail_run import Mailing, mail_packets
from reportgen.distribution.manifest import EditionInfo, File, Packet
from reportgen.distribution.packet_makers import Executors
from reportgen.distribution.packet_making import make_missing
from reportgen.distribution.packets import PacketMaker
from reportgen.distribution.recipients.recipient_list import Recipients, read_list
from reportgen.distribution.stamping.printable import need_printable
from reportgen.distribution.stamping.stamper import Stampers
from reportgen.markup.templates import template_folders
from reportgen.pdf.typesetting import Workers
from reportgen.pipeline.gap_refusal import refuse_gaps
from reportgen.pipeline.inputs import Input, Output, protect_inputs
from reportgen.pipeline.kinds import Options
from reportgen.system.errors import Diagnostic, Location
from reportgen.system.files import write_files
from reportgen.system.progress import Stage, report

EDITIONS = {
    "": "without --numbered or --encrypt",
    "numbered": "with --numbered",
    "encrypted": "with --encrypt",
    "numbered encrypted": "with --numbered and --encrypt",
}
"""The ways of making copies that make an edition of their own, and the options for each."""


@dataclass(frozen=True, slots=True)
class DistributionOptions:
    """Options of a distribution: packets are one zip file each if `zipped`, and mailed if there is a `mailing`.

    `numbered` pages and slides name the copy's holder. Copies open with the `password` alone, if it is not empty. Only
    with `new_edition` may a changed brief begin a new version. The `executors` make the packets; the `workers` do the slow
    part of making the `documents`.
    """

    numbered: bool = False
    zipped: bool = False
    executors: Executors = Executors()  # noqa: RUF009  # immutable
    new_edition: bool = False
    password: str = field(default="", repr=False)
    mailing: Mailing | None = None
    documents: Options = Options()  # noqa: RUF009  # immutable
    workers: Workers | None = None

    @property
    def way(self) -> str:
        """Return the difference from plain copies: a key of EDITIONS."""
        return " ".join(word for word, used in (("numbered", self.numbered), ("encrypted", self.password)) if used)


class Distribution(Struct, frozen=True):
    """The result of a run: packets made now, those that existed already, and the mail."""

    version: int
    made: int
    kept: int
    mail: MailResult | None = None


def distribute(
    brief_path: Path, list_path: Path, folder: Path, options: DistributionOptions, warn: Callable[[Diagnostic], object]
) -> Distribution:
    """Make packets for everybody on a list, their manifest and the ledger, in a folder.

    The list is checked whole, and the documents are checked and audited, before anything is written. A run that was
    killed is continued by the same call. `warn` receives each warning at once.

    Raises RecipientsError for the list, EditionError when the brief has changed since copies were made, and whatever
    building the documents and writing the packets raise.
    """
    report(Stage.READING, str(list_path))
    listed = read_list(list_path)
    report(Stage.READING, str(brief_path))
    brief = load_brief(brief_path)
    refuse_gaps(brief, "write it: no draft is distributed")
    _protect_inputs(brief, list_path, folder, options.documents.theme)
    if options.mailing:
        listed.require_addresses()
        permission.require_recipients(brief, Location(str(brief_path)))
    recipients, expired = _drop_expired(listed, brief)
    wanted = {name for row in recipients for name in row.documents}
    edition = make_edition(brief, folder, wanted, options.documents, options.workers)
    brand = brands.load(brief.folder)
    if options.numbered:
        need_printable(recipients, edition, Stampers(edition, brand))
    snapshot = take_snapshot(brief, edition.printed)
    known = {edition.tagged_digest(way): words for way, words in EDITIONS.items()}
    with (
        Ledger.open(folder / LEDGER) as ledger,
        ledger.open_edition(edition.tagged_digest(options.way), options.new_edition, known_options=known) as run,
    ):
        run.record_subject(Subject(edition.title, edition.date, edition.language))
        plan = run.plan(recipients)
        for warning in (*brand.warnings, *listed.warnings, *expired, *plan.warnings, *_list_withdrawn(plan)):
            warn(warning)
        held = {number: had for number, had in run.held_copies().items() if number in set(plan.numbers.values())}
        pages = PageMaker(
            edition, snapshot, run.version, brand, template_folders(brief.folder), options.documents.paper,
            run.read_snapshot, options.password,
        )  # fmt: skip
        keys = [PageKey.of(held[number], row.documents) for row, number in plan.numbers.items() if number in held]
        changed = pages.make(keys, folder / LEDGER, warn)
        _record_snapshot(run, snapshot, options.password)
        stampers = Stampers(edition, brand, changed)
        maker = _packet_maker(brief, stampers, edition, run.version, folder, options, changed, brand.page.letterhead)
        made = make_missing(maker, run, plan, options.numbered, options.executors, held)
        encrypted = encryption.DESCRIPTION if options.password else ""
        info = EditionInfo(edition.title, edition.date.isoformat(), run.version, edition.digest, encrypted)
        files = manifests.render_files(info, partial(_list_packets, run, maker, options.numbered))
        write_files({folder / name: parts for name, parts in files.items()})
        mail = mail_packets(run, plan, folder, brief, options.mailing, warn) if options.mailing else None
    return Distribution(run.version, made, len(plan.numbers) - made, mail)


def _record_snapshot(run: EditionRun, snapshot: Snapshot, password: str) -> None:
    """Record what the edition says, unless that is recorded under another password: the run is refused then."""
    known = run.read_snapshot(run.version)
    if known is None or unseal(known, password):
        run.record_snapshot(seal(snapshot, password))


def _protect_inputs(brief: Brief, list_path: Path, folder: Path, theme: Path | None) -> None:
    """Raise UsageError when a file of the folder that is written is one that is read."""
    ledger = [f"{LEDGER}{ending}" for ending in ("", "-wal", "-shm", "-journal", ".lock")]
    names = {**dict.fromkeys(ledger, "the ledger"), manifests.MANIFEST: "the manifest", manifests.SUMS: "the checksums"}
    outputs = [Output(what, folder / name, "--output-dir") for name, what in names.items()]
    packets = Output("a packet", folder / manifests.PACKETS, "--output-dir", is_folder=True)
    protect_inputs([*outputs, packets], brief, theme, [Input("the list of recipients", list_path)])


def _list_packets(run: EditionRun, maker: PacketMaker, numbered: bool) -> Iterator[Packet]:
    """Yield all packets by copy number, read from the ledger each time, so that no run holds them all."""
    for who, sums in run.packets():
        files = tuple(File(path, maker.kind_of(path), sha256) for path, sha256 in sums.items())
        yield Packet(who.name, who.organization, who.email, who.number if numbered else None, files)


def _drop_expired(listed: Recipients, brief: Brief) -> tuple[Recipients, tuple[Diagnostic, ...]]:
    """Return the list without the rows that have expired on the brief's date, and a warning about each of them."""
    expired = [row for row in listed if row.expires and row.expires < brief.date]
    warnings = tuple(
        Diagnostic(f'"{row.name}" gets nothing: expired on {row.expires}', listed.location_of(row), severity="warning")
        for row in expired
    )
    return replace(listed, rows=tuple(row for row in listed if row not in expired)), warnings


def _packet_maker(
    brief: Brief,
    stampers: Stampers,
    edition: Edition,
    version: int,
    folder: Path,
    options: DistributionOptions,
    pages: Mapping[str, Document] = MappingProxyType({}),
    letterhead: Letterhead | None = None,
) -> PacketMaker:
    protected = ClearText.of(brief) if options.password or brief.marking else None
    letters = LetterWriter(
        edition, version, bool(options.password), template_folders(brief.folder), brief.plain(brief.bottom_line),
        tuple(brief.sender), protected, letterhead.address if letterhead else (),
    )  # fmt: skip
    return PacketMaker(
        edition, version, stampers, folder.resolve(), letters, options.zipped, options.password, dict(pages)
    )


def _list_withdrawn(plan: Plan) -> Sequence[Diagnostic]:
    """Return a warning about each copy whose holder is no longer on the list."""
    return [
        Diagnostic(
            f'"{holder.name}" is no longer on the list: copy {holder.number} is withdrawn; a packet made earlier is not deleted',
            severity="warning",
        )
        for holder in plan.withdrawn
    ]

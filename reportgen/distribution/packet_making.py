"""The missing packets of an edition: found, made, and recorded in the ledger as soon as each is in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType

from reportgen.distribution import encryption
from reportgen.distribution.counter import Counter
from reportgen.distribution.editions.change_pages import PageKey
from reportgen.distribution.ledger.held_copies import HeldCopy
from reportgen.distribution.ledger.ledger import EditionRun, Plan
from reportgen.distribution.mail.outgoing import read_draft
from reportgen.distribution.manifest import version_folder
from reportgen.distribution.packet_makers import Executors, make_packets
from reportgen.distribution.packet_names import NUMBERED, safe_name
from reportgen.distribution.packets import Copy, PacketMaker, read_document
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.system.errors import EvidenceError, FileError, Location, UsageError
from reportgen.system.files import remove_leftovers
from reportgen.system.progress import Stage

DOMAIN = "packets.invalid"  # of a draft's Message-ID: whoever sends it gives it another


def make_missing(
    maker: PacketMaker,
    run: EditionRun,
    plan: Plan,
    numbered: bool,
    executors: Executors,
    held: Mapping[int, HeldCopy] = MappingProxyType({}),
) -> int:
    """Make the packets that are missing and return their number. `held` is the earlier version that each number has."""

    def copy_for(row: Recipient, number: int) -> Copy:
        had = held.get(number)
        page = PageKey.of(had, row.documents).name if had else ""
        return Copy(
            row, safe_name(row, number), run.message_id(number, DOMAIN), number if numbered else None,
            had.version if had else None, page if page in maker.pages else "",
        )  # fmt: skip

    rows = _find_missing(maker, run, plan, copy_for)
    remove_leftovers(maker.root / version_folder(maker.version), NUMBERED)
    counter = Counter(Stage.PACKING, len(rows))
    for number, files in make_packets(maker, ((number, copy_for(row, number)) for row, number in rows), executors):
        run.record_files(number, files)
        counter.add_one()
    return len(rows)


def _find_missing(
    maker: PacketMaker, run: EditionRun, plan: Plan, copy_for: Callable[[Recipient, int], Copy]
) -> list[tuple[Recipient, int]]:
    """Return the rows without a valid packet, with the copies' numbers. Raises UsageError when existing ones open with another password."""
    pending = {record.number for record in run.pending()}
    existing: Mapping[str, str] = {}
    missing: list[tuple[Recipient, int]] = []
    for row, number in sorted(plan.numbers.items(), key=lambda pair: pair[1]):
        files = run.files(number)
        if _is_valid(maker, copy_for(row, number), files, number in pending):
            existing = existing or files
        else:
            missing.append((row, number))
    if maker.password and existing:
        _require_same_password(maker, existing)
    return missing


def _is_valid(maker: PacketMaker, copy: Copy, files: Mapping[str, str], unsent: bool) -> bool:
    """Return whether the packet in the ledger still exists, whole and under its name.

    The letter of an unsent one must also be what would be written now. A letter that somebody has edited is left alone.
    """
    if not files or not all(path.startswith(maker.path_of(copy)) and (maker.root / path).is_file() for path in files):
        return False
    with suppress(FileError):
        return not unsent or maker.is_up_to_date(read_draft(maker.root, files), copy)
    return True


def _require_same_password(maker: PacketMaker, existing: Mapping[str, str]) -> None:
    """Raise UsageError when existing copies open with another password: nobody would know which one opens which copy."""
    try:
        encryption.decrypt(read_document(maker.root, existing), {encryption.VARIABLE: maker.password})
    except EvidenceError:
        folder = maker.root / version_folder(maker.version)
        hint = f"set that password, or delete {folder} to make all copies with the new one"
        raise UsageError("the existing copies open with another password", Location(str(folder)), hint) from None

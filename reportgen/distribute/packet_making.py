"""The packets that are lacking: found, made, and each written down as soon as it lies in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from reportgen.distribute import encryption, packet_makers as crews, packet_names
from reportgen.distribute.ledger.ledger import EditionRun, Plan
from reportgen.distribute.mail import outgoing as mails
from reportgen.distribute.manifest import version_folder
from reportgen.distribute.packet_makers import Crew
from reportgen.distribute.packets import Copy, PacketMaker, read_document
from reportgen.distribute.progress import Progress
from reportgen.distribute.recipients.recipient import Recipient
from reportgen.system.errors import EvidenceError, FileError, Location, UsageError
from reportgen.system.files import remove_leftovers

DOMAIN = "packets.invalid"  # of a draft's Message-ID: whoever sends it gives it another


Row = tuple[Recipient, int]  # with the copy's number


def make(
    maker: PacketMaker, running: EditionRun, plan: Plan, numbered: bool, crew: Crew, tell: Callable[[str], object] = str
) -> int:
    """Make what is lacking; how many packets that were."""

    def copy(row: Recipient, number: int) -> Copy:
        return Copy(
            row, packet_names.safe_name(row, number), running.message_id(number, DOMAIN), number if numbered else None
        )

    todo = _lacking(maker, running, plan, copy)
    remove_leftovers(maker.root / version_folder(maker.version), packet_names.NUMBERED)
    progress = Progress("packet", len(todo), tell)
    for number, packet in crews.packets(maker, ((number, copy(row, number)) for row, number in todo), crew):
        running.record_files(number, {file.path: file.sha256 for file in packet.files})
        progress.advance()
    return len(todo)


def _lacking(maker: PacketMaker, running: EditionRun, plan: Plan, copy: Callable[[Recipient, int], Copy]) -> list[Row]:
    """Those that do not lie there as they should. Raises UsageError where the others open with another password."""
    rows = sorted(plan.numbers.items(), key=lambda pair: pair[1])
    unsent = running.pending_numbers()
    kept: Mapping[str, str] = {}
    todo: list[Row] = []
    for each in rows:
        files = running.files(each[1])
        if _lies_there(maker, copy(*each), files, each[1] in unsent):
            kept = kept or files
        else:
            todo.append(each)
    if maker.password and kept:
        _need_same_password(maker, kept)
    return todo


def _lies_there(maker: PacketMaker, copy: Copy, files: Mapping[str, str], unsent: bool) -> bool:
    """Whether a packet that the ledger says was made still lies there, all of it and under this name.

    One that was not sent yet must also say what its letter would say now. What somebody has altered is left to them.
    """
    if not files or not all(path.startswith(maker.path_of(copy)) and (maker.root / path).is_file() for path in files):
        return False
    with suppress(FileError):
        return not unsent or maker.is_up_to_date(mails.read_draft(maker.root, files), copy)
    return True


def _need_same_password(maker: PacketMaker, kept: Mapping[str, str]) -> None:
    """Raises UsageError where copies that lie there open with another password: nobody would know which does with which."""
    try:
        encryption.decrypt(read_document(maker.root, kept), {encryption.VARIABLE: maker.password})
    except EvidenceError:
        folder = maker.root / version_folder(maker.version)
        hint = f"give that one; or delete {folder}, and all copies are made with the new one"
        raise UsageError("the copies that lie there open with another password", Location(str(folder)), hint) from None

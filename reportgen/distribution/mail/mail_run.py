"""The mail of one run: what is left to send, confirmed before it begins, or sent to the sender as samples."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import localtime
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brief import Brief
from reportgen.brief.marking import Marking
from reportgen.distribution.ledger.ledger import EditionRun, Plan
from reportgen.distribution.mail import outgoing, smtp_session
from reportgen.distribution.mail.delivery import GIVE_UP, Mail, MailResult, Pace, send_mails
from reportgen.distribution.mail.mail_server import USER, Login, Server, connect, read_login, read_timeout
from reportgen.distribution.mail.outgoing import Sender
from reportgen.distribution.mail.permission import refusal_reason
from reportgen.distribution.mail.smtp_session import Connection, Reply
from reportgen.system.errors import Diagnostic, FileError, UsageError
from reportgen.system.progress import Stage, report

MOST_MINUTES = 7 * 24 * 60
FEW = 5  # recipients that a question names


class Question(Struct, frozen=True):
    """The question before any mail is sent."""

    count: int
    subject: str
    markings: tuple[str, ...]
    server: Server
    sender: Sender
    first: tuple[str, ...]

    def __str__(self) -> str:
        more = f", and {self.count - len(self.first)} more" if self.count > len(self.first) else ""
        return (
            f"mails:     {self.count}\n"
            f"subject:   {self.subject}\n"
            f"markings:  {'; '.join(self.markings) or 'none'}\n"
            f"server:    {self.server}\n"
            f"sender:    {self.sender}\n"
            f"to:        {', '.join(self.first)}{more}"
        )


class Mailing(Struct, frozen=True):
    """The settings of a mailing: server, sender, pace, and how many `samples` go to the sender alone.

    `confirm` answers the question before any mail is sent; `timeout` is in seconds.
    """

    server: Server
    login: Login | None
    sender: Sender
    confirm: Callable[[Question], bool]
    timeout: float
    pace: Pace = field(default_factory=Pace)
    samples: int = 0


def plan_mailing(
    url: str,
    sender: str | None,
    confirm: Callable[[Question], bool],
    samples: int | None = None,
    limit: int | None = None,
    pause: float = 0.0,
    environment: Mapping[str, str] | None = None,
    give_up: float = GIVE_UP,
) -> Mailing:
    """Return how mail is to be sent, with login and time limit from the environment or the keyring. Raises UsageError.

    `samples` mails go to the sender alone, or at most `limit` to recipients, with `pause` seconds between two. Those that
    are refused for now are tried again for `give_up` minutes.
    """
    variables = os.environ if environment is None else environment
    server = Server.parse(url)
    address = Sender.parse(sender, variables.get(USER, ""))
    for name, number in (("sample", samples), ("limit", limit)):
        if number is not None and number < 1:
            raise UsageError(f"--{name} {number}: at least one")
    if samples and limit:
        hint = "samples go to the sender, and are not counted"
        raise UsageError("--sample and --limit both choose how many mails are sent", hint=hint)
    if not 0 <= pause <= 86_400:
        raise UsageError(f"--pause {pause:g}: give seconds, at most a day")
    if not 0 <= give_up <= MOST_MINUTES:
        raise UsageError(f"--give-up {give_up:g}: give minutes, at most a week")
    login, timeout = read_login(server, variables), read_timeout(variables)
    return Mailing(server, login, address, confirm, timeout, Pace(limit, pause, give_up=give_up), samples or 0)


def mail_packets(
    edition: EditionRun, plan: Plan, root: Path, brief: Brief, mailing: Mailing, warn: Callable[[Diagnostic], object]
) -> MailResult:
    """Send what is not sent yet, or samples of it.

    Raises FileError where no connection can be had, and UsageError where `confirm` says no, both before any attempt.
    """
    mails = _pending_mails(edition, plan, root)
    refused = {} if mailing.samples else _find_refused(mails, brief.marking, localtime())
    for diagnostic in refused.values():
        warn(diagnostic)
    mails = [mail for mail in mails if mail.number not in refused][: mailing.samples or mailing.pace.limit]
    if not mails:
        return MailResult(refused=tuple(refused.values()), left=len(edition.pending()))
    connection = Connection(partial(connect, mailing.server, mailing.login, mailing.timeout))
    report(Stage.LOGGING_IN, mailing.server.host)
    connection.ready()
    try:
        if mailing.samples:
            return _send_samples(mails, connection, brief.marking, mailing.sender)
        for mail in mails:
            if mail.uncertain:
                message = "may have arrived in an earlier run, and is sent again under the same Message-ID"
                warn(mail.diagnostic(message, "warning"))
        first = tuple(f"{mail.recipient.name} <{mail.recipient.email}>" for mail in mails[:FEW])
        lines, subject = brief.marks.lines, _first_subject(mails)
        if not mailing.confirm(Question(len(mails), subject, lines, mailing.server, mailing.sender, first)):
            raise UsageError("nothing was sent", hint='the answer was not "yes"')
        result = send_mails(edition, mails, connection, mailing.sender, mailing.pace)
        return replace(result, refused=tuple(refused.values()))
    finally:
        connection.close()


def _pending_mails(edition: EditionRun, plan: Plan, root: Path) -> list[Mail]:
    """Return what is not sent yet; those that failed come last, so that a limit lets the others through."""
    recipients = {number: row for row, number in plan.numbers.items()}
    return [
        Mail(record.number, recipients[record.number], root, edition.files(record.number), record.state == "uncertain")
        for record in sorted(edition.pending(), key=lambda record: (record.state == "failed", record.number))
    ]


def _find_refused(mails: Sequence[Mail], marking: Marking | None, now: datetime) -> dict[int, Diagnostic]:
    """Return why mails may not be sent, by copy number."""
    return {
        mail.number: mail.diagnostic(f"not sent: {reason}")
        for mail in mails
        if (reason := refusal_reason(mail.recipient, marking, now)) is not None
    }


def _first_subject(mails: Sequence[Mail]) -> str:
    """Return the subject of the first draft that is unaltered; the others are reported when their turn comes."""
    for mail in mails:
        with suppress(FileError):
            return outgoing.read_subject(outgoing.read_draft(mail.root, mail.files))
    return ""


def _send_samples(mails: Sequence[Mail], connection: Connection, marking: Marking | None, sender: Sender) -> MailResult:
    """Send the first mails to the sender alone. The ledger does not record samples."""
    if marking and not marking.allows(sender.address):
        raise UsageError(f"the marking does not allow a sample at {sender.address}", hint="see marking.recipients")
    failed: list[Diagnostic] = []
    for mail in mails:
        draft = outgoing.read_draft(mail.root, mail.files)
        data = outgoing.make_sample(draft, mail.recipient.name, sender, localtime())
        smtp = connection.ready()
        if error := smtp_session.size_error(smtp, data):
            reply = Reply("refused", error)
        else:
            reply = smtp_session.send_message(smtp, sender.address, sender.address, data)
        if reply.kind != "sent":
            failed.append(mail.diagnostic(f"no sample of it was sent: {reply.words}"))
    return MailResult(len(mails) - len(failed), tuple(failed), samples_to=sender.address)

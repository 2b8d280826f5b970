"""What is sent to whom in this run: asked before it begins, or tried on the sender first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import localtime
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brief import Brief
from reportgen.brief.marking import Marking
from reportgen.distribute.ledger.ledger import EditionRun, Plan
from reportgen.distribute.mail import outgoing, smtp_session
from reportgen.distribute.mail.delivery import Mail, MailResult, Pace, send
from reportgen.distribute.mail.mail_server import Login, Server, connect
from reportgen.distribute.mail.outgoing import Sender
from reportgen.distribute.mail.permission import refusal
from reportgen.distribute.mail.smtp_session import Connection
from reportgen.system.errors import Diagnostic, FileError, UsageError

FEW = 5  # recipients that a question names


class Question(Struct, frozen=True):
    """What somebody says yes to."""

    count: int
    subject: str
    markings: tuple[str, ...]
    server: Server
    sender: Sender
    first: tuple[str, ...]

    def __str__(self) -> str:
        more = f", and {self.count - len(self.first)} more" if self.count > len(self.first) else ""
        return "\n".join(
            (
                f"mails:     {self.count}",
                f"subject:   {self.subject}",
                f"markings:  {'; '.join(self.markings) or 'none'}",
                f"server:    {self.server}",
                f"sender:    {self.sender}",
                f"to:        {', '.join(self.first)}{more}",
            )
        )


class Mailing(Struct, frozen=True):
    """How mail goes out: by which server, from whom, how fast; to how many as a sample that goes to the sender alone."""

    server: Server
    login: Login | None
    sender: Sender
    confirm: Callable[[Question], bool]
    timeout: float
    pace: Pace = field(default_factory=Pace)
    samples: int = 0


def mail_packets(
    edition: EditionRun,
    plan: Plan,
    root: Path,
    brief: Brief,
    mailing: Mailing,
    tell: Callable[[str], object],
    warn: Callable[[Diagnostic], object],
) -> MailResult:
    """Send what is left to be sent, or samples of it. Raises FileError, before any attempt, where no connection can be had."""
    mails = _posts(edition, plan, root)
    refused = {} if mailing.samples else _refused(mails, brief.marking, localtime())
    for each in refused.values():
        warn(each)
    mails = [mail for mail in mails if mail.number not in refused][: mailing.samples or mailing.pace.limit]
    if not mails:
        return MailResult(refused=tuple(refused.values()), left=edition.summary().left)
    connection = Connection(partial(connect, mailing.server, mailing.login, mailing.timeout))
    tell(f"logging in at {mailing.server.host}")
    connection.ready()
    try:
        if mailing.samples:
            return _samples(mails, connection, brief.marking, mailing.sender)
        for mail in mails:
            if mail.uncertain:
                warn(
                    mail.diagnostic(
                        "may have arrived in an earlier run, and goes again under the same Message-ID", "warning"
                    )
                )
        if not mailing.confirm(_question(mails, brief, mailing)):
            raise UsageError("nothing was sent", hint='the answer was not "yes"')
        return replace(
            send(edition, mails, connection, mailing.sender, mailing.pace, tell), refused=tuple(refused.values())
        )
    finally:
        connection.close()


def _posts(edition: EditionRun, plan: Plan, root: Path) -> list[Mail]:
    """All that is left to be sent; those that failed come last, so that a limit lets the others through."""
    rows = {number: row for row, number in plan.numbers.items()}
    return [
        Mail(record.number, rows[record.number], root, edition.files(record.number), record.state == "uncertain")
        for record in sorted(edition.pending(), key=lambda record: (record.state == "failed", record.number))
    ]


def _refused(mails: Sequence[Mail], marking: Marking | None, now: datetime) -> dict[int, Diagnostic]:
    """Who is not sent it, by copy number."""
    return {
        mail.number: mail.diagnostic(f"not sent: {why}")
        for mail in mails
        if (why := refusal(mail.recipient, marking, now)) is not None
    }


def _question(mails: Sequence[Mail], brief: Brief, mailing: Mailing) -> Question:
    return Question(
        len(mails), _subject(mails), brief.marks.lines, mailing.server, mailing.sender,
        tuple(f"{mail.recipient.name} <{mail.recipient.email}>" for mail in mails[:FEW]),
    )  # fmt: skip


def _subject(mails: Sequence[Mail]) -> str:
    """That of the first draft which is as it was made: the others are told of when their turn comes."""
    for mail in mails:
        with suppress(FileError):
            return outgoing.read_subject(outgoing.read_draft(mail.root, mail.files))
    return ""


def _samples(mails: Sequence[Mail], connection: Connection, marking: Marking | None, sender: Sender) -> MailResult:
    """The first mails as they would be, to the sender alone. The ledger knows nothing of them."""
    if marking and not marking.allows(sender.address):
        raise UsageError(f"the marking does not allow a sample at {sender.address}", hint="see marking.recipients")
    failed: list[Diagnostic] = []
    for mail in mails:
        data = outgoing.make_sample(
            outgoing.read_draft(mail.root, mail.files), mail.recipient.name, sender, localtime()
        )
        smtp = connection.ready()
        words = smtp_session.size_error(smtp, data)
        answer = (
            smtp_session.Reply("refused", words)
            if words
            else smtp_session.send_message(smtp, sender.address, sender.address, data)
        )
        if answer.kind != "sent":
            failed.append(mail.diagnostic(f"no sample of it was sent: {answer.words}"))
    return MailResult(len(mails) - len(failed), tuple(failed), samples_to=sender.address)

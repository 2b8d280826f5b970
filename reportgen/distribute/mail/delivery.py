"""Mail to everybody whose copy is not sent yet: written into the ledger before, and after with the server's answer.

What failed for now is tried again after all the others, since a server that asks to wait means minutes. A line that is
dropped is made again. What ends a run leaves a true ledger, and the same command goes on from there.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import localtime
from pathlib import Path
from smtplib import SMTP

from msgspec import Struct

from reportgen.distribute.ledger.ledger import EditionRun
from reportgen.distribute.mail import outgoing, smtp_session
from reportgen.distribute.mail.mail_server import UnreachableError
from reportgen.distribute.mail.outgoing import Sender
from reportgen.distribute.mail.smtp_session import Connection, Reply
from reportgen.distribute.progress import Progress
from reportgen.distribute.recipients.recipient import Recipient
from reportgen.system.errors import Diagnostic, FileError, ReportgenError

GO_ON = "the same command goes on from here"
TRIES = 4
"""How often a mail is tried in one run, and how often in a row a server may drop the line."""
_GROWTH = 3  # each wait is so many times the one before
_JITTER = 0.25


class Pace(Struct, frozen=True):
    """`limit` mails a run at most; seconds of `pause` between two, and of `wait` before the second try."""

    limit: int | None = None
    pause: float = 0
    wait: float = 10


class Mail(Struct, frozen=True):
    """One mail to be sent: whose copy, its number, its files by path with their SHA-256; whether it may have arrived."""

    number: int
    recipient: Recipient
    root: Path
    files: Mapping[str, str]
    uncertain: bool = False

    def diagnostic(self, what: str, severity: str = "error") -> Diagnostic:
        who = f'copy {self.number} to "{self.recipient.name}" <{self.recipient.email}>'
        return Diagnostic(f"{who}: {what}", severity=severity)


class MailResult(Struct, frozen=True):
    """What a run has come to. `refused` were not tried, and were told; `stopped` is what ended it early.

    `samples_to` is the sender, where nobody else was sent anything.
    """

    sent: int = 0
    failed: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    left: int = 0
    stopped: ReportgenError | None = None
    samples_to: str = ""

    @property
    def whole(self) -> bool:
        return not (self.failed or self.refused or self.stopped)

    def __str__(self) -> str:
        what = "sample" if self.samples_to else "mail"
        told = f"{self.sent} {what}{'s' * (self.sent != 1)} sent"
        for count, how in ((len(self.failed), "failed"), (len(self.refused), "refused")):
            told += f", {count} {how}" if count else ""
        if self.samples_to:
            return f"{told}, to {self.samples_to} alone"
        return f"{told}; {f'{self.left} left: {GO_ON}' if self.left else 'everybody has got theirs'}"


def send(
    edition: EditionRun,
    mails: Sequence[Mail],
    connection: Connection,
    sender: Sender,
    pace: Pace,
    tell: Callable[[str], object] = str,
) -> MailResult:
    """Send them in their order. Raises nothing but KeyboardInterrupt, whose words say what was done by then."""
    run = _Run(edition, connection, sender, pace, Progress("mail", len(mails), tell))
    stopped: ReportgenError | None = None
    try:
        run.all(mails)
    except ReportgenError as error:
        stopped = error
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped: {run.sent} of {len(mails)} mails were sent; {GO_ON}") from None
    finally:
        connection.close()
    return MailResult(run.sent, tuple(run.failed.values()), left=edition.summary().left, stopped=stopped)


class _Run:
    """One run's tally: what was sent, what failed or has no known end by copy number, how often in a row the line was dropped."""

    def __init__(
        self, edition: EditionRun, connection: Connection, sender: Sender, pace: Pace, progress: Progress
    ) -> None:
        self.edition, self.connection, self.sender, self.pace, self.progress = (
            edition,
            connection,
            sender,
            pace,
            progress,
        )
        self.sent, self.drops, self.begun = 0, 0, False
        self.failed: dict[int, Diagnostic] = {}
        self.unknown: set[int] = set()

    def all(self, mails: Sequence[Mail]) -> None:
        for turn in range(TRIES):
            if turn:
                self.progress.tell(f"waiting: {len(mails)} asked to be tried later")
                self._wait(turn - 1)
            mails = [mail for mail in mails if not self._settled(mail)]
            if not mails:
                return

    def _settled(self, mail: Mail) -> bool:
        """Try a mail once; False where it should be tried again."""
        if self.begun and self.pace.pause:
            time.sleep(self.pace.pause)
        self.begun = True
        settled = self._outcome(mail)
        if settled:
            self.progress.advance()
        return settled

    def _outcome(self, mail: Mail) -> bool:
        try:
            draft = outgoing.read_draft(mail.root, mail.files)
        except FileError as error:  # the packet's fault, and no attempt
            (fault,) = error.diagnostics
            self.failed[mail.number] = fault._replace(message=f"{fault.message}: not sent to {mail.recipient.name}")
            return True
        answer = self._tried(mail, draft)
        if answer.kind == "sent":
            self.sent += 1
            self.failed.pop(mail.number, None)
            return True
        if answer.kind != "unknown":
            self.failed[mail.number] = mail.diagnostic(answer.words)
            return answer.kind == "refused"
        self.failed[mail.number] = mail.diagnostic(f"it may have arrived: {answer.words}")
        again = mail.number in self.unknown
        self.unknown.add(mail.number)
        return again  # once more, and no further: each time may be a double

    def _tried(self, mail: Mail, draft: bytes) -> Reply:
        """One attempt, from its entry in the ledger to its end there; without one where the answer is not known."""
        smtp = self._ready()
        message_id = self.edition.message_id(mail.number, self.sender.domain)
        message = outgoing.make_message(draft, self.sender, message_id, localtime())
        if words := smtp_session.size_error(smtp, message):
            self.edition.record_failed(mail.number, words)
            return Reply("refused", words)
        self.edition.begin_attempt(mail.number, self.sender.domain)
        answer = smtp_session.send_message(smtp, self.sender.address, mail.recipient.email, message)
        if answer.kind == "sent":
            self.edition.record_sent(mail.number, answer.words)
        elif answer.kind != "unknown":
            self.edition.record_failed(mail.number, answer.words)
        self._judge(answer)
        return answer

    def _judge(self, answer: Reply) -> None:
        """Whether the run can go on. Raises FileError where no other mail would fare better."""
        if answer.kind == "barred":
            raise FileError(f"the server takes no mail from {self.sender.address}: {answer.words}", hint=_BARRED)
        if answer.kind not in ("lost", "unknown"):
            self.drops = 0
            return
        self.connection.drop()
        self.drops += 1
        if self.drops >= TRIES:
            raise UnreachableError(f"the server dropped the line {TRIES} times in a row; lastly: {answer.words}")

    def _ready(self) -> SMTP:
        """A line, waited for where it was dropped or cannot be made for now. Raises FileError in the end."""
        while True:
            if self.drops:
                self.progress.tell("waiting for the server")
                self._wait(self.drops - 1)
            try:
                return self.connection.ready()
            except UnreachableError:
                self.drops += 1
                if self.drops >= TRIES:
                    raise

    def _wait(self, turn: int) -> None:
        # at random, so that several who were turned away together do not come back together
        time.sleep(self.pace.wait * _GROWTH**turn * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311


_BARRED = "does it need a login, or may this user not send from that address? see --from"

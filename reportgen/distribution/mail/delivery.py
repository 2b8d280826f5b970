"""The delivery of mails: each attempt is written into the ledger before, and after with the server's answer.

The loop is our own, without a retry library, because the server's answer decides what follows. A mail that is refused for
now is tried again after all the others, since a server that asks to wait means minutes: greylisting usually five (RFC 6647).
One that may have arrived is tried once more at most. A lost connection is opened again. Whatever ends a run, the ledger is
true, and the same command continues from there.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import localtime
from pathlib import Path
from smtplib import SMTP

from msgspec import Struct

from reportgen.distribution.counter import Counter
from reportgen.distribution.ledger.ledger import EditionRun
from reportgen.distribution.mail import outgoing, smtp_session
from reportgen.distribution.mail.mail_server import NotReadyError, UnreachableError
from reportgen.distribution.mail.outgoing import Sender
from reportgen.distribution.mail.smtp_session import Connection, Reply
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.system.errors import Diagnostic, FileError, ReportgenError
from reportgen.system.progress import Stage, report

CONTINUE = "the same command continues from here"
TRIES = 4
"""The tries of a connection in succession."""
GIVE_UP = 30.0
"""The minutes for which mails are tried again by default; a mail system would try for days (RFC 5321, 4.5.4.1)."""
_LONGEST = 30.0
"""The longest wait by the first: five minutes where that is ten seconds."""
_IDLE = 30.0  # seconds of a wait during which no connection is kept
_GROWTH = 3  # the factor from each wait to the next
_JITTER = 0.25
_BARRED = "does the server need a login, or may this user not send from that address? see --from"


class Pace(Struct, frozen=True):
    """The limit of mails a run, the seconds of pause between two, and the seconds to wait before the second try.

    `give_up` are the minutes for which mails that are refused for now are tried again.
    """

    limit: int | None = None
    pause: float = 0
    wait: float = 10
    give_up: float = GIVE_UP


class Mail(Struct, frozen=True):
    """A mail to send: the copy's number, its recipient, and its files by path below `root` with their SHA-256.

    It is `uncertain` where an earlier run may have delivered it.
    """

    number: int
    recipient: Recipient
    root: Path
    files: Mapping[str, str]
    uncertain: bool = False

    def diagnostic(self, message: str, severity: str = "error") -> Diagnostic:
        copy = f'copy {self.number} to "{self.recipient.name}" <{self.recipient.email}>'
        return Diagnostic(f"{copy}: {message}", severity=severity)


class MailResult(Struct, frozen=True):
    """The result of a run. `refused` were not tried, and are already reported; `stopped` is the error that ended it early.

    `samples_to` is the sender, where only samples were sent.
    """

    sent: int = 0
    failed: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    left: int = 0
    stopped: ReportgenError | None = None
    samples_to: str = ""

    @property
    def is_complete(self) -> bool:
        return not (self.failed or self.refused or self.stopped)

    def __str__(self) -> str:
        text = f"{self.sent} {'sample' if self.samples_to else 'mail'}{'s' * (self.sent != 1)} sent"
        for count, outcome in ((len(self.failed), "failed"), (len(self.refused), "refused")):
            text += f", {count} {outcome}" if count else ""
        if self.samples_to:
            return f"{text}, to {self.samples_to} alone"
        return f"{text}; {f'{self.left} left: {CONTINUE}' if self.left else 'everybody has theirs'}"


def send_mails(
    edition: EditionRun, mails: Sequence[Mail], connection: Connection, sender: Sender, pace: Pace
) -> MailResult:
    """Send mails in their order. Raises nothing but KeyboardInterrupt, with words that say how many were sent."""
    run = _MailRun(edition, connection, sender, pace, Counter(Stage.MAILING, len(mails)))
    stopped: ReportgenError | None = None
    try:
        run.send_all(mails)
    except ReportgenError as error:
        stopped = error
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped: {run.sent} of {len(mails)} mails were sent; {CONTINUE}") from None
    finally:
        connection.close()
    return MailResult(run.sent, tuple(run.failed.values()), left=len(edition.pending()), stopped=stopped)


class _ServerBusy(Exception):  # noqa: N818  # it is no error: the run goes on
    """The server takes no mail for now; its words say why."""


@dataclass
class _MailRun:
    """A run and its counts: mails sent, failures and unknown outcomes by copy number, and lost connections in succession."""

    edition: EditionRun
    connection: Connection
    sender: Sender
    pace: Pace
    counter: Counter
    sent: int = 0
    drops: int = 0
    has_started: bool = False
    failed: dict[int, Diagnostic] = field(default_factory=dict)
    unknown: set[int] = field(default_factory=set)

    def send_all(self, mails: Sequence[Mail]) -> None:
        """Try all mails, and again those that are refused for now, until they are sent or it is time to give up."""
        ends: float | None = None
        for turn in itertools.count():
            mails = self._try_all(mails)
            if not mails:
                return
            ends = ends or time.monotonic() + self.pace.give_up * 60
            if not self._wait_to_retry(len(mails), turn, ends):
                self._give_up(mails, turn + 1)
                return

    def _try_all(self, mails: Sequence[Mail]) -> list[Mail]:
        """Try each mail once, and return those to try again; all that are left, where the server wants no more for now."""
        again = []
        for index, mail in enumerate(mails):
            try:
                if not self._try(mail):
                    again.append(mail)
            except _ServerBusy as busy:
                for each in mails[index:]:
                    self.failed.setdefault(each.number, each.diagnostic(str(busy)))
                return [*mails[index:], *again]
        return again

    def _wait_to_retry(self, mails: int, turn: int, ends: float) -> bool:
        """Wait until the next try; return False where it is time to give up. The last try is made at the very end."""
        left = ends - time.monotonic()
        if left <= 0:
            return False
        seconds = min(self._choose_wait(turn), left)
        if seconds > _IDLE:
            self.connection.close()
        then = datetime.now() + timedelta(seconds=seconds)  # printed as the clock on the wall shows it
        minutes = f"{self.pace.give_up:g} minute{'s' * (self.pace.give_up != 1)}"
        words = f"to retry {mails} mail{'s' * (mails != 1)} at {then:%H:%M:%S}; gives up after {minutes}, --give-up changes that"
        report(Stage.WAITING, words)
        time.sleep(seconds)
        return True

    def _give_up(self, mails: Sequence[Mail], times: int) -> None:
        for mail in mails:
            if fault := self.failed.get(mail.number):
                message = f"{fault.message}; gave up after {times} tr{'ies' if times != 1 else 'y'}"
                self.failed[mail.number] = fault._replace(
                    message=message, hint=f"{CONTINUE}; --give-up MINUTES tries for longer"
                )

    def _try(self, mail: Mail) -> bool:
        """Try a mail once; return False where it should be tried again."""
        if self.has_started and self.pace.pause:
            time.sleep(self.pace.pause)
        self.has_started = True
        is_settled = self._send(mail)
        if is_settled:
            self.counter.add_one()
        return is_settled

    def _send(self, mail: Mail) -> bool:
        try:
            draft = outgoing.read_draft(mail.root, mail.files)
        except FileError as error:  # a fault of the packet, and no attempt
            (fault,) = error.diagnostics
            self.failed[mail.number] = fault._replace(message=f"{fault.message}: not sent to {mail.recipient.name}")
            return True
        reply = self._attempt(mail, draft)
        if reply.kind == "sent":
            self.sent += 1
            self.failed.pop(mail.number, None)
            return True
        if reply.kind != "unknown":
            self.failed[mail.number] = mail.diagnostic(reply.words)
            return reply.kind == "refused"
        self.failed[mail.number] = mail.diagnostic(f"it may have arrived: {reply.words}")
        is_second = mail.number in self.unknown
        self.unknown.add(mail.number)
        return is_second  # one retry at most, since each may bring a double

    def _attempt(self, mail: Mail, draft: bytes) -> Reply:
        """Make one attempt, from its entry in the ledger to its end there; the entry stays open without an answer."""
        smtp = self._connect()
        message_id = self.edition.message_id(mail.number, self.sender.domain)
        message = outgoing.make_message(draft, self.sender, message_id, localtime())
        if words := smtp_session.size_error(smtp, message):
            self.edition.record_failed(mail.number, words)
            return Reply("refused", words)
        self.edition.begin_attempt(mail.number, self.sender.domain)
        reply = smtp_session.send_message(smtp, self.sender.address, mail.recipient.email, message)
        if reply.kind == "sent":
            self.edition.record_sent(mail.number, reply.words)
        elif reply.kind != "unknown":
            self.edition.record_failed(mail.number, reply.words)
        self._check_reply(reply)
        return reply

    def _check_reply(self, reply: Reply) -> None:
        """Raise FileError where no other mail would fare better."""
        if reply.kind == "closing":
            self.connection.drop()
            raise _ServerBusy(reply.words)
        if reply.kind == "barred":
            message = f"the server accepts no mail from {self.sender.address}: {reply.words}"
            raise FileError(message, hint=_BARRED)
        if reply.kind not in ("lost", "unknown"):
            self.drops = 0
            return
        self.connection.drop()
        self.drops += 1
        if self.drops >= TRIES:
            raise UnreachableError(f"the connection was lost {TRIES} times in succession; last: {reply.words}")

    def _connect(self) -> SMTP:
        """Return a connection, after a wait where the last one was lost. Raises FileError when all tries fail."""
        while True:
            if self.drops:
                report(Stage.WAITING, "for the server")
                self._wait(self.drops - 1)
            try:
                return self.connection.ready()
            except NotReadyError as error:
                raise _ServerBusy(error.diagnostics[0].message) from None
            except UnreachableError:
                self.drops += 1
                if self.drops >= TRIES:
                    raise

    def _wait(self, turn: int) -> None:
        time.sleep(self._choose_wait(turn))

    def _choose_wait(self, turn: int) -> float:
        """Return the seconds of a wait: at random, so that several who were turned away together do not come back together."""
        factor: float = min(_GROWTH ** min(turn, 9), _LONGEST)
        return self.pace.wait * factor * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311

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
from reportgen.distribute.ledger.ledger import Edition, Plan
from reportgen.distribute.mail import outgoing as mails, smtp_session as lines
from reportgen.distribute.mail.delivery import Pace, Post, Sent, send
from reportgen.distribute.mail.mail_server import Login, Server, connect
from reportgen.distribute.mail.outgoing import Sender
from reportgen.distribute.mail.permission import refusal
from reportgen.distribute.mail.smtp_session import Line
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
    agreed: Callable[[Question], bool]
    timeout: float
    pace: Pace = field(default_factory=Pace)
    samples: int = 0


def mail_out(
    edition: Edition,
    plan: Plan,
    root: Path,
    brief: Brief,
    mailing: Mailing,
    tell: Callable[[str], object],
    warn: Callable[[Diagnostic], object],
) -> Sent:
    """Send what is left to be sent, or samples of it. Raises FileError, before any attempt, where no line can be had."""
    posts = _posts(edition, plan, root)
    refused = {} if mailing.samples else _refused(posts, brief.marking, localtime())
    for each in refused.values():
        warn(each)
    posts = [post for post in posts if post.number not in refused][: mailing.samples or mailing.pace.limit]
    if not posts:
        return Sent(refused=tuple(refused.values()), left=edition.summary().left)
    line = Line(partial(connect, mailing.server, mailing.login, mailing.timeout))
    tell(f"logging in at {mailing.server.host}")
    line.ready()
    try:
        if mailing.samples:
            return _samples(posts, line, brief.marking, mailing.sender)
        for post in posts:
            if post.uncertain:
                warn(
                    post.told("may have arrived in an earlier run, and goes again under the same Message-ID", "warning")
                )
        if not mailing.agreed(_question(posts, brief, mailing)):
            raise UsageError("nothing was sent", hint='the answer was not "yes"')
        return replace(send(edition, posts, line, mailing.sender, mailing.pace, tell), refused=tuple(refused.values()))
    finally:
        line.end()


def _posts(edition: Edition, plan: Plan, root: Path) -> list[Post]:
    """All that is left to be sent; those that failed come last, so that a limit lets the others through."""
    rows = {number: row for row, number in plan.numbers.items()}
    return [
        Post(record.number, rows[record.number], root, edition.files(record.number), record.state == "uncertain")
        for record in sorted(edition.pending(), key=lambda record: (record.state == "failed", record.number))
    ]


def _refused(posts: Sequence[Post], marking: Marking | None, now: datetime) -> dict[int, Diagnostic]:
    """Who is not sent it, by copy number."""
    return {
        post.number: post.told(f"not sent: {why}")
        for post in posts
        if (why := refusal(post.recipient, marking, now)) is not None
    }


def _question(posts: Sequence[Post], brief: Brief, mailing: Mailing) -> Question:
    return Question(
        len(posts), _subject(posts), brief.marks.lines, mailing.server, mailing.sender,
        tuple(f"{post.recipient.name} <{post.recipient.email}>" for post in posts[:FEW]),
    )  # fmt: skip


def _subject(posts: Sequence[Post]) -> str:
    """That of the first draft which is as it was made: the others are told of when their turn comes."""
    for post in posts:
        with suppress(FileError):
            return mails.subject(mails.draft(post.root, post.files))
    return ""


def _samples(posts: Sequence[Post], line: Line, marking: Marking | None, sender: Sender) -> Sent:
    """The first mails as they would be, to the sender alone. The ledger knows nothing of them."""
    if marking and not marking.allows(sender.address):
        raise UsageError(f"the marking does not allow a sample at {sender.address}", hint="see marking.recipients")
    failed: list[Diagnostic] = []
    for post in posts:
        data = mails.sample(mails.draft(post.root, post.files), post.recipient.name, sender, localtime())
        smtp = line.ready()
        words = lines.too_large(smtp, data)
        answer = lines.Answer("refused", words) if words else lines.post(smtp, sender.address, sender.address, data)
        if answer.kind != "sent":
            failed.append(post.told(f"no sample of it was sent: {answer.words}"))
    return Sent(len(posts) - len(failed), tuple(failed), samples_to=sender.address)

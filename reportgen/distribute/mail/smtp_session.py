"""The line to a mail server, and one mail over it: which answers say that it has arrived, and which leave that open.

smtplib's own `sendmail` does not tell a line that was dropped before a mail's end, when the server cannot have it, from one
dropped after, when it may. So the conversation is held here, a command at a time.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from reportgen.distribute.mail.mail_server import format_reply

LONGER = 10
"""How many times longer the answer to a whole mail may take: ten minutes by RFC 5321. Asking again too soon makes doubles."""
_DROPPED = (smtplib.SMTPServerDisconnected, OSError)
_TOO_LARGE = 552


class Reply(Struct, frozen=True):
    """How a mail went. `words` are the server's, or say what it did.

    later: not now; lost: the line went before the mail's end; unknown: it went before the answer; barred: the sender,
    and so every mail, is refused.
    """

    kind: Literal["sent", "refused", "later", "lost", "unknown", "barred"]
    words: str


class Connection:
    """A connection that is made when it is needed, and made again when it was dropped."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        self._connect = connect
        self._smtp: smtplib.SMTP | None = None

    def ready(self) -> smtplib.SMTP:
        """A line that stands, with nothing begun on it: servers hang up after a silence, or after so many mails."""
        if self._smtp and not _stands(self._smtp):
            self.drop()
        if not self._smtp:
            self._smtp = self._connect()
        return self._smtp

    def drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    def close(self) -> None:
        """Goodbye, without waiting for anything that matters."""
        if self._smtp:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self.drop()


def size_error(smtp: smtplib.SMTP, message: bytes) -> str | None:
    """What to say of a message that is larger than the server says it takes."""
    limit = smtp.esmtp_features.get("size", "")
    if not limit.isdecimal() or not 0 < int(limit) < len(message):
        return None
    return f"the mail has {_megabytes(len(message))}, and the server takes {_megabytes(int(limit))}"


def send_message(smtp: smtplib.SMTP, sender: str, to: str, message: bytes) -> Reply:
    """One mail to one mailbox; the message is ASCII, its lines end with CR LF."""
    try:
        code, words = smtp.mail(sender, [f"SIZE={len(message)}"] if smtp.has_extn("size") else [])
        if code // 100 == 5 and code != _TOO_LARGE:
            return Reply("barred", format_reply(code, words))
        if code // 100 == 2:
            code, words = smtp.rcpt(to)
        if code // 100 == 2:
            code, words = smtp.docmd("DATA")
        if code != 354:
            return _answer(code, format_reply(code, words), "lost")
        smtp.send(f"{smtplib.quotedata(message.decode('ascii'))}.\r\n")
    except _DROPPED as error:
        return Reply("lost", f"the line was dropped: {error}")
    try:
        assert smtp.sock
        smtp.sock.settimeout(smtp.timeout * LONGER)
        code, words = smtp.getreply()
        smtp.sock.settimeout(smtp.timeout)
    except _DROPPED as error:
        return Reply("unknown", f"the line was dropped before the answer: {error}")
    if code // 100 == 2:
        return Reply("sent", format_reply(code, words))
    return _answer(code, format_reply(code, words), "unknown")


def _answer(code: int, words: str, otherwise: Literal["lost", "unknown"]) -> Reply:
    """An answer that does not take the mail."""
    if code == 421:  # it hangs up
        return Reply("lost", words)
    match code // 100:
        case 4:
            return Reply("later", words)
        case 5:
            return Reply("refused", words)
    return Reply(otherwise, f"an answer that is none: {words}")


def _stands(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.rset()[0] == 250
    except _DROPPED:
        return False


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"

"""The connection to a mail server, and one mail over it.

The SMTP conversation is our own, one command at a time, because smtplib's `sendmail` raises the same error for a
connection that was lost before a mail's end and for one that was lost before the server's answer. Only the second may have
delivered the mail, so only there may a second attempt bring somebody a double.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from reportgen.distribution.mail.mail_server import format_reply

ANSWER_FACTOR = 10
"""The timeout for the answer to a whole mail, by the usual one: ten minutes by RFC 5321. Too soon a retry makes doubles."""
_LOST = (smtplib.SMTPServerDisconnected, OSError)
_TOO_LARGE = 552
CLOSING = 421  # the code of a server that hangs up after its answer


class Reply(Struct, frozen=True):
    """The outcome of a mail. `words` are the server's, or say what happened.

    later: refused for now; closing: the server refuses all mail for now and hangs up; lost: the connection was lost before
    the mail's end; unknown: it was lost before the answer; barred: the sender, and so every mail, is refused.
    """

    kind: Literal["sent", "refused", "later", "closing", "lost", "unknown", "barred"]
    words: str


class Connection:
    """A connection that is opened when it is needed, and again after it was lost."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        self._connect = connect
        self._smtp: smtplib.SMTP | None = None

    def ready(self) -> smtplib.SMTP:
        """Return a connection on which nothing has begun. Servers hang up after a silence, or after so many mails."""
        if self._smtp and not _is_alive(self._smtp):
            self.drop()
        if not self._smtp:
            self._smtp = self._connect()
        return self._smtp

    def drop(self) -> None:
        """Close the socket without a goodbye."""
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    def close(self) -> None:
        """Say goodbye, whether or not the server still listens."""
        if self._smtp:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self.drop()


def size_error(smtp: smtplib.SMTP, message: bytes) -> str | None:
    """Return an error for a message that is larger than the server says it accepts."""
    limit = smtp.esmtp_features.get("size", "")
    if not limit.isdecimal() or not 0 < int(limit) < len(message):
        return None
    return f"the mail has {len(message) / 1e6:,.1f} MB, and the server accepts {int(limit) / 1e6:,.1f} MB"


def send_message(smtp: smtplib.SMTP, sender: str, to: str, message: bytes) -> Reply:
    """Send one mail to one mailbox. The message is ASCII, its lines end with CR LF."""
    try:
        code, words = smtp.mail(sender, [f"SIZE={len(message)}"] if smtp.has_extn("size") else [])
        if code // 100 == 5 and code != _TOO_LARGE:
            return Reply("barred", format_reply(code, words))
        if code // 100 == 2:
            code, words = smtp.rcpt(to)
        if code // 100 == 2:
            code, words = smtp.docmd("DATA")
        if code != 354:
            return _classify_refusal(code, words, "lost")
        smtp.send(f"{smtplib.quotedata(message.decode('ascii'))}.\r\n")
    except _LOST as error:
        return Reply("lost", f"the connection was lost: {error}")
    try:
        assert smtp.sock
        smtp.sock.settimeout(smtp.timeout * ANSWER_FACTOR)
        code, words = smtp.getreply()
        smtp.sock.settimeout(smtp.timeout)
    except _LOST as error:
        return Reply("unknown", f"the connection was lost before the answer: {error}")
    if code // 100 == 2:
        return Reply("sent", format_reply(code, words))
    return _classify_refusal(code, words, "unknown")


def _classify_refusal(code: int, words: bytes, otherwise: Literal["lost", "unknown"]) -> Reply:
    """Return the outcome for an answer that does not accept the mail."""
    text = format_reply(code, words)
    if code == CLOSING:
        return Reply("closing", text)
    if code // 100 in (4, 5):
        return Reply("later" if code // 100 == 4 else "refused", text)
    return Reply(otherwise, f"unrecognized server reply: {text}")


def _is_alive(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.rset()[0] == 250
    except _LOST:
        return False

"""Headers of mails, so that what a name or a title says never becomes an address, a header or another text.

The standard library, where it folds a quoted name over lines, loses the quotes: "a@b.example, c" then is a mailbox. And it
takes "=?" for the beginning of an encoded word. What is not plain and short is therefore written as encoded words.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache


class _Kinds(HeaderRegistry):
    """The library makes a class for each header that it writes: 17 a mail, which none but a search for cycles frees."""

    @cache  # noqa: B019  # there is one registry
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)


POLICY = SMTP.clone(cte_type="7bit", refold_source="none", header_factory=_Kinds())
"""Seven bits, since not every server on a mail's way takes eight; what is set here stays as it is set."""
_LINE = 75  # letters, by RFC 2047


def set_text(mail: EmailMessage, name: str, text: str) -> None:
    """A header that is read by people, once."""
    del mail[name]
    mail.set_raw(name, text if _plain(f"{name}: {text}") else _words(text, name))


def set_mailbox(mail: EmailMessage, name: str, display: str, address: str) -> None:
    """A header that holds one address, once."""
    del mail[name]
    mailbox, _, domain = address.rpartition("@")
    quoted = str(Address(display, mailbox, domain))
    mail.set_raw(
        name, quoted if not display or _plain(f"{name}: {quoted}") else f"{_words(display, name)}\n <{address}>"
    )


def set_raw(mail: EmailMessage, name: str, value: str) -> None:
    """A header that is read by machines, once: ours, ASCII, and in one line however long."""
    del mail[name]
    mail.set_raw(name, value)


def _plain(line: str) -> bool:
    return line.isascii() and line.isprintable() and "=?" not in line and len(line) <= _LINE


def _words(text: str, name: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\n")

"""Headers of mails, so that what a name or a title says never becomes an address, a header or another text.

The standard library, where it folds a quoted name over lines, loses the quotes: "a@b.example, c" then is a mailbox. And it
takes "=?" for the beginning of an encoded word. What is not plain and short is therefore written as encoded words.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache, lru_cache


class _Kinds(HeaderRegistry):
    """The library makes a class for each header that it writes: 17 a mail, which none but a search for cycles frees."""

    @cache  # noqa: B019  # there is one registry
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)


POLICY = SMTP.clone(cte_type="7bit", refold_source="none", header_factory=_Kinds())
"""Seven bits, since not every server on a mail's way takes eight; what is set here stays as it is set."""
_LINE = 75  # letters, by RFC 2047


@lru_cache(maxsize=64)
def words(name: str, text: str) -> str:
    """The value of a header that is read by people."""
    return text if _plain(f"{name}: {text}") else _encoded(text, name)


def mailbox(name: str, display: str, address: str) -> str:
    """The value of a header that holds one address."""
    local, _, domain = address.rpartition("@")
    quoted = str(Address(display, local, domain))
    return quoted if not display or _plain(f"{name}: {quoted}") else f"{_encoded(display, name)}\n <{address}>"


def put(mail: EmailMessage, name: str, value: str) -> None:
    """A header, once, as it is: ASCII, and in one line however long where it is read by machines."""
    del mail[name]
    mail.set_raw(name, value)


def lines(values: Mapping[str, str]) -> bytes:
    """The headers that have a value, as a mail begins."""
    found = (f"{name}: {value}\n" for name, value in values.items() if value)
    return "".join(found).replace("\n", "\r\n").encode("ascii")


def _plain(line: str) -> bool:
    return line.isascii() and line.isprintable() and "=?" not in line and len(line) <= _LINE


def _encoded(text: str, name: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\n")

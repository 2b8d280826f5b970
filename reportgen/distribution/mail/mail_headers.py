"""Headers of mails, written so that the words of a name or title never become an address or another header.

The standard library loses the quotes of a quoted name that it folds: "a@b.example, c" then is a mailbox. And it takes "=?"
for the beginning of an encoded word. Text that is not plain and short is therefore written as encoded words.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache

POLICY = SMTP.clone(cte_type="7bit", refold_source="none")
"""Seven bits, since not every server on a mail's way accepts eight; headers are not folded again."""
_LINE = 75  # letters at most, by RFC 2047


@lru_cache(maxsize=64)
def encode_text(name: str, text: str) -> str:
    """Return the value of a header that people read."""
    return text if _is_plain(f"{name}: {text}") else _encode_words(text, name)


def encode_mailbox(name: str, display: str, address: str) -> str:
    """Return the value of a header with one address."""
    local, _, domain = address.rpartition("@")
    quoted = str(Address(display, local, domain))
    if not display or _is_plain(f"{name}: {quoted}"):
        return quoted
    return f"{_encode_words(display, name)}\n <{address}>"


def set_header(mail: EmailMessage, name: str, value: str) -> None:
    """Set a header to an encoded value, in place of any earlier one."""
    del mail[name]
    mail.set_raw(name, value)


def format_headers(values: Mapping[str, str]) -> bytes:
    """Return the headers that have a value as the beginning of a mail."""
    found = (f"{name}: {value}\n" for name, value in values.items() if value)
    return "".join(found).replace("\n", "\r\n").encode("ascii")


def _is_plain(line: str) -> bool:
    return line.isascii() and line.isprintable() and "=?" not in line and len(line) <= _LINE


def _encode_words(text: str, name: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\n")

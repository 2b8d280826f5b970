"""A draft as it is sent: the bytes that the ledger knows, under current headers.

Only the draft's headers are read and changed; its body, the letter and the documents, is sent byte for byte.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime, make_msgid
from pathlib import Path

from msgspec import Struct

from reportgen.distribution.mail import mail_headers
from reportgen.distribution.mail.mail_server import USER
from reportgen.distribution.manifest import digest
from reportgen.distribution.packet_names import DRAFT, ZIP
from reportgen.distribution.recipients.addresses import AddressError, normalize_address
from reportgen.system.errors import FileError, Location, UsageError
from reportgen.system.files import read_file

_WITH_NAME = re.compile(r"([^<>]*)<([^<>]+)>\s*")


class Sender(Struct, frozen=True):
    """The address that mails come from, and the name before it, if any."""

    address: str
    name: str = ""

    @classmethod
    def parse(cls, given: str | None, user: str) -> Sender:
        """Return the sender from --from, or else the user who logs in, if that is an address. Raises UsageError."""
        if not given and "@" not in user:
            raise UsageError("--from ADDRESS is missing", hint=f"whose mail is it? or set {USER} to an address")
        written = given or user
        name, address = found.groups() if (found := _WITH_NAME.fullmatch(written)) else ("", written.strip())
        try:
            if not name.isprintable():
                raise AddressError("a character in the name cannot be printed")
            return cls(normalize_address(address), name.strip(' "'))
        except AddressError as error:
            raise UsageError(f'--from "{written}": {error}', hint=error.hint) from None

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def read_draft(root: Path, files: Mapping[str, str]) -> bytes:
    """Return a packet's draft if it is unchanged; `files` are the ledger's SHA-256 by path. Raises FileError."""
    name = next((path for path in files if path.endswith((f"/{DRAFT}", ZIP))), None)
    if name is None:
        raise FileError("there is no draft in the packet", Location(str(root)))
    data = read_file(root / name)
    if digest(data) != files[name]:
        raise FileError("was altered since it was made", Location(str(root / name)), "not sent; delete it to rebuild")
    if not name.endswith(ZIP):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(DRAFT)


def read_subject(draft: bytes) -> str:
    return str(_parse_head(draft)["Subject"])


def make_message(draft: bytes, sender: Sender, message_id: str, now: datetime) -> bytes:
    """Return the mail to send for a draft."""
    return _finish(_parse_head(draft), sender, message_id, now)


def make_sample(draft: bytes, name: str, sender: Sender, now: datetime) -> bytes:
    """Return a recipient's mail, addressed to the sender. It has a Message-ID of its own, as it is another mail."""
    mail = _parse_head(draft)
    subject = f"[sample for {name}] {mail['Subject']}"
    mail_headers.set_header(mail, "Subject", mail_headers.encode_text("Subject", subject))
    mail_headers.set_header(mail, "To", mail_headers.encode_mailbox("To", sender.name, sender.address))
    return _finish(mail, sender, make_msgid(domain=sender.domain), now)


def _finish(mail: EmailMessage, sender: Sender, message_id: str, now: datetime) -> bytes:
    del mail["X-Unsent"]
    mail_headers.set_header(mail, "From", mail_headers.encode_mailbox("From", sender.name, sender.address))
    mail_headers.set_header(mail, "Date", format_datetime(now))
    mail_headers.set_header(mail, "Message-ID", message_id)
    return mail.as_bytes()


def _parse_head(draft: bytes) -> EmailMessage:
    """Return the draft with its body as one text."""
    return BytesHeaderParser(policy=mail_headers.POLICY).parsebytes(draft)

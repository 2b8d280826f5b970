"""A draft as it is sent: the bytes that the ledger knows, under headers of the moment.

Only the draft's head is read and changed; what is behind it, the letter and the documents, is sent byte by byte.
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

from reportgen.distribute.mail import mail_headers
from reportgen.distribute.mail.mail_server import USER
from reportgen.distribute.manifest import digest
from reportgen.distribute.packet_names import DRAFT, ZIP
from reportgen.distribute.recipients.addresses import AddressError, normalized
from reportgen.system.errors import FileError, Location, UsageError
from reportgen.system.files import read_file

_WITH_NAME = re.compile(r"([^<>]*)<([^<>]+)>\s*")


class Sender(Struct, frozen=True):
    """Whose address the mails come from, and the name before it, if any."""

    address: str
    name: str = ""

    @classmethod
    def parse(cls, given: str | None, user: str) -> Sender:
        """From what --from says, or the user who logs in where that is an address. Raises UsageError."""
        if not given and "@" not in user:
            raise UsageError(
                "--from ADDRESS is missing", hint=f"whose mail is it? or set {USER}, if that is an address"
            )
        written = given or user
        name, address = found.groups() if (found := _WITH_NAME.fullmatch(written)) else ("", written.strip())
        try:
            if not name.isprintable():
                raise AddressError("a character in the name cannot be printed")
            return cls(normalized(address), name.strip(' "'))
        except AddressError as error:
            raise UsageError(f'--from "{written}": {error}', hint=error.hint) from None

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def read_draft(root: Path, files: Mapping[str, str]) -> bytes:
    """A packet's draft, if it still is what was made: `files` are the ledger's SHA-256 by path. Raises FileError."""
    for name, sha256 in files.items():
        if not name.endswith((f"/{DRAFT}", ZIP)):
            continue
        data = read_file(root / name)
        if digest(data) != sha256:
            hint = "nobody gets it so: delete it, and the next run makes it anew"
            raise FileError("was altered since it was made", Location(str(root / name)), hint)
        if name.endswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.read(DRAFT)
        return data
    raise FileError("there is no draft in the packet", Location(str(root)))


def read_subject(draft: bytes) -> str:
    return str(_head(draft)["Subject"])


def make_message(draft: bytes, sender: Sender, message_id: str, now: datetime) -> bytes:
    """The mail that is sent in place of a draft."""
    return _sent(_head(draft), sender, message_id, now)


def make_sample(draft: bytes, name: str, sender: Sender, now: datetime) -> bytes:
    """What somebody would get, addressed to the sender. Its Message-ID is another one, for it is another mail."""
    mail = _head(draft)
    mail_headers.put(mail, "Subject", mail_headers.words("Subject", f"[sample for {name}] {mail['Subject']}"))
    mail_headers.put(mail, "To", mail_headers.mailbox("To", sender.name, sender.address))
    return _sent(mail, sender, make_msgid(domain=sender.domain), now)


def _sent(mail: EmailMessage, sender: Sender, message_id: str, now: datetime) -> bytes:
    del mail["X-Unsent"]
    mail_headers.put(mail, "From", mail_headers.mailbox("From", sender.name, sender.address))
    mail_headers.put(mail, "Date", format_datetime(now))
    mail_headers.put(mail, "Message-ID", message_id)
    return mail.as_bytes()


def _head(draft: bytes) -> EmailMessage:
    """The draft with its body as one text."""
    return BytesHeaderParser(policy=mail_headers.POLICY).parsebytes(draft)

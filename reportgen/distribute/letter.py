"""The cover letter: a template for one recipient, and the mail that carries it with the documents.

A mail's bytes are the same for the same packet: its boundary and its Message-ID come from the copy, its date is the brief's.
"""

from __future__ import annotations

import hashlib
import re
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.distribute import headers
from reportgen.distribute.copied import NEWLINE, Copied, Piece, base64_lines
from reportgen.distribute.edition import Document, Edition
from reportgen.distribute.recipients import Recipient
from reportgen.errors import Location, TemplateError
from reportgen.languages import labels
from reportgen.numbers import long_date

if TYPE_CHECKING:
    from reportgen.distribute.packets import Copy, Maker

TEMPLATE = "distribute/letter.txt"
HALF = re.compile("[\ud800-\udfff]")  # of a character
LONGEST = 78  # letters of a line that goes as it is, by RFC 5322

TYPES = {
    ".pdf": ("application", "pdf"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
}


class Letter(Struct, frozen=True):
    """What is written to one recipient."""

    subject: str
    text: str


def written(copy: Copy, maker: Maker, enclosed: Sequence[Document]) -> Letter:
    """The letter that a template makes for a recipient, in the language of the documents. Raises TemplateError."""
    edition, words = maker.edition, labels(maker.edition.language).letter
    markings = "".join(f"[{line}] " for line in edition.markings)
    text = maker.letter(
        recipient=copy.recipient, edition=edition, documents=enclosed, labels=words, version=maker.version, number=copy.number,
        numbered=copy.number is not None, encrypted=bool(maker.password), bottom_line=maker.bottom_line, sender=maker.sender,
        date=long_date(edition.date, edition.language),
    )  # fmt: skip
    if not text.strip() or HALF.search(text):
        what = "a half of a character, which no mail can carry" if text.strip() else "nothing"
        raise TemplateError(f"writes {what} to {copy.recipient.name}", Location(TEMPLATE))
    return Letter(words.subject.format(title=edition.title, markings=markings), f"{text.strip()}\n")


def says(draft: bytes, letter: Letter) -> bool:
    """Whether a draft with documents in it, made earlier, has the words of this letter."""
    return b"%s%s%s--" % (NEWLINE, _text(letter.text), NEWLINE) in draft


def draft(
    letter: Letter, recipient: Recipient, edition: Edition, enclosed: Mapping[str, Copied], message_id: str
) -> Copied:
    """The mail as an .eml file that mail programs open as a draft; the recipient's address may still be missing.

    It is put together here: to let the standard library do so costs more than stamping all that is enclosed.
    """
    boundary = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    head = {
        "Subject": headers.words("Subject", letter.subject),
        "To": headers.mailbox("To", recipient.name, recipient.email) if recipient.email else "",
        "Date": format_datetime(datetime.combine(edition.date, time(), UTC)),
        "Message-ID": message_id,
        "X-Unsent": "1",  # so that Outlook and Thunderbird open it to be sent, not as one received
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/mixed; boundary="{boundary}"',
    }
    between = f"\r\n--{boundary}\r\n".encode()
    pieces: list[Piece] = [headers.lines(head), between, _text(letter.text)]
    for name, copied in enclosed.items():
        pieces += (between, _opening(name), *copied.in_mail)
    return Copied.of([*pieces, between.rstrip(), b"--", NEWLINE])


def _text(text: str) -> bytes:
    """The part of a mail that is read: as it is where its lines are plain and short, else as it becomes shortest."""
    rows = text.encode().splitlines()
    plain = NEWLINE.join([*rows, b""])
    if plain.isascii() and max(map(len, rows), default=0) <= LONGEST:
        how, body = b"7bit", plain
    else:
        encoded = {b"quoted-printable": b2a_qp(plain), b"base64": base64_lines(plain)}
        how, body = min(encoded.items(), key=lambda pair: len(pair[1]))
    return b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s' % (how, body)


@lru_cache(maxsize=16)
def _opening(name: str) -> bytes:
    """How the part of an enclosed document begins, whatever is in it."""
    part = EmailMessage(policy=headers.POLICY)
    kind, subtype = TYPES["." + name.rpartition(".")[2]]
    part.set_content(b"", maintype=kind, subtype=subtype, disposition="attachment", filename=name)
    return part.as_bytes()

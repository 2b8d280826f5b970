"""The cover letter: a template for one recipient, and the mail that carries it with the documents.

A mail's bytes are the same for the same packet: its boundary and its Message-ID come from the copy, its date is the brief's.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.distribute import headers
from reportgen.distribute.edition import Document, Edition
from reportgen.distribute.recipients import Recipient
from reportgen.errors import Location, TemplateError
from reportgen.languages import labels
from reportgen.numbers import long_date

if TYPE_CHECKING:
    from reportgen.distribute.packets import Copy, Maker

TEMPLATE = "distribute/letter.txt"
NEWLINE, LINE = b"\r\n", 76  # of a mail, and how long base64's lines are in one

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
    if not text.strip() or any("\ud800" <= letter <= "\udfff" for letter in text):
        what = "a half of a character, which no mail can carry" if text.strip() else "nothing"
        raise TemplateError(f"writes {what} to {copy.recipient.name}", Location(TEMPLATE))
    return Letter(words.subject.format(title=edition.title, markings=markings), f"{text.strip()}\n")


def says(draft: bytes, letter: Letter) -> bool:
    """Whether a draft with documents in it, made earlier, has the words of this letter."""
    mail = EmailMessage(policy=headers.POLICY)
    mail.set_content(letter.text)
    del mail["MIME-Version"]  # which the whole mail has, and no part of it
    return b"%s%s%s--" % (NEWLINE, mail.as_bytes(), NEWLINE) in draft


def draft(
    letter: Letter, recipient: Recipient, edition: Edition, enclosed: Sequence[Document], message_id: str
) -> bytes:
    """The mail as an .eml file that mail programs open as a draft; the recipient's address may still be missing."""
    mail = EmailMessage(policy=headers.POLICY)
    headers.set_text(mail, "Subject", letter.subject)
    if recipient.email:
        headers.set_mailbox(mail, "To", recipient.name, recipient.email)
    headers.set_raw(mail, "Date", format_datetime(datetime.combine(edition.date, time(), UTC)))
    headers.set_raw(mail, "Message-ID", message_id)
    mail["X-Unsent"] = "1"  # so that Outlook and Thunderbird open it to be sent, not as one received
    mail.set_content(letter.text)
    if enclosed:
        return _with(enclosed, mail, boundary=hashlib.sha256(message_id.encode()).hexdigest()[:32])
    return mail.as_bytes()


def _with(enclosed: Sequence[Document], mail: EmailMessage, boundary: str) -> bytes:
    """The mail with documents in it: the same bytes as of a mail that they are attached to by the standard library.

    That one writes base64 line by line, which costs ten times a stamped copy. So the parts are attached empty, and filled.
    """
    for document in enclosed:
        kind, subtype = TYPES["." + document.file_name.rpartition(".")[2]]
        mail.add_attachment(b"", maintype=kind, subtype=subtype, filename=document.file_name)
    mail.set_boundary(boundary)
    line = f"--{boundary}".encode()
    head, text, *parts, end = mail.as_bytes().split(line)
    filled = (
        part.removesuffix(NEWLINE) + _base64(document.data) + NEWLINE
        for part, document in zip(parts, enclosed, strict=True)
    )
    return line.join([head, text, *filled, end])


def _base64(data: bytes) -> bytes:
    whole = b2a_base64(data, newline=False)
    return b"".join(whole[at : at + LINE] + NEWLINE for at in range(0, len(whole), LINE))

"""The cover letter: a template filled in for one recipient, and the draft mail that carries it with the documents.

A draft's bytes are the same for the same packet: its boundary and Message-ID come from the copy, its date from the brief.
"""

from __future__ import annotations

import hashlib
import re
from binascii import b2a_qp
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportgen.distribution.clear_text import ClearText
from reportgen.distribution.editions.edition import CHANGES, Document, Edition
from reportgen.distribution.mail import mail_headers
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.stamping.pieces import NEWLINE, Content, Piece, base64_lines
from reportgen.markup.templates import load_template
from reportgen.system.errors import Location, TemplateError
from reportgen.text.languages import load_labels
from reportgen.text.numbers import format_long_date
from reportgen.text.stamp_text import clean_line

TEMPLATE = "distribute/letter.txt"
SURROGATES = re.compile("[\ud800-\udfff]")  # half a character each
MAX_LINE = 78  # letters of a line that needs no encoding, by RFC 5322

TYPES = {
    ".pdf": ("application", "pdf"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
}


class Letter(Struct, frozen=True):
    """The words to one recipient."""

    subject: str
    text: str


class LetterWriter(Struct, frozen=True, dict=True):
    """The folders of the letter's template, and everything that is the same in every letter of an edition."""

    edition: Edition
    version: int
    encrypted: bool
    templates: tuple[Path, ...]
    bottom_line: str
    sender: tuple[str, ...]
    protected: ClearText | None = None
    """The brief's words, where no letter may have them in clear."""
    address: tuple[str, ...] = ()
    """The lines of the house's address, below the sender."""

    @cached_property
    def fill(self) -> Callable[..., str]:
        """The template as a function of its variables. It is loaded once in each process, as it cannot be pickled."""
        return load_template(TEMPLATE, self.templates, {}, escape=False)

    def write(
        self, recipient: Recipient, number: int | None, enclosed: Sequence[Document], replaces: int | None = None
    ) -> Letter:
        """Return the letter to one recipient, who has the version `replaces`, in the language of the documents.

        Raises TemplateError.
        """
        edition, words = self.edition, load_labels(self.edition.language).letter
        markings = "".join(f"[{line}] " for line in edition.markings)
        date = clean_line(format_long_date(edition.date, edition.language))
        documents = self.name_attachments(enclosed)
        text = self.fill(
            recipient=recipient, edition=edition, documents=documents, labels=words, replaces=replaces,
            changes=next((each.file_name for each in documents if each.kind == CHANGES), None),
            version=self.version, number=number, numbered=number is not None, encrypted=self.encrypted,
            protected=self.protected is not None, bottom_line=self.bottom_line, sender=self.sender, date=date, address=self.address,
        )  # fmt: skip
        if not text.strip() or SURROGATES.search(text):
            content = "half a character, which no mail can carry" if text.strip() else "nothing"
            raise TemplateError(f"the letter to {recipient.name} contains {content}", Location(TEMPLATE))
        if self.protected is None:
            return Letter(words.subject.format(title=edition.title, markings=markings), f"{text.strip()}\n")
        names = (recipient.name, recipient.organization, recipient.salutation, *edition.markings)
        self._require_no_text(self.protected, text, names, recipient)
        subject = words.protected_subject.format(version=self.version, date=date, markings=markings)
        return Letter(subject, f"{text.strip()}\n")

    def name_attachments(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents under the names that they have in a mail: no title, where it must not stand in clear."""
        if self.protected is None or not self.protected.is_in_name(self.edition.slug):
            return list(documents)
        return [replace(each, file_name=f"{each.kind}{Path(each.file_name).suffix}") for each in documents]

    def _require_no_text(self, clear: ClearText, text: str, names: Sequence[str], recipient: Recipient) -> None:
        """Raise TemplateError where a finished letter has words of the brief, though packets are encrypted or marked."""
        found = clear.find(text, names)
        if found is None:
            return
        part, words = found
        line = next((number for number, row in enumerate(text.splitlines(), 1) if clear.find(row, names)), None)
        at = f"line {line} of the letter" if line else "the letter"
        reason = "an encrypted packet" if self.encrypted else "a marked packet"
        path = next((folder / TEMPLATE for folder in self.templates if (folder / TEMPLATE).is_file()), Path(TEMPLATE))
        hint = "mail is read on its way: leave out edition.title and bottom_line, and list the documents"
        message = f'{at} to {recipient.name} has {part} in clear, beside {reason}: "{words}"'
        raise TemplateError(message, Location(str(path)), hint)


def draft_matches(draft: bytes, letter: Letter) -> bool:
    """Say whether a draft with documents, made earlier, has the words of this letter."""
    return b"%s%s%s--" % (NEWLINE, _text_part(letter.text), NEWLINE) in draft


def build_draft(
    letter: Letter, recipient: Recipient, edition: Edition, enclosed: Mapping[str, Content], message_id: str
) -> Content:
    """Return the mail as an .eml file that mail programs open as a draft; the recipient's address may still be missing.

    It is assembled here: the standard library would take longer for it than stamping the documents takes.
    """
    boundary = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    headers = {
        "Subject": mail_headers.encode_text("Subject", letter.subject),
        "To": mail_headers.encode_mailbox("To", recipient.name, recipient.email) if recipient.email else "",
        "Date": format_datetime(datetime.combine(edition.date, time(), UTC)),
        "Message-ID": message_id,
        "X-Unsent": "1",  # Outlook and Thunderbird open it as a draft to send, not as a mail received
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/mixed; boundary="{boundary}"',
    }
    between = f"\r\n--{boundary}\r\n".encode()
    pieces: list[Piece] = [mail_headers.format_headers(headers), between, _text_part(letter.text)]
    for name, content in enclosed.items():
        pieces += (between, _attachment_head(name), *content.base64)
    return Content.join([*pieces, between.rstrip(), b"--", NEWLINE])


def _text_part(text: str) -> bytes:
    """Return the part of a mail that is read: unencoded where its lines are plain and short, else as is shortest."""
    rows = text.encode().splitlines()
    plain = NEWLINE.join([*rows, b""])
    if plain.isascii() and max(map(len, rows), default=0) <= MAX_LINE:
        encoding, body = b"7bit", plain
    else:
        encodings = {b"quoted-printable": b2a_qp(plain), b"base64": base64_lines(plain)}
        encoding, body = min(encodings.items(), key=lambda pair: len(pair[1]))
    return b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s' % (encoding, body)


@lru_cache(maxsize=16)
def _attachment_head(name: str) -> bytes:
    """Return the headers of an enclosed document."""
    part = EmailMessage(policy=mail_headers.POLICY)
    kind, subtype = TYPES["." + name.rpartition(".")[2]]
    part.set_content(b"", maintype=kind, subtype=subtype, disposition="attachment", filename=name)
    return part.as_bytes()

"""One recipient: a row of recipients.csv as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reportgen.distribute.recipients.addresses import comparable


class Recipient(Struct, frozen=True):
    """A row. `email` is as it is sent to (ASCII, the domain in lower case) or empty; `number` is the copy asked for.
    `before_embargo` lets mail go there before an embargo's end.

    `extra` holds the columns that we do not know, by their names in lower case with underscores: for templates, and only
    for what is printed or read, since a cell of it may have several lines.
    """

    name: str
    organization: str
    email: str
    documents: tuple[str, ...]
    salutation: str
    language: str
    number: int | None
    expires: date | None
    before_embargo: bool
    extra: Mapping[str, str]
    line: int

    def __hash__(self) -> int:
        """By the line alone, which no two rows share: a mapping has no hash."""
        return hash(self.line)

    @property
    def identity(self) -> tuple[str, str]:
        """Who it is in another list: the address and the name, or the name and the organization without an address.

        An office's mailbox may take the copies of several people, so the address alone is not enough.
        """
        name = _fold(self.name)
        return (comparable(self.email), name) if self.email else ("", f"{name}\n{_fold(self.organization)}")


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())

"""One recipient: a row of recipients.csv as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct

from reportgen.distribution.recipients.addresses import address_key


class Recipient(Struct, frozen=True):
    """A row of the list.

    `email` is the address to send to (ASCII, the domain in lower case) or empty; `number` is the copy number that the row
    asks for. `before_embargo` lets mail go there before an embargo's end. `extra` holds columns of the user's own, by their
    names in lower case with underscores: for templates only, since such a cell may have several lines.
    """

    template_names: ClassVar[tuple[str, ...]] = (
        "name",
        "organization",
        "email",
        "documents",
        "salutation",
        "language",
        "number",
        "expires",
        "extra",
    )

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
        """Hash the line alone, which no two rows share: a mapping has no hash."""
        return hash(self.line)

    @property
    def identity(self) -> tuple[str, str]:
        """The key of the same recipient in another list: address and name, or name and organization without an address.

        An office's mailbox may take the copies of several people, so the address alone is not enough.
        """
        name = _fold(self.name)
        return (address_key(self.email), name) if self.email else ("", f"{name}\n{_fold(self.organization)}")


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())

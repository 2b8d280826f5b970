"""An edition: the finished documents of one brief, made, checked and audited once for all copies."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from reportgen.brief.model import Brief
from reportgen.pdf.typesetting import Workers
from reportgen.pipeline.documents import make_documents, make_handout
from reportgen.pipeline.kinds import Options

HANDOUT = "handout"
CHANGES = "changes"
"""The kind of the page with what changed, which a packet of a new edition has besides its documents."""


class Document(Struct, frozen=True):
    """A finished document: the name of its kind, that of its file, and its bytes."""

    template_names: ClassVar[tuple[str, ...]] = ("kind", "file_name")

    kind: str
    file_name: str
    data: bytes


class Edition(Struct, frozen=True):
    """The documents of one state of a brief. `digest` is the SHA-256 of all of them."""

    template_names: ClassVar[tuple[str, ...]] = ("title", "slug", "date", "language", "markings")

    title: str
    slug: str
    date: date
    language: str
    markings: tuple[str, ...]
    documents: Mapping[str, Document]
    printed: Mapping[str, frozenset[str]] = {}
    """The paths of the brief that each document prints."""

    @property
    def digest(self) -> str:
        whole = hashlib.sha256()
        for name in sorted(self.documents):
            whole.update(hashlib.sha256(self.documents[name].data).digest())
        return whole.hexdigest()

    def tagged_digest(self, how: str) -> str:
        """Return the digest of copies that are made in a certain way: numbered or encrypted copies are another edition."""
        return hashlib.sha256(f"{self.digest} {how}".encode()).hexdigest() if how else self.digest


def make_edition(
    brief: Brief, folder: Path, wanted: Collection[str], options: Options, workers: Workers | None
) -> Edition:
    """Return an edition of the documents that at least one recipient wants; faults name them as files of `folder`.

    All are checked and audited. The workers are freed then, as making the copies may take hours.
    """
    made = make_documents(brief, folder, True, options, workers)
    documents = {
        kind.name: Document(kind.name, kind.file_name(brief.slug), data)
        for kind, data in made.rendered
        if kind.name in wanted
    }
    printed = {str(audit.document): audit.printed for audit in made.audits}
    printed[HANDOUT] = printed.get("deck", frozenset())
    if HANDOUT in wanted:
        data = make_handout(brief, options.paper, options.theme, workers)
        documents[HANDOUT] = Document(HANDOUT, f"{brief.slug}-{HANDOUT}.pdf", data)
    if workers:
        workers.shutdown()
    return Edition(
        brief.plain(brief.title), brief.slug, brief.date, brief.writing, brief.marks.marking.lines, documents, printed
    )

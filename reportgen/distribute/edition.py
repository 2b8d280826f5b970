"""What is distributed: the finished documents of one brief, made, checked and read back once for all copies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import date

from msgspec import Struct

from reportgen.brief.model import Brief
from reportgen.pdf.workshop import Workshop
from reportgen.pipeline.kinds import KINDS

HANDOUT = "handout"


class Document(Struct, frozen=True):
    """A finished document: the name of its kind, that of its file, and its bytes."""

    kind: str
    file_name: str
    data: bytes


class Edition(Struct, frozen=True):
    """The documents of one state of a brief. `digest` is the SHA-256 of all of them: another state has another one."""

    title: str
    slug: str
    date: date
    language: str
    markings: tuple[str, ...]
    documents: Mapping[str, Document]

    @property
    def digest(self) -> str:
        whole = hashlib.sha256()
        for name in sorted(self.documents):
            whole.update(hashlib.sha256(self.documents[name].data).digest())
        return whole.hexdigest()

    def tagged(self, how: str) -> str:
        """The digest of documents that are distributed in a certain way: copies that are stamped otherwise are others."""
        return hashlib.sha256(f"{self.digest} {how}".encode()).hexdigest() if how else self.digest


def made(
    brief: Brief,
    rendered: Mapping[str, bytes],
    wanted: Collection[str],
    tell: Callable[[str], object],
    workshop: Workshop | None = None,
) -> Edition:
    """An edition of the documents that are wanted by at least one recipient; `rendered` are memo and deck."""
    documents = {
        name: Document(name, KINDS[name].file_name(brief.slug), data)
        for name, data in rendered.items()
        if name in wanted
    }
    if HANDOUT in wanted:
        tell("making the handout")
        documents[HANDOUT] = Document(HANDOUT, f"{brief.slug}-{HANDOUT}.pdf", _handout(brief, workshop))
    return Edition(brief.plain(brief.title), brief.slug, brief.date, brief.language, brief.marks.lines, documents)


def _handout(brief: Brief, workshop: Workshop | None) -> bytes:
    from reportgen import brand as brands, deck as decks, handout
    from reportgen.markup.templates import template_folders

    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    theme = decks.load_theme(brand)
    compiled = decks.compile_brief(brief, brand, folders, theme)
    numbers = handout.numbers(decks.fit_deck(compiled, theme, theme.adapt_brand(brand)))
    return handout.render(compiled, brief, brand, folders, numbers=numbers, workshop=workshop)

"""The kinds of document that a brief becomes. The command line follows this registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.brief.model import Brief


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document: its name, the ending of its files, one line of help, and what makes it (imported when called)."""

    name: str
    suffix: str
    about: str
    render: Callable[..., bytes]

    def file_name(self, slug: str) -> str:
        return f"{slug}-{self.name}{self.suffix}"


def _memo(brief: Brief, profile: str | None = None, paper: str = "letter") -> bytes:
    from reportgen import brand, memo
    from reportgen.markup.render import template_folders

    return memo.render(brief, brand.load(brief.folder), template_folders(brief.folder), paper=paper, profile=profile)


def _deck(brief: Brief) -> bytes:
    from reportgen import brand, deck
    from reportgen.markup.render import template_folders

    return deck.render(brief, brand.load(brief.folder), template_folders(brief.folder))


KINDS = {
    kind.name: kind
    for kind in (
        DocumentKind("memo", ".pdf", "the policy memo, a tagged PDF", _memo),
        DocumentKind("deck", ".pptx", "the briefing deck, an editable PowerPoint file", _deck),
    )
}

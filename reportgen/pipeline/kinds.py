"""The kinds of document that a brief becomes. The command line follows this registry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.system.errors import BriefError, did_you_mean

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.pdf.workshop import Workshop


OUTPUT_DIR = Path("build")
"""Where documents go unless another place is named."""


class DocumentKind(Struct, frozen=True):
    """A document: its name, the ending of its files, one line of help, and what begins it (imported when called).

    What begins it takes the brief, the kind's own options, a workshop, and what it tells its stages to. It gives what
    finishes it: in between, other work can be done.
    """

    name: str
    suffix: str
    about: str
    begun: Callable[..., Callable[[], bytes]]

    def render(self, *given: Any, **named: Any) -> bytes:
        """Begun and finished."""
        return self.begun(*given, **named)()

    def file_name(self, slug: str) -> str:
        return f"{slug}-{self.name}{self.suffix}"


def _memo(
    brief: Brief, profile: str | None = None, paper: str = "letter", attach_brief: bool = False,
    workshop: Workshop | None = None, tell: Callable[[str], object] = str,
) -> Callable[[], bytes]:  # fmt: skip
    from reportgen import brand, memo
    from reportgen.markup.templates import template_folders
    from reportgen.memo.profiles import PROFILES

    if profile is None and brief.profile not in PROFILES:
        hint = did_you_mean(brief.profile, PROFILES)
        raise BriefError(f'profile: there is no memo profile "{brief.profile}"', brief.where("profile"), hint)
    folders = template_folders(brief.folder)
    return memo.begun(brief, brand.load(brief.folder), folders, paper, profile, attach_brief, workshop, tell)


def _deck(
    brief: Brief, theme: str | Path | None = None,
    workshop: Workshop | None = None, tell: Callable[[str], object] = str,  # noqa: ARG001  # it draws no chart, in one stage
) -> Callable[[], bytes]:  # fmt: skip
    from reportgen import brand, deck
    from reportgen.deck import theme as themes
    from reportgen.markup.templates import template_folders

    house = themes.read_theme(Path(theme)) if theme else None
    return partial(deck.render_deck, brief, brand.load(brief.folder), template_folders(brief.folder), house)


KINDS = {
    kind.name: kind
    for kind in (
        DocumentKind("memo", ".pdf", "the policy memo, a tagged PDF", _memo),
        DocumentKind("deck", ".pptx", "the briefing deck, an editable PowerPoint file", _deck),
    )
}

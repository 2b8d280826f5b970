"""The handout: what a deck shows and what its briefer says, as a PDF to hold in hand. It does not redraw the slides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import BriefError
from reportgen.languages.words import RANGE

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.deck.model import Deck
    from reportgen.pdf.drawings import Drawings


def render(
    deck: Deck,
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str = "letter",
    numbers: Mapping[str, str] | None = None,
    drawings: Drawings | None = None,
) -> bytes:
    """The handout of a compiled deck as PDF bytes: paper has room of its own, so no slide is continued on another here.

    `numbers` says by a slide's id how the finished deck counts it ("4", "5–7"); without it, slides count as in `deck`.
    Charts come from `drawings`, or are drawn here.
    """
    from reportgen.handout.compose import compose
    from reportgen.pdf.drawings import Drawings
    from reportgen.pdf.engine import Job, render as render_pdf, start
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.sheet import faces, paper as paper_named
    from reportgen.resources import asset

    composed = compose(deck, brief, brand, folders, paper_named(paper), numbers or {})
    try:
        pictures = (drawings or Drawings()).of(composed.charts, brand, meanwhile=start)
        files = faces(brand, composed.html + composed.stylesheet, pictures)
        rights = deck.properties.marks.rights
        return render_pdf(Job(composed.html, files, (*folders, asset()), pictures, composed.stylesheet, rights))
    except GlyphError as error:
        (told,) = error.diagnostics
        raise BriefError(told.message, brief.document.find((), error.characters[0]), told.hint) from None


def numbers(fitted: Deck) -> dict[str, str]:
    """How a fitted deck counts its slides, by their ids: "4", or "5–7" for one that is continued on two more."""
    counted = {}
    for place, slide in enumerate(fitted.slides, 1):
        index, parts = slide.part or (1, 1)
        if index == 1:
            counted[slide.id] = str(place) if parts == 1 else f"{place}{RANGE}{place + parts - 1}"
    return counted

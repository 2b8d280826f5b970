"""The handout: what a deck shows and what its briefer says, as a PDF to hold in hand. It does not redraw the slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.system.errors import BriefError
from reportgen.text.languages.label_fields import RANGE

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.deck.values import Deck
    from reportgen.pdf.job import Job
    from reportgen.pdf.workshop import Workshop


def render(
    deck: Deck,
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str = "letter",
    numbers: Mapping[str, str] | None = None,
    workshop: Workshop | None = None,
) -> bytes:
    """The handout of a compiled deck as PDF bytes: paper has room of its own, so no slide is continued on another here.

    `numbers` says by a slide's id how the finished deck counts it ("4", "5–7"); without it, slides count as in `deck`.
    A `workshop` draws and typesets it; without one all is done here.
    """
    from reportgen.handout.handout_html import compose
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.job import Job
    from reportgen.pdf.paper import find_paper, select_fonts
    from reportgen.pdf.workshop import Workshop
    from reportgen.system.resources import asset

    workshop = workshop or Workshop()
    composed = compose(deck, brief, brand, folders, find_paper(paper), numbers or {})
    try:
        pictures = workshop.drawn(composed.charts, brand)
        drawn = (picture.decode() for picture in pictures.values())
        files = select_fonts(brand, composed.html, composed.stylesheet, *drawn)
        rights = deck.properties.marks.rights
        job = Job(composed.html, files, (*folders, asset()), pictures, composed.stylesheet, rights)
        return workshop.typeset(typeset, job)(str)
    except GlyphError as error:
        (told,) = error.diagnostics
        raise BriefError(told.message, brief.document.find((), error.characters[0]), told.hint) from None


def typeset(job: Job, tell: Callable[[str], object]) -> bytes:  # noqa: ARG001  # it has no stages
    from reportgen.pdf.engine import Press

    return Press(job).lay_out().pdf()


def numbers(fitted: Deck) -> dict[str, str]:
    """How a fitted deck counts its slides, by their ids: "4", or "5–7" for one that is continued on two more."""
    counted = {}
    for place, slide in enumerate(fitted.slides, 1):
        index, parts = slide.part or (1, 1)
        if index == 1:
            counted[slide.id] = str(place) if parts == 1 else f"{place}{RANGE}{place + parts - 1}"
    return counted

"""The handout: what a deck shows and what its briefer says, as a PDF to hold in hand. It does not redraw the slides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.text.languages.label_fields import RANGE

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.charts.base import Chart
    from reportgen.deck.values import Deck
    from reportgen.handout.handout_html import HandoutMarkup
    from reportgen.pdf.job import Job
    from reportgen.pdf.typesetting import Call


class HandoutPlan(Struct, frozen=True):
    """A handout that is ready to be typeset, but for its drawings (a `pdf.typesetting.Plan`)."""

    markup: HandoutMarkup
    brand: Brand
    folders: tuple[Path, ...]
    rights: str

    @property
    def charts(self) -> Mapping[str, tuple[Chart, float]]:
        return self.markup.charts

    def check(self) -> None:
        """Do nothing: the HTML was checked as it was composed."""

    def prepare(self) -> None:
        """Return nothing: the fonts of a handout depend on the words in its drawings."""

    def job(self, drawings: Mapping[str, bytes]) -> Job:
        from reportgen.brand.pictures import read_emblems
        from reportgen.pdf.job import Job
        from reportgen.pdf.paper import select_fonts
        from reportgen.system.resources import asset

        html, stylesheet = self.markup.html, self.markup.stylesheet
        fonts = select_fonts(self.brand, html, stylesheet, *(picture.decode() for picture in drawings.values()))
        pictures = {**drawings, **(read_emblems(self.brand) if self.brand.page.letterhead else {})}
        return Job(html, fonts, (*self.folders, asset()), pictures, stylesheet, self.rights)

    def write(self, job: Job, drawings: Mapping[str, bytes]) -> Call:  # noqa: ARG002  # the job has them
        from reportgen.pdf.typesetting import Call

        return Call(write_handout, (job,))


def render_handout(
    deck: Deck,
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    numbers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the handout of a compiled deck as PDF bytes; for parameters and errors see `plan_handout`."""
    from reportgen.pdf.typesetting import typeset

    return typeset(plan_handout(deck, brief, brand, folders, paper, numbers), brief).result()


def plan_handout(
    deck: Deck,
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    numbers: Mapping[str, str] | None = None,
) -> HandoutPlan:
    """Fill in the handout's template.

    Parameters
    ----------
    deck
        The deck as compiled: paper has room of its own, so no slide is continued on another here.
    numbers
        By a slide's id, how the finished deck counts it ("4", "5–7"); without it, slides count as in `deck`.

    Raises
    ------
    UsageError, TemplateError
        for an unknown paper, and for a template that cannot be filled in.
    """
    from reportgen.handout.handout_html import compose
    from reportgen.pdf.paper import find_paper

    markup = compose(deck, brief, brand, folders, find_paper(paper, brief.language, brand), numbers or {})
    return HandoutPlan(markup, brand, tuple(folders), deck.properties.marks.rights)


def write_handout(job: Job) -> bytes:
    """Typeset a handout and return its PDF."""
    from reportgen.pdf.engine import Press

    return Press(job).lay_out().pdf()


def number_slides(fitted: Deck) -> dict[str, str]:
    """Return how a fitted deck counts its slides, by id: "4", or "5–7" for one that is continued on two more."""
    counted = {}
    for place, slide in enumerate(fitted.slides, 1):
        index, parts = slide.part or (1, 1)
        if index == 1:
            counted[slide.id] = str(place) if parts == 1 else f"{place}{RANGE}{place + parts - 1}"
    return counted

"""The memo: a brief as a print-quality PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.system.errors import BriefError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.memo.memo_html import MemoMarkup
    from reportgen.pdf.job import Job
    from reportgen.pdf.workshop import Workshop


def render(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str = "letter",
    profile: str | None = None,
    attach_brief: bool = False,
    workshop: Workshop | None = None,
    tell: Callable[[str], object] = str,
) -> bytes:
    """The memo as PDF bytes."""
    return begun(brief, brand, folders, paper, profile, attach_brief, workshop, tell)()


def begun(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str = "letter",
    profile: str | None = None,
    attach_brief: bool = False,
    workshop: Workshop | None = None,
    tell: Callable[[str], object] = str,
) -> Callable[[], bytes]:
    """What waits for the memo's PDF bytes, or makes them where no process of the `workshop` does.

    Templates and stylesheets are looked for in `folders`, the first that has one wins. Its evidence and its charts' data
    are attached, and the brief itself with `attach_brief`. Raises BriefError for a part that the profile needs, FitError
    where the pages do not hold what the brief says.
    """
    from reportgen.memo import attachments, page_budget
    from reportgen.memo.memo_html import compose
    from reportgen.memo.profiles import find_profile
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.paper import find_paper
    from reportgen.pdf.workshop import Workshop
    from reportgen.system.creation_time import find_creation_time

    form, workshop = find_profile(profile or brief.profile), workshop or Workshop()
    composed = compose(brief, brand, folders, find_paper(paper), form)
    job, limits = _job(composed, brief, brand, folders), page_budget.Budget.of(brief, form)
    workshop.ahead(page_budget.lay_out, job, limits)  # while ours checks it, and somebody draws
    composed.check()
    try:
        drawings = workshop.drawn(composed.charts, brand, tell)
        parts = page_budget.Parts(
            drawings,
            attachments.list_attachments(brief, composed.exhibits, attach_brief),
            find_creation_time(brief.date),
        )
        waiting = workshop.typeset(page_budget.typeset, job, limits, parts, drawings=drawings)
    except GlyphError as error:
        (told,) = error.diagnostics
        raise BriefError(told.message, brief.document.find((), error.characters[0]), told.hint) from None

    def finished() -> bytes:
        made = waiting(tell)
        if not isinstance(made, bytes):
            raise page_budget.refused(made, brief, form)
        return made

    return finished


def _job(composed: MemoMarkup, brief: Brief, brand: Brand, folders: Sequence[Path]) -> Job:
    """What is set: with the brand's logo and the sizes of charts, by the names under which the HTML asks for them."""
    from reportgen.charts.style import Style
    from reportgen.memo.memo_html import logo_name
    from reportgen.pdf.job import Job
    from reportgen.pdf.paper import select_fonts
    from reportgen.system.resources import asset

    style = Style.memo(brand)
    scenes = {name: chart.scene(width, style) for name, (chart, width) in composed.charts.items()}
    letters = [text for scene in scenes.values() for text in scene.texts]
    name = logo_name(brand)
    return Job(
        composed.html,
        select_fonts(brand, composed.html, composed.stylesheet, *letters),
        (*folders, asset()),
        {name: brand.logo.read_bytes()} if brand.logo and name else {},
        composed.stylesheet,
        brief.marks.rights,
        {name: (scene.width, scene.height) for name, scene in scenes.items()},
    )

"""The memo: a brief as a print-quality PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.system.errors import BriefError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.memo.expected_memo import Printed
    from reportgen.memo.memo_html import Composed
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
    from reportgen.memo.memo_html import compose, created
    from reportgen.memo.profiles import profile as profile_named
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.paper import paper as paper_named
    from reportgen.pdf.workshop import Workshop

    form, workshop = profile_named(profile or brief.profile), workshop or Workshop()
    composed = compose(brief, brand, folders, paper_named(paper), form)
    job, limits = _job(composed, brief, brand, folders), page_budget.Budget.of(brief, form)
    workshop.ahead(page_budget.lay_out, job, limits)  # while ours checks it, and somebody draws
    composed.check()
    try:
        drawings = workshop.drawn(composed.charts, brand, tell)
        parts = page_budget.Parts(drawings, attachments.of(brief, composed.exhibits, attach_brief), created(brief))
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


def _job(composed: Composed, brief: Brief, brand: Brand, folders: Sequence[Path]) -> Job:
    """What is set: with the brand's logo and the sizes of charts, by the names under which the HTML asks for them."""
    from reportgen.charts.style import Style
    from reportgen.memo.memo_html import logo_name
    from reportgen.pdf.job import Job
    from reportgen.pdf.paper import faces
    from reportgen.system.resources import asset

    style = Style.memo(brand)
    scenes = {name: chart.scene(width, style) for name, (chart, width) in composed.charts.items()}
    letters = [text for scene in scenes.values() for text in scene.texts]
    name = logo_name(brand)
    return Job(
        composed.html,
        faces(brand, composed.html, composed.stylesheet, *letters),
        (*folders, asset()),
        {name: brand.logo.read_bytes()} if brand.logo and name else {},
        composed.stylesheet,
        brief.marks.rights,
        {name: (scene.width, scene.height) for name, scene in scenes.items()},
    )


def printed(brief: Brief, profile: str, size: tuple[float, float]) -> Printed:
    """What the memo prints, without setting it: for reading a finished file back. `size` is its page's, in points."""
    from reportgen.memo.expected_memo import printed as read_back

    return read_back(brief, profile, size)

"""The memo: a brief as a print-quality PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import BriefError

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.memo.compose import Composed
    from reportgen.memo.readback import Printed
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
    from reportgen.memo import attachments, budget
    from reportgen.memo.compose import compose, created
    from reportgen.memo.profiles import profile as profile_named
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.sheet import paper as paper_named
    from reportgen.pdf.workshop import Workshop

    form, workshop = profile_named(profile or brief.profile), workshop or Workshop()
    composed = compose(brief, brand, folders, paper_named(paper), form)
    try:
        job = _job(composed, brief, brand, folders, workshop.drawn(composed.charts, brand, tell))
        attached = attachments.of(brief, composed.exhibits, attach_brief)
        waiting = workshop.typeset(budget.typeset, job, budget.Budget.of(brief, form), attached, created(brief))
    except GlyphError as error:
        (told,) = error.diagnostics
        raise BriefError(told.message, brief.document.find((), error.characters[0]), told.hint) from None

    def finished() -> bytes:
        made = waiting(tell)
        if not isinstance(made, bytes):
            raise budget.refused(made, brief, form)
        return made

    return finished


def _job(composed: Composed, brief: Brief, brand: Brand, folders: Sequence[Path], pictures: dict[str, bytes]) -> Job:
    """What is set: with the charts, drawn, and the brand's logo, by the names under which the HTML asks for them."""
    from reportgen.memo.compose import logo_name
    from reportgen.pdf.job import Job
    from reportgen.pdf.sheet import faces
    from reportgen.resources import asset

    if brand.logo and (name := logo_name(brand)):
        pictures = {**pictures, name: brand.logo.read_bytes()}
    files = faces(brand, composed.html + composed.stylesheet, pictures)
    return Job(composed.html, files, (*folders, asset()), pictures, composed.stylesheet, brief.marks.rights)


def printed(brief: Brief, profile: str, size: tuple[float, float]) -> Printed:
    """What the memo prints, without setting it: for reading a finished file back. `size` is its page's, in points."""
    from reportgen.memo.readback import printed as read_back

    return read_back(brief, profile, size)

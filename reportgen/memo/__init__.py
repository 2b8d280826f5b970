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
    from reportgen.pdf.drawings import Drawings


def render(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str = "letter",
    profile: str | None = None,
    attach_brief: bool = False,
    drawings: Drawings | None = None,
    tell: Callable[[str], object] = str,
) -> bytes:
    """The memo as PDF bytes; templates and stylesheets are looked for in `folders`, the first that has one wins.

    Its evidence and its charts' data are attached, and the brief itself with `attach_brief`; charts come from
    `drawings`, or are drawn here. Raises BriefError for a part
    that the profile needs, FitError where the pages do not hold what the brief says.
    """
    from reportgen.memo import attachments, budget
    from reportgen.memo.compose import compose, created
    from reportgen.memo.profiles import profile as profile_named
    from reportgen.pdf.drawings import Drawings
    from reportgen.pdf.engine import Job, Press
    from reportgen.pdf.glyphs import GlyphError
    from reportgen.pdf.sheet import faces, paper as paper_named
    from reportgen.resources import asset

    form = profile_named(profile or brief.profile)
    composed = compose(brief, brand, folders, paper_named(paper), form)
    try:
        tell("drawing the charts")
        pictures = _pictures(composed, brand, drawings or Drawings())
        tell("laying out the pages")
        files = faces(brand, composed.html + composed.stylesheet, pictures)
        job = Job(composed.html, files, (*folders, asset()), pictures, composed.stylesheet, brief.marks.rights)
        attached = attachments.of(brief, composed.exhibits, attach_brief)
        sheets = budget.set_in(Press(job), brief, form)
        tell("writing the PDF")
        return sheets.pdf(attached, created(brief))
    except GlyphError as error:
        (told,) = error.diagnostics
        raise BriefError(told.message, brief.document.find((), error.characters[0]), told.hint) from None


def _pictures(composed: Composed, brand: Brand, drawings: Drawings) -> dict[str, bytes]:
    """The charts that the memo shows, drawn, and the brand's logo, by the names under which the HTML asks for them."""
    from reportgen.memo.compose import logo_name
    from reportgen.pdf.engine import start

    pictures = drawings.of(composed.charts, brand, meanwhile=start)
    if brand.logo and (name := logo_name(brand)):
        pictures[name] = brand.logo.read_bytes()
    return pictures


def printed(brief: Brief, profile: str, size: tuple[float, float]) -> Printed:
    """What the memo prints, without setting it: for reading a finished file back. `size` is its page's, in points."""
    from reportgen.memo.readback import printed as read_back

    return read_back(brief, profile, size)

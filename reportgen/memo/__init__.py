"""The memo: a brief as a print-quality PDF.

`render_memo` makes it; `plan_memo` stops before anything is typeset, for callers that have executors for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief import Brief
    from reportgen.charts.base import Chart
    from reportgen.memo.memo_html import MemoMarkup
    from reportgen.memo.page_budget import Budget
    from reportgen.pdf.job import Attached, Job
    from reportgen.pdf.typesetting import Call


class MemoPlan(Struct, frozen=True):
    """A memo that is ready to be typeset, but for its drawings (a `pdf.typesetting.Plan`)."""

    markup: MemoMarkup
    layout: Job
    budget: Budget
    attachments: tuple[Attached, ...]
    created: datetime
    brand: Brand

    @property
    def charts(self) -> Mapping[str, tuple[Chart, float]]:
        return self.markup.charts

    def check(self) -> None:
        self.markup.check()

    def prepare(self) -> Call:
        from reportgen.memo.page_budget import lay_out_ahead
        from reportgen.pdf.typesetting import Call

        return Call(lay_out_ahead, (self.layout, self.budget))

    def job(self, drawings: Mapping[str, bytes]) -> Job:  # noqa: ARG002  # pages need the sizes of drawings alone
        return self.layout

    def write(self, job: Job, drawings: Mapping[str, bytes]) -> Call:
        from reportgen.memo.page_budget import write_memo
        from reportgen.pdf.typesetting import Call

        return Call(write_memo, (job, self.budget, drawings, self.attachments, self.created))


def render_memo(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    profile: str | None = None,
    attach_brief: bool = False,
    copy: str = "",
) -> bytes:
    """Return the memo as PDF bytes; for parameters and errors see `plan_memo`, besides FitError for too long a brief."""
    from reportgen.pdf.typesetting import typeset

    return typeset(plan_memo(brief, brand, folders, paper, profile, attach_brief, copy), brief).result()


def plan_memo(
    brief: Brief,
    brand: Brand,
    folders: Sequence[Path],
    paper: str | None = None,
    profile: str | None = None,
    attach_brief: bool = False,
    copy: str = "",
) -> MemoPlan:
    """Fill in the memo's template and collect all that it is typeset from.

    Parameters
    ----------
    folders
        Folders of templates and stylesheets; the first that has a file wins.
    paper, profile
        Names of the paper size and of the form; the brief's own form by default.
    attach_brief
        Whether the brief itself is attached, besides its evidence and the data of its charts.
    copy
        "principal" for a memo without its last page, with who drafted, approved and cleared it.

    Raises
    ------
    BriefError
        when a part that the form needs is missing.
    UsageError, TemplateError
        for an unknown form or paper, and for a template that cannot be filled in.
    """
    from reportgen.memo.attachments import list_attachments
    from reportgen.memo.memo_html import compose
    from reportgen.memo.page_budget import Budget
    from reportgen.memo.profiles import find_profile
    from reportgen.pdf.paper import find_paper
    from reportgen.system.creation_time import find_creation_time

    form = find_profile(profile or brief.profile, copy)
    markup = compose(brief, brand, folders, find_paper(paper, brief.language, brand), form)
    return MemoPlan(
        markup,
        _plan_layout(markup, brief, brand, folders),
        replace(Budget.of(brief, form), size=brand.page.size),
        list_attachments(brief, markup.exhibits, attach_brief, form),
        find_creation_time(brief.date),
        brand,
    )


def _plan_layout(markup: MemoMarkup, brief: Brief, brand: Brand, folders: Sequence[Path]) -> Job:
    """Return the memo as a typesetting job, with the brand's logo and the sizes of its charts."""
    from reportgen.brand.pictures import read_emblems
    from reportgen.charts.style import Style
    from reportgen.pdf.finishing.text_fields import draw_fields_without_fonts
    from reportgen.pdf.job import Job
    from reportgen.pdf.paper import select_fonts
    from reportgen.system.resources import asset

    style = Style.memo(brand)
    scenes = {name: chart.scene(width, style) for name, (chart, width) in markup.charts.items()}
    letters = [text for scene in scenes.values() for text in scene.texts]
    html = draw_fields_without_fonts(markup.html)
    return Job(
        html,
        select_fonts(brand, html, markup.stylesheet, *letters),
        (*folders, asset()),
        read_emblems(brand),
        markup.stylesheet,
        brief.marks.rights,
        {name: (scene.width, scene.height) for name, scene in scenes.items()},
    )

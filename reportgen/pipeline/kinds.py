"""The kinds of document that a brief becomes. The command line follows this registry."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.clearances.status_faults import refuse_status
from reportgen.pipeline.gap_refusal import refuse_gaps
from reportgen.system.errors import BriefError, FitError, TemplateError, did_you_mean
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.pdf.typesetting import Workers


OUTPUT_DIR = Path("build")
"""The folder of documents unless another is named."""


class Options(Struct, frozen=True):
    """Options of the documents: the memo's form and paper, whether the brief is attached to it, and the deck's theme.

    Without `profile` the memo has the brief's own form, without `paper` that of its language, without `theme` the deck has the brand's theme.
    `coverage` is the file that lists which document prints which text of the brief, `fact_sheet` the one that lists the facts
    and quotations that they print, with their evidence.
    """

    profile: str | None = None
    paper: str | None = None
    attach_brief: bool = False
    theme: Path | None = None
    coverage: Path | None = None
    fact_sheet: Path | None = None
    word: bool = False
    """Whether a build writes the memo as a Word file, too."""
    copy: str = ""
    """The copy of the memo: "principal" is without its last page, with who drafted, approved and cleared it."""
    draft: bool = False
    """True for a build that prints the brief's gaps."""


class DocumentKind(Struct, frozen=True):
    """A document: its name, the ending of its files, a line of help, and the function that starts to make it."""

    name: str
    suffix: str
    about: str
    start: Callable[[Brief, Options, Workers | None], Future[bytes]]
    """Submits the slow work to the workers; without workers, all is done before it returns."""

    def render(self, brief: Brief, options: Options | None = None) -> bytes:
        """Make the document in this process. Raises ReportgenError."""
        return self.start(brief, options or Options(), None).result()

    def file_name(self, slug: str) -> str:
        return f"{slug}-{self.name}{self.suffix}"


def _start_memo(brief: Brief, options: Options, workers: Workers | None) -> Future[bytes]:
    from reportgen import brand, memo
    from reportgen.markup.templates import template_folders
    from reportgen.pdf.typesetting import typeset

    refuse_status(brief)
    refuse_gaps(brief)
    report(Stage.MAKING, "memo")
    _require_profile(brief, options)
    plan = memo.plan_memo(
        brief,
        brand.load(brief.folder),
        template_folders(brief.folder),
        options.paper,
        options.profile,
        options.attach_brief,
        options.copy,
    )
    return typeset(plan, brief, workers)


def _require_profile(brief: Brief, options: Options) -> None:
    """Raise BriefError if the brief names a form that does not exist, and the options name no other."""
    from reportgen.memo.profiles import PROFILES

    if options.profile is None and brief.profile not in PROFILES:
        hint = did_you_mean(brief.profile, PROFILES)
        raise BriefError(f'profile: there is no memo profile "{brief.profile}"', brief.where("profile"), hint)


def _start_deck(brief: Brief, options: Options, workers: Workers | None) -> Future[bytes]:  # noqa: ARG001  # it is made here
    from reportgen import brand, deck
    from reportgen.deck import theme as themes
    from reportgen.markup.templates import template_folders

    refuse_status(brief)
    refuse_gaps(brief)
    report(Stage.MAKING, "deck")
    future: Future[bytes] = Future()
    try:
        house = themes.read_theme(options.theme) if options.theme else None
        future.set_result(deck.render_deck(brief, brand.load(brief.folder), template_folders(brief.folder), house))
    except (FitError, TemplateError) as error:  # which need not keep the other documents from being made
        future.set_exception(error)
    return future


def _start_word(brief: Brief, options: Options, workers: Workers | None) -> Future[bytes]:
    from reportgen import brand, word
    from reportgen.markup.templates import template_folders

    refuse_status(brief)
    refuse_gaps(brief)
    report(Stage.MAKING, "memo")
    _require_profile(brief, options)
    folders = template_folders(brief.folder)
    future: Future[bytes] = Future()
    future.set_result(
        word.render_word(
            brief, brand.load(brief.folder), folders, options.paper, options.profile, workers, options.copy
        )
    )
    return future


KINDS = {
    kind.name: kind
    for kind in (
        DocumentKind("memo", ".pdf", "the policy memo, a tagged PDF", _start_memo),
        DocumentKind("deck", ".pptx", "the briefing deck, an editable PowerPoint file", _start_deck),
    )
}
WORD_MEMO = DocumentKind("memo", ".docx", "the policy memo, a Word file for clearance", _start_word)
"""The memo for offices that clear it in Word; made where it is asked for."""


def list_kinds(options: Options | None = None) -> tuple[DocumentKind, ...]:
    """Return the documents that a build makes."""
    return (*KINDS.values(), *([WORD_MEMO] if options and options.word else []))

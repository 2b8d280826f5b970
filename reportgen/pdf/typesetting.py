"""A planned document on paper to its PDF: charts drawn, glyphs checked, pages laid out, each by the executor for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct

from reportgen.pdf.drawings import load_or_draw
from reportgen.pdf.glyphs import GlyphError, require_glyphs
from reportgen.system.errors import BriefError
from reportgen.system.executors import InlineExecutor

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.brief.model import Brief
    from reportgen.pdf.drawings import Charts
    from reportgen.pdf.job import Job
    from reportgen.system.cache import Cache

INLINE = InlineExecutor()


class Workers(Struct, frozen=True):
    """Executors for the slow work of documents on paper, and the cache of drawn charts."""

    layout: Executor = INLINE
    """Lays out pages, writes PDFs and reads them back."""
    drawing: Executor = INLINE
    cache: Cache | None = None

    def shutdown(self, cancel: bool = False) -> None:
        """Free the executors once their work is done; with `cancel`, at once."""
        for executor in {self.layout, self.drawing}:
            executor.shutdown(cancel_futures=cancel)


class Call(NamedTuple):
    """A function of a module and its arguments, which can be sent to another process."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Plan(Protocol):
    """A document on paper that is ready to be typeset, but for its drawings."""

    @property
    def charts(self) -> Charts:
        """The charts to be drawn."""

    @property
    def brand(self) -> Brand: ...

    def check(self) -> None:
        """Raise TemplateError for HTML that the document may not have."""

    def prepare(self) -> Call | None:
        """Return what can be done before the drawings are there."""

    def job(self, drawings: Mapping[str, bytes]) -> Job:
        """Return the typesetting job."""

    def write(self, job: Job, drawings: Mapping[str, bytes]) -> Call:
        """Return the call that makes the PDF."""


def typeset(plan: Plan, brief: Brief, workers: Workers | None = None) -> Future[bytes]:
    """Check a plan, draw its charts and submit its typesetting; without `workers`, all is done before this returns.

    Raises
    ------
    TemplateError
        for HTML that the document may not have.
    BriefError
        for characters that no font of the document can draw, at their place in the brief.
    """
    workers = workers or Workers()
    if not isinstance(workers.layout, InlineExecutor) and (preparation := plan.prepare()):
        workers.layout.submit(preparation.function, *preparation.arguments)
    plan.check()
    with _at_their_place(brief):
        drawings = load_or_draw(plan.charts, plan.brand, workers.cache, workers.drawing)
        job = plan.job(drawings)
        call = plan.write(job, drawings)
        future: Future[bytes] = workers.layout.submit(call.function, *call.arguments)
        require_glyphs(job.html, {**job.resources, **drawings}, job.fonts)
    return future


@contextmanager
def _at_their_place(brief: Brief) -> Iterator[None]:
    """Turn a GlyphError into a BriefError that names the place of the characters in the brief."""
    try:
        yield
    except GlyphError as error:
        (found,) = error.diagnostics
        raise BriefError(found.message, brief.document.find((), error.characters[0]), found.hint) from None

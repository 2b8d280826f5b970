"""What documents on paper are made with: a cache of drawings, and processes beside ours that draw and typeset.

Each of the three may be lacking; then the same is done here and now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from reportgen.system.beside import waiting
from reportgen.system.cache import Cache

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.charts.base import Chart
    from reportgen.pdf.job import Job
    from reportgen.pdf.reading.pdf_reader import Pdf
    from reportgen.system.beside import Beside

    Charts = Mapping[str, tuple[Chart, float]]
    """By the name of the picture: what is drawn, and how wide (points)."""

Tell = Callable[[str], object]
Set = TypeVar("Set")


class Workshop(Struct, frozen=True):
    """Where drawings are kept, who draws, and who sets pages and reads them back."""

    cache: Cache | None = None
    drawer: Beside | None = None
    typesetter: Beside | None = None

    @classmethod
    def opened(cls, cache: Cache | None) -> Workshop:
        """With a process for each that this command will need, where there is a core for it.

        Charts are drawn beside ours where none is kept yet; who keeps some has usually kept all.
        """
        from reportgen.system.beside import Beside, spare

        if not spare():
            return cls(cache)
        typesetter = Beside(_engine)
        if cache and not cache.empty():
            return cls(cache, None, typesetter)
        from reportgen import brand, charts  # noqa: F401  # which we need too: imported once for both

        return cls(cache, Beside(_plotter), typesetter)

    def drawn(self, charts: Charts, brand: Brand, tell: Tell = str) -> dict[str, bytes]:
        """The pictures by their names: kept ones are taken, the others drawn."""
        from reportgen.pdf.chart_svg import key

        cache = self.cache
        keys = {name: key(chart, brand, width) for name, (chart, width) in charts.items()} if cache else {}
        pictures = {name: kept for name in keys if cache and (kept := cache.get(keys[name])) is not None}
        missing = {name: each for name, each in charts.items() if name not in pictures}
        drawn = waiting(self.drawer, draw, missing, brand)(tell) if missing else {}
        if cache:
            for name, picture in drawn.items():
                cache.put(keys[name], picture)
        pictures |= drawn
        return {name: pictures[name] for name in charts}

    def ahead(self, work: Callable[..., object], *given: object) -> None:
        """Let a process do what we shall need and don't wait for: what it keeps of it is its own affair."""
        if self.typesetter:
            self.typesetter.ask(work, *given)

    def typeset(
        self, work: Callable[..., Set], job: Job, *given: object, drawings: Mapping[str, bytes] | None = None
    ) -> Callable[[Tell], Set]:
        """What waits for `work(job, *given, tell)`. GlyphError, at once, for what no font of the job can draw.

        Its `drawings` are looked at too; they themselves are given as `work` wants them.
        """
        from reportgen.pdf.glyphs import require_glyphs

        waited = waiting(self.typesetter, work, job, *given)
        require_glyphs(job.html, {**job.resources, **(drawings or {})}, job.fonts)
        return waited

    def reading(self, data: bytes, name: str) -> Callable[[Tell], Pdf]:
        """What waits for a finished PDF's words. FileError, then, for one that cannot be read."""
        return waiting(self.typesetter, _read, data, name)

    def close(self) -> None:
        """Its processes are needed no longer: what is asked for now is done here."""
        for beside in (self.drawer, self.typesetter):
            if beside:
                beside.close()


def draw(charts: Charts, brand: Brand, tell: Tell = str) -> dict[str, bytes]:
    """Here and now."""
    from reportgen.pdf.chart_svg import svg

    tell("drawing the charts")
    return {name: svg(chart, brand, width) for name, (chart, width) in charts.items()}


def _read(data: bytes, name: str, tell: Tell) -> Pdf:  # noqa: ARG001  # it has no stages
    from reportgen.pdf.reading.pdf_reader import read_pdf

    return read_pdf(data, name)


def _plotter() -> None:
    from reportgen.pdf.chart_svg import imported

    imported()


def _engine() -> None:
    from reportgen.pdf.engine import start

    start()

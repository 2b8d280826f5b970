"""A document's charts as pictures: kept ones are taken, the others drawn, by a process beside ours where there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.cache import Cache

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.charts.base import Chart
    from reportgen.pdf.beside import Beside

    Charts = Mapping[str, tuple[Chart, float]]
    """By the name of the picture: what is drawn, and how wide (points)."""


class Drawings(Struct, frozen=True):
    """Where charts come from: a cache, a process beside ours, or, without either, our own hand."""

    cache: Cache | None = None
    beside: Beside | None = None

    def of(self, charts: Charts, brand: Brand, meanwhile: Callable[[], object] = bool) -> dict[str, bytes]:
        """The pictures by their names; `meanwhile` is work of our own for the time that another process draws."""
        from reportgen.pdf.figures import key

        cache = self.cache
        keys = {name: key(chart, brand, width) for name, (chart, width) in charts.items()} if cache else {}
        pictures = {name: kept for name in keys if cache and (kept := cache.get(keys[name])) is not None}
        missing = {name: each for name, each in charts.items() if name not in pictures}
        drawn = self._drawn(missing, brand, meanwhile) if missing else {}
        if cache:
            for name, picture in drawn.items():
                cache.put(keys[name], picture)
        pictures |= drawn
        return {name: pictures[name] for name in charts}

    def _drawn(self, charts: Charts, brand: Brand, meanwhile: Callable[[], object]) -> dict[str, bytes]:
        if self.beside and self.beside.ask(charts, brand):
            meanwhile()
            if (pictures := self.beside.answer()) is not None:
                return pictures
        return draw(charts, brand)


def draw(charts: Charts, brand: Brand) -> dict[str, bytes]:
    """Here and now."""
    from reportgen.pdf.figures import svg

    return {name: svg(chart, brand, width) for name, (chart, width) in charts.items()}

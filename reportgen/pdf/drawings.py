"""The charts of a document as SVG pictures: kept ones from the cache, the others drawn."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Literal

from reportgen.system.errors import Diagnostic, FitError
from reportgen.system.executors import InlineExecutor
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.charts.base import Chart
    from reportgen.charts.style import Style
    from reportgen.system.cache import Cache
    from reportgen.system.errors import Location

    Charts = Mapping[str, tuple[Chart, float]]
    """By the name of the picture: the chart and its width in points."""


Form = Literal["svg", "outlines", "png"]
"""A drawing as SVG with its words as text, as SVG with its letters as shapes, or as a bitmap."""


def load_or_draw(
    charts: Charts, brand: Brand, cache: Cache | None = None, executor: Executor | None = None, form: Form = "svg"
) -> dict[str, bytes]:
    """Return the pictures by name, those that `cache` lacks drawn by `executor`. Raises GlyphError."""
    from reportgen.pdf.chart_svg import cache_key

    ending = "" if form == "svg" else f"-{form}"
    keys = {name: cache_key(chart, brand, width) + ending for name, (chart, width) in charts.items()} if cache else {}
    pictures = {name: data for name in keys if cache and (data := cache.get(keys[name])) is not None}
    if missing := {name: each for name, each in charts.items() if name not in pictures}:
        drawn = (executor or InlineExecutor()).submit(draw, missing, brand, form).result()
        if cache:
            for name, picture in drawn.items():
                cache.put(keys[name], picture)
        pictures |= drawn
    return {name: pictures[name] for name in charts}


def require_room(chart: Chart, width: float, style: Style, name: str, where: Location | None) -> None:
    """Raise FitError, with the exhibit's name and place, for a chart whose labels have no room in this width (points)."""
    try:
        chart.scene(width, style)
    except FitError as error:
        found = error.diagnostics
        raise FitError(
            [Diagnostic(f'exhibit "{name}": {fault.message}', where, fault.hint) for fault in found]
        ) from None


def draw(charts: Charts, brand: Brand, form: Form = "svg") -> dict[str, bytes]:
    """Draw each chart and return the pictures by name. Raises GlyphError."""
    from reportgen.pdf.chart_svg import draw_png, draw_svg

    report(Stage.DRAWING)
    return {
        name: draw_png(chart, brand, width) if form == "png" else draw_svg(chart, brand, width, form == "outlines")
        for name, (chart, width) in charts.items()
    }

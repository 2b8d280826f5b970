"""The number labels of a native chart: those that a number format prints, and those that must be text."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from msgspec.structs import replace

from reportgen.charts.layout.geometry import choose_round_ticks
from reportgen.charts.scene import NativeChart, NativePoint
from reportgen.deck.charts.excel_format import CODE, format_as_excel
from reportgen.deck.charts.plot_layout import SEPARATOR
from reportgen.deck.charts.stacks import Segment

BOUNDS = "<>≤≥≈~±+−-"
"""Signs before a number that say how exactly it is known: they stay with it."""


def drop_units(chart: NativeChart) -> NativeChart:
    """Return a chart whose labels are numbers alone, for where the unit is printed once. A label with words of its own keeps all.

    So does that of a line, which it names.
    """
    if chart.type == "line":
        return chart
    return replace(
        chart, series=tuple(replace(each, points=tuple(map(_drop_unit, each.points))) for each in chart.series)
    )


def draw_axis(chart: NativeChart) -> NativeChart:
    """Return columns with a value axis in the place of their labels, for where even numbers alone have no room."""
    stacks = [[series.points[at].value or 0.0 for series in chart.series] for at in range(len(chart.categories))]
    if chart.grouping == "clustered":
        ends = [end for stack in stacks for end in stack]
    else:
        signs = (1, -1)
        ends = [sum(value for value in stack if value * sign > 0) for stack in stacks for sign in signs]
    if chart.grouping == "percent":
        ticks, step, code = [0.0, 1.0], 0.25, "0%"
    else:
        ticks, step = choose_round_ticks(min(0.0, *ends), max(0.0, *ends), 4)
        decimals = max(0, -floor(log10(step) + 1e-9)) + (1 if "25" in f"{step:g}" and step < 10 else 0)
        code = "#,##0" + ("." + "0" * decimals if decimals else "")
    bare = tuple(
        replace(each, points=tuple(replace(point, label=None) for point in each.points)) for each in chart.series
    )
    legend = len(chart.series) > 1  # a label may have named the series
    return replace(chart, series=bare, minimum=ticks[0], maximum=ticks[-1], step=step, axis_code=code, legend=legend)


def _drop_unit(point: NativePoint) -> NativePoint:
    match = CODE.fullmatch(point.format_code)
    if match is None or point.value is None or point.label != format_as_excel(point.value, point.format_code):
        return point
    before, after = (match[name] or "" for name in ("before", "after"))
    if SEPARATOR in before + after:
        return point
    sign = "".join(char for char in before if char in BOUNDS)
    code = (f'"{sign}"' if sign else "") + match["digits"] + (match["decimals"] or "")
    return replace(point, format_code=code, label=format_as_excel(point.value, code))


def find_text_labels(chart: NativeChart, segments: Iterable[Segment]) -> dict[tuple[int, int], str]:
    """Return by (series, point) the labels that must be text because no number format prints them.

    Those are labels with other words than their number, and labels of narrow segments, which have number and name on
    two lines.
    """
    found = {(each.series, each.category): each.words for each in segments if "\n" in each.words}
    for index, series in enumerate(chart.series):
        for at, point in enumerate(series.points):
            if point.label is None or point.value is None or (index, at) in found:
                continue
            if point.label != format_as_excel(point.value, point.format_code):
                found[index, at] = point.label
    return found

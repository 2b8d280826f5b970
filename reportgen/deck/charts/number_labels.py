"""The number labels of a native chart: those that a number format prints, and those that must be text."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

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

"""Colour is not the only distinction

Readers who see no colours, and black-and-white prints, must still tell a chart's series or slices apart. Either each has
its name next to it, or there is a legend and they differ in more than hue: in pattern, dashes, the form of their markers,
or lightness by 1.5:1. (WCAG asks for 3:1, which at most three series of one chart can have.) Without legend and names it
is an error; colours that look alike in grey are a warning. So is a table's cell that is filled but has no words, as in
traffic-light charts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.brand.contrast import contrast_ratio, format_color
from reportgen.deck.lint.lint_case import Fault, LintCase
from reportgen.deck.view.view_values import Chart, Shape, Slide, Table

ID = "colour-alone"
SEVERITY = "error"
MIN_RATIO = 1.5


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        if shape.chart:
            yield from _check_chart(slide, shape, shape.chart)
        if shape.table:
            yield from _check_table(slide, shape, shape.table)


def _check_chart(slide: Slide, shape: Shape, chart: Chart) -> Iterator[Fault]:
    unnamed = [mark for mark in chart.marks if not mark.named]
    kind = "slices" if chart.is_pie else "series"
    if len(chart.marks) < 2 or not unnamed:
        return
    if not chart.has_legend:
        message = f"only colour distinguishes its {len(chart.marks)} {kind}: no legend, and no names next to them"
        yield Fault(message, slide, shape, f"write the names of the {kind} next to them")
        return
    for one, other in combinations(unnamed, 2):
        if one.color is None or other.color is None or one.texture != other.texture:
            continue
        if (ratio := contrast_ratio(one.color, other.color)) < MIN_RATIO:
            colors = f"{format_color(one.color)} and {format_color(other.color)}, {int(ratio * 10) / 10:.1f}:1"
            message = f"“{one.name}” and “{other.name}” look alike without colour: {colors}"
            hint = "write their names next to them, or make one lighter"
            yield Fault(message, slide, shape, hint, severity="warning")
            return


def _check_table(slide: Slide, shape: Shape, table: Table) -> Iterator[Fault]:
    """Report body cells without words whose fill differs from the rest of their row: only the colour carries meaning."""
    for number, row in enumerate(table.rows, 1):
        if number == 1 and table.has_header:
            continue
        usual = {cell.background for cell in row if cell.text}
        for column, cell in enumerate(row, 1):
            is_bare = cell.filled and not cell.covered and not cell.text
            if is_bare and cell.background and cell.background not in usual:
                message = f"the cell has no words and is filled with {format_color(cell.background)}"
                part = f", row {number}, column {column}"
                yield Fault(message, slide, shape, "say in words what its colour means", part, severity="warning")

"""Colour is never alone in telling things apart

Somebody who sees no colours, and every printer without them, must still tell a chart's series or slices apart. Each
has its name beside it; or there is a legend and they differ by more than their hue: in a pattern, in dashes, in the
form of their markers, or in lightness by 1.5:1. (WCAG would have 3:1, which no more than three series can have on one
page.) Without legend and names it is an error, with colours that look alike in grey a warning. So is a table's cell
that is filled and has no words, as traffic lights do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.brand.contrast import contrast_ratio
from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.resolved_colors import hexed
from reportgen.deck.view.view_values import Chart, Shape, Slide, Table

ID = "colour-alone"
SEVERITY: Severity = "error"
APART = 1.5


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if shape.chart:
            yield from _chart(slide, shape, shape.chart)
        if shape.table:
            yield from _table(slide, shape, shape.table)


def _chart(slide: Slide, shape: Shape, chart: Chart) -> Iterator[LintFinding]:
    unnamed = [mark for mark in chart.marks if not mark.named]
    kind = "slices" if chart.slices else "series"
    if len(chart.marks) < 2 or not unnamed:
        return
    if not chart.legend:
        message = f"nothing but colour tells its {len(chart.marks)} {kind} apart: no legend, and no names beside them"
        yield finding(ID, SEVERITY, message, slide, shape, f"write the names of the {kind} beside them")
        return
    for one, other in combinations(unnamed, 2):
        if one.color is None or other.color is None or one.texture != other.texture:
            continue
        if (ratio := contrast_ratio(one.color, other.color)) < APART:
            message = (
                f"“{one.name}” and “{other.name}” look alike without colour: {hexed(one.color)} and {hexed(other.color)}, "
                f"{int(ratio * 10) / 10:.1f}:1"
            )
            yield finding(
                ID, "warning", message, slide, shape, "write their names beside them, or choose a lighter one"
            )
            return


def _table(slide: Slide, shape: Shape, table: Table) -> Iterator[LintFinding]:
    """Body cells without words whose fill is not that of their row or column: they say something in colour only."""
    for number, row in enumerate(table.rows[1:] if table.header else table.rows, 2 if table.header else 1):
        worded = {cell.behind for cell in row if cell.text}
        for column, cell in enumerate(row, 1):
            if cell.filled and not cell.covered and not cell.text and cell.behind and cell.behind not in worded:
                message = f"a cell without words, filled with {hexed(cell.behind)}"
                part = f", row {number}, column {column}"
                yield finding(ID, "warning", message, slide, shape, "say in words what its colour means", part)

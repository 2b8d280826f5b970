"""Tables are simple

Merged cells lose a screen reader its count of columns, and a row or a column without any words is spacing that is read
aloud. A header cell without words leaves its column without a name; the corner above a column of row headings may be
empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity
from reportgen.deck.view.view_values import Table

ID = "table-cells"
SEVERITY: Severity = "warning"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if shape.table:
            for message, hint in _faults(shape.table):
                yield finding(ID, SEVERITY, message, slide, shape, hint)


def _faults(table: Table) -> Iterator[tuple[str, str]]:
    cells = [cell for row in table.rows for cell in row]
    if merged := sum(cell.spans != (1, 1) for cell in cells):
        yield f"{merged} merged cell{'s' * (merged > 1)}", "split them, and repeat their words"
        return
    columns = [[row[at] for row in table.rows if at < len(row)] for at in range(len(table.widths))]
    for what, lines in (("row", table.rows), ("column", columns)):
        for number, line in enumerate(lines, 1):
            if line and not any(cell.text for cell in line):
                yield f"{what} {number} has no words", "delete it; margins make space"
    if table.header and table.rows:
        for number, cell in enumerate(table.rows[0][1:], 2):
            if not cell.text and any(other.text for other in columns[number - 1 : number][0] if columns[number - 1 :]):
                yield f"the header of column {number} has no words", "name the column"

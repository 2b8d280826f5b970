"""Tables have a simple structure

With merged cells, a screen reader loses count of the columns; a row or column without words is spacing that is read
aloud. A header cell without words leaves its column without a name; the corner above row headings may be empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase, count
from reportgen.deck.view.view_values import Table

ID = "table-cells"
SEVERITY = "warning"


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        if shape.table:
            for message, hint in _find_faults(shape.table):
                yield Fault(message, slide, shape, hint)


def _find_faults(table: Table) -> Iterator[tuple[str, str]]:
    """Yield messages with their hints."""
    if merged := sum(cell.spans != (1, 1) for row in table.rows for cell in row):
        yield count(merged, "merged cell"), "split the cells, and repeat their words"
        return
    columns = [[row[at] for row in table.rows if at < len(row)] for at in range(len(table.widths))]
    for what, lines in (("row", table.rows), ("column", columns)):
        for number, line in enumerate(lines, 1):
            if line and not any(cell.text for cell in line):
                yield f"{what} {number} has no words", "delete it, and use margins for space"
    if table.has_header and table.rows:
        for number, (header, column) in enumerate(zip(table.rows[0], columns, strict=False), 1):
            if number > 1 and not header.text and any(cell.text for cell in column):
                yield f"the header of column {number} has no words", "name the column"

"""Tables have a header row

A table says which of its rows is the header (Table Design, Header Row): a screen reader then says the column's name
with each cell. A table of one row has none.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase, finding
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "table-header"
SEVERITY: Severity = "error"


def check(case: LintCase) -> Iterator[LintFinding]:
    for slide, shape in case.shapes():
        if shape.table and len(shape.table.rows) > 1 and not shape.table.header:
            yield finding(ID, SEVERITY, "the table has no header row", slide, shape, "tick Header Row in Table Design")

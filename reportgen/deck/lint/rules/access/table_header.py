"""Tables have a header row

A table marks its header row (Table Design, Header Row), so that a screen reader says the column's name with each cell. A
table of one row needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "table-header"
SEVERITY = "error"


def check(case: LintCase) -> Iterator[Fault]:
    for slide, shape in case.shapes():
        if shape.table and len(shape.table.rows) > 1 and not shape.table.has_header:
            yield Fault("the table has no header row", slide, shape, "select Header Row in Table Design")

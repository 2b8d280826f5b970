"""Tables: a header and rows of words and numbers; columns of numbers are aligned right."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from reportgen.charts.amounts import check_known
from reportgen.charts.base import Exhibit, FromData, allow_data
from reportgen.charts.kinds.matrix import MOST_COLUMNS, choose_widths
from reportgen.charts.scene import Cell, Table
from reportgen.input.field_types import Label, Text, problem

MOST_ROWS = 40


class Rows(FromData, Exhibit):
    """A table of text."""

    template_names = (*Exhibit.template_names, "table")

    model_config = ConfigDict(json_schema_extra=allow_data("header", "rows"))

    kind: Annotated[Literal["table"], Field(description="The kind of exhibit.")]
    header: Annotated[  # type: ignore[assignment]  # the loader puts headings in the place of their row's number
        list[Label],
        Field(min_length=1, max_length=MOST_COLUMNS, description="The headings of the columns, at most seven."),
    ]
    rows: Annotated[  # type: ignore[assignment]
        list[list[Text | None]],
        Field(
            min_length=1,
            max_length=MOST_ROWS,
            description="The rows, at most 40: one text for each column, or `null` for an empty cell.",
        ),
    ]
    widths: Annotated[
        list[float] | None,
        Field(description="The columns' shares of the width, in any scale. Default: by how much is written in them."),
    ] = None
    numeric: Annotated[
        list[Label], Field(description="The headings of the columns that hold numbers: they are set flush right.")
    ] = []
    row_heads: Annotated[bool, Field(description="`false` if the first column does not name the rows.")] = True

    @model_validator(mode="after")
    def _check(self) -> Self:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.header):
                hint = "write null for an empty cell"
                raise problem(f"row {number} has {len(row)} cells for {len(self.header)} columns", hint)
        if self.widths is not None:
            if len(self.widths) != len(self.header):
                raise problem(f"{len(self.widths)} widths for {len(self.header)} columns")
            if min(self.widths) <= 0:
                raise problem("a width must be more than zero")
        for name in self.numeric:
            check_known(name, self.header, "numeric column")
        return self

    def table(self) -> Table:
        """Return the rows; texts are inline text of the brief."""
        rows = tuple(
            tuple(
                Cell(text or "", header=self.row_heads and index == 0, number=self.header[index] in self.numeric)
                for index, text in enumerate(row)
            )
            for row in self.rows
        )
        total = sum(self.widths) if self.widths else 1.0
        widths = tuple(width / total for width in self.widths) if self.widths else choose_widths(rows, self.row_heads)
        return Table(tuple(self.header), rows, widths)

    def describe(self) -> str:
        return self.words.table.format(rows=len(self.rows), columns=self.marks.semicolon.join(self.header))

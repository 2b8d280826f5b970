"""Matrices: rows of words. A mark in a cell always has words, and never means anything by its colour alone."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.charts.base import Exhibit
from reportgen.charts.scene import MARKS, Cell, Mark, Table
from reportgen.input.field_types import Label, Model, Text, problem

MOST_COLUMNS = 7
MIN_WIDTH, MAX_HEAD = 0.12, 0.26  # shares of the measure, for a column and for the row heads


class MatrixCell(Model):
    """Words with a mark before them."""

    text: Annotated[Text, Field(description="The words.")]
    mark: Annotated[
        Mark | None,
        Field(
            description=f"The sign before the words: {', '.join(f'`{name}` {mark.sign}' for name, mark in MARKS.items())}."
        ),
    ] = None


class MatrixRow(Model):
    """A subject with its cells, one for each column."""

    title: Annotated[Text, Field(description="The row's heading.")]
    cells: Annotated[
        list[MatrixCell | Text | None],
        Field(description="One cell for each column: a text, a text with a mark, or `null` for an empty cell."),
    ]


class Matrix(Exhibit):
    """Subjects by aspects."""

    template_names = (*Exhibit.template_names, "table")

    kind: Annotated[Literal["matrix"], Field(description="The kind of exhibit.")]
    columns: Annotated[
        list[Label],
        Field(min_length=1, max_length=MOST_COLUMNS - 1, description="The headings of the columns, at most six."),
    ]
    rows: Annotated[list[MatrixRow], Field(min_length=1, description="The rows.")]
    corner: Annotated[Label | None, Field(description="The heading over the rows' headings.")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                count = f"{len(row.cells)} cells for {len(self.columns)} columns"
                raise problem(f'the row "{row.title}" has {count}', "write null for an empty cell", row.title)
        if not any(cell for row in self.rows for cell in row.cells):
            raise problem("there is nothing in the matrix", "every cell is null")
        return self

    def table(self) -> Table:
        """Return the rows with their heads; texts are inline text of the brief."""
        rows = tuple((Cell(row.title, header=True), *(_make_cell(cell) for cell in row.cells)) for row in self.rows)
        return Table((self.corner or "", *self.columns), rows, choose_widths(rows, headed=True))

    def describe(self) -> str:
        return self.words.matrix.format(rows=len(self.rows), columns=self.marks.semicolon.join(self.columns))


def _make_cell(cell: MatrixCell | str | None) -> Cell:
    if cell is None:
        return Cell("")
    return Cell(cell.text, cell.mark or "") if isinstance(cell, MatrixCell) else Cell(cell)


def choose_widths(rows: tuple[tuple[Cell, ...], ...], headed: bool) -> tuple[float, ...]:
    """Choose the columns' widths by the length of their texts, none too narrow; they sum to 1."""
    lengths = [max(max(len(cell.text) for cell in column), 6) ** 0.6 for column in zip(*rows, strict=True)]
    widths = [length / sum(lengths) for length in lengths]
    if headed and len(widths) > 1:
        widths[0] = min(widths[0], MAX_HEAD)
    least = min(MIN_WIDTH, 1 / len(widths))
    widths = [max(width, least) for width in widths]
    spare = [width - least for width in widths]
    over = sum(widths) - 1
    widths = [width - over * part / (sum(spare) or 1.0) for width, part in zip(widths, spare, strict=True)]
    return tuple(round(width, 4) for width in widths)

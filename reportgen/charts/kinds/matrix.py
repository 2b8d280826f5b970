"""Matrices and tables: rows of words. A mark in a cell never stands without words, and never for itself by colour."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.charts.base import Exhibit
from reportgen.charts.scene import Cell, Table
from reportgen.input.field_types import Label, Model, Text, problem
from reportgen.text.languages import load_labels

Mark = Literal["opening", "obstacle", "need", "yes", "no", "partly"]
MOST_COLUMNS = 7
NARROWEST, HEAD = 0.12, 0.26  # shares of the measure: the least that a column gets, the most that row heads get


class MatrixCell(Model):
    """Words with a mark before them."""

    text: Text
    mark: Mark | None = None


class MatrixRow(Model):
    """A subject, and what is said of it under each column."""

    title: Text
    cells: Annotated[list[MatrixCell | Text | None], Field(description="Text, or {text, mark}; null stays empty")]


class Matrix(Exhibit):
    """Subjects by aspects."""

    kind: Literal["matrix"]
    columns: Annotated[list[Label], Field(min_length=1, max_length=MOST_COLUMNS - 1)]
    rows: Annotated[list[MatrixRow], Field(min_length=1)]
    corner: Annotated[Label | None, Field(description="What the rows are, over the first column")] = None

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
        """The rows with their heads; texts are inline text of the brief."""
        rows = tuple((Cell(row.title, header=True), *(_cell(cell) for cell in row.cells)) for row in self.rows)
        return Table((self.corner or "", *self.columns), rows, choose_widths(rows, headed=True))

    def describe(self) -> str:
        columns = load_labels(self.language).marks.semicolon.join(self.columns)
        return self.words.matrix.format(rows=len(self.rows), columns=columns)


def _cell(cell: MatrixCell | str | None) -> Cell:
    if cell is None:
        return Cell("")
    return Cell(cell.text, cell.mark or "") if isinstance(cell, MatrixCell) else Cell(cell)


def choose_widths(rows: tuple[tuple[Cell, ...], ...], headed: bool) -> tuple[float, ...]:
    """The columns' widths by how much is written in them: even enough to read, none too narrow."""
    written = [max(max(len(cell.text) for cell in column), 6) ** 0.6 for column in zip(*rows, strict=True)]
    widths = [size / sum(written) for size in written]
    if headed and len(widths) > 1:
        widths[0] = min(widths[0], HEAD)
    least = min(NARROWEST, 1 / len(widths))
    widths = [max(width, least) for width in widths]
    spare = [width - least for width in widths]
    over = sum(widths) - 1
    widths = [width - over * part / (sum(spare) or 1.0) for width, part in zip(widths, spare, strict=True)]
    return tuple(round(width, 4) for width in widths)

"""Slopes: what changed between two times, each item a line from its value then to its value now."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import add_words_to_code, check_known, check_names, choose_texture
from reportgen.charts.base import UnitChart
from reportgen.charts.kinds.line import XLabel, choose_line_roles
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.layout.lines import slope_layout
from reportgen.charts.layout.lines.line_layout import choose_name_role
from reportgen.charts.scene import Datum, NativeChart, NativePoint, NativeSeries, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.numbers import NBSP, Quantity

MOST_SLOPES = 24


class Slope(Model):
    """One item with its two values."""

    label: Annotated[Label, Field(description="The item's name.")]
    start: Annotated[Amount, Field(alias="from", description="The first value: a fact's id, or a number.")]
    end: Annotated[Amount, Field(alias="to", description="The second value: a fact's id, or a number.")]
    highlight: Annotated[bool, Field(description="`true` for the item that makes the point.")] = False


class Slopes(UnitChart):
    """Two values of each item, joined by a line: rises and falls, and who overtook whom."""

    are_open_marks_dashed = True

    kind: Annotated[Literal["slope"], Field(description="The kind of exhibit.")]
    start: Annotated[XLabel, Field(alias="from", description="The first time, such as a year.")]
    end: Annotated[XLabel, Field(alias="to", description="The second time.")]
    slopes: Annotated[
        list[Slope], Field(min_length=1, max_length=MOST_SLOPES, description="The items, at most 24, in any order.")
    ]
    unit: Annotated[str | None, Field(description="The unit of the numbers. Default: that of the facts.")] = None
    highlight: Annotated[Label | None, Field(description="The label of the item that makes the point.")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [slope.label for slope in self.slopes]
        check_names(names, "slopes")
        check_known(self.highlight, names, "highlight")
        if self.start == self.end:
            raise problem(f'both ends are called "{self.start}"', "name two times", self.end)
        self._check_numbers()
        return self

    @cached_property
    def grid(self) -> Grid:
        """The data in one unit, with colours."""
        roles = choose_line_roles([slope.highlight or slope.label == self.highlight for slope in self.slopes])
        rows = [
            Series(slope.label, role, self._convert([slope.start, slope.end]), (role,) * 2, (None,) * 2)
            for slope, role in zip(self.slopes, roles, strict=True)
        ]
        return Grid((Category(self.start), Category(self.end)), tuple(rows))

    @cached_property
    def drawn(self) -> Grid:
        """The data as labels print them."""
        return self.grid.drop_units() if self.prints_bare(len(self.grid.values)) else self.grid

    def lay_out(self, width: float, style: Style) -> Scene:
        return slope_layout.lay_out_slopes(self.drawn, width, style)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        low, high = slope_layout.choose_ends(self.grid)
        series = []
        for row in self.drawn.series:
            begin, end = (value for _, value in row.points)
            before = f"{row.name}{NBSP}{NBSP}"
            points = (_native_point(row, begin), _native_point(row, end, before))
            series.append(NativeSeries(row.name, points, row.role, label_role=choose_name_role(row)))
        names = (self.start, self.end)
        return NativeChart("line", "clustered", names, tuple(series), self.find_unit().name, low, high)

    def data(self) -> tuple[Datum, ...]:
        return self.grid.data()

    def describe(self) -> str:
        return f"{self.words.charts['slope']} {self.grid.describe(self.words, self.marks)}"


def _native_point(row: Series, value: Quantity, before: str = "") -> NativePoint:
    code = add_words_to_code(value.excel, before)
    return NativePoint(value.number, before + value.short, code, row.role, choose_texture(value.open))

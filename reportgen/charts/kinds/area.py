"""Areas: parts of a whole over time, on one another."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import choose_series_roles
from reportgen.charts.kinds.line import Lines
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.layout.lines import area_layout
from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import problem

MOST_AREAS = 5


class Areas(Lines):
    """Series stacked on one another as areas over even steps. The first one stands on the axis."""

    kind: Annotated[Literal["area"], Field(description="The kind of exhibit.")]  # type: ignore[assignment]

    @model_validator(mode="after")
    def _check_areas(self) -> Self:
        if len(self.series) > MOST_AREAS:
            raise problem(f"{len(self.series)} areas are too many to tell apart", f"draw at most {MOST_AREAS}")
        if key := next((key for key in ("forecast_from", "annotations", "references") if getattr(self, key)), None):
            raise problem(f"an area chart has no `{key}`", "use kind: line")
        if self.dates and not self.dates.is_even:
            raise problem("the dates of areas must be even", "use kind: line, which draws uneven dates true to scale")
        for series in self.series:
            if None in series.values:
                raise problem(f'the area "{series.name}" has a gap', "give each value, or use kind: line", series.name)
        if below := [value for value in self.quantities if value.number < 0]:
            raise problem(f"{below[0].short} has no area: it is negative", "use kind: line, or stacked columns")
        return self

    @cached_property
    def grid(self) -> Grid:
        """The data in one unit, with the colours of fills."""
        roles = choose_series_roles([series.highlight or series.name == self.highlight for series in self.series])
        names = list(self.x) if self.dates is None else list(self.dates.names)
        rows = [
            Series(row.name, role, self._convert(row.values), (role,) * len(self.x), (None,) * len(self.x))
            for row, role in zip(self.series, roles, strict=True)
        ]
        return Grid(tuple(Category(name) for name in names), tuple(rows))

    def lay_out(self, width: float, style: Style) -> Scene:
        return area_layout.lay_out_areas(self.grid, self._tick_unit, width, style, self.dates)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        ticks, step = area_layout.choose_axis(self.grid)
        series = tuple(
            NativeSeries(
                row.name, tuple(NativePoint(value.number, None, value.excel) for _, value in row.points), row.role
            )
            for row in self.grid.series
        )
        return NativeChart(
            "area", "stacked", tuple(category.name for category in self.grid.categories), series,
            self.find_unit().name, ticks[0], ticks[-1], legend=True, step=step,
            named=self.dates.named if self.dates else self._named, axis_code=self.grid.format_tick_code(step, self._tick_unit),
        )  # fmt: skip

    def describe(self) -> str:
        return f"{self.words.charts['area']} {self.grid.describe(self.words, self.marks)}"

"""Lines: values over time or along ordered labels, named where they end."""

from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import add_words_to_code, check_known, check_names
from reportgen.charts.base import FromData, OpenKind, UnitChart, allow_data
from reportgen.charts.kinds.bar import Annotation, BarSeries, find_remark
from reportgen.charts.layout import line_layout
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.scene import Datum, NativeChart, NativePoint, NativeSeries, Role, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Label, problem
from reportgen.text.numbers import NBSP, PartialDate

MOST_LINES = 5


def _accept_year(value: object) -> object:
    """Accept a year written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


XLabel = Annotated[Label, BeforeValidator(_accept_year, json_schema_input_type=str | int)]


class Lines(FromData, UnitChart):
    """Values along evenly spaced labels; a value that is forecast or not exactly known is reached by a dashed line."""

    model_config = ConfigDict(json_schema_extra=allow_data("series"))

    kind: Annotated[Literal["line"], Field(description="The kind of exhibit.")]
    x: Annotated[  # type: ignore[assignment]  # the loader puts the labels in the place of a column's name
        list[XLabel],
        WithJsonSchema(
            {"anyOf": [{"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 2}, {"type": "string"}]}
        ),
        Field(
            min_length=2,
            description="Years, dates or other labels, evenly spaced; of a data file, the column that has them.",
        ),
    ]
    series: Annotated[
        list[BarSeries], Field(min_length=1, description="The lines, at most five, each with at least two values.")
    ]
    unit: Annotated[str | None, Field(description="The unit of the numbers. Default: that of the facts.")] = None
    highlight: Annotated[Label | None, Field(description="The name of the series that makes the point.")] = None
    forecast_from: Annotated[
        XLabel | None, Field(description="The first x whose values are forecasts. The line is dashed from there.")
    ] = None
    gaps: Annotated[
        Literal["gap", "bridge"],
        Field(description="At a `null` the line stops (`gap`) or goes straight on (`bridge`)."),
    ] = "gap"
    annotations: Annotated[
        list[Annotation], Field(description="Remarks above points: `at` is an x, `series` the line.")
    ] = []

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [series.name for series in self.series]
        if len(names) > MOST_LINES:
            raise problem(f"{len(names)} lines are too many to tell apart", f"draw at most {MOST_LINES}")
        check_names(names, "series")
        check_names(self.x, "x")
        check_known(self.highlight, names, "highlight")
        check_known(self.forecast_from, self.x, "forecast_from")
        for series in self.series:
            if len(series.values) != len(self.x):
                count = f"{len(series.values)} values for {len(self.x)} x"
                raise problem(f'series "{series.name}" has {count}', "write null for a gap", series.name)
            if sum(value is not None for value in series.values) < 2:
                raise problem(f'series "{series.name}" has no line: it needs two values', words=series.name)
        for annotation in self.annotations:
            self._check_annotation(annotation, names)
        self._check_numbers()
        check_even(self.x)
        return self

    def _check_annotation(self, annotation: Annotation, names: list[str]) -> None:
        check_known(annotation.at, self.x, "annotation at")
        check_known(annotation.series, names, "annotation of series")
        series = self.series[names.index(annotation.series) if annotation.series else 0]
        if series.values[self.x.index(annotation.at)] is None:
            raise problem(f'"{series.name}" has no value at {annotation.at} to annotate', words=annotation.text)

    @cached_property
    def grid(self) -> Grid:
        """The data in one unit, with colours."""
        flags = [series.highlight or series.name == self.highlight for series in self.series]
        roles, names = _choose_roles(flags), [series.name for series in self.series]
        rows = []
        for series, role in zip(self.series, roles, strict=True):
            remarks = tuple(find_remark(self.annotations, label, series.name, names[0]) for label in self.x)
            values = self._convert(series.values)
            rows.append(Series(series.name, role, values, (role,) * len(self.x), remarks))
        return Grid(tuple(Category(label) for label in self.x), tuple(rows))

    @property
    def _forecast(self) -> int:
        """The index of the first forecast."""
        return self.x.index(self.forecast_from) if self.forecast_from else len(self.x)

    def lay_out(self, width: float, style: Style) -> Scene:
        return line_layout.lay_out_lines(self.grid, self._forecast, self.gaps == "bridge", width, style)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        ticks, step = line_layout.choose_axis(self.grid)
        series = tuple(self._native_series(row) for row in self.grid.series)
        unit = self.find_unit().name
        return NativeChart(
            "line", "clustered", tuple(self.x), series, unit, ticks[0], ticks[-1], step=step, gaps=self.gaps
        )

    def _native_series(self, series: Series) -> NativeSeries:
        """Label only a line's last point, with its name, and the annotated ones, with their remark."""
        points = []
        for index, (value, remark) in enumerate(zip(series.values, series.remarks, strict=True)):
            if value is None:
                points.append(NativePoint(None))
                continue
            text = ", ".join(
                words for words in (series.name if index == series.points[-1][0] else None, remark) if words
            )
            before = f"{text}{NBSP}{NBSP}" if text else ""
            texture = line_layout.choose_texture_at(value, index, self._forecast)
            code, label = add_words_to_code(value.excel, before), before + value.short if text else None
            points.append(NativePoint(value.number, label, code, series.role, texture))
        return NativeSeries(series.name, tuple(points), series.role, label_role=line_layout.choose_name_role(series))

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        return super().open_kinds | ({"forecast"} if self.forecast_from is not None else frozenset())

    def data(self) -> tuple[Datum, ...]:
        return self.grid.data()

    def describe(self) -> str:
        forecast = f" {self.words.forecasts_from.format(start=self.forecast_from)}" if self.forecast_from else ""
        return f"{self.words.charts['line']} {self.grid.describe(self.words, self.marks)}{forecast}"


def _choose_roles(highlights: list[bool]) -> list[Role]:
    """Choose the lines' colours; each is named at its end, so all but the one that makes the point may be one grey."""
    if any(highlights):
        return ["signal" if highlight else "quiet" for highlight in highlights]
    shades: list[Role] = ["accent", "quiet", "secondary", "ink", "quiet"]
    return shades[: len(highlights)]


def check_even(labels: list[str]) -> None:
    """Raise for dates at uneven distances, as equal steps would show a false slope."""
    try:
        dates = [PartialDate.parse(label) for label in labels]
    except ValueError:
        return
    if any(date.year is None for date in dates):
        return
    months = [(date.year or 0) * 12 + (date.month or 1) - 1 for date in dates]
    if any(date.day for date in dates):
        months = [round(date.position() * 365.2425) for date in dates]
    steps = [after - before for before, after in pairwise(months)]
    if min(steps) <= 0:
        raise problem("x must be in order of time", None, labels[steps.index(min(steps)) + 1])
    if max(steps) > min(steps) * 1.15 + 1e-9:
        wide = labels[steps.index(max(steps)) + 1]
        raise problem(
            f"x is not evenly spaced before {wide}",
            "add the dates between with null values; `gaps: bridge` joins the line",
            wide,
        )

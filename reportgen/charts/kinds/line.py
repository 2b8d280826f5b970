"""Lines: values over time or along ordered labels, named where they end."""

from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec.structs import replace
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import add_words_to_code, check_count, check_known, check_names, describe_quantity
from reportgen.charts.base import SHORT_UNITS, FromData, OpenKind, UnitChart, allow_data
from reportgen.charts.kinds.bar import Annotation, BarSeries, find_remark
from reportgen.charts.layout.date_steps import DateSteps, lay_out_dates
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.layout.lines import line_layout
from reportgen.charts.layout.ticks import is_in_time
from reportgen.charts.scene import Datum, NativeChart, NativePoint, NativeSeries, Role, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.numbers import NBSP, Unit

MOST_LINES = 24
MOST_X = 2000


def _accept_year(value: object) -> object:
    """Accept a year written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


XLabel = Annotated[Label, BeforeValidator(_accept_year, json_schema_input_type=str | int)]


class Reference(Model):
    """A level that the lines are held against, such as a target or an average."""

    label: Annotated[Label, Field(description="What the level is.")]
    value: Annotated[Amount, Field(description="A fact's id, or a number.")]


class Lines(FromData, UnitChart):
    """Values along labels, or along dates true to scale; a value that is forecast or not exactly known is reached by a dashed line."""

    model_config = ConfigDict(json_schema_extra=allow_data("series"))
    are_open_marks_dashed = True

    kind: Annotated[Literal["line"], Field(description="The kind of exhibit.")]
    x: Annotated[  # type: ignore[assignment]  # the loader puts the labels in the place of a column's name
        list[XLabel],
        WithJsonSchema(
            {"anyOf": [{"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 2}, {"type": "string"}]}
        ),
        Field(
            min_length=2,
            description="Years, dates or other labels in their order; dates stand true to scale. Of a data file, the column that has them.",
        ),
    ]
    series: Annotated[
        list[BarSeries],
        Field(min_length=1, description="The lines, at most 24. Highlight one, and the others are grey."),
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
    references: Annotated[
        list[Reference],
        Field(max_length=3, description="Levels drawn across the chart, at most three: a target, a limit."),
    ] = []

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [series.name for series in self.series]
        if len(names) > MOST_LINES:
            raise problem(f"{len(names)} lines are too many to tell apart", f"draw at most {MOST_LINES}")
        check_names([*names, *(reference.label for reference in self.references)], "series")
        check_count(len(self.x), "x", MOST_X)
        check_names(self.x, "x")
        check_known(self.highlight, names, "highlight")
        check_known(self.forecast_from, self.x, "forecast_from")
        for series in self.series:
            if len(series.values) != len(self.x):
                count = f"{len(series.values)} values for {len(self.x)} x"
                raise problem(f'series "{series.name}" has {count}', "write null for a gap", series.name)
            if not any(value is not None for value in series.values):
                raise problem(f'series "{series.name}" has no values', words=series.name)
        for annotation in self.annotations:
            self._check_annotation(annotation, names)
        self._check_numbers()
        if self.dates and not self.dates.is_even and self.gaps == "gap":
            self._check_gaps()
        return self

    def _check_gaps(self) -> None:
        """Raise for a gap within a line between uneven dates: a slide bridges the steps without a date, and so every gap."""
        for series in self.series:
            known = [at for at, value in enumerate(series.values) if value is not None]
            if missing := [at for at in range(known[0], known[-1]) if series.values[at] is None]:
                where = self.x[missing[0]]
                hint = "leave that date out, or write `gaps: bridge`"
                raise problem(f'"{series.name}" has no value at {where}, and the dates are uneven', hint, where)

    @cached_property
    def dates(self) -> DateSteps | None:
        """The dates on a scale of even steps; None for labels that are no dates, and for years in a row."""
        return lay_out_dates(self.x, self._language)

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
        roles, names = choose_line_roles(flags), [series.name for series in self.series]
        rows = []
        for series, role in zip(self.series, roles, strict=True):
            remarks = tuple(find_remark(self.annotations, label, series.name, names[0]) for label in self.x)
            values = self._convert(series.values)
            rows.append(Series(series.name, role, values, (role,) * len(self.x), remarks))
        ink: Role = "ink"
        for reference in self.references:
            count = len(self.x)
            levels = self._convert([reference.value]) * count
            rows.append(Series(reference.label, "ink", levels, (ink,) * count, (None,) * count, is_reference=True))
        names = list(self.x) if self.dates is None else [self.dates.names[place] for place in self.dates.places]
        return Grid(tuple(Category(name) for name in names), tuple(rows))

    @cached_property
    def drawn(self) -> Grid:
        """The data as labels print them."""
        return self.grid.drop_units() if self.prints_bare(len(self.series)) else self.grid

    @property
    def _forecast(self) -> int:
        """The index of the first forecast."""
        return self.x.index(self.forecast_from) if self.forecast_from else len(self.x)

    def lay_out(self, width: float, style: Style) -> Scene:
        bridge, tick_unit = self.gaps == "bridge", self._tick_unit
        return line_layout.lay_out_lines(self.drawn, self._forecast, bridge, tick_unit, width, style, self.dates)

    @property
    def _tick_unit(self) -> Unit:
        """The unit that the axis prints: none that stands above the drawing."""
        unit = self.find_unit()
        return Unit("") if self.has_unit_above and unit.name not in SHORT_UNITS else unit

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        ticks, step = line_layout.choose_axis(self.grid)
        series = tuple(self._native_series(row) for row in self.drawn.series)
        unit, dates = self.find_unit().name, self.dates
        gaps: Literal["gap", "bridge"] = self.gaps if dates is None or dates.is_even else "bridge"
        names = tuple(self.x) if dates is None else dates.names
        return NativeChart(
            "line", "clustered", names, series, unit, ticks[0], ticks[-1], step=step, gaps=gaps,
            named=dates.named if dates else self._named, axis_code=self.grid.format_tick_code(step, self._tick_unit),
        )  # fmt: skip

    @property
    def _named(self) -> tuple[int, ...]:
        """Every how many labels may be printed where there is no room for all: years and quarters tell those between."""
        in_time = all(is_in_time(label, self._language) for label in self.x)
        return tuple(range(1, len(self.x) + 1)) if in_time else ()

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
            forecast = len(self.x) if series.is_reference else self._forecast
            texture = line_layout.choose_texture_at(value, index, forecast)
            code, label = add_words_to_code(value.excel, before), before + value.short if text else None
            points.append(NativePoint(value.number, label, code, series.role, texture))
        if self.dates and not self.dates.is_even:
            at = dict(zip(self.dates.places, points, strict=True))
            points = [at.get(place, NativePoint(None)) for place in range(len(self.dates.names))]
        return NativeSeries(series.name, tuple(points), series.role, label_role=line_layout.choose_name_role(series))

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        return super().open_kinds | ({"forecast"} if self.forecast_from is not None else frozenset())

    @property
    def _measured(self) -> Grid:
        """The data without the levels that they are held against."""
        return replace(self.grid, series=self.grid.series[: len(self.series)])

    def data(self) -> tuple[Datum, ...]:
        levels = ((each.name, each.values[0]) for each in self.grid.series if each.is_reference)
        return (
            *self._measured.data(),
            *(Datum(name, self.words.value, level, level.short) for name, level in levels if level),
        )

    def describe(self) -> str:
        forecast = f" {self.words.forecasts_from.format(start=self.forecast_from)}" if self.forecast_from else ""
        levels = "".join(
            f" {each.name}{self.marks.colon}{describe_quantity(each.values[0], self.words)}."
            for each in self.grid.series
            if each.is_reference
        )
        return f"{self.words.charts['line']} {self._measured.describe(self.words, self.marks)}{levels}{forecast}"


def choose_line_roles(highlights: list[bool]) -> list[Role]:
    """Choose the lines' colours; each is named at its end, so all but the one that makes the point may be one grey."""
    if any(highlights):
        return ["signal" if highlight else "quiet" for highlight in highlights]
    shades: list[Role] = ["accent", "quiet", "secondary", "ink", "quiet"]
    return (shades + ["quiet"] * len(highlights))[: len(highlights)]

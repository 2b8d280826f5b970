"""Bars and columns: one series, or several that are grouped, stacked or shares of 100%."""

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec.structs import replace
from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import check_count, check_known, check_names, choose_ink, choose_series_roles
from reportgen.charts.base import FromData, UnitChart
from reportgen.charts.layout.grid import Category, Grid, Series
from reportgen.charts.scene import Datum, NativeChart, Role, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.numbers import Quantity

MOST_SERIES = 5
Order = Annotated[
    Literal["given", "descending", "ascending"],
    Field(description="As given, or sorted by value: the largest first (`descending`) or the smallest (`ascending`)."),
]


class Bar(Model):
    """One bar."""

    label: Annotated[Label, Field(description="The bar's label.")]
    value: Annotated[Amount, Field(description="A fact's id, or a number.")]
    highlight: Annotated[bool, Field(description="`true` for the bar that makes the point.")] = False
    note: Annotated[Label | None, Field(description="Words that qualify the label.")] = None


class BarSeries(Model):
    """One value for each category; `null` leaves a gap."""

    name: Annotated[Label, Field(description="The name of the series.")]
    values: Annotated[
        list[Amount | None],
        Field(
            min_length=1,
            description="One fact's id or number for each category (`bar`, `column`) or x (`line`). `null` leaves a gap.",
        ),
    ]
    highlight: Annotated[bool, Field(description="`true` for the series that makes the point.")] = False


class Annotation(Model):
    """A few words beside a bar that explain it."""

    at: Annotated[Label, Field(description="The bar's label, the category, or the x.")]
    series: Annotated[Label | None, Field(description="The name of the series. Default: the first.")] = None
    text: Annotated[Label, Field(description="The words.")]


def find_remark(annotations: Iterable[Annotation], label: str, series: str, first: str) -> str | None:
    """Return the text annotated at a label of a series; an annotation without a series belongs to the first."""
    found = (item.text for item in annotations if item.at == label and (item.series or first) == series)
    return next(found, None)


class Bars(FromData, UnitChart):
    """Amounts compared by length, from a baseline at zero."""

    kind: Annotated[Literal["bar", "column"], Field(description="`bar` is horizontal, `column` is upright.")]
    bars: Annotated[
        list[Bar],
        Field(description="The bars of a single series. A chart has either `bars`, or `categories` and `series`."),
    ] = []
    categories: Annotated[list[Label], Field(description="What several series have values for.")] = []
    series: Annotated[list[BarSeries], Field(description="Several series, at most five.")] = []
    arrangement: Annotated[
        Literal["grouped", "stacked", "percent"],
        Field(
            description="How several series are drawn: side by side, stacked (negative parts on the other side of zero), or as parts of "
            "100 percent."
        ),
    ] = "grouped"
    unit: Annotated[str | None, Field(description="The unit of the numbers. Default: that of the facts.")] = None
    order: Order = "given"
    highlight: Annotated[Label | None, Field(description="The bar, category or series that makes the point.")] = None
    annotations: Annotated[list[Annotation], Field(description="Remarks beside bars.")] = []

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.bars) == bool(self.series):
            hint = "give `bars`, or `categories` and `series`"
            raise problem("there is no data to draw" if not self.bars else "there are bars and series", hint)
        labels, names = self._labels, [series.name for series in self.series]
        check_count(len(labels), "bars")
        check_names(labels, "bars")
        check_names(names, "series")
        check_known(self.highlight, [*labels, *names], "highlight")
        for annotation in self.annotations:
            check_known(annotation.at, labels, "annotation at")
            check_known(annotation.series, names, "annotation of series")
        self._check_series()
        self._check_numbers()
        self._check_parts()
        return self

    def _check_series(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise problem(f"{len(self.series)} series are too many to tell apart", f"draw at most {MOST_SERIES}")
        for series in self.series:
            if len(series.values) != len(self.categories):
                count = f"{len(series.values)} values for {len(self.categories)} categories"
                raise problem(f'series "{series.name}" has {count}', "write null for a gap", series.name)
        if not self.quantities:
            raise problem("there is no data to draw", "every value is null")

    def _check_parts(self) -> None:
        if self.arrangement == "grouped":
            return
        below = [value for value in self.quantities if value.number < 0]
        if below and self.arrangement == "percent":
            hint = "use arrangement: stacked, which draws negative parts from the other side of zero"
            raise problem(f"{below[0].short} is no part of 100 percent: it is negative", hint)
        if self.arrangement == "percent" and self.find_unit().name == "%":
            for index, category in enumerate(self.categories):
                total = sum(value.number for series in self.series if (value := series.values[index]))
                if total > 100.5:
                    raise problem(f'the parts of "{category}" are {total:g} percent together', words=category)

    @property
    def _labels(self) -> list[str]:
        return [bar.label for bar in self.bars] if self.bars else list(self.categories)

    @cached_property
    def grid(self) -> Grid:
        """The data as drawn: sorted, in one unit, with colours."""
        if self.bars:
            categories = [
                Category(bar.label, bar.note, bar.highlight or bar.label == self.highlight) for bar in self.bars
            ]
            values: list[Quantity | None] = [bar.value for bar in self.bars]
            table = [(self.describe_unit() or self.words.value, False, values)]
        else:
            categories = [Category(label, None, label == self.highlight) for label in self.categories]
            table = [(row.name, row.highlight or row.name == self.highlight, row.values) for row in self.series]
        order = self._order([values for _, _, values in table], [flag for _, flag, _ in table])
        drawn = tuple(categories[index] for index in order)
        roles = choose_series_roles([flag for _, flag, _ in table])
        series = []
        for (name, _, values), role in zip(table, roles, strict=True):
            converted = self._convert(values)
            remarks = tuple(find_remark(self.annotations, category.label, name, table[0][0]) for category in drawn)
            shades: tuple[Role, ...] = (role,) * len(drawn)
            if len(table) == 1 and any(category.highlight for category in drawn):
                # Beside the bar that makes the point, the others are quiet.
                shades = tuple("signal" if category.highlight else "quiet" for category in drawn)
            series.append(Series(name, role, tuple(converted[index] for index in order), shades, remarks))
        return Grid(drawn, tuple(series))

    @cached_property
    def drawn(self) -> Grid:
        """The data as labels print them."""
        return self.grid.drop_units() if self.prints_bare(len(self.grid.values)) else self.grid

    def _order(self, table: list[list[Quantity | None]], flags: list[bool]) -> list[int]:
        """Return the categories' drawing order; one by value goes by the highlighted series, a stack by its total."""
        indexes = range(len(self._labels))
        if self.order == "given":
            return list(indexes)
        rows = [row for row, flag in zip(table, flags, strict=True) if flag] or table[:1]
        if self.arrangement == "stacked" and not any(flags):
            rows = table
        totals = [sum(value.number for row in rows if (value := row[index])) for index in indexes]
        sign = -1 if self.order == "descending" else 1
        return sorted(indexes, key=lambda index: sign * totals[index])

    def lay_out(self, width: float, style: Style) -> Scene:
        from reportgen.charts.layout import bar_layout, column_layout  # not for what only reads a brief

        if self.kind == "bar":
            return bar_layout.lay_out_bars(self.drawn, self.arrangement, width, style)
        return column_layout.lay_out_columns(self.drawn, self.arrangement, width, style)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        grid = self.drawn
        is_key = len(grid.series) > (
            2 if self.kind == "bar" else 1
        )  # a name beside a column would lie over the next one
        series = grid.native(named=len(grid.series) == 2 and not is_key)
        if self.arrangement != "grouped":
            series = tuple(replace(row, labels="center", label_role=choose_ink(row.role, "solid")) for row in series)
        grouping = {"grouped": "clustered", "stacked": "stacked", "percent": "percent"}[self.arrangement]
        below = any(value.number < 0 for value in grid.values)
        return NativeChart(
            self.kind, grouping, tuple(category.name for category in grid.categories), series,  # type: ignore[arg-type]
            unit=self.find_unit().name, minimum=None if below else 0.0, legend=is_key, named=self._named,
        )  # fmt: skip

    @property
    def _named(self) -> tuple[int, ...]:
        """Every how many columns may be named where there is no room for all: years and months tell those between."""
        from reportgen.charts.layout.ticks import is_in_time

        in_time = self.kind == "column" and all(is_in_time(label, self._language) for label in self._labels)
        return tuple(range(1, len(self._labels) + 1)) if in_time else ()

    def data(self) -> tuple[Datum, ...]:
        return self.grid.data()

    def describe(self) -> str:
        return f"{self.words.charts[f'{self.arrangement} {self.kind}']} {self.grid.describe(self.words, self.marks)}"

"""Categories by series, in drawing order and with colours: the data of bars, columns and lines."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from reportgen.charts.amounts import describe_quantity, make_native_point
from reportgen.charts.scene import Datum, NativeSeries, Role
from reportgen.text.languages.label_fields import ChartLabels, Marks
from reportgen.text.numbers import NumberFormat, Quantity, Unit


class Category(Struct, frozen=True):
    """A label with its qualifying note; `highlight` marks the point being made."""

    label: str
    note: str | None = None
    highlight: bool = False

    @property
    def name(self) -> str:
        """The label and its note in one text, for a native chart."""
        return f"{self.label} ({self.note})" if self.note else self.label


class Series(Struct, frozen=True):
    """One value for each category (None is a gap), with colours and remarks."""

    name: str
    role: Role
    values: tuple[Quantity | None, ...]
    roles: tuple[Role, ...]
    remarks: tuple[str | None, ...]
    is_reference: bool = False
    """True for a level that the other series are held against."""

    @property
    def points(self) -> list[tuple[int, Quantity]]:
        """The values that there are, each with its index."""
        return [(index, value) for index, value in enumerate(self.values) if value]


class Grid(Struct, frozen=True):
    """The data in drawing order."""

    categories: tuple[Category, ...]
    series: tuple[Series, ...]

    @property
    def values(self) -> tuple[Quantity, ...]:
        return tuple(value for series in self.series for value in series.values if value)

    def drop_units(self) -> Grid:
        """Return the grid with numbers alone; what has words of its own keeps them."""
        return replace(
            self, series=tuple(replace(row, values=tuple(map(_drop_unit, row.values))) for row in self.series)
        )

    def values_at(self, index: int) -> list[tuple[Series, Quantity]]:
        """Return each series with its value for a category, without gaps."""
        return [(series, value) for series in self.series if (value := series.values[index])]

    def stack_at(self, index: int, percent: bool) -> list[tuple[Series, Quantity, float, float]]:
        """Return each series with its value for a category, and the lower and the upper end of its part of a stack.

        Negative parts are stacked downwards from zero. The parts come in their order on the axis.
        """
        values = self.values_at(index)
        total = sum(value.number for _, value in values) if percent else 100.0
        parts: list[tuple[Series, Quantity, float, float]] = []
        low = high = 0.0
        for series, value in values:
            size = value.number / (total or 1.0) * 100
            if size < 0:
                parts.insert(0, (series, value, low + size, low))
                low += size
            else:
                parts.append((series, value, high, high + size))
                high += size
        return parts

    def remarks_at(self, index: int) -> list[str]:
        return [remark for series in self.series if (remark := series.remarks[index])]

    def format_tick(self, value: float, step: float, unit: Unit | None = None) -> str:
        """Write a value of the axis with the decimals of its step; `unit` replaces the data's."""
        return self._tick_format(step, unit).short(value)

    def format_tick_code(self, step: float, unit: Unit) -> str:
        """Return the Excel format code of an axis whose ticks are `step` apart."""
        code = self._tick_format(step, unit).excel(step)
        is_constant = "0" not in re.sub('"[^"]*"', "", code)  # as where a language has other words for each number
        return self._tick_format(step, Unit("")).excel(step) if is_constant else code

    def _tick_format(self, step: float, unit: Unit | None) -> NumberFormat:
        decimals = next(count for count in range(7) if abs(step - round(step, count)) < 1e-9 * step)
        first = self.values[0]
        return NumberFormat(unit or first.unit, decimals=decimals, language=first.language)

    def data(self) -> tuple[Datum, ...]:
        return tuple(
            Datum(category.name, series.name, value, value.short if value else "")
            for series in self.series
            for category, value in zip(self.categories, series.values, strict=True)
        )

    def describe(self, words: ChartLabels, marks: Marks) -> str:
        """Describe each series with its values: "A, 5 percent; B, no figure." """
        names = [category.name for category in self.categories]
        sentences = []
        for series in self.series:
            parts = [
                f"{name}{marks.comma}{describe_quantity(value, words)}" + (f" ({remark})" if remark else "")
                for name, value, remark in zip(names, series.values, series.remarks, strict=True)
            ]
            head = f"{series.name}{marks.colon}" if len(self.series) > 1 else ""
            sentences.append(f"{head}{marks.semicolon.join(parts)}.")
        return " ".join(sentences)

    def native(self, named: bool) -> tuple[NativeSeries, ...]:
        """Return the series of a native chart; `named` puts each name beside its first label, instead of a legend."""
        result = []
        for series in self.series:
            points = []
            for index, (value, role) in enumerate(zip(series.values, series.roles, strict=True)):
                name = series.name if named and value and index == series.points[0][0] else None
                more = ", ".join(text for text in (name, series.remarks[index]) if text)
                points.append(make_native_point(value, role, more))
            result.append(NativeSeries(series.name, tuple(points), series.role))
        return tuple(result)


def _drop_unit(value: Quantity | None) -> Quantity | None:
    if value is None or value.label or value.sourced:
        return value
    return replace(value, unit=Unit(""))

"""Scatter charts: two numbers of each item, as a point between two axes."""

from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec.structs import replace
from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import check_known, check_names, choose_texture, describe_quantity
from reportgen.charts.base import Chart
from reportgen.charts.layout.points import scatter_layout
from reportgen.charts.layout.points.scatter_layout import Axis, Point
from reportgen.charts.scene import Datum, NativeAxis, NativeChart, NativePoint, NativeSeries, Role, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.languages import load_writing
from reportgen.text.numbers import PartialDate, Quantity, Unit

MOST_POINTS = 300


class ScatterPoint(Model):
    """One item with its two numbers."""

    label: Annotated[Label, Field(description="The item's name.")]
    x: Annotated[Amount, Field(description="Its place from left to right: a fact's id, or a number.")]
    y: Annotated[Amount, Field(description="Its place upwards: a fact's id, or a number.")]
    highlight: Annotated[bool, Field(description="`true` for the item that makes the point.")] = False


class Scatter(Chart):
    """Points between two axes. A name that has no room is left out, never that of a highlighted point."""

    kind: Annotated[Literal["scatter"], Field(description="The kind of exhibit.")]
    points: Annotated[
        list[ScatterPoint], Field(min_length=2, max_length=MOST_POINTS, description="The items, from 2 to 300.")
    ]
    x_title: Annotated[Label, Field(description="What the numbers from left to right are.")]
    y_title: Annotated[Label, Field(description="What the numbers upwards are.")]
    x_unit: Annotated[str | None, Field(description="The unit of `x`. Default: that of the facts.")] = None
    y_unit: Annotated[str | None, Field(description="The unit of `y`. Default: that of the facts.")] = None
    highlight: Annotated[Label | None, Field(description="The label of the item that makes the point.")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [point.label for point in self.points]
        check_names(names, "points")
        check_known(self.highlight, names, "highlight")
        for quantity in self.quantities:
            if isinstance(quantity.value, PartialDate):
                raise problem(f"{quantity.short} is a date, not an amount", "draw a line over dates")
        self._find_unit("x")
        self._find_unit("y")
        return self

    def _list(self, side: Literal["x", "y"]) -> list[Quantity]:
        return [point.x if side == "x" else point.y for point in self.points]

    def _find_unit(self, side: Literal["x", "y"]) -> Unit:
        """Return the unit of one axis. Raises for mixed units."""
        own = self.x_unit if side == "x" else self.y_unit
        names = [own] if own is not None else []
        names = list(dict.fromkeys([*names, *(value.unit.name for value in self._list(side) if value.unit.name)]))
        if len(names) > 1:
            listed = " and ".join(f'"{name}"' for name in names)
            raise problem(f"`{side}` has two units: {listed}", "convert one with a formula")
        return Unit(names[0] if names else "")

    def _is_highlighted(self, point: ScatterPoint) -> bool:
        return point.highlight or point.label == self.highlight

    @cached_property
    def drawn(self) -> tuple[Point, ...]:
        """The points with their looks."""
        flagged = any(map(self._is_highlighted, self.points))
        found = []
        for point in self.points:
            is_open = point.x.open or point.y.open
            role: Role = "signal" if self._is_highlighted(point) else "quiet" if flagged else "accent"
            numbers = (point.x.number, point.y.number)
            found.append(Point(point.label, *numbers, self._is_highlighted(point), role, choose_texture(is_open)))
        return tuple(found)

    def _axis(self, side: Literal["x", "y"]) -> Axis:
        unit, title = self._find_unit(side), self.x_title if side == "x" else self.y_title
        name = self.words.percent if unit.name == "%" else load_writing(self._language).unit(unit)
        if unit.name and name.lower() not in title.lower() and unit.name.lower() not in title.lower():
            title = f"{title}{self.marks.comma}{name}"
        values = [value.number for value in self._list(side)]
        return scatter_layout.choose_axis(title, values, unit, self._language)

    def lay_out(self, width: float, style: Style) -> Scene:
        return scatter_layout.lay_out_scatter(self.drawn, self._axis("x"), self._axis("y"), width, style)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        x, y = (_convert_axis(self._axis(side)) for side in ("x", "y"))
        first = next((point.role for point in self.drawn if not point.highlight), self.drawn[0].role)
        points = tuple(NativePoint(point.y, point.name, "General", point.role, point.texture) for point in self.drawn)
        series = NativeSeries(y.title, points, first)
        return NativeChart(
            "scatter", "clustered", tuple(repr(point.x) for point in self.drawn), (series,), "", y.minimum, y.maximum,
            step=y.step, axis_code=y.code, x_axis=x, y_title=y.title, point_names=tuple(p.name for p in self.drawn),
        )  # fmt: skip

    def _values(self) -> list[tuple[str, Quantity, Quantity]]:
        units = {"x": self._find_unit("x"), "y": self._find_unit("y")}

        def complete(value: Quantity, side: str) -> Quantity:
            return value if value.unit.name else replace(value, unit=units[side])

        return [(point.label, complete(point.x, "x"), complete(point.y, "y")) for point in self.points]

    def data(self) -> tuple[Datum, ...]:
        return tuple(
            Datum(label, title, value, value.short)
            for label, x, y in self._values()
            for title, value in ((self.x_title, x), (self.y_title, y))
        )

    def describe(self) -> str:
        comma, colon = self.marks.comma, self.marks.colon
        parts = (
            f"{label}{colon}{describe_quantity(x, self.words)}{comma}{describe_quantity(y, self.words)}"
            for label, x, y in self._values()
        )
        titles = f"{self.x_title}{comma}{self.y_title}"
        return f"{self.words.charts['scatter']} {titles}. {self.marks.semicolon.join(parts)}."


def _convert_axis(axis: Axis) -> NativeAxis:
    return NativeAxis(axis.title, axis.ticks[0], axis.ticks[-1], axis.step, axis.form.excel(axis.step))

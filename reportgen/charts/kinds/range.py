"""Ranges: from a low to a high value for each row, as a floating bar with both ends labelled."""

from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec import Struct
from msgspec.structs import replace
from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import check_count, check_known, check_names, choose_texture, describe_quantity
from reportgen.charts.base import OpenKind, UnitChart, find_open_kinds
from reportgen.charts.layout.geometry import Reach, Scale, fit_scale, spread_centres
from reportgen.charts.layout.label_room import HINT, require_bars
from reportgen.charts.scene import (
    Datum,
    NativeChart,
    NativePoint,
    NativeSeries,
    Role,
    Scene,
    SceneDot,
    SceneItem,
    SceneLine,
    SceneRect,
)
from reportgen.charts.style import LABEL_SHARE, MOST_LABELS, NARROW, Block, Style
from reportgen.input.field_types import Amount, AnyAmount, Label, Model, problem
from reportgen.system.errors import FitError
from reportgen.text.languages.label_fields import ChartLabels
from reportgen.text.numbers import Quantity

MIN_BARS_SHARE = 0.55  # of a native chart's width
LABEL_GAP = 14.0  # points around a label
LABEL_ROOM = 0.25  # of the longest range, for the hidden bar on which the upper end's label stands
FROM_ZERO = 0.5  # the axis begins at zero unless the lowest value is more than this share of the highest


class RangeRow(Model):
    """A label with its low and high value."""

    label: Annotated[Label, Field(description="The row's label.")]
    value: Annotated[
        AnyAmount | None,
        Field(
            description="A fact that is a range, or has an interval or a margin: the row goes from one end to the other, with a dot at "
            "its value. Of a fact with `values`, the row goes from the least to the largest. Instead of `low` and `high`."
        ),
    ] = None
    low: Annotated[Amount | None, Field(description="The lower end: a fact's id, or a number.")] = None
    high: Annotated[Amount | None, Field(description="The upper end: a fact's id, or a number.")] = None
    highlight: Annotated[bool, Field(description="`true` for the row that makes the point.")] = False
    note: Annotated[Label | None, Field(description="Words that qualify the label.")] = None

    @model_validator(mode="after")
    def _check_ends(self) -> Self:
        if self.value is None:
            if self.low is None or self.high is None:
                raise problem("a row needs `low` and `high`, or a `value` that is a range", words=self.label)
        elif self.low is not None or self.high is not None:
            raise problem("a row has `low` and `high` or a `value`, not both", words=self.label)
        elif len({each.quantity.unit for each in self.value.sourced}) > 1:
            raise problem("its sources give it in different units", "give both values in one unit", self.label)
        elif self.value.spread is None:
            raise problem(
                f"{self.value.short} is no range", "give the row `low` and `high`, or the fact its own", self.label
            )
        return self


class Row(Struct, frozen=True):
    """A row as it is drawn: two ends in one unit, and the value between them if the source gives one."""

    label: str
    low: Quantity
    high: Quantity
    centre: Quantity | None
    note: str | None
    highlight: bool

    @property
    def open(self) -> bool:
        return self.low.open or self.high.open


def _split_range(row: RangeRow, value: Quantity) -> Row:
    """Return the row of a fact that is a range; its label names the value that lies between the ends."""
    spread = value.spread
    assert spread is not None
    assert value.fact is not None
    ends = (spread.low, spread.high)
    low, high = (replace(value, value=end, spread=None, label=None, words=None, sourced=()) for end in ends)
    centre = replace(value, spread=None, label=None, words=None) if spread.has_centre else None
    low, high = (replace(end, bound="exactly") if centre else end for end in (low, high))
    note = ", ".join(part for part in (centre.short if centre else None, row.note) if part)
    return Row(row.label, low, high, centre, note or None, row.highlight)


class Ranges(UnitChart):
    """Ranges compared; an end that is not exactly known leaves the bar open."""

    kind: Annotated[Literal["range"], Field(description="The kind of exhibit.")]
    ranges: Annotated[list[RangeRow], Field(min_length=1, description="The rows, each with a low and a high end.")]
    low_title: Annotated[Label | None, Field(description="The name of the lower ends.")] = None
    high_title: Annotated[Label | None, Field(description="The name of the upper ends.")] = None
    unit: Annotated[str | None, Field(description="The unit of the numbers. Default: that of the facts.")] = None
    order: Annotated[
        Literal["given", "descending", "ascending"],
        Field(
            description="As given, or sorted by the upper end: the largest first (`descending`) or the smallest (`ascending`)."
        ),
    ] = "given"
    highlight: Annotated[Label | None, Field(description="The label of the row that makes the point.")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        labels = [row.label for row in self.ranges]
        check_count(len(labels), "ranges")
        check_names(labels, "ranges")
        check_known(self.highlight, labels, "highlight")
        self._check_numbers()
        for row in self.drawn:
            if row.low.number > row.high.number:
                raise problem(
                    f'"{row.label}" ends before it begins: {row.low.short} to {row.high.short}', words=row.label
                )
        return self

    @cached_property
    def drawn(self) -> tuple[Row, ...]:
        """The rows in drawing order and in one unit."""
        rows = []
        for row in self.ranges:
            value, low, high = self._convert([row.value, row.low, row.high])
            if value:
                rows.append(_split_range(row, value))
            elif low and high:
                rows.append(Row(row.label, low, high, None, row.note, row.highlight))
        if self.order != "given":
            rows.sort(key=lambda row: row.high.number, reverse=self.order == "descending")
        return tuple(rows)

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        return find_open_kinds(end for row in self.drawn for end in (row.low, row.high))

    @property
    def _titles(self) -> tuple[str, str]:
        """The names of the two ends."""
        return self.low_title or self.words.low, self.high_title or self.words.high

    def _role(self, row: Row) -> Role:
        flagged = any(other.highlight or other.label == self.highlight for other in self.ranges)
        return "signal" if row.highlight or row.label == self.highlight else "quiet" if flagged else "accent"

    def _start(self) -> float:
        """Return the start of the axis: zero, unless all values are far from it."""
        low, high = min(row.low.number for row in self.drawn), max(row.high.number for row in self.drawn)
        return low if low > 0 and low > FROM_ZERO * high else 0.0

    def lay_out(self, width: float, style: Style) -> Scene:
        if width >= style.em(NARROW):
            try:
                return self._lay_out(width, style, beside=True)
            except FitError:
                pass
        return self._lay_out(width, style, beside=False)

    def _lay_out(self, width: float, style: Style, beside: bool) -> Scene:
        """Lay out the rows with labels beside or above them."""
        room = width * LABEL_SHARE if beside else width
        labels = [style.label(row.label, [row.note], room, self._role(row) == "signal") for row in self.drawn]
        column = max(label.width for label in labels) + style.em(0.9) if beside else 0.0
        if column > MOST_LABELS * width:
            raise FitError("the labels are too wide to stand beside the bars", hint=HINT)
        ends = [
            [style.block(end.short, width, self._role(row) == "signal") for end in (row.low, row.high)]
            for row in self.drawn
        ]
        pad = style.em(0.9)
        reaches = [
            Reach(row.low.number, row.high.number, low.width + pad, high.width + pad)
            for row, (low, high) in zip(self.drawn, ends, strict=True)
        ]
        scale = fit_scale(reaches, column, width, self._start())
        require_bars(scale, reaches, width)
        items, y = self._place_heads(scale, width, style)
        for number, (row, label, (low, high)) in enumerate(zip(self.drawn, labels, ends, strict=True)):
            y += style.em(1.0) if number else 0.0
            height = max(style.em(1.3), label.height if beside else 0.0, low.height)
            items += label.at(0, y + (height - label.height) / 2 if beside else y)
            y += 0.0 if beside else label.height + style.em(0.2)
            items += _draw(row, self._role(row), scale, y + height / 2, (low, high), style)
            y += height
        if any(row.low.number < 0 for row in self.drawn):
            items.insert(0, SceneLine(scale(0), 0, scale(0), y, "hairline", 0.75))
        return Scene(width, y, tuple(items))

    def _place_heads(self, scale: Scale, width: float, style: Style) -> tuple[list[SceneItem], float]:
        """Place the names of the two ends over the first row, and return where that begins."""
        first = self.drawn[0]
        items: list[SceneItem] = []
        if not self.low_title or not self.high_title:
            return items, 0.0
        heads = [style.block(title, width / 3, small=True) for title in (self.low_title, self.high_title)]
        wanted = [scale(first.low.number), scale(first.high.number)]
        centres = spread_centres(wanted, [head.width + style.em(0.5) for head in heads], 0, width)
        bottom = max(head.height for head in heads)
        items = [head.at(x, bottom, "secondary", "center", "bottom") for head, x in zip(heads, centres, strict=True)]
        return items, bottom + style.em(0.3)

    def _native_start(self, width: float, most: float, brand: Brand) -> float:
        """Return a native axis's start: early enough that the lowest end's label has room before its bar."""
        start = self._start() * 0.9
        low = min(row.low.number for row in self.drawn)
        style = Style.deck(brand)
        widest = max(style.width(row.low.short, bold=True) for row in self.drawn) + LABEL_GAP
        share = min(0.9, widest / (MIN_BARS_SHARE * width))
        return start if low - start >= share * (most - start) else max(0.0, (low - share * most) / (1 - share))

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        """Stack bars on a hidden base; the ends' texts are constants in the formats of the hidden series' labels.

        A range that reaches below zero has no base to carry a text, so its name has its ends.
        """
        top = max(row.high.number for row in self.drawn)
        room = (top - self._start()) * LABEL_ROOM
        base, below, above, after = [], [], [], []
        for row in self.drawn:
            low, high, role = row.low.number, row.high.number, self._role(row)
            texture = choose_texture(row.open)
            labelled = low >= 0
            begin, end = (row.low.short, row.high.short) if labelled else (None, None)
            base.append(NativePoint(max(low, 0) or min(high, 0), begin, _format_constant(row.low)))
            below.append(NativePoint(min(low, 0) - min(high, 0), None, row.low.excel, role, texture))
            above.append(NativePoint(max(high, 0) - max(low, 0), None, row.high.excel, role, texture))
            after.append(NativePoint(room if labelled else None, end, _format_constant(row.high)))
        series = [NativeSeries(self._titles[0], tuple(base), hidden=True, labels="inside_end")]
        if any(point.value for point in below):
            series.append(NativeSeries(self.words.below_zero, tuple(below)))
        series.append(NativeSeries(self.words.range, tuple(above)))
        series.append(NativeSeries(self._titles[1], tuple(after), hidden=True, labels="inside_base"))
        positive = all(row.low.number >= 0 for row in self.drawn)
        start = self._native_start(width, top + room, brand) if positive else None
        names = tuple(_name_row(row, self.words) for row in self.drawn)
        return NativeChart("bar", "stacked", names, tuple(series), self.find_unit().name, minimum=start)

    def data(self) -> tuple[Datum, ...]:
        titles = (self._titles[0], self.words.value, self._titles[1])
        return tuple(
            Datum(row.label, title, value, value.short)
            for row in self.drawn
            for title, value in zip(titles, (row.low, row.centre, row.high), strict=True)
            if value
        )

    def describe(self) -> str:
        ends = (
            (
                self.marks.comma.join(
                    [row.label, *([describe_quantity(row.centre, self.words)] if row.centre else [])]
                ),
                describe_quantity(row.low, self.words),
                describe_quantity(row.high, self.words),
            )
            for row in self.drawn
        )
        parts = (
            f"{label}{self.marks.comma}{self.words.from_to.format(low=low, high=high)}" for label, low, high in ends
        )
        return self.describe_parts("range", parts)


def _name_row(row: Row, words: ChartLabels) -> str:
    more = [row.note] if row.note else []
    more += [words.low_to_high.format(low=row.low.short, high=row.high.short)] if row.low.number < 0 else []
    return f"{row.label} ({', '.join(more)})" if more else row.label


def _format_constant(quantity: Quantity) -> str:
    """Return a format code that prints the quantity whatever the value of its cell."""
    return '"' + quantity.short.replace('"', "”") + '"'


def _draw(row: Row, role: Role, scale: Scale, y: float, ends: tuple[Block, Block], style: Style) -> list[SceneItem]:
    """Draw the bar with a dot at each end, hollow if that end is not exactly known."""
    left, right = scale(row.low.number), scale(row.high.number)
    thick, dot = style.em(0.5), style.em(1.0)
    return [
        SceneRect(
            left,
            y - thick / 2,
            right - left,
            thick,
            role,
            choose_texture(row.open),
            f"{row.low.short} – {row.high.short}",
        ),
        SceneDot(left, y, dot, role, choose_texture(row.low.open)),
        SceneDot(right, y, dot, role, choose_texture(row.high.open)),
        *([SceneDot(scale(row.centre.number), y, dot, "ink")] if row.centre else []),
        ends[0].at(left - style.em(0.9), y, "ink", "right", "middle"),
        ends[1].at(right + style.em(0.9), y, "ink", "left", "middle"),
    ]

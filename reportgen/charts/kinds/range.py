"""Ranges: from a low to a high value for each row, as a floating bar with both ends labelled."""

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.charts.amounts import (
    check_known,
    check_names,
    check_numbers,
    convert_to_unit,
    describe_quantity,
    describe_unit,
    find_common_unit,
    find_shared_decimals,
)
from reportgen.charts.base import Chart
from reportgen.charts.layout.geometry import Reach, Scale, fit_scale, spread_centres
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
    Texture,
)
from reportgen.charts.style import Block, Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.languages import load_labels
from reportgen.text.languages.label_fields import ChartLabels
from reportgen.text.numbers import Quantity, Unit

if TYPE_CHECKING:
    from reportgen.brand import Brand

LABELS = 0.36  # the share of the width that labels beside the bars may take
NARROW = 26  # em: in a chart narrower than this, labels stand above their bars
BARS, LABEL_GAP = 0.55, 14.0  # of a native chart's width: what the bars have at least; points around a label
LABEL_ROOM = 0.25  # of the longest range: the hidden bar that the upper end's label stands on
FROM_ZERO = 0.5  # the axis begins at zero unless the lowest value is more than this share of the highest


class RangeRow(Model):
    """What ranges, and between which values."""

    label: Label
    low: Amount
    high: Amount
    highlight: bool = False
    note: Annotated[Label | None, Field(description="Qualifies the label")] = None


class Ranges(Chart):
    """Spans of values compared; an end that is not exactly known leaves the bar open."""

    kind: Literal["range"]
    ranges: Annotated[list[RangeRow], Field(min_length=1)]
    low_title: Annotated[Label | None, Field(description="What the lower ends are: minimum, 2010")] = None
    high_title: Annotated[Label | None, Field(description="What the upper ends are: maximum, 2020")] = None
    unit: Annotated[str | None, Field(description="%, US$ billion, …; taken from the facts when left out")] = None
    order: Annotated[Literal["value", "given"], Field(description="By the upper end, or as written")] = "value"
    highlight: Annotated[Label | None, Field(description="The row that makes the point")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        labels = [row.label for row in self.ranges]
        check_names(labels, "ranges")
        check_known(self.highlight, labels, "highlight")
        check_numbers(self.quantities())
        find_common_unit(self.quantities(), self.unit)
        for row in self.drawn:
            if row.low.number > row.high.number:
                raise problem(
                    f'"{row.label}" ends before it begins: {row.low.short} to {row.high.short}', words=row.label
                )
        return self

    @property
    def _unit(self) -> Unit:
        return find_common_unit(self.quantities(), self.unit)

    @property
    def subtitle_line(self) -> str | None:
        return self.subtitle or describe_unit(self._unit, self.language)

    @cached_property
    def drawn(self) -> tuple[RangeRow, ...]:
        """The rows in drawing order and one unit."""
        decimals = find_shared_decimals(self.quantities())
        rows = []
        for row in self.ranges:
            low, high = convert_to_unit([row.low, row.high], self._unit, decimals)
            rows.append(row.model_copy(update={"low": low, "high": high}))
        if self.order == "value":
            rows.sort(key=lambda row: -row.high.number)
        return tuple(rows)

    def _role(self, row: RangeRow) -> Role:
        flagged = any(other.highlight or other.label == self.highlight for other in self.ranges)
        return "signal" if row.highlight or row.label == self.highlight else "quiet" if flagged else "accent"

    def _start(self) -> float:
        """Where the axis begins: at zero, unless all values are far from it."""
        numbers = [value.number for value in self.quantities()]
        low, high = min(numbers), max(numbers)
        return low if low > 0 and low > FROM_ZERO * high else 0.0

    def scene(self, width: float, style: Style) -> Scene:
        beside = width >= style.em(NARROW)
        texts = [_texts(row, width * LABELS if beside else width, self._role(row), style) for row in self.drawn]
        column = max(block.width for text in texts for block, _ in text) + style.em(0.9) if beside else 0.0
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
        items, y = self._heads(scale, width, style)
        for number, (row, text, (low, high)) in enumerate(zip(self.drawn, texts, ends, strict=True)):
            y += style.em(1.0) if number else 0.0
            label_height = sum(block.height for block, _ in text)
            height = max(style.em(1.3), label_height if beside else 0.0, low.height)
            at = y + (height - label_height) / 2 if beside else y
            for block, role in text:
                items.append(block.at(0, at, role))
                at += block.height
            y += 0.0 if beside else label_height + style.em(0.2)
            items += _draw(row, self._role(row), scale, y + height / 2, (low, high), style)
            y += height
        if any(row.low.number < 0 for row in self.drawn):
            items.insert(0, SceneLine(scale(0), 0, scale(0), y, "hairline", 0.75))
        return Scene(width, y, tuple(items))

    def _heads(self, scale: Scale, width: float, style: Style) -> tuple[list[SceneItem], float]:
        """The names of the two ends over the first row, and where that begins."""
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

    def _native_start(self, width: float, most: float, brand: "Brand") -> float:
        """Where a native axis begins: early enough that the lowest end's label has room before its bar."""
        start = self._start() * 0.9
        low = min(row.low.number for row in self.drawn)
        style = Style.deck(brand)
        widest = max(style.width(row.low.short, bold=True) for row in self.drawn) + LABEL_GAP
        share = min(0.9, widest / (BARS * width))
        return start if low - start >= share * (most - start) else max(0.0, (low - share * most) / (1 - share))

    def native(self, width: float, height: float, brand: "Brand") -> NativeChart:  # noqa: ARG002
        """Bars stacked on a hidden base; the ends' texts are constants in the formats of the hidden series' labels.

        A range that reaches below zero has no base to carry a text, so its ends are told with its name.
        """
        top = max(row.high.number for row in self.drawn)
        room = (top - self._start()) * LABEL_ROOM
        base, below, above, after = [], [], [], []
        for row in self.drawn:
            low, high, role = row.low.number, row.high.number, self._role(row)
            texture: Texture = "open" if row.low.open or row.high.open else "solid"
            told = low >= 0
            base.append(NativePoint(max(low, 0) or min(high, 0), row.low.short if told else None, _constant(row.low)))
            below.append(NativePoint(min(low, 0) - min(high, 0), None, row.low.excel, role, texture))
            above.append(NativePoint(max(high, 0) - max(low, 0), None, row.high.excel, role, texture))
            after.append(NativePoint(room if told else None, row.high.short if told else None, _constant(row.high)))
        series = [NativeSeries(self.low_title or self.words.low, tuple(base), hidden=True, labels="inside_end")]
        if any(point.value for point in below):
            series.append(NativeSeries(self.words.below_zero, tuple(below)))
        series.append(NativeSeries(self.words.range, tuple(above)))
        series.append(NativeSeries(self.high_title or self.words.high, tuple(after), hidden=True, labels="inside_base"))
        start = None
        if all(row.low.number >= 0 for row in self.drawn):
            start = self._native_start(width, top + room, brand)
        names = tuple(_name(row, self.words) for row in self.drawn)
        return NativeChart("bar", "stacked", names, tuple(series), self._unit.name, minimum=start)

    def data(self) -> tuple[Datum, ...]:
        titles = (self.low_title or self.words.low, self.high_title or self.words.high)
        return tuple(
            Datum(row.label, title, value, value.short)
            for row in self.drawn
            for title, value in zip(titles, (row.low, row.high), strict=True)
        )

    def describe(self) -> str:
        words, marks = self.words, load_labels(self.language).marks
        told = (
            f"{row.label}{marks.comma}{words.from_to.format(low=describe_quantity(row.low, words), high=describe_quantity(row.high, words))}"
            for row in self.drawn
        )
        return f"{words.charts['range']} {marks.semicolon.join(told)}."


def _name(row: RangeRow, words: ChartLabels) -> str:
    more = [row.note] if row.note else []
    more += [words.low_to_high.format(low=row.low.short, high=row.high.short)] if row.low.number < 0 else []
    return f"{row.label} ({', '.join(more)})" if more else row.label


def _constant(quantity: Quantity) -> str:
    """A format code that prints the quantity whatever the value of its cell."""
    return '"' + quantity.short.replace('"', "”") + '"'


def _texts(row: RangeRow, width: float, role: Role, style: Style) -> list[tuple[Block, Role]]:
    texts: list[tuple[Block, Role]] = [(style.block(row.label, width, role == "signal"), "ink")]
    if row.note:
        texts.append((style.block(row.note, width, small=True), "secondary"))
    return texts


def _draw(
    row: RangeRow, role: Role, scale: Scale, y: float, ends: tuple[Block, Block], style: Style
) -> list[SceneItem]:
    """The bar with a dot at each end, hollow where that end is not exactly known."""
    left, right = scale(row.low.number), scale(row.high.number)
    thick, dot = style.em(0.5), style.em(1.0)
    texture: Texture = "open" if row.low.open or row.high.open else "solid"
    return [
        SceneRect(left, y - thick / 2, right - left, thick, role, texture, f"{row.low.short} – {row.high.short}"),
        SceneDot(left, y, dot, role, "open" if row.low.open else "solid"),
        SceneDot(right, y, dot, role, "open" if row.high.open else "solid"),
        ends[0].at(left - style.em(0.9), y, "ink", "right", "middle"),
        ends[1].at(right + style.em(0.9), y, "ink", "left", "middle"),
    ]

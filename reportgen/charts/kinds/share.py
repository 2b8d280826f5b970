"""Parts of a whole: one bar split into parts; the rest is computed, with its bound."""

from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec import Struct
from pydantic import ConfigDict, Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import (
    check_known,
    check_names,
    choose_ink,
    choose_texture,
    compute_remainder,
    describe_quantity,
    make_native_point,
)
from reportgen.charts.base import FromData, OpenKind, UnitChart, allow_data, find_open_kinds
from reportgen.charts.layout.geometry import Flag, stack_callouts
from reportgen.charts.scene import Align, Datum, NativeChart, NativeSeries, Role, Scene, SceneItem, SceneLine, SceneRect
from reportgen.charts.style import Block, Style
from reportgen.input.field_types import Amount, Label, Model, problem
from reportgen.text.numbers import Quantity

MOST_PARTS = 6
THICKNESS = 2.4  # em


class Part(Model):
    """A part of the whole."""

    label: Annotated[Label, Field(description="The part's label.")]
    value: Annotated[Amount, Field(description="A fact's id, or a number.")]
    highlight: Annotated[bool, Field(description="`true` for the part that makes the point.")] = False


class Share(FromData, UnitChart):
    """One bar for the whole; its parts in the order written, the rest last."""

    model_config = ConfigDict(json_schema_extra=allow_data("parts"))

    kind: Annotated[Literal["share"], Field(description="The kind of exhibit.")]
    parts: Annotated[list[Part], Field(min_length=1, description="The parts, in order. At most six, with the rest.")]
    rest: Annotated[
        Label | None, Field(description="The label of the remainder, which is calculated with its bound.")
    ] = None
    total: Annotated[
        Amount | None,
        Field(description="The whole: a fact's id, or a number. Default: 100 for percent, else the sum of the parts."),
    ] = None
    unit: Annotated[str | None, Field(description="The unit of the numbers. Default: that of the facts.")] = None
    highlight: Annotated[Label | None, Field(description="The label of the part that makes the point.")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        labels = [part.label for part in self.parts] + ([self.rest] if self.rest else [])
        check_names(labels, "parts")
        check_known(self.highlight, labels, "highlight")
        if len(labels) > MOST_PARTS:
            raise problem(
                f"{len(labels)} parts are too many for one bar", f"at most {MOST_PARTS}: combine the small ones"
            )
        self._check_numbers()
        for part in self.parts:
            if part.value.number < 0:
                raise problem(f'the part "{part.label}" is negative: {part.value.short}', words=part.label)
        self._check_sum()
        return self

    def _check_sum(self) -> None:
        given = sum(part.value.number for part in self.parts)
        if given <= 0:
            raise problem("there is no data to draw", "every part is zero")
        whole = f"{self._whole:g}{' percent' if self.find_unit().name == '%' else ''}"
        if given > self._whole + self._tolerance:
            raise problem(f"the parts are {given:g} together, more than the whole of {whole}")
        if given < self._whole - self._tolerance and not self.rest:
            raise problem(f"the parts are {given:g} together, of {whole}", "name what is left with `rest:`")

    @property
    def _tolerance(self) -> float:
        """The most that rounding of each part may add up to."""
        return sum(0.5 * 10.0**-part.value.decimals for part in self.parts) if len(self.parts) > 1 else 1e-9

    @property
    def _whole(self) -> float:
        if self.total:
            return self.total.number
        return 100.0 if self.find_unit().name == "%" else sum(part.value.number for part in self.parts)

    @cached_property
    def drawn(self) -> tuple[tuple[str, Quantity, Role], ...]:
        """Every part with its colour, the rest included."""
        known = [value for value in self._convert([part.value for part in self.parts]) if value]
        entries = [
            (part.label, value, part.highlight or part.label == self.highlight)
            for part, value in zip(self.parts, known, strict=True)
        ]
        if self.rest:
            entries.append((self.rest, compute_remainder(self._whole, known), self.rest == self.highlight))
        derived = [value.status == "inferred" for _, value, _ in entries]
        roles = _choose_roles([flag for _, _, flag in entries], derived)
        return tuple((label, value, role) for (label, value, _), role in zip(entries, roles, strict=True))

    def lay_out(self, width: float, style: Style) -> Scene:
        """Place number and name over each part, on leaders for narrow parts, or in a key where leaders would cross."""
        unit = width / sum(value.number for _, value, _ in self.drawn)
        segments, left = [], 0.0
        for label, value, role in self.drawn:
            segments.append(_set_segment(label, value, role, left, value.number * unit, style))
            left += value.number * unit
        gap, thick = style.em(0.5), style.em(THICKNESS)
        places = stack_callouts([segment.flag for segment in segments], width, gap)
        if places is None:
            items, top = self._lay_out_key(width, style)
        else:
            items = []
            top = max(level + segment.flag.height for segment, (_, level) in zip(segments, places, strict=True)) + gap
            for segment, (to_left, level) in zip(segments, places, strict=True):
                items += segment.lay_out_text(top - gap - level - segment.flag.height, top, to_left, style)
        for segment in segments:
            if segment.size:
                texture, name = choose_texture(segment.value.open), segment.value.short
                items.append(SceneRect(segment.left, top, segment.size, thick, segment.role, texture, name))
        items += [SceneLine(segment.left, top, segment.left, top + thick, "paper", 1.0) for segment in segments[1:]]
        return Scene(width, top + thick, tuple(items))

    def _lay_out_key(self, width: float, style: Style) -> tuple[list[SceneItem], float]:
        """List the parts with swatches, one under the other; return where the bar begins."""
        items: list[SceneItem] = []
        side, y = style.em(0.8), 0.0
        numbers = [style.block(value.short, width, True) for _, value, _ in self.drawn]
        column = side * 1.5 + max(number.width for number in numbers) + style.em(0.5)
        for (label, value, role), number in zip(self.drawn, numbers, strict=True):
            name = style.block(label, width - column)
            items.append(
                SceneRect(0, y + (style.line() - side) / 2, side, side, role, choose_texture(value.open), label)
            )
            items += [number.at(side * 1.5, y), name.at(column, y, "ink" if role == "signal" else "secondary")]
            y += name.height + style.em(0.2)
        return items, y + style.em(0.4)

    def native(self, width: float, height: float, brand: Brand) -> NativeChart:  # noqa: ARG002
        series = tuple(
            NativeSeries(
                label,
                (make_native_point(value, role, label),),
                role,
                labels="center",
                label_role=choose_ink(role, choose_texture(value.open)),
            )
            for label, value, role in self.drawn
        )
        return NativeChart(
            "bar", "stacked", (self.subtitle_line or "",), series, self.find_unit().name, 0.0, self._whole, gap_width=40
        )

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        return find_open_kinds(value for _, value, _ in self.drawn)

    def data(self) -> tuple[Datum, ...]:
        series = self.describe_unit() or self.words.value
        return tuple(Datum(label, series, value, value.short) for label, value, _ in self.drawn)

    def describe(self) -> str:
        parts = (f"{label}{self.marks.comma}{describe_quantity(value, self.words)}" for label, value, _ in self.drawn)
        return self.describe_parts("share", parts) + (f" {self.words.rest}" if self.rest else "")


class _Segment(Struct, frozen=True):
    """A part of the bar, and its number over its name; `fits` if both are no wider than the part."""

    value: Quantity
    role: Role
    left: float
    size: float
    number: Block
    name: Block
    fits: bool
    pad: float

    @property
    def flag(self) -> Flag:
        """The text at the part's left edge, or beside a leader from its middle."""
        width, height = max(self.number.width, self.name.width), self.number.height + self.name.height
        if self.fits:
            return Flag(self.left, width, height)
        return Flag(self.left + self.size / 2, width + self.pad, height)

    def lay_out_text(self, y: float, bar: float, to_left: bool, style: Style) -> list[SceneItem]:
        """Place the text with its top at `y`, and its leader down to the bar."""
        x = self.flag.x
        leader = [] if self.fits else [SceneLine(x, y + style.em(0.15), x, bar, "quiet", 0.5)]
        x += 0 if self.fits else -self.pad if to_left else self.pad
        align: Align = "right" if to_left else "left"
        role: Role = "ink" if self.role == "signal" else "secondary"
        name = self.name.at(x, y + self.number.height, role, align)
        return [*leader, self.number.at(x, y, "ink", align), name]


def _set_segment(label: str, value: Quantity, role: Role, left: float, size: float, style: Style) -> _Segment:
    number = style.block(value.short, style.em(40), True)
    room = size - style.em(0.5)
    fits = max(number.width, style.longest_word(label)) <= room
    name = style.block(label, min(room, style.em(22)) if fits else style.em(11))
    return _Segment(value, role, left, size, number, name, fits, style.em(0.4))


def _choose_roles(flags: list[bool], derived: list[bool]) -> list[Role]:
    """Give one part a colour, the others greys that differ from their neighbours, and derived parts the ground's.

    Of two parts the other one is ground, too: they differ without colour.
    """
    leading = flags.index(True) if any(flags) else 0
    roles: list[Role] = []
    for index, (flag, is_derived) in enumerate(zip(flags, derived, strict=True)):
        grey: Role = "quiet" if index % 2 == 0 else "secondary"
        ground = is_derived or len(flags) == 2
        roles.append(
            "signal" if flag else "hairline" if ground and index != leading else "accent" if index == leading else grey
        )
    return roles

"""The layout of a timeline, one pure function for both media: events as flags over the axis, spans as bars under it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.charts.layout.geometry import Flag, stack_flags
from reportgen.charts.layout.ticks import Tick, choose_ticks
from reportgen.charts.scene import Role, Scene, SceneDot, SceneItem, SceneLine, SceneRect, SceneText, Texture
from reportgen.charts.style import SLACK, Block, Style

FLAG = 14.5  # em: the widest label
GAP_OF_BREAK = 2.0  # em that a break takes
SPAN = 0.9  # em: the height of a span's bar
AXIS = 0.12  # em: the thickness of the axis
LONG = 2.4  # em: a date that is a stretch of time is drawn as a bar when it is longer than this
WORD_GAP = 8.0  # points between the texts of two spans on one line


class Mark(Struct, frozen=True):
    """An event: its words, its place (years, from and to), and whether it is not exactly known."""

    when: str
    title: str
    note: str
    mark: Literal["today", "deadline"] | None
    highlight: bool
    place: tuple[float, float]
    open: bool

    @property
    def role(self) -> Role:
        return "signal" if self.highlight else "accent"


class Stretch(Struct, frozen=True):
    """A span from `start` to `end`, in years."""

    title: str
    note: str
    start: float
    end: float
    highlight: bool
    open: bool


class Axis(Struct, frozen=True):
    """Time from `low` to `high` (years), with a stretch left out."""

    low: float
    high: float
    skip: tuple[float, float] | None = None

    @property
    def length(self) -> float:
        return self.high - self.low - (self.skip[1] - self.skip[0] if self.skip else 0.0)

    def after_break(self, year: float) -> bool:
        return self.skip is not None and year >= self.skip[1]


class Ruler(Struct, frozen=True):
    """Years to points."""

    axis: Axis
    left: float
    width: float
    gap: float

    def __call__(self, year: float) -> float:
        axis = self.axis
        passed = year - axis.low
        if axis.skip and axis.after_break(year):
            passed -= axis.skip[1] - axis.skip[0]
        elif axis.skip and year > axis.skip[0]:
            passed = axis.skip[0] - axis.low
        scaled = self.width - (self.gap if axis.skip else 0.0)
        return self.left + passed / (axis.length or 1.0) * scaled + (self.gap if axis.after_break(year) else 0.0)


class _Label(Struct, frozen=True):
    """An event's texts, one under the other."""

    blocks: tuple[tuple[Block, Role], ...]

    @property
    def width(self) -> float:
        return max((block.width for block, _ in self.blocks), default=0.0)

    @property
    def height(self) -> float:
        return sum(block.height for block, _ in self.blocks)

    def at(self, x: float, y: float) -> list[SceneItem]:
        items: list[SceneItem] = []
        for block, role in self.blocks:
            items.append(block.at(x, y, role))
            y += block.height
        return items


def _label(when: str, title: str, note: str, width: float, style: Style) -> _Label:
    """In ink throughout: the signal's colour is lighter in grey, so it would say less there, not more; dot and stem have it."""
    blocks: list[tuple[Block, Role]] = []
    if when:
        blocks.append((style.block(when, width, True), "ink"))
    blocks.append((style.block(title, width), "ink"))
    if note:
        blocks.append((style.block(note, width, small=True), "secondary"))
    return _Label(tuple(blocks))


def lay_out_to_scale(
    axis: Axis,
    marks: Sequence[Mark],
    spans: Sequence[Stretch],
    width: float,
    style: Style,
    air: float = 1.0,
    language: str = "en",
) -> Scene:
    """One axis true to scale: flags above it, dates under it, spans below those; `air` stretches what is between."""
    limit = min(style.em(FLAG), width * 0.42)
    labels = [_label(mark.when, mark.title, mark.note, limit, style) for mark in marks]
    ruler = _ruler(axis, marks, labels, width, style)
    pad = style.em(0.45)
    flags = [
        Flag(ruler(mark.place[0]), label.width + pad, label.height) for mark, label in zip(marks, labels, strict=True)
    ]
    levels = stack_flags(flags, style.em(0.5) * air)
    stem = style.em(1.0) * air
    top = max((level + flag.height for level, flag in zip(levels, flags, strict=True)), default=0.0)
    y = top + stem if marks else style.em(0.5)
    items = _axis_items(ruler, y, style)
    for mark, label, flag, level in zip(marks, labels, flags, levels, strict=True):
        at = y - stem - level - flag.height
        items.append(
            SceneLine(
                flag.x, at + style.em(0.15), flag.x, y, mark.role if mark.highlight else "quiet", style.em(AXIS) * 0.75
            )
        )
        items += label.at(flag.x + pad, at)
        items += _mark_items(mark, ruler, flag.x, y, style)
    below, bottom = _tick_items(ruler, y, width, style, language)
    items += below
    span_items, bottom = _span_items(spans, ruler, bottom, width, style, air)
    return Scene(width, bottom, tuple(items + span_items))


def _ruler(axis: Axis, marks: Sequence[Mark], labels: Sequence[_Label], width: float, style: Style) -> Ruler:
    """The longest axis at which no flag leaves the drawing."""
    left = style.em(0.5)
    gap = style.em(GAP_OF_BREAK)
    longest = width - left - style.em(0.5)
    unit = Ruler(axis, 0.0, 1.0, 0.0)
    for mark, label in zip(marks, labels, strict=True):
        share = unit(mark.place[0])
        room = width - left - style.em(0.5) - label.width - (gap if axis.skip else 0.0)
        if share > 0:
            longest = min(longest, room / share + (gap if axis.skip else 0.0))
    return Ruler(axis, left, longest, gap)


def _axis_items(ruler: Ruler, y: float, style: Style) -> list[SceneItem]:
    """The axis, interrupted by two strokes where time is left out."""
    axis = ruler.axis
    left, right = ruler(axis.low), ruler(axis.high)
    if not axis.skip:
        return [SceneLine(left, y, right, y, "ink", style.em(AXIS))]
    middle = (ruler(axis.skip[0]) + ruler(axis.skip[1])) / 2
    lean, gap, rise = style.em(0.2), style.em(0.3), style.em(0.45)
    items: list[SceneItem] = [
        SceneLine(left, y, middle - gap, y, "ink", style.em(AXIS)),
        SceneLine(middle + gap, y, right, y, "ink", style.em(AXIS)),
    ]
    items += [
        SceneLine(x - lean, y + rise, x + lean, y - rise, "ink", style.em(AXIS)) for x in (middle - gap, middle + gap)
    ]
    return items


def _mark_items(mark: Mark, ruler: Ruler, x: float, y: float, style: Style) -> list[SceneItem]:
    """A dot for a point in time, a bar for a stretch, hollow or hatched where it is not exactly known."""
    texture: Texture = "open" if mark.open else "solid"
    low, high = ruler(mark.place[0]), ruler(mark.place[1])
    if high - low > style.em(LONG):
        thick = style.em(0.7)
        return [SceneRect(low, y - thick / 2, high - low, thick, mark.role, "open", mark.title)]
    if mark.mark == "today":
        return [SceneLine(x, y - style.em(0.9), x, y + style.em(0.9), mark.role, 2.0)]
    return [SceneDot(x, y, style.em(1.0 if mark.highlight else 0.8), mark.role, texture)]


def _tick_items(ruler: Ruler, y: float, width: float, style: Style, language: str) -> tuple[list[SceneItem], float]:
    """Dates under the axis, as many as there is room for, and where the drawing goes on."""
    items: list[SceneItem] = []
    top = y + style.em(0.75)
    for tick in _ticks(ruler, width, style, language):
        x = ruler(tick.at)
        block = style.block(tick.text, style.em(20), small=True)
        items.append(SceneLine(x, y, x, y + style.em(0.45), "quiet", style.em(AXIS) * 0.75))
        items.append(block.at(_inside(x, block.width, width), top, "secondary", "center"))
    return items, top + style.line(small=True)


def _inside(x: float, size: float, width: float) -> float:
    """Where a text about x is centred so that it stays in the drawing."""
    return min(max(x, size / 2), width - size / 2)


def _ticks(ruler: Ruler, width: float, style: Style, language: str) -> list[Tick]:
    def fits(candidates: Sequence[Tick]) -> bool:
        free = -inf
        for tick in candidates:
            size = style.width(tick.text, small=True) + SLACK
            centre = _inside(ruler(tick.at), size, width)
            if centre - size / 2 < free:
                return False
            free = centre + size / 2 + style.em(1.2)
        return True

    return choose_ticks(ruler.axis.low, ruler.axis.high, ruler.axis.skip, fits, language)


def _span_items(
    spans: Sequence[Stretch], ruler: Ruler, y: float, width: float, style: Style, air: float
) -> tuple[list[SceneItem], float]:
    """Bars under the dates, each with its text below it; spans that do not meet share a line."""
    lanes: list[_Lane] = []
    thick, above = style.em(SPAN) * min(air, 1.4), style.em(0.7) * air
    for span in spans:
        left, right = ruler(span.start), ruler(span.end)
        label, x = _span_label(span, left, width, style)
        lane = next((lane for lane in lanes if lane.has_room(left, right, x, x + label.width)), None)
        if lane is None:
            lanes.append(lane := _Lane())
        lane.spans.append((span, left, right, label, x))
    items: list[SceneItem] = []
    for lane in lanes:
        y += above
        for span, left, right, label, x in lane.spans:
            role: Role = "signal" if span.highlight else "accent"
            items.append(SceneRect(left, y, right - left, thick, role, "open" if span.open else "solid", span.title))
            items += label.at(x, y + thick + style.em(0.25))
        y += thick + style.em(0.25) + max(label.height for _, _, _, label, _ in lane.spans)
    return items, y


class _Lane(Struct):
    """A line of spans, each with where its bar begins and ends, its text, and where that begins."""

    spans: list[tuple[Stretch, float, float, _Label, float]] = field(default_factory=list)

    def has_room(self, left: float, right: float, begin: float, end: float) -> bool:
        return all(
            (right <= bar1 or bar2 <= left) and (end + WORD_GAP <= x or x + label.width + WORD_GAP <= begin)
            for _, bar1, bar2, label, x in self.spans
        )


def _span_label(span: Stretch, left: float, width: float, style: Style) -> tuple[_Label, float]:
    """The text from the bar's left edge; further to the left when there is too little room for it."""
    room = width - left
    label = _label("", span.title, span.note, max(min(room, style.em(30)), min(style.em(12), width)), style)
    return label, max(min(left, width - label.width), 0.0)


def lay_out_in_order(
    marks: Sequence[Mark], unfinished: bool, width: float, style: Style, air: float, order_note: str
) -> Scene:
    """Equal steps with the words under each: order only, and the drawing says so."""
    gap = style.em(1.2)
    column = (width + gap) / len(marks) - gap
    labels = [_label(mark.when, mark.title, mark.note, column, style) for mark in marks]
    y = style.em(0.8)
    xs = [style.em(0.6) + (column + gap) * index for index in range(len(marks))]
    items: list[SceneItem] = [SceneLine(xs[0], y, xs[-1], y, "ink", style.em(AXIS))]
    if unfinished:
        items.append(SceneLine(xs[-1], y, width, y, "ink", style.em(AXIS), dashed=True))
    for mark, label, x in zip(marks, labels, xs, strict=True):
        items.append(
            SceneDot(x, y, style.em(1.5 if mark.highlight else 1.1), mark.role, "open" if mark.open else "solid")
        )
        items += label.at(x - style.em(0.6), y + style.em(1.1) * air)
    bottom = y + style.em(1.1) * air + max(label.height for label in labels)
    note = style.block(order_note, width, small=True)
    items.append(note.at(0, bottom + style.em(0.6) * air, "secondary"))
    return Scene(width, bottom + style.em(0.6) * air + note.height, tuple(items))


def move_down(scene: Scene, down: float, height: float) -> Scene:
    """The scene lower by some points, in an area of this height."""
    items: list[SceneItem] = []
    for item in scene.items:
        match item:
            case SceneLine():
                items.append(replace(item, y1=item.y1 + down, y2=item.y2 + down))
            case _:
                items.append(replace(item, y=item.y + down))
    return Scene(scene.width, height, tuple(items))


def has_whole_words(scene: Scene, style: Style) -> bool:
    """Whether no label is so narrow that a word of it is broken between letters."""
    texts = (item for item in scene.items if isinstance(item, SceneText))
    return all(style.longest_word(text.text, text.bold, text.size < style.size) <= text.width + SLACK for text in texts)

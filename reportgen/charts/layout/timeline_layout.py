"""Lay out timelines, for both media alike: events as flags over the axis, spans as bars under it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from msgspec import Struct, field

from reportgen.charts.amounts import choose_texture
from reportgen.charts.layout.geometry import Flag, stack_flags
from reportgen.charts.layout.label_room import HINT
from reportgen.charts.layout.ticks import Tick, choose_ticks
from reportgen.charts.scene import Role, Scene, SceneDot, SceneItem, SceneLine, SceneRect
from reportgen.charts.style import SLACK, Stack, Style
from reportgen.system.errors import FitError

MAX_LABEL = 14.5  # em
BREAK_GAP = 2.0  # em
SPAN = 0.9  # em: the height of a span's bar
AXIS = 0.12  # em: the thickness of the axis
MIN_BAR = 2.4  # em: a stretch of time longer than this is drawn as a bar
WORD_GAP = 8.0  # points between the texts of two spans on one line


class Mark(Struct, frozen=True):
    """An event or a span: its words and its place (years, from and to); `open` if that is not exactly known."""

    when: str
    title: str
    note: str
    highlight: bool
    place: tuple[float, float]
    open: bool
    mark: Literal["today", "deadline"] | None = None

    @property
    def role(self) -> Role:
        return "signal" if self.highlight else "accent"


class Axis(Struct, frozen=True):
    """Time from `low` to `high` (years), without the stretch `skip`."""

    low: float
    high: float
    skip: tuple[float, float] | None = None

    @property
    def skipped(self) -> float:
        return self.skip[1] - self.skip[0] if self.skip else 0.0


class Ruler(Struct, frozen=True):
    """Converts years to points; the break is `gap` points wide, and no year is within it."""

    axis: Axis
    left: float
    width: float
    gap: float

    def __call__(self, year: float) -> float:
        axis = self.axis
        after_break = axis.skip is not None and year >= axis.skip[1]
        passed = year - axis.low - (axis.skipped if after_break else 0.0)
        scaled = passed / (axis.high - axis.low - axis.skipped or 1.0) * (self.width - self.gap)
        return self.left + scaled + (self.gap if after_break else 0.0)


def _set_label(mark: Mark, width: float, style: Style) -> Stack:
    """Set an event's texts in ink, even under a signal: its colour is lighter in grey. Dot and stem have it."""
    label = style.label(mark.title, [mark.note], width)
    return Stack(((style.block(mark.when, width, True), "ink"), *label.blocks)) if mark.when else label


def lay_out_to_scale(
    axis: Axis,
    marks: Sequence[Mark],
    spans: Sequence[Mark],
    width: float,
    style: Style,
    air: float,
    language: str,
    both_sides: bool = False,
) -> Scene:
    """Lay out one axis true to scale, with flags above it, dates and spans below; `air` stretches the distances.

    With `both_sides`, every second flag hangs below the dates, which takes less height.
    """
    limit = min(style.em(MAX_LABEL), width * 0.42)
    labels = [_set_label(mark, limit, style) for mark in marks]
    ruler = _fit_ruler(axis, marks, labels, width, style)
    pad = style.em(0.45)
    flags = [
        Flag(ruler(mark.place[0]), label.width + pad, label.height) for mark, label in zip(marks, labels, strict=True)
    ]
    gap, stem = style.em(0.5) * air, style.em(1.0) * air
    hanging = [both_sides and index % 2 == 1 for index in range(len(marks))]
    levels = [0.0] * len(flags)
    for side in (False, True):
        own = [index for index, each in enumerate(hanging) if each is side]
        for index, level in zip(own, stack_flags([flags[index] for index in own], gap), strict=True):
            levels[index] = level
    reach = [level + flag.height for level, flag in zip(levels, flags, strict=True)]
    y = max((far for far, below in zip(reach, hanging, strict=True) if not below), default=0.0)
    y += stem if marks else style.em(0.5)
    stems = [flag.x for flag, below in zip(flags, hanging, strict=True) if below]
    ticks, bottom = _draw_ticks(ruler, y, width, style, language, stems)
    foot = bottom + stem / 2
    items = _draw_axis(ruler, y, style)
    for mark, label, flag, level, below in zip(marks, labels, flags, levels, hanging, strict=True):
        at = foot + level if below else y - stem - level - flag.height
        end = at + flag.height - style.em(0.15) if below else at + style.em(0.15)
        role: Role = mark.role if mark.highlight else "quiet"
        items.append(SceneLine(flag.x, min(end, y), flag.x, max(end, y), role, style.em(AXIS) * 0.75))
        items += label.at(flag.x + pad, at)
        items += _draw_mark(mark, ruler, flag.x, y, style)
    if stems:
        bottom = foot + max(far for far, below in zip(reach, hanging, strict=True) if below)
    span_items, bottom = _draw_spans(spans, ruler, bottom, width, style, air)
    return Scene(width, bottom, tuple(items + ticks + span_items))


def _fit_ruler(axis: Axis, marks: Sequence[Mark], labels: Sequence[Stack], width: float, style: Style) -> Ruler:
    """Return the longest axis at which no flag leaves the drawing."""
    left, gap = style.em(0.5), style.em(BREAK_GAP) if axis.skip else 0.0
    room = width - left - style.em(0.5)
    unit = Ruler(axis, 0.0, 1.0, 0.0)
    ends = [(unit(mark.place[0]), label.width) for mark, label in zip(marks, labels, strict=True)]
    longest = min([room, *((room - size - gap) / share + gap for share, size in ends if share > 0)])
    return Ruler(axis, left, longest, gap)


def _draw_axis(ruler: Ruler, y: float, style: Style) -> list[SceneItem]:
    """Draw the axis, interrupted by two strokes where time is left out."""
    axis = ruler.axis
    left, right = ruler(axis.low), ruler(axis.high)
    if not axis.skip:
        return [SceneLine(left, y, right, y, "ink", style.em(AXIS))]
    middle = (ruler(axis.skip[0]) + ruler(axis.skip[1])) / 2
    lean, gap, rise = style.em(0.2), style.em(0.3), style.em(0.45)
    ends = [(left, y, middle - gap, y), (middle + gap, y, right, y)]
    strokes = [(x - lean, y + rise, x + lean, y - rise) for x in (middle - gap, middle + gap)]
    return [SceneLine(*ends_of_line, "ink", style.em(AXIS)) for ends_of_line in ends + strokes]


def _draw_mark(mark: Mark, ruler: Ruler, x: float, y: float, style: Style) -> list[SceneItem]:
    """Draw a dot for a point in time, a bar for a stretch, hollow or lighter if it is not exactly known."""
    low, high = ruler(mark.place[0]), ruler(mark.place[1])
    if high - low > style.em(MIN_BAR):
        thick = style.em(0.7)
        return [SceneRect(low, y - thick / 2, high - low, thick, mark.role, "open", mark.title)]
    if mark.mark == "today":
        return [SceneLine(x, y - style.em(0.9), x, y + style.em(0.9), mark.role, 2.0)]
    return [SceneDot(x, y, style.em(1.0 if mark.highlight else 0.8), mark.role, choose_texture(mark.open))]


def _draw_ticks(
    ruler: Ruler, y: float, width: float, style: Style, language: str, stems: Sequence[float]
) -> tuple[list[SceneItem], float]:
    """Draw dates under the axis, as many as there is room for beside the stems, and return where the drawing continues."""
    items: list[SceneItem] = []
    top = y + style.em(0.75)
    for tick in _choose_ticks(ruler, width, style, language):
        x = ruler(tick.at)
        block = style.block(tick.text, style.em(20), small=True)
        middle = _keep_inside(x, block.width, width)
        items.append(SceneLine(x, y, x, y + style.em(0.45), "quiet", style.em(AXIS) * 0.75))
        if all(abs(stem - middle) > block.width / 2 + style.em(0.2) for stem in stems):
            items.append(block.at(middle, top, "secondary", "center"))
    return items, top + style.line(small=True)


def _keep_inside(x: float, size: float, width: float) -> float:
    """Return the centre of a text about x that stays in the drawing."""
    return min(max(x, size / 2), width - size / 2)


def _choose_ticks(ruler: Ruler, width: float, style: Style, language: str) -> list[Tick]:
    def fits(candidates: Sequence[Tick]) -> bool:
        free = -inf
        for tick in candidates:
            size = style.width(tick.text, small=True) + SLACK
            centre = _keep_inside(ruler(tick.at), size, width)
            if centre - size / 2 < free:
                return False
            free = centre + size / 2 + style.em(1.2)
        return True

    return choose_ticks(ruler.axis.low, ruler.axis.high, ruler.axis.skip, fits, language)


def _draw_spans(
    spans: Sequence[Mark], ruler: Ruler, y: float, width: float, style: Style, air: float
) -> tuple[list[SceneItem], float]:
    """Draw bars under the dates, each over its text; spans that do not meet share a line."""
    lanes: list[_Lane] = []
    thick, above = style.em(SPAN) * min(air, 1.4), style.em(0.7) * air
    for span in spans:
        left, right = ruler(span.place[0]), ruler(span.place[1])
        label, x = _place_span_label(span, left, width, style)
        lane = next((lane for lane in lanes if lane.has_room(left, right, x, x + label.width)), None)
        if lane is None:
            lanes.append(lane := _Lane())
        lane.spans.append((span, left, right, label, x))
    items: list[SceneItem] = []
    for lane in lanes:
        y += above
        for span, left, right, label, x in lane.spans:
            items.append(SceneRect(left, y, right - left, thick, span.role, choose_texture(span.open), span.title))
            items += label.at(x, y + thick + style.em(0.25))
        y += thick + style.em(0.25) + max(label.height for _, _, _, label, _ in lane.spans)
    return items, y


class _Lane(Struct):
    """A line of spans, each with the two ends of its bar, its text, and the x of that text."""

    spans: list[tuple[Mark, float, float, Stack, float]] = field(default_factory=list)

    def has_room(self, left: float, right: float, begin: float, end: float) -> bool:
        return all(
            (right <= bar1 or bar2 <= left) and (end + WORD_GAP <= x or x + label.width + WORD_GAP <= begin)
            for _, bar1, bar2, label, x in self.spans
        )


def _place_span_label(span: Mark, left: float, width: float, style: Style) -> tuple[Stack, float]:
    """Return a span's text and its x: the bar's left edge, or further left if there is too little room."""
    room = width - left
    label = _set_label(span, max(min(room, style.em(30)), min(style.em(12), width)), style)
    return label, max(min(left, width - label.width), 0.0)


def lay_out_in_order(
    marks: Sequence[Mark], unfinished: bool, width: float, style: Style, air: float, order_note: str
) -> Scene:
    """Lay out equal steps with the words under each, and a note that only the order counts."""
    gap = style.em(1.2)
    column = (width + gap) / len(marks) - gap
    labels = [_set_label(mark, column, style) for mark in marks]
    if max(label.width for label in labels[:-1] or labels) > column + gap / 2:
        raise FitError("the events stand too close for their words", hint=HINT)
    y = style.em(0.8)
    xs = [style.em(0.6) + (column + gap) * index for index in range(len(marks))]
    items: list[SceneItem] = [SceneLine(xs[0], y, xs[-1], y, "ink", style.em(AXIS))]
    if unfinished:
        items.append(SceneLine(xs[-1], y, width, y, "ink", style.em(AXIS), dashed=True))
    for mark, label, x in zip(marks, labels, xs, strict=True):
        items.append(SceneDot(x, y, style.em(1.5 if mark.highlight else 1.1), mark.role, choose_texture(mark.open)))
        items += label.at(x - style.em(0.6), y + style.em(1.1) * air)
    bottom = y + style.em(1.1) * air + max(label.height for label in labels)
    note = style.block(order_note, width, small=True)
    items.append(note.at(0, bottom + style.em(0.6) * air, "secondary"))
    return Scene(width, bottom + style.em(0.6) * air + note.height, tuple(items))


def lay_out_down(
    marks: Sequence[Mark], unfinished: bool, width: float, style: Style, air: float, order_note: str
) -> Scene:
    """Lay out the steps one below the other, each with its words at its side, and a note that only the order counts."""
    x, left = style.em(0.6), style.em(1.8)
    items: list[SceneItem] = []
    dots: list[tuple[Mark, float]] = []
    y = 0.0
    for mark in marks:
        label = _set_label(mark, width - left, style)
        dots.append((mark, y + style.line() / 2))
        items += label.at(left, y)
        y += label.height + style.em(0.7) * air
    line = [SceneLine(x, dots[0][1], x, dots[-1][1], "ink", style.em(AXIS))]
    if unfinished:
        line.append(SceneLine(x, dots[-1][1], x, y, "ink", style.em(AXIS), dashed=True))
    points = [
        SceneDot(x, at, style.em(1.2 if mark.highlight else 0.9), mark.role, choose_texture(mark.open))
        for mark, at in dots
    ]
    note = style.block(order_note, width, small=True)
    return Scene(width, y + note.height, (*line, *points, *items, note.at(0, y, "secondary")))

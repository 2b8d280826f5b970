"""Our layouts as rows: which slots each has, what may fill them, and the sizes of type they may be set in.

Where a slot stands is read from the theme, which has a layout of the same name with a placeholder of the same name.
Sizes are points, largest first: `fit` takes the first that fits, and refuses what not even the last one holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.charts.scene import Role
from reportgen.deck.values import Box

Kind = Literal["title", "text", "drawing", "table", "furniture"]

FURNITURE = ("marking", "footer", "date", "slide-number")
"""Printed on every slide from the deck's properties; no template fills them."""
OPENING = ("designation", "distribution")
"""The same on the cover alone: what a marking's standard wants on the first page."""


class SlotSpec(Struct, frozen=True):
    """One slot. `balanced` text keeps no lonely word on its last line; `stack` numbers slots that share a column.

    `absorbs` names the slot below, whose room this one takes when it is not used. What is too much for one slide goes
    on in the slot `continues_in` (layout, slot) of another, if there is one; what `repeats` stands on each of them again.
    """

    name: str
    kind: Kind
    steps: tuple[float, ...] = ()
    max_lines: int | None = None
    balanced: bool = False
    stack: int = 0
    absorbs: str = ""
    continues_in: tuple[str, str] | None = None
    repeats: bool = False


class Layout(Struct, frozen=True):
    name: str
    slots: tuple[SlotSpec, ...]

    def slot(self, name: str) -> SlotSpec | None:
        return next((row for row in self.slots if row.name == name), None)

    @property
    def fillable(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.slots if row.kind != "furniture")


def _title(*steps: float, lines: int = 2) -> SlotSpec:
    return SlotSpec("title", "title", steps or (28, 26, 24), lines, balanced=True, repeats=True)


def _text(name: str, *steps: float, lines: int | None = None, continues_in: tuple[str, str] | None = None) -> SlotSpec:
    return SlotSpec(name, "text", steps, lines, continues_in=continues_in)


def _table(layout: str, absorbs: str = "") -> SlotSpec:
    return SlotSpec("table", "table", (18, 16, 14, 12), absorbs=absorbs, continues_in=(layout, "table"))


_COVER = {"date": (16.0,), "marking": (12.0, 11.0, 10.0), "designation": (12.0, 11.0, 10.0), "distribution": (10.0,)}
_FURNITURE = (10.0, 9.0, 8.0)


def _layout(name: str, *slots: SlotSpec, furniture: tuple[str, ...] = FURNITURE) -> Layout:
    return Layout(
        name,
        (*slots, *(SlotSpec(item, "furniture", _COVER[item] if name == "cover" else _FURNITURE) for item in furniture)),
    )


_SUBTITLE = _text("subtitle", 14, 12, lines=1)
_TAKEAWAY = _text("takeaway", 20, 18, continues_in=("bullets", "body"))
_SOURCE = SlotSpec("source", "text", (11, 10), 2, repeats=True)
_CHART = SlotSpec("chart", "drawing")
_WIDE_CHART = SlotSpec("chart", "drawing", absorbs="takeaway")
_LISTS = ("body", "limits")
_NUMBERS = tuple(
    row
    for place in (1, 2, 3)
    for row in (
        SlotSpec(f"number-{place}", "text", (88, 80, 72, 66, 60, 54), 1, stack=place),
        SlotSpec(f"label-{place}", "text", (20, 18), stack=place),
    )
)

CELL_LEFT, CELL_RIGHT, CELL_TOP, CELL_BOTTOM = 6.0, 10.0, 4.0, 4.0
"""A table cell's margins in points; the first column stands flush with the slide's grid."""


def cell_left(column: int) -> float:
    return CELL_LEFT if column else 0.0


def mark_indent(size: float) -> float:
    """Where a marked cell's words begin, in points: its sign hangs before them."""
    return round(size * 1.25)


class MarkSign(Struct, frozen=True):
    """The sign of a mark, one that the theme's faces have, and its colour; words always follow."""

    sign: str
    role: Role


MARKS: Mapping[str, MarkSign] = {
    "opening": MarkSign("+", "accent"),
    "obstacle": MarkSign("×", "signal"),
    "need": MarkSign("→", "accent"),
    "yes": MarkSign("●", "accent"),
    "partly": MarkSign("○", "accent"),
    "no": MarkSign("×", "signal"),
}

LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        _layout(
            "cover",
            _title(44, 40, 36, lines=4),
            _text("subtitle", 20, 18, lines=2),
            furniture=("date", "marking", *OPENING),
        ),
        _layout("section", _title(40, 36, 32), _text("subtitle", 20, 18)),
        _layout(
            "statement", _title(40, 36, 32, lines=4), _text("body", 20, 18, continues_in=("statement", "body")), _SOURCE
        ),
        _layout("bullets", _title(), _text("body", 20, 18, continues_in=("bullets", "body")), _SOURCE),
        _layout("chart-left", _title(), _SUBTITLE, _CHART, _TAKEAWAY, _SOURCE),
        _layout("chart-right", _title(), _TAKEAWAY, _SUBTITLE, _CHART, _SOURCE),
        _layout("chart-full", _title(), _SUBTITLE, _WIDE_CHART, _TAKEAWAY, _SOURCE),
        _layout("table", _title(), _table("table", absorbs="takeaway"), _TAKEAWAY, _SOURCE),
        _layout(
            "timeline", _title(), _SUBTITLE, SlotSpec("timeline", "drawing", absorbs="takeaway"), _TAKEAWAY, _SOURCE
        ),
        _layout("big-numbers", _title(), _SUBTITLE, *_NUMBERS, _TAKEAWAY, _SOURCE),
        _layout("decision", _title(), _table("decision"), _SOURCE),
        _layout("sources", _title(), *(_text(name, 18, 16, 14, 12, continues_in=("sources", name)) for name in _LISTS)),
    )
}


def arrange_boxes(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """The boxes that depart from the theme's because other slots are not used."""
    found = _stacked(layout, boxes, used)
    for row in layout.slots:
        if row.absorbs in boxes and row.absorbs not in used and row.name in used:
            box, below = boxes[row.name], boxes[row.absorbs]
            found[row.name] = replace(box, height=below.y + below.height - box.y)
    return found


def _stacked(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Stacked slots in use share out the whole column's height."""
    stacked = [row for row in layout.slots if row.stack]
    places = sorted({row.stack for row in stacked if row.name in used})
    if not places:
        return {}
    top = min(boxes[row.name].y for row in stacked)
    bottom = max(boxes[row.name].y + boxes[row.name].height for row in stacked)
    share = (bottom - top) // len(places)
    result = {}
    for position, place in enumerate(places):
        members = [row for row in stacked if row.stack == place]
        start = min(boxes[row.name].y for row in members)
        height = max(boxes[row.name].y + boxes[row.name].height for row in members) - start
        for row in members:
            box = boxes[row.name]
            y = top + position * share + (box.y - start) * share // height
            result[row.name] = replace(box, y=y, height=box.height * share // height)
    return {name: box for name, box in result.items() if name in used}

"""Our layouts: the slots of each, what may fill them, and the type sizes they may have.

The position of a slot comes from the theme, which has a layout of the same name with a placeholder of the same name.
Sizes are points, largest first: `fit` takes the first that fits and refuses text that is too long for the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.values import Box

SlotKind = Literal["title", "text", "drawing", "table", "furniture"]

FURNITURE = ("marking", "footer", "date", "slide-number")
"""The slots printed on every slide from the deck's properties; no template fills them."""
OPENING = ("designation", "distribution")
"""The same on the cover only: the blocks that a marking's standard requires on the first page."""


class SlotSpec(Struct, frozen=True):
    """One slot of a layout.

    A `balanced` text leaves no lone word on its last line. Slots with a `stack` number share a column. `absorbs` names
    the slot below, whose room this one takes while that one is unused. Text that is too long for one slide continues in
    the slot `continues_in` (layout, slot) of another slide; a slot that `repeats` is printed on each of them.
    """

    name: str
    kind: SlotKind
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
        return next((spec for spec in self.slots if spec.name == name), None)

    @property
    def fillable(self) -> tuple[str, ...]:
        return tuple(spec.name for spec in self.slots if spec.kind != "furniture")


def _title(*steps: float, lines: int = 2) -> SlotSpec:
    return SlotSpec("title", "title", steps or (28, 26, 24), lines, balanced=True, repeats=True)


def _text(name: str, *steps: float, lines: int | None = None, continues_in: tuple[str, str] | None = None) -> SlotSpec:
    return SlotSpec(name, "text", steps, lines, continues_in=continues_in)


def _table(layout: str, absorbs: str = "") -> SlotSpec:
    return SlotSpec("table", "table", (18, 16, 14, 12), absorbs=absorbs, continues_in=(layout, "table"))


_COVER_SIZES = {
    "date": (16.0,),
    "marking": (12.0, 11.0, 10.0),
    "designation": (12.0, 11.0, 10.0),
    "distribution": (10.0,),
}
_FURNITURE_SIZES = (10.0, 9.0, 8.0)


def _layout(name: str, *slots: SlotSpec, furniture: tuple[str, ...] = FURNITURE) -> Layout:
    sizes = _COVER_SIZES if name == "cover" else dict.fromkeys(furniture, _FURNITURE_SIZES)
    return Layout(name, (*slots, *(SlotSpec(item, "furniture", sizes[item]) for item in furniture)))


_SUBTITLE = _text("subtitle", 14, 12, lines=1)
_TAKEAWAY = _text("takeaway", 20, 18, continues_in=("bullets", "body"))
_SOURCE = SlotSpec("source", "text", (11, 10), 2, repeats=True)
_CHART = SlotSpec("chart", "drawing")
_WIDE_CHART = SlotSpec("chart", "drawing", absorbs="takeaway")
_TIMELINE = SlotSpec("timeline", "drawing", absorbs="takeaway")
_LISTS = ("body", "limits")
_NUMBERS = tuple(
    spec
    for place in (1, 2, 3)
    for spec in (
        SlotSpec(f"number-{place}", "text", (88, 80, 72, 66, 60, 54), 1, stack=place),
        SlotSpec(f"label-{place}", "text", (20, 18), stack=place),
    )
)

CELL_LEFT, CELL_RIGHT, CELL_TOP, CELL_BOTTOM = 6.0, 10.0, 4.0, 4.0
"""A table cell's margins in points; the first column stands flush with the slide's grid."""


def cell_left(column: int) -> float:
    return CELL_LEFT if column else 0.0


def mark_indent(size: float) -> float:
    """Return the indent of a marked cell's words in points; the sign hangs in it."""
    return round(size * 1.25)


LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        _layout(
            "cover", _title(44, 40, 36, lines=4), _text("subtitle", 20, 18, lines=2), furniture=tuple(_COVER_SIZES)
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
        _layout("timeline", _title(), _SUBTITLE, _TIMELINE, _TAKEAWAY, _SOURCE),
        _layout("big-numbers", _title(), _SUBTITLE, *_NUMBERS, _TAKEAWAY, _SOURCE),
        _layout("decision", _title(), _table("decision"), _SOURCE),
        _layout("sources", _title(), *(_text(name, 18, 16, 14, 12, continues_in=("sources", name)) for name in _LISTS)),
    )
}


def arrange_boxes(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Return the boxes that differ from the theme's because other slots are unused."""
    found = _divide_column(layout, boxes, used)
    for spec in layout.slots:
        if spec.absorbs in boxes and spec.absorbs not in used and spec.name in used:
            box = boxes[spec.name]
            found[spec.name] = replace(box, height=boxes[spec.absorbs].bottom - box.y)
    return found


def _divide_column(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Divide the whole column's height between the stacked slots in use."""
    column = {spec.name: boxes[spec.name] for spec in layout.slots if spec.stack}
    stacks = sorted({spec.stack for spec in layout.slots if spec.name in column and spec.name in used})
    found = {}
    for position, stack in enumerate(stacks):
        members = {spec.name: boxes[spec.name] for spec in layout.slots if spec.stack == stack}
        whole, part = Box.around(column.values()), Box.around(members.values())
        share = whole.height // len(stacks)
        for name, box in members.items():
            if name in used:
                y = whole.y + position * share + (box.y - part.y) * share // part.height
                found[name] = replace(box, y=y, height=box.height * share // part.height)
    return found

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
COVER = "cover"
OPENING = ("designation", "distribution")
"""The same on the cover only: the blocks that a marking's standard requires on the first page."""
MOST_GIVEN = 0.25  # of its height: what a slot may give to lines above it


class SlotSpec(Struct, frozen=True):
    """One slot of a layout.

    A `balanced` text leaves no lone word on its last line. Slots with a `stack` number share a column. `absorbs` names
    the slot below, whose room this one takes while that one is unused; what `yields` gives its room to the slots below it
    then. Text that is too long for one slide continues in the slot `continues_in` (layout, slot) of another slide; a slot
    that `repeats` is printed on each of them. Slots of one `group` have one size. A custom theme may have no place for an
    `optional` slot, which then stays empty. The box of a slot that `hugs` ends with its text. One that `grows` takes further lines
    from the slots below it rather than be refused.
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
    yields: bool = False
    group: str = ""
    optional: bool = False
    hugs: bool = False
    grows: bool = False


class Layout(Struct, frozen=True):
    name: str
    slots: tuple[SlotSpec, ...]

    @property
    def file_name(self) -> str:
        """The layout's name in a file: LibreOffice drops the background of one that is named “table”."""
        return "table slide" if self.name == "table" else self.name

    def slot(self, name: str) -> SlotSpec | None:
        return next((spec for spec in self.slots if spec.name == name), None)

    @property
    def fillable(self) -> tuple[str, ...]:
        return tuple(spec.name for spec in self.slots if spec.kind != "furniture")

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(spec.name for spec in self.slots if spec.kind != "furniture" and not spec.optional)


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
    sizes = _COVER_SIZES if name == COVER else dict.fromkeys(furniture, _FURNITURE_SIZES)
    return Layout(name, (*slots, *(SlotSpec(item, "furniture", sizes[item]) for item in furniture)))


_KICKER = SlotSpec("kicker", "text", (12,), 1, repeats=True, optional=True)
_HEADING = SlotSpec("heading", "text", (16, 14, 12), 2, yields=True, grows=True)
_SUBTITLE = SlotSpec("subtitle", "text", (14, 12), 1, grows=True)
_TAKEAWAY = _text("takeaway", 20, 18, continues_in=("bullets", "body"))
_PANEL = SlotSpec("takeaway", "text", (20, 18), continues_in=("bullets", "body"), hugs=True)
_SOURCE = SlotSpec("source", "text", (11, 10), 2, repeats=True)
_CHART = SlotSpec("chart", "drawing")
_WIDE_CHART = SlotSpec("chart", "drawing", absorbs="takeaway")
_TIMELINE = SlotSpec("timeline", "drawing", absorbs="takeaway")
_LISTS = ("body", "limits")
_NUMBERS = tuple(
    spec
    for place in (1, 2, 3)
    for spec in (
        SlotSpec(f"number-{place}", "text", (88, 80, 72, 66, 60, 54, 48, 44, 40), 1, stack=place, group="number"),
        SlotSpec(f"label-{place}", "text", (20, 18, 16), stack=place, group="label"),
    )
)
_KEY_NUMBERS = tuple(
    spec
    for place in (1, 2, 3, 4)
    for spec in (
        SlotSpec(f"number-{place}", "text", (44, 40, 36, 32, 28), 1, stack=place, group="number"),
        SlotSpec(f"label-{place}", "text", (16, 14), stack=place, group="label"),
    )
)
_PAIR = tuple(
    spec
    for place in (1, 2)
    for spec in (
        SlotSpec(f"heading-{place}", "text", (16, 14), 2, group="heading"),
        SlotSpec(f"subtitle-{place}", "text", (14, 12), 2, group="subtitle"),
        SlotSpec(f"chart-{place}", "drawing"),
        SlotSpec(f"source-{place}", "text", (11, 10), 3, group="source"),
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
            "cover",
            _title(44, 40, 36, lines=4),
            _text("subtitle", 20, 18, lines=2),
            SlotSpec("details", "text", (14, 12), optional=True),
            furniture=tuple(_COVER_SIZES),
        ),
        _layout("section", _title(40, 36, 32), _text("subtitle", 20, 18)),
        _layout(
            "bottom-line",
            _title(),
            _KICKER,
            SlotSpec("body", "text", (28, 26, 24, 22, 20, 18), absorbs="label-1", continues_in=("bullets", "body")),
            *_KEY_NUMBERS,
            _text("ask", 20, 18, continues_in=("bullets", "body")),
            _SOURCE,
        ),
        _layout(
            "options",
            _title(),
            _KICKER,
            SlotSpec("table", "table", (18, 16, 14, 12), absorbs="dissent", continues_in=("options", "table")),
            _text("dissent", 20, 18, continues_in=("bullets", "body")),
            _SOURCE,
        ),
        _layout("two-charts", _title(), _KICKER, *_PAIR),
        _layout(
            "statement", _title(40, 36, 32, lines=4), _text("body", 20, 18, continues_in=("statement", "body")), _SOURCE
        ),
        _layout("bullets", _title(), _KICKER, _text("body", 20, 18, continues_in=("bullets", "body")), _SOURCE),
        _layout("chart-left", _title(), _KICKER, _HEADING, _SUBTITLE, _CHART, _PANEL, _SOURCE),
        _layout("chart-right", _title(), _KICKER, _PANEL, _HEADING, _SUBTITLE, _CHART, _SOURCE),
        _layout("chart-full", _title(), _KICKER, _HEADING, _SUBTITLE, _WIDE_CHART, _TAKEAWAY, _SOURCE),
        _layout("table", _title(), _KICKER, _HEADING, _table("table", absorbs="takeaway"), _TAKEAWAY, _SOURCE),
        _layout("timeline", _title(), _KICKER, _HEADING, _SUBTITLE, _TIMELINE, _TAKEAWAY, _SOURCE),
        _layout("big-numbers", _title(), _KICKER, _HEADING, _SUBTITLE, *_NUMBERS, _PANEL, _SOURCE),
        _layout("decision", _title(), _KICKER, _table("decision"), _SOURCE),
        _layout(
            "sources",
            _title(),
            _KICKER,
            *(
                SlotSpec(name, "text", (18, 16, 14, 12), continues_in=("sources", name), group="list")
                for name in _LISTS
            ),
        ),
    )
}


def arrange_boxes(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Return the boxes that differ from the theme's because other slots are unused."""
    found = _divide_stacks(layout, boxes, used)
    for spec in layout.slots:
        if spec.absorbs in boxes and spec.absorbs not in used and spec.name in used:
            box = boxes[spec.name]
            found[spec.name] = replace(box, height=boxes[spec.absorbs].bottom - box.y)
    for spec in layout.slots:
        if spec.yields and spec.name in boxes and spec.name not in used:
            free = boxes[spec.name]
            found |= _shift(layout, free, -free.height, {**boxes, **found}, used)
    return found


def grow_slot(layout: Layout, name: str, extra: int, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Return the boxes that change when a slot becomes higher by `extra` EMU: its own, and those below it.

    Empty if the slot below would lose more than `MOST_GIVEN` of its height.
    """
    found = _shift(layout, boxes[name], extra, boxes, used)
    resized = [(boxes[each].height, box.height) for each, box in found.items() if box.height != boxes[each].height]
    if not resized or any(after < before * (1 - MOST_GIVEN) for before, after in resized):
        return {}
    return found | {name: replace(boxes[name], height=boxes[name].height + extra)}


def _shift(layout: Layout, edge: Box, by: int, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Return the boxes below an edge: the lines next to it move down `by` (EMU), or up, and the main slot ends where it did."""
    below = [
        spec for spec in layout.slots
        if spec.name in used and spec.name in boxes and boxes[spec.name].x == edge.x and boxes[spec.name].y >= edge.bottom
        and spec.name not in ("takeaway", "source") and spec.kind != "furniture"
    ]  # fmt: skip
    stacked = [boxes[spec.name] for spec in below if spec.stack]
    whole = Box.around(stacked) if stacked else edge
    found = {}
    for spec in below:
        box = boxes[spec.name]
        if spec.kind in ("drawing", "table"):
            found[spec.name] = Box(box.x, box.y + by, box.width, box.height - by)
        elif spec.stack:  # the column begins elsewhere and ends where it did
            grown = (whole.height - by) / whole.height
            y = whole.bottom - round((whole.bottom - box.y) * grown)
            found[spec.name] = replace(box, y=y, height=round(box.height * grown))
        else:
            found[spec.name] = replace(box, y=box.y + by)
    return found


def _divide_stacks(layout: Layout, boxes: Mapping[str, Box], used: Collection[str]) -> dict[str, Box]:
    """Divide the room of all stacks between those in use: its height where they stand in a column, else its width."""
    column = {spec.name: boxes[spec.name] for spec in layout.slots if spec.stack}
    stacks = sorted({spec.stack for spec in layout.slots if spec.name in column and spec.name in used})
    found: dict[str, Box] = {}
    for position, stack in enumerate(stacks):
        members = {spec.name: boxes[spec.name] for spec in layout.slots if spec.stack == stack}
        whole, part = Box.around(column.values()), Box.around(members.values())
        if len({box.x for box in column.values()}) > 1:
            count = len(column) // len(members)
            gap = (whole.width - count * part.width) // (count - 1)
            width = (whole.width - (len(stacks) - 1) * gap) // len(stacks)
            x = whole.x + position * (width + gap)
            found |= {name: replace(box, x=x, width=width) for name, box in members.items() if name in used}
            continue
        share = whole.height // len(stacks)
        for name, box in members.items():
            if name in used:
                y = whole.y + position * share + (box.y - part.y) * share // part.height
                found[name] = replace(box, y=y, height=box.height * share // part.height)
    return found

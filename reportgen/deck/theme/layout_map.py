"""Which of a house's layouts stands for each of ours: proposed by placeholders' types and places, or written by the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.layouts import LAYOUTS, Layout
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.placeholders import FURNITURE_TYPES, TITLES, LayoutPart
from reportgen.deck.theme.theme_values import Placeholder
from reportgen.deck.values import Box
from reportgen.system.errors import Diagnostic, Location

TEXT = ("body", "obj", "subTitle")
SUBTITLE = 0.2  # the cost of a place that is meant for a subtitle, or of a title that is meant for a cover
HOLDS = {"text": TEXT, "drawing": ("obj", "chart", "body"), "table": ("obj", "tbl", "body")}
"""The types of placeholder that a kind of slot may fill; a body that is to hold a drawing becomes an object."""
ALONE = 0.75  # what a layout with one place for content is worth, next to one whose places are like ours
BARE = 0.45  # a layout that has a title alone
IDLE = 0.15  # the cost of each place that would be lost
HOME = 0.3  # what it is worth that a layout has the same master as the others
MOST_PLACES = 6
OPENINGS = {"cover": "title", "section": "secHead"}


class Target(Struct, frozen=True):
    """A house's layout that stands for one of ours; `slots` are its placeholders' keys by our slots.

    Slots that are not named share out `area` (EMU).
    """

    layout: LayoutPart
    slots: Mapping[str, str]
    area: Box


def proposed(
    theirs: Sequence[LayoutPart], ours: Mapping[str, Mapping[str, Box]], slide: Box, where: Location
) -> tuple[dict[str, Target], list[Diagnostic]]:
    """The best layout of theirs for each of ours, and what is wrong where there is none."""
    found: dict[str, Target] = {}
    faults = []
    for name, layout in sorted(LAYOUTS.items(), key=lambda pair: pair[0] != "bullets"):
        ranked = [each for part in theirs if (each := _candidate(layout, part, ours[name], slide))]
        if ranked:
            home = found["bullets"].layout.master if "bullets" in found and name not in OPENINGS else None
            found[name] = max(ranked, key=lambda pair: pair[0] + HOME * (pair[1].layout.master == home))[1]
        else:
            faults.append(_fault(layout, theirs, where))
    return {name: found[name] for name in LAYOUTS if name in found}, _together(faults)


def _together(faults: list[Diagnostic]) -> list[Diagnostic]:
    """The same fault of every layout is one fault of the theme."""
    return list({each.message.partition(" for our ")[0]: each for each in faults}.values())


def _fault(layout: Layout, theirs: Sequence[LayoutPart], where: Location) -> Diagnostic:
    if not any(title_of(part) for part in theirs):
        hint = "a title is how a listener finds the slide: give the layouts a title placeholder"
        return Diagnostic("no layout of the theme has a title placeholder", where, hint)
    return Diagnostic(
        f"no layout of the theme has room for our “{layout.name}”", where,
        f"it needs a title and at least {slot_placement.LEAST_WIDTH / slot_placement.INCH:g} × "
        f"{slot_placement.LEAST_HEIGHT / slot_placement.INCH:g} in below it",
    )  # fmt: skip


def title_of(part: LayoutPart) -> Placeholder | None:
    """The layout's title, where it is one that reads from left to right."""
    return next((each for each in upright(part) if each.type in TITLES and each.box.width), None)


def places_of(part: LayoutPart) -> list[Placeholder]:
    """The layout's places for content, of a size that something fits into."""
    kinds = {kind for group in HOLDS.values() for kind in group}
    return [
        each for each in upright(part)
        if each.type in kinds and each.box.width >= slot_placement.INCH and each.box.height >= slot_placement.LINE_OF_TEXT
    ]  # fmt: skip


def furniture_of(part: LayoutPart) -> list[Placeholder]:
    return [each for each in upright(part) if each.type in FURNITURE_TYPES]


def area_of(part: LayoutPart, title: Placeholder, places: Sequence[Placeholder], slide: Box) -> Box:
    """The room that some places of a layout have for content; without any, the room below its title."""
    feet = [each.box for each in furniture_of(part)]
    if not places:
        return slot_placement.below_title(title.box, feet, slide)
    return slot_placement.room(slot_placement.around(each.box for each in places), title.box, feet, slide)


def upright(part: LayoutPart) -> list[Placeholder]:
    """The placeholders whose text stands upright."""
    return [each for each in part.placeholders if each.upright]


def _candidate(layout: Layout, part: LayoutPart, ours: Mapping[str, Box], slide: Box) -> tuple[float, Target] | None:
    """How well a layout of theirs stands for ours, and how; None where it cannot."""
    title = title_of(part)
    if title is None:
        return None
    if layout.name in OPENINGS:
        return _opening(layout, part, title, slide)
    places = places_of(part)
    area = area_of(part, title, places, slide)
    matched: dict[str, Placeholder] = {}
    worth = BARE
    if places:
        worth, matched = max(_assignments(layout, places, ours, area), key=lambda pair: pair[0])
    if area.width < slot_placement.LEAST_WIDTH or area.height < slot_placement.LEAST_HEIGHT:
        return None
    worth -= 0.5 * (title.box.y > area.y) + 0.5 * _covered(part, area, slide)
    worth -= SUBTITLE * (title.type == "ctrTitle" or any(each.type == "subTitle" for each in places))
    slots = {"title": title.key} | {slot: each.key for slot, each in matched.items()}
    return worth, Target(part, slots, area)


def _covered(part: LayoutPart, area: Box, slide: Box) -> float:
    """The share of an area that bands, logos or rules of the house stand in; what lies behind all of it is no matter."""
    drawn = [box for box in part.decoration if slot_placement.likeness(box, slide) < 0.9]
    inside = sum(
        slot_placement.overlap(box, area)
        for box in drawn
        if slot_placement.overlap(box, area) < area.width * area.height
    )
    return min(1.0, inside / (area.width * area.height))


def _assignments(
    layout: Layout, places: Sequence[Placeholder], ours: Mapping[str, Box], area: Box
) -> Iterator[tuple[float, dict[str, Placeholder]]]:
    """Our main slots in their places, each way with its worth: alike in place, or all in the one largest place."""
    boxes = slot_placement.arranged(layout, ours, area)
    mains = [
        name
        for name in slot_placement.content(layout)
        if name not in slot_placement.STRIPS and _large(boxes[name], area)
    ]
    largest = max(places, key=lambda each: each.box.width * each.box.height)
    share = largest.box.width * largest.box.height / max(1, area.width * area.height)
    main = next(
        (
            name
            for name in slot_placement.content(layout)
            if name in slot_placement.MAINS and _holds(layout, name, largest)
        ),
        None,
    )
    yield ALONE * share - IDLE * (len(places) - 1), {main: largest} if main else {}
    for chosen in permutations(places[:MOST_PLACES], len(mains)) if len(mains) > 1 else ():
        pairs = dict(zip(mains, chosen, strict=True))
        if all(_holds(layout, name, place) for name, place in pairs.items()):
            alike = sum(slot_placement.likeness(boxes[name], place.box) for name, place in pairs.items()) / len(mains)
            yield alike - IDLE * (len(places) - len(mains)), pairs


def _large(box: Box, area: Box) -> bool:
    return box.width * box.height > 0.2 * area.width * area.height


def _holds(layout: Layout, name: str, place: Placeholder) -> bool:
    row = layout.slot(name)
    return row is not None and place.type in HOLDS.get(row.kind, ())


def _opening(layout: Layout, part: LayoutPart, title: Placeholder, slide: Box) -> tuple[float, Target]:
    """Covers and section heads keep their own places for title and subtitle."""
    texts = [each for each in places_of(part) if each.type in TEXT]
    below = sorted(texts, key=lambda each: (each.type != "subTitle", each.box.y < title.box.y, each.box.y))
    kind = part.sheet.layout.get("type", "")
    wanted = "ctrTitle" if layout.name == "cover" else "title"
    worth = 2.0 * (kind == OPENINGS[layout.name]) + (title.type == wanted) + 0.5 * bool(below) - IDLE * len(texts[1:])
    slots = {"title": title.key} | ({"subtitle": str(below[0].key)} if below else {})
    feet = [each.box for each in furniture_of(part)]
    area = slot_placement.room(below[0].box, title.box, feet, slide) if below else _under(title.box, slide)
    return worth, Target(part, slots, area)


def _under(title: Box, slide: Box) -> Box:
    """Two lines below a title, or its own last ones where it reaches the slide's foot."""
    height = slot_placement.INCH
    top = min(title.y + title.height + slot_placement.EDGE, slide.height - height - 4 * slot_placement.EDGE)
    return replace(title, y=top, height=height)

"""Chooses which of a custom theme's layouts to copy for each layout of the deck, by the types and boxes of its placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.layouts import LAYOUTS, Layout
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.placeholders import FURNITURE_TYPES, LayoutPart
from reportgen.deck.theme.theme_values import Placeholder
from reportgen.deck.values import Box
from reportgen.system.errors import Diagnostic, Location

TEXT = ("body", "obj", "subTitle")
SUBTITLE = 0.2  # the cost of a placeholder that is meant for a subtitle, or of a title that is meant for a cover
HOLDS = {"text": TEXT, "drawing": ("obj", "chart", "body"), "table": ("obj", "tbl", "body")}
"""The types of placeholder that a kind of slot may fill; a body placeholder for a drawing becomes an object."""
ALONE = 0.75  # the score of a layout with one content placeholder, where 1 is one whose placeholders match the deck's
BARE = 0.45  # the score of a layout that has only a title
IDLE = 0.15  # the cost of each placeholder that would not be used
HOME = 0.3  # the bonus for having the same master as the other layouts
MOST_PLACES = 6
LEAST_SHARE = (
    0.4  # of the area that a slot has in the deck's own layout: a placeholder that is smaller cannot hold its words
)
OPENINGS = {"cover": "title", "section": "secHead"}


class Target(Struct, frozen=True):
    """The theme's layout to copy for a layout of the deck; `slots` are its placeholders' keys by the deck's slots.

    The other slots share `area` (EMU).
    """

    layout: LayoutPart
    slots: Mapping[str, str]
    area: Box

    @property
    def title_align(self) -> str:
        return self.layout.title.levels[0].align if self.layout.title else ""


def match_layouts(
    candidates: Sequence[LayoutPart], defaults: Mapping[str, Mapping[str, Box]], slide: Box, where: Location
) -> tuple[dict[str, Target], list[Diagnostic]]:
    """Return the best of the theme's layouts for each of the deck's, and a fault for each that none can hold.

    `defaults` are the boxes of the deck's slots in the default theme, by layout."""
    found: dict[str, Target] = {}
    faults = []
    for name, layout in sorted(LAYOUTS.items(), key=lambda pair: pair[0] != "bullets"):
        ranked = [each for part in candidates if (each := _candidate(layout, part, defaults[name], slide))]
        if ranked:
            home = found["bullets"].layout.master if "bullets" in found and name not in OPENINGS else None
            found[name] = max(ranked, key=lambda pair: pair[0] + HOME * (pair[1].layout.master == home))[1]
        else:
            faults.append(_fault(layout, candidates, where))
    once = {
        each.message.partition(" for “")[0]: each for each in faults
    }  # what every layout lacks is the theme's fault
    return {name: found[name] for name in LAYOUTS if name in found}, list(once.values())


def _fault(layout: Layout, candidates: Sequence[LayoutPart], where: Location) -> Diagnostic:
    if not any(part.title for part in candidates):
        hint = "give the layouts a title placeholder: screen readers find slides by their titles"
        return Diagnostic("no layout of the theme has a title placeholder", where, hint)
    return Diagnostic(
        f"no layout of the theme has room for “{layout.name}”", where,
        f"it needs a title and at least {slot_placement.LEAST_WIDTH / slot_placement.INCH:g} × "
        f"{slot_placement.LEAST_HEIGHT / slot_placement.INCH:g} in below it",
    )  # fmt: skip


def content_places(part: LayoutPart) -> list[Placeholder]:
    """Return the layout's placeholders for content that are large enough to hold some."""
    kinds = {kind for group in HOLDS.values() for kind in group}
    return [
        each for each in part.upright
        if each.type in kinds and each.box.width >= slot_placement.INCH and each.box.height >= slot_placement.LINE_OF_TEXT
    ]  # fmt: skip


def _furniture_boxes(part: LayoutPart) -> list[Box]:
    return [each.box for each in part.upright if each.type in FURNITURE_TYPES]


def find_area(part: LayoutPart, title: Placeholder, places: Sequence[Placeholder], slide: Box) -> Box:
    """Return the area that the given placeholders offer for content; without any, the area below the title."""
    top = title.box.bottom + slot_placement.EDGE
    below = Box(title.box.x, top, title.box.width, slide.height - top - 4 * slot_placement.EDGE)
    area = Box.around(each.box for each in places) if places else below
    area = slot_placement.content_area(area, title.box, _furniture_boxes(part), slide)
    _, area = slot_placement.share_room(title.box, area, slide)
    return slot_placement.clear_decoration(area, part.decoration, slide)


def _candidate(
    layout: Layout, part: LayoutPart, defaults: Mapping[str, Box], slide: Box
) -> tuple[float, Target] | None:
    """Return the score of a theme's layout as a copy for a layout of the deck, and its target; None if it cannot hold that."""
    if (title := part.title) is None:
        return None
    if layout.name in OPENINGS:
        return _match_opening(layout, part, title, slide)
    places = content_places(part)
    area = find_area(part, title, places, slide)
    matched: dict[str, Placeholder] = {}
    score = BARE
    if places:
        score, matched = max(_assign_slots(layout, places, defaults, area), key=lambda pair: pair[0])
    if area.width < slot_placement.LEAST_WIDTH or area.height < slot_placement.LEAST_HEIGHT:
        return None
    score -= 0.5 * (title.box.y > area.y) + 0.5 * _decorated_share(part, area, slide)
    score -= SUBTITLE * (title.type == "ctrTitle" or any(each.type == "subTitle" for each in places))
    slots = {"title": title.key} | {slot: each.key for slot, each in matched.items()}
    return score, Target(part, slots, area)


def _decorated_share(part: LayoutPart, area: Box, slide: Box) -> float:
    """Return the share of an area that the theme's bands, logos or rules cover; a background does not count."""
    overlaps = [box.overlap(area) for box in part.decoration if box.likeness(slide) < 0.9]
    return min(1.0, sum(overlap for overlap in overlaps if overlap < area.area) / area.area)


def _assign_slots(
    layout: Layout, places: Sequence[Placeholder], defaults: Mapping[str, Box], area: Box
) -> Iterator[tuple[float, dict[str, Placeholder]]]:
    """Yield ways to put the slots in the placeholders, with scores: each in one alike, or the main one in the largest."""
    boxes = slot_placement.arrange(layout, defaults, area)
    names = slot_placement.content_slots(layout)
    mains = [name for name in names if name not in slot_placement.STRIPS and boxes[name].area > 0.2 * area.area]
    largest = max(places, key=lambda each: each.box.area)
    share = largest.box.area / max(1, area.area)
    main = next((name for name in names if name in slot_placement.MAINS and _holds(layout, name, largest)), None)
    if main and any(_kind(layout, name) == _kind(layout, main) for name in mains if name != main):
        main = None  # twins look alike: both in the theme's placeholders, or both added
    yield ALONE * share - IDLE * (len(places) - 1), {main: largest} if main else {}
    apart = len(mains) > 1 and not layout.slot("chart-1")  # headings and sources of twin charts stand in our columns
    for chosen in permutations(places[:MOST_PLACES], len(mains)) if apart else ():
        pairs = dict(zip(mains, chosen, strict=True))
        large = all(place.box.area >= LEAST_SHARE * boxes[name].area for name, place in pairs.items())
        if large and all(_holds(layout, name, place) for name, place in pairs.items()):
            alike = sum(boxes[name].likeness(place.box) for name, place in pairs.items()) / len(mains)
            yield alike - IDLE * (len(places) - len(mains)), pairs


def _kind(layout: Layout, name: str) -> str:
    row = layout.slot(name)
    return row.kind if row else ""


def _holds(layout: Layout, name: str, place: Placeholder) -> bool:
    row = layout.slot(name)
    return row is not None and place.type in HOLDS.get(row.kind, ())


def _match_opening(layout: Layout, part: LayoutPart, title: Placeholder, slide: Box) -> tuple[float, Target]:
    """Return the score and target of a cover or section header: those keep their own title and subtitle."""
    texts = [each for each in content_places(part) if each.type in TEXT]
    below = sorted(texts, key=lambda each: (each.type != "subTitle", each.box.y < title.box.y, each.box.y))
    kind = part.sheet.layout.get("type", "")
    wanted = "ctrTitle" if layout.name == "cover" else "title"
    score = 2.0 * (kind == OPENINGS[layout.name]) + (title.type == wanted) + 0.5 * bool(below) - IDLE * len(texts[1:])
    slots = {"title": title.key} | ({"subtitle": str(below[0].key)} if below else {})
    if below:
        area = slot_placement.content_area(below[0].box, title.box, _furniture_boxes(part), slide)
    else:  # two lines below the title, or its own last ones if it reaches the bottom of the slide
        height, edge = slot_placement.INCH, slot_placement.EDGE
        area = replace(title.box, y=min(title.box.bottom + edge, slide.height - height - 4 * edge), height=height)
    return score, Target(part, slots, area)

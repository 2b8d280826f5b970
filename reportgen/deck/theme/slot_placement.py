"""Where our slots go in the room that a house's layout has for content: strips keep their height, the rest stretches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from reportgen.deck.layouts import Layout
from reportgen.deck.values import EMU_PER_POINT, Box

INCH = 914_400
LEAST_WIDTH, LEAST_HEIGHT = 5 * INCH, 2 * INCH
LINE_OF_TEXT = INCH // 4
BAND = 0.15  # of the slide's height: what stands at its head and is no higher is a band
EDGE = INCH // 10
LEADING, INSETS = 1.2, 7.2  # of a line, and points above and below a text
LOWER = 0.84  # of our own heights: five lines of a designation block, three of a statement, at 10 points
STRIPS = ("subtitle", "source")
MAINS = ("chart", "timeline", "table", "body")


def content(layout: Layout) -> tuple[str, ...]:
    """The slots that share the room below the title."""
    return tuple(row.name for row in layout.slots if row.kind not in ("title", "furniture"))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all."""
    found = list(boxes)
    left, top = min(box.x for box in found), min(box.y for box in found)
    right, bottom = max(box.x + box.width for box in found), max(box.y + box.height for box in found)
    return Box(left, top, right - left, bottom - top)


def overlap(first: Box, second: Box) -> int:
    """The area that two boxes have in common, in EMU²."""
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    return max(0, width) * max(0, height)


def within(box: Box, area: Box) -> Box:
    """The part of a box that lies in an area; the whole box where none does."""
    if not overlap(box, area):
        return box
    left, top = max(box.x, area.x), max(box.y, area.y)
    right, bottom = min(box.x + box.width, area.x + area.width), min(box.y + box.height, area.y + area.height)
    return Box(left, top, right - left, bottom - top)


def likeness(first: Box, second: Box) -> float:
    """The share of their common area in all that both cover, from 0 to 1."""
    common = overlap(first, second)
    whole = first.width * first.height + second.width * second.height - common
    return common / whole if whole else 0.0


def arranged(layout: Layout, ours: Mapping[str, Box], area: Box) -> dict[str, Box]:
    """Our layout's content in another room: subtitle and source keep their heights, the rest shares what is left."""
    slots = {name: ours[name] for name in content(layout)}
    if not slots:
        return {}
    whole = around(slots.values())
    body = around([box for name, box in slots.items() if name not in STRIPS] or slots.values())
    above, below = _strip(slots, "subtitle"), _strip(slots, "source")
    stretched = max(1, whole.height - above - below)
    factor = max(0, area.height - above - below) / stretched
    right = area.x + area.width

    def across(x: int) -> int:
        return min(right, area.x + round((x - body.x) * area.width / body.width))

    def down(y: int) -> int:
        within = y - whole.y
        if within <= above:
            return area.y + within
        if within >= whole.height - below:
            return area.y + area.height - (whole.height - within)
        return area.y + above + round((within - above) * factor)

    found = {}
    for name, box in slots.items():
        left, top = across(box.x), down(box.y)
        found[name] = Box(left, top, across(box.x + box.width) - left, down(box.y + box.height) - top)
    return found


def _strip(slots: Mapping[str, Box], name: str) -> int:
    """How high a strip is together with the gap to what it stands above or below."""
    if name not in slots or len(slots) == 1:
        return 0
    box = slots[name]
    if name == "subtitle":
        under = [other.y for other in slots.values() if other.y >= box.y + box.height]
        return min(under, default=box.y + box.height) - box.y
    over = [other.y + other.height for other in slots.values() if other.y + other.height <= box.y]
    return box.y + box.height - max(over, default=box.y)


def fitted_in(layout: Layout, ours: Mapping[str, Box], theirs: Mapping[str, Box], area: Box) -> dict[str, Box]:
    """As `arranged`, where several slots have boxes of the house's own: those stay, and give room for our strips."""
    found = arranged(layout, ours, area) | dict(theirs)
    main = next((name for name in MAINS if name in theirs), None)
    if main and "subtitle" in found and "subtitle" not in theirs:
        box, height = found[main], ours["subtitle"].height
        found["subtitle"] = replace(box, height=height)
        found[main] = replace(box, y=box.y + height, height=box.height - height)
    if "source" in found and "source" not in theirs:
        strip = found["source"]
        for name in theirs:
            if overlap(found[name], strip):
                found[name] = replace(found[name], height=strip.y - EDGE - found[name].y)
    return found


def room(area: Box, title: Box, furniture: Iterable[Box], slide: Box) -> Box:
    """The part of an area that is on the slide, below the title and above what stands at the slide's foot."""
    left, top = max(area.x, 0), max(area.y, 0)
    right, bottom = min(area.x + area.width, slide.width), min(area.y + area.height, slide.height)
    if title.y + title.height / 2 < top + (bottom - top) / 2 and _side_by_side(title, area):
        top = max(top, title.y + title.height)
    for box in furniture:
        if box.y > slide.height * 0.75 and _side_by_side(box, area):
            bottom = min(bottom, box.y)
    return Box(left, top, max(0, right - left), max(0, bottom - top))


def _side_by_side(first: Box, second: Box) -> bool:
    return first.x < second.x + second.width and second.x < first.x + first.width


def below_title(title: Box, furniture: Iterable[Box], slide: Box) -> Box:
    """The room of a layout that has a title and no place for content."""
    top = title.y + title.height + EDGE
    found = Box(title.x, top, title.width, slide.height - top - 4 * EDGE)
    return room(found, title, furniture, slide)


def two_lines(title: Box, area: Box, size: float) -> tuple[Box, Box]:
    """A title that has room for two lines of its smallest size (points), and the area below what it takes."""
    needed = lines(2, size)
    title = replace(title, height=max(title.height, needed))
    foot = title.y + title.height
    if title.y >= area.y or foot <= area.y:
        return title, area
    return title, replace(area, y=foot, height=area.y + area.height - foot)


def cleared(title: Box, marking: Box) -> Box:
    """A title that begins below the marking, where that stands at its head."""
    head = marking.y + marking.height
    if overlap(title, marking) and head < title.y + title.height // 2:
        return replace(title, y=head, height=title.y + title.height - head)
    return title


def for_marking(slide: Box, title: Box, taken: Iterable[Box]) -> Box:
    """A line at the slide's head, below a band that is there, or at its foot, that nothing else stands in.

    Where there is none, it takes from the title (see `cleared`).
    """
    obstacles = [box for box in taken if box.width * box.height < slide.width * slide.height // 2]
    wide, third = slide.width * 6 // 10, slide.width // 3
    bands = {box.y + box.height for box in obstacles if box.y <= EDGE and box.height < slide.height * BAND}
    heads = [EDGE, *sorted(band + EDGE // 4 for band in bands)]
    foot = slide.height - LINE_OF_TEXT - EDGE // 2
    places = [((slide.width - wide) // 2, wide), (EDGE * 4, third), (slide.width - third - EDGE * 4, third)]
    tried = [Box(x, y, width, LINE_OF_TEXT) for y in heads for x, width in places]
    tried.append(Box((slide.width - wide) // 2, foot, wide, LINE_OF_TEXT))
    for standing in ([*obstacles, title], obstacles):
        for box in tried:
            if not any(overlap(box, other) for other in standing):
                return box
    return tried[0]


def lines(count: int, size: float) -> int:
    """The height of a box that holds so many lines of a size (points)."""
    return round((count * size * LEADING + INSETS) * EMU_PER_POINT)


def for_opening(slide: Box, ours: Mapping[str, Box], share: float, taken: Iterable[Box]) -> dict[str, Box]:
    """Room at a cover's foot, from below and from the right, for what a marking wants there; none where there is none.

    `ours` are the boxes in our own theme, of whose heights they take a share.
    """
    obstacles = [box for box in taken if box.width * box.height < slide.width * slide.height // 2]
    found: dict[str, Box] = {}
    for name, box in sorted(ours.items(), key=lambda item: -item[1].y):
        width, height = min(box.width, slide.width - 8 * EDGE), round(box.height * share)
        places = (
            Box(x, y, width, height)
            for y in range(slide.height - 2 * EDGE - height, slide.height // 4, -EDGE // 4)
            for x in (slide.width - width - 4 * EDGE, (slide.width - width) // 2, 4 * EDGE)
        )
        free = (each for each in places if not any(overlap(each, other) for other in [*obstacles, *found.values()]))
        if place := next(free, None):
            found[name] = place
    return found

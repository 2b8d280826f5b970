"""Places a deck layout's slots in the area that a custom theme's layout has for content: strips keep their height, the rest stretches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from reportgen.deck.layouts import Layout
from reportgen.deck.values import EMU_PER_POINT, Box

INCH = 914_400
LEAST_WIDTH, LEAST_HEIGHT = 5 * INCH, 2 * INCH
LINE_OF_TEXT = INCH // 4
BAND = 0.15  # of the slide's height: a shape at the top that is no higher is a band
EDGE = INCH // 10
LEADING, INSETS = 1.2, 7.2  # line height as a multiple of the size; points above and below a text, together
LOWER = 0.84  # of the default theme's heights: five lines of a designation block, three of a statement, at 10 points
BACKDROP, MOST_CUT = 0.4, 0.3  # shares of a box: a shape behind that much is its background; what a logo may cost it
NARROW = 0.7  # of the slide's width: a title that is narrower is widened where there is room
SCARCE = 0.5  # of the slide's height: an area that is lower takes room from a high title
HIGH_TITLE = 24.0  # points: two lines of this size are enough for a title then
STRIPS = ("subtitle", "source")
MAINS = ("chart", "timeline", "table", "body")


def content_slots(layout: Layout) -> tuple[str, ...]:
    """Return the slots that share the area below the title."""
    return tuple(row.name for row in layout.slots if row.kind not in ("title", "furniture") and not row.optional)


def clip(box: Box, area: Box) -> Box:
    """Return the part of a box that lies in an area; the whole box if none does."""
    width, height = box.common(area)
    return Box(max(box.x, area.x), max(box.y, area.y), width, height) if box.overlap(area) else box


def arrange(layout: Layout, defaults: Mapping[str, Box], area: Box) -> dict[str, Box]:
    """Place a deck layout's content in an area: subtitle and source keep their heights, the rest fills what is left."""
    slots = {name: defaults[name] for name in content_slots(layout)}
    if not slots:
        return {}
    whole = Box.around(slots.values())
    body = Box.around([box for name, box in slots.items() if name not in STRIPS] or slots.values())
    above, below = _strip_height(slots, "subtitle", whole), _strip_height(slots, "source", whole)
    stretched = max(1, whole.height - above - below)
    factor = max(0, area.height - above - below) / stretched

    def across(x: int) -> int:
        return min(area.right, area.x + round((x - body.x) * area.width / body.width))

    def down(y: int) -> int:
        within = y - whole.y
        if within <= above:
            return area.y + within
        if within >= whole.height - below:
            return area.bottom - (whole.height - within)
        return area.y + above + round((within - above) * factor)

    found = {}
    for name, box in slots.items():
        left, top = across(box.x), down(box.y)
        found[name] = Box(left, top, across(box.right) - left, down(box.bottom) - top)
    return found


def _strip_height(slots: Mapping[str, Box], name: str, whole: Box) -> int:
    """Return the height from the top to the slot below a strip (subtitle, with a heading above it), or from that above it (source)."""
    if name not in slots or len(slots) == 1:
        return 0
    box = slots[name]
    if name == "subtitle":
        return min((other.y for other in slots.values() if other.y >= box.bottom), default=box.bottom) - whole.y
    return box.bottom - max((other.bottom for other in slots.values() if other.bottom <= box.y), default=box.y)


def arrange_around(layout: Layout, defaults: Mapping[str, Box], fixed: Mapping[str, Box], area: Box) -> dict[str, Box]:
    """Place a deck layout's content around boxes of the theme's own, which stay but give room for strips."""
    found = arrange(layout, defaults, area) | dict(fixed)
    main = next((name for name in MAINS if name in fixed), None)
    if main and "subtitle" in found and "subtitle" not in fixed:
        box, height = found[main], defaults["subtitle"].height
        found["subtitle"] = replace(box, height=height)
        found[main] = replace(box, y=box.y + height, height=box.height - height)
    if "source" in found and "source" not in fixed:
        strip = found["source"]
        for name in fixed:
            if found[name].overlap(strip):
                found[name] = replace(found[name], height=strip.y - EDGE - found[name].y)
    return found


def content_area(area: Box, title: Box, furniture: Iterable[Box], slide: Box) -> Box:
    """Return the part of an area that is on the slide, below the title and above the furniture at the bottom."""
    left, top = max(area.x, 0), max(area.y, 0)
    right, bottom = min(area.right, slide.width), min(area.bottom, slide.height)
    if title.y + title.height / 2 < top + (bottom - top) / 2 and title.common(area)[0] > 0:
        top = max(top, title.bottom)
    for box in furniture:
        if box.y > slide.height * 0.75 and box.common(area)[0] > 0:
            bottom = min(bottom, box.y)
    return Box(left, top, max(0, right - left), max(0, bottom - top))


def clear_decoration(box: Box, decoration: Iterable[Box], slide: Box, sides_only: bool = False) -> Box:
    """Return the largest part of a box beside the logos, stickers and bands that reach into it.

    What lies behind much of it is its background, and stays. So does anything that would cost more than `MOST_CUT`.
    """
    for other in _obstacles(decoration, slide):
        overlap = box.overlap(other)
        if not overlap or overlap > BACKDROP * box.area:
            continue
        parts = [
            Box(box.x, box.y, max(0, other.x - box.x), box.height),
            Box(other.right, box.y, max(0, box.right - other.right), box.height),
        ]
        if not sides_only:
            parts += [
                Box(box.x, box.y, box.width, max(0, other.y - box.y)),
                Box(box.x, other.bottom, box.width, max(0, box.bottom - other.bottom)),
            ]
        best = max(parts, key=lambda part: part.area)
        if best.area >= (1 - MOST_CUT) * box.area:
            box = best
    return box


def widen_title(title: Box, area: Box, decoration: Iterable[Box], slide: Box) -> Box:
    """Return a narrow title widened to the right as far as the content, if nothing of the house is in the way."""
    if title.width >= NARROW * slide.width:
        return title
    beside = (
        box.x
        for box in _obstacles(decoration, slide)
        if box.x >= title.right and box.y < title.bottom and box.bottom > title.y
    )
    return replace(title, width=max(title.width, min(area.right, *beside, slide.width) - title.x))


def grow_title(title: Box, area: Box, size: float) -> tuple[Box, Box]:
    """Return the title with room for two lines of its smallest size (points), and the area left below it."""
    needed = height_of_lines(2, size)
    title = replace(title, height=max(title.height, needed))
    if title.y >= area.y or title.bottom <= area.y:
        return title, area
    return title, replace(area, y=title.bottom, height=area.bottom - title.bottom)


def share_room(title: Box, area: Box, slide: Box) -> tuple[Box, Box]:
    """Return a title and the area below it: where that is scarce, a high title gives it what two lines do not need."""
    height = height_of_lines(2, HIGH_TITLE)
    if area.height >= SCARCE * slide.height or title.bottom > area.y or title.height <= height:
        return title, area
    top = title.y + height + EDGE
    return replace(title, height=height), replace(area, y=top, height=area.bottom - top)


def grow_lines(box: Box, lines: int, size: float, others: Iterable[Box], slide: Box) -> Box:
    """Return a box with room for lines of a size (points): it grows down, or up if another box is in the way."""
    extra = height_of_lines(lines, size) - box.height
    if extra <= 0:
        return box
    obstacles = list(others)
    for y in (box.y, box.y - extra, box.y - extra // 2):
        grown = Box(box.x, y, box.width, box.height + extra)
        is_free = not any(grown.overlap(other) for other in obstacles)
        if is_free and grown.y >= 0 and grown.bottom <= slide.height:
            return grown
    return box


def clear_title(title: Box, marking: Box) -> Box:
    """Return the title, moved below a marking that overlaps its upper half."""
    if title.overlap(marking) and marking.bottom < title.y + title.height // 2:
        return replace(title, y=marking.bottom, height=title.bottom - marking.bottom)
    return title


def place_marking(slide: Box, title: Box, taken: Iterable[Box]) -> Box:
    """Return a free line for the marking: at the top of the slide, below a band there, or at the bottom.

    If none is free, the line overlaps the title (see `clear_title`).
    """
    obstacles = _obstacles(taken, slide)
    wide, third = slide.width * 6 // 10, slide.width // 3
    bands = {box.bottom for box in obstacles if box.y <= EDGE and box.height < slide.height * BAND}
    tops = [EDGE, *sorted(band + EDGE // 4 for band in bands)]
    last = slide.height - LINE_OF_TEXT - EDGE // 2
    places = [((slide.width - wide) // 2, wide), (EDGE * 4, third), (slide.width - third - EDGE * 4, third)]
    candidates = [Box(x, y, width, LINE_OF_TEXT) for y in tops for x, width in places]
    candidates.append(Box((slide.width - wide) // 2, last, wide, LINE_OF_TEXT))
    for standing in ([*obstacles, title], obstacles):
        for box in candidates:
            if not any(box.overlap(other) for other in standing):
                return box
    return candidates[0]


def place_optional(slide: Box, name: str, default: Box, title: Box, taken: Iterable[Box]) -> Box | None:
    """Return a free box for a slot that may be left out: right above the title, or for a cover's details near its foot."""
    obstacles = _obstacles(taken, slide)
    if name != "kicker":
        return place_opening(slide, {name: default}, 1.0, [*obstacles, title], title.x).get(name)
    box = Box(title.x, title.y - LINE_OF_TEXT, title.width, LINE_OF_TEXT)
    return box if box.y >= EDGE // 2 and not any(box.overlap(other) for other in obstacles) else None


def height_of_lines(count: int, size: float) -> int:
    """Return the height (EMU) of a box that holds `count` lines of a size (points)."""
    return round((count * size * LEADING + INSETS) * EMU_PER_POINT)


def place_opening(
    slide: Box, defaults: Mapping[str, Box], share: float, taken: Iterable[Box], left: int | None = None
) -> dict[str, Box]:
    """Return free boxes on a cover, searched from the bottom and from the right, for the slots that a marking fills.

    `left` is the edge to try first.

    `defaults` are the default theme's boxes, of whose heights they take a share. A slot without room is left out.
    """
    obstacles = _obstacles(taken, slide)
    found: dict[str, Box] = {}
    for name, box in sorted(defaults.items(), key=lambda item: -item[1].y):
        width, height = min(box.width, slide.width - 8 * EDGE), round(box.height * share)
        usual = (slide.width - width - 4 * EDGE, (slide.width - width) // 2, 4 * EDGE)
        edges = usual if left is None else (min(left, slide.width - width), *usual)
        places = (
            Box(x, y, width, height)
            for y in range(slide.height - 2 * EDGE - height, slide.height // 4, -EDGE // 4)
            for x in edges
        )
        free = (each for each in places if not any(each.overlap(other) for other in [*obstacles, *found.values()]))
        if place := next(free, None):
            found[name] = place
    return found


def _obstacles(taken: Iterable[Box], slide: Box) -> list[Box]:
    """Return the boxes that are not a background: those that cover less than half of the slide."""
    return [box for box in taken if box.area < slide.area // 2]

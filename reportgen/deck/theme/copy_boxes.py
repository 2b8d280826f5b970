"""The boxes of a copied layout's slots: those that the theme's placeholders keep, and those that are placed around them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from reportgen.deck.layouts import OPENING, Layout
from reportgen.deck.theme import slot_placement
from reportgen.deck.theme.layout_matching import OPENINGS, Target
from reportgen.deck.theme.theme_values import Level
from reportgen.deck.values import Box

LEAST_TITLE, LEAST_TEXT = 20.0, 18.0  # points: the smallest sizes that titles and texts step down to


class CopyBoxes(Struct, frozen=True):
    """Places the slots of a layout in a copy of the theme's target.

    `defaults` are the slots' boxes in the default theme, `own` those that the theme's placeholders have for them.
    """

    layout: Layout
    target: Target
    defaults: Mapping[str, Box]
    own: Mapping[str, Box]
    slide: Box

    def place(self) -> dict[str, Box]:
        """Return the boxes of the slots that do not stay in the theme's: the title, content, the marking, a cover's date."""
        is_opening = self.layout.name in OPENINGS
        title, area = self._place_opening_title() if is_opening else self._place_title()
        contents = {slot: box for slot, box in self.own.items() if slot in slot_placement.content_slots(self.layout)}
        fixed = {slot: slot_placement.clip(box, area) for slot, box in contents.items()}
        found = slot_placement.arrange_around(
            self.layout, self.defaults, fixed if len(contents) > 1 or is_opening else {}, area
        )
        if is_opening and "subtitle" in contents:
            size, others = LEAST_TEXT * self._subtitle.spacing, self._others({**self.own, "title": title}, "subtitle")
            found["subtitle"] = slot_placement.grow_lines(found["subtitle"], 2, size, others, self.slide)
        if self.layout.name == "cover" and "date" not in self.own:
            found |= _place_date(found["subtitle"], self.slide)
        taken = [box for slot, box in self.own.items() if slot != "title"]
        taken += [*found.values(), *self.target.layout.decoration]
        found["marking"] = slot_placement.place_marking(self.slide, title, taken)
        found["title"] = slot_placement.clear_title(title, found["marking"])
        if self.layout.name == "cover":
            found |= self._place_blocks({**self.own, **found})
        for row in self.layout.slots:
            if row.optional:
                found |= self._place_optional(row.name, found)
        return found

    def _place_title(self) -> tuple[Box, Box]:
        """Return the title of a slide with content, clear of what the house draws, and the area below it."""
        decoration, area = self.target.layout.decoration, self.target.area
        title = slot_placement.clear_decoration(self.own["title"], decoration, self.slide, sides_only=True)
        if self.target.title_align == "l":
            title = slot_placement.widen_title(title, area, decoration, self.slide)
        if title.y < area.y < title.bottom:  # the area has taken room from it
            title = replace(title, height=area.y - slot_placement.EDGE - title.y)
        return slot_placement.grow_title(title, area, LEAST_TITLE)

    def _place_opening_title(self) -> tuple[Box, Box]:
        """Return the title of a cover or a section header, and the area that its other words have."""
        others = self._others(self.own, "title")
        return slot_placement.grow_lines(self.own["title"], 2, LEAST_TITLE, others, self.slide), self.target.area

    @property
    def _subtitle(self) -> Level:
        """The style of the theme's placeholder for the subtitle."""
        key = self.target.slots.get("subtitle")
        return next((each.levels[0] for each in self.target.layout.placeholders if each.key == key), Level(""))

    def _others(self, boxes: Mapping[str, Box], slot: str) -> list[Box]:
        """Return what a slot must not grow into: the other boxes, and what the layout draws."""
        drawn = [box for box in self.target.layout.decoration if not box.overlap(boxes[slot])]
        return [*(box for name, box in boxes.items() if name != slot), *drawn]

    def _place_blocks(self, standing: Mapping[str, Box]) -> dict[str, Box]:
        """Return the boxes that a marking needs on the cover, less high or under a two-line subtitle if room is scarce."""
        decoration, defaults = self.target.layout.decoration, {name: self.defaults[name] for name in OPENING}
        shorter = dict(standing)
        if "subtitle" in self.own:
            size = (self._subtitle.size or LEAST_TITLE) * self._subtitle.spacing
            box, needed = standing["subtitle"], slot_placement.height_of_lines(2, size)
            shorter["subtitle"] = replace(box, height=min(box.height, needed))
        best: dict[str, Box] = {}
        for boxes in (standing, shorter):
            for share in (1.0, slot_placement.LOWER):
                found = slot_placement.place_opening(self.slide, defaults, share, [*boxes.values(), *decoration])
                if len(found) > len(best):
                    best = found if boxes is standing else found | {"subtitle": shorter["subtitle"]}
                if len(found) == len(defaults):
                    return best
        return best

    def _place_optional(self, slot: str, found: Mapping[str, Box]) -> dict[str, Box]:
        """Return the box of a slot that a house's theme may have no room for; empty if it has none."""
        standing = {**self.own, **found}
        taken = [*(box for name, box in standing.items() if name != "title"), *self.target.layout.decoration]
        place = slot_placement.place_optional(self.slide, slot, self.defaults[slot], found["title"], taken)
        return {slot: place} if place else {}


def _place_date(subtitle: Box, slide: Box) -> dict[str, Box]:
    """Return the date's box under a cover's subtitle, or in its last lines."""
    height = slot_placement.INCH * 2 // 5
    top = subtitle.bottom + slot_placement.EDGE
    if top + height <= slide.height - 3 * slot_placement.EDGE:
        return {"date": replace(subtitle, y=top, height=height)}
    shorter = replace(subtitle, height=subtitle.height - height)
    return {"subtitle": shorter, "date": replace(subtitle, y=shorter.bottom, height=height)}

"""A house's own file: opened, its layouts and looks known, and made into a theme that has our layouts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from lxml import etree
from msgspec import Struct

from reportgen.brand import Brand
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.package import PRESENTATION, A, P, Parts, parsed, related
from reportgen.deck.palette import OUR_PALETTE, Palette
from reportgen.deck.theme import layout_map, ours, theme_colors as colors
from reportgen.deck.theme.adopt import added, adopt, stepped
from reportgen.deck.theme.layout_map import Target
from reportgen.deck.theme.placeholders import LayoutPart, box_of, layouts, name, shapes
from reportgen.deck.theme.theme_values import Faces, Placeholder, Theme
from reportgen.deck.values import Box
from reportgen.system.errors import Diagnostic, Location, TemplateError


class House(Struct, frozen=True, dict=True):
    """The parts of a house's file; `file` is its name, for what is told of it."""

    file: str
    parts: Parts

    @cached_property
    def slide(self) -> Box:
        size = parsed(self.parts[PRESENTATION], PRESENTATION).find(f"{P}sldSz")
        assert size is not None
        return Box(0, 0, int(size.get("cx", 0)), int(size.get("cy", 0)))

    @cached_property
    def masters(self) -> tuple[str, ...]:
        return tuple(related(self.parts, PRESENTATION, "slideMaster"))

    @cached_property
    def faces(self) -> Faces:
        """The typefaces of the first master's theme."""
        return _faces(self._theme(self.masters[0]))

    @cached_property
    def colors(self) -> dict[str, str]:
        """The first master's colours, by the names that slides use."""
        master = self.masters[0]
        return colors.scheme(self._theme(master), parsed(self.parts[master], master))

    @cached_property
    def layouts(self) -> tuple[LayoutPart, ...]:
        faces = {master: _faces(self._theme(master)).by_reference for master in self.masters}
        return tuple(layouts(self.parts, faces))

    @cached_property
    def ready(self) -> Mapping[str, LayoutPart]:
        """Those of its layouts that are ours, by name and slots: of a theme made from ours, or of a deck of ours."""
        found = {}
        for part in self.layouts:
            layout = LAYOUTS.get(part.sheet.name)
            held = {name(shape) for shape in shapes(part.sheet.layout)}
            if layout and part.sheet.name not in found and {"marking", *layout.fillable} <= held:
                found[part.sheet.name] = part
        return found

    @property
    def palette(self) -> Palette:
        """Our roles in its colours."""
        return OUR_PALETTE if self.from_ours else colors.palette(self.colors)

    @property
    def from_ours(self) -> bool:
        """Whether it was made from our own theme: it has all our layouts, and nothing was added to any."""
        held = [each for part in self.ready.values() for each in part.placeholders]
        return len(self.ready) == len(LAYOUTS) and not any(added(each) for each in held)

    def proposed(self) -> tuple[dict[str, Target], list[Diagnostic]]:
        """Which of its layouts stands for each of ours, and what it can't hold."""
        boxes = {name: boxes_of(part) for name, part in our_layouts().items()}
        return layout_map.proposed(self.layouts, boxes, self.slide, Location(self.file))

    def theme(self, chosen: Mapping[str, Target] | None = None) -> Theme:
        """The theme; `chosen` overrides what would be proposed. TemplateError names all that it can't hold."""
        ready = {name: part for name, part in self.ready.items() if name not in (chosen or {})}
        targets: dict[str, Target] = {}
        if len(ready) < len(LAYOUTS):
            proposed, faults = self.proposed()
            targets = {**proposed, **(chosen or {})}
            missing = [name for name in LAYOUTS if name not in targets and name not in ready]
            if missing and faults:
                raise TemplateError(faults)
        targets = {name: target for name, target in targets.items() if name not in ready}
        sheets = {name: part.sheet for name, part in our_layouts().items()}
        made = adopt(self.parts, targets, sheets, self.palette, self.slide)
        return Theme(
            name=self.file,
            parts=made.parts,
            width=self.slide.width,
            height=self.slide.height,
            layouts={**self._stepped(slots(ready)), **made.layouts},
            layout_parts={**{key: part.part for key, part in ready.items()}, **made.layout_parts},
            palette=self.palette,
            faces=self.faces,
            made=frozenset(made.layout_parts.values()),
        )

    def _stepped(self, ready: Mapping[str, Mapping[str, Placeholder]]) -> dict[str, dict[str, Placeholder]]:
        """Layouts that were made from a house's, as in a deck of ours, have its sizes again."""
        if self.from_ours:
            return {name: dict(held) for name, held in ready.items()}
        return {
            name: {slot: stepped(LAYOUTS[name], each) for slot, each in held.items()} for name, held in ready.items()
        }

    def _theme(self, master: str) -> etree._Element:
        found = related(self.parts, master, "theme")
        if not found:
            raise TemplateError("the theme's slide master has no colours and typefaces", Location(self.file))
        return parsed(self.parts[found[0]], found[0])


def _faces(theme: etree._Element) -> Faces:
    major, minor = (
        next((str(each.get("typeface")) for each in theme.iterfind(f".//{A}{kind}/{A}latin")), "") or "Calibri"
        for kind in ("majorFont", "minorFont")
    )
    return Faces(major, minor)


def slots(chosen: Mapping[str, LayoutPart]) -> dict[str, dict[str, Placeholder]]:
    """The placeholders of layouts that are ours, by slot."""
    return {key: {each.slot: each for each in part.sheet.placeholders()} for key, part in chosen.items()}


def boxes_of(part: LayoutPart) -> dict[str, Box]:
    return {name(shape): box_of(part.sheet.chain(shape)) for shape in shapes(part.sheet.layout)}


def our_layouts() -> Mapping[str, LayoutPart]:
    """The layouts of our own theme, whatever the brand."""
    return House("ours", ours.parts()).ready


def default(brand: Brand) -> Theme:
    """Our own theme, in the brand's colours and faces."""
    house = House("ours", ours.branded(ours.parts(), brand))
    faces = Faces(brand.deck_headings, brand.deck_base)
    return Theme(
        "ours", house.parts, house.slide.width, house.slide.height, slots(house.ready),
        {key: part.part for key, part in house.ready.items()}, OUR_PALETTE, faces,
    )  # fmt: skip

"""A custom theme's file: its layouts, colours and typefaces, and the theme that it becomes with the deck's layouts added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.brand.contrast import RGB
from reportgen.deck.layouts import LAYOUTS
from reportgen.deck.package import PRESENTATION, A, P, Parts, parse, related_parts
from reportgen.deck.palette import OUR_PALETTE, Palette
from reportgen.deck.theme import default_theme, layout_matching
from reportgen.deck.theme.colors.grounds import Ground
from reportgen.deck.theme.colors.layout_colors import LayoutColors, read_colors
from reportgen.deck.theme.colors.resolved_colors import read_color_map, read_theme_colors
from reportgen.deck.theme.colors.role_shades import choose_palette
from reportgen.deck.theme.layout_copies import ExtendedTheme, add_layouts, is_added, set_steps
from reportgen.deck.theme.layout_matching import Target
from reportgen.deck.theme.placeholders import LayoutPart, Sheet, read_layouts
from reportgen.deck.theme.theme_values import Faces, Placeholder, Theme
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import Element, get_int, require_child
from reportgen.system.errors import Diagnostic, Location, TemplateError


class ThemeFile(Struct, frozen=True, dict=True):
    """The parts of a theme's file; `file` is its name, for messages."""

    file: str
    parts: Parts
    programs: tuple[str, ...] = ()
    """The kinds of programs that the file held, which are left out."""

    @cached_property
    def slide(self) -> Box:
        size = require_child(parse(self.parts[PRESENTATION], PRESENTATION), f"{P}sldSz")
        return Box(0, 0, get_int(size, "cx"), get_int(size, "cy"))

    @cached_property
    def masters(self) -> tuple[str, ...]:
        return tuple(related_parts(self.parts, PRESENTATION, "slideMaster"))

    @cached_property
    def faces(self) -> Faces:
        """The typefaces of the first master and its theme."""
        faces, master = read_faces(self._theme_part(self.masters[0])), parse(self.parts[self.masters[0]])
        styles = {
            each.type: each.levels[0].family for each in Sheet(master, master, faces.by_reference).read_placeholders()
        }
        return replace(faces, titles=styles.get("title", faces.major), text=styles.get("body", faces.minor))

    @cached_property
    def colors(self) -> dict[str, RGB]:
        """The first master's colours, by the names that slides use."""
        master = self.masters[0]
        names = read_color_map(parse(self.parts[master], master))
        return read_theme_colors(self._theme_part(master), names).by_name

    @cached_property
    def _layout_colors(self) -> dict[str, LayoutColors]:
        return {}

    def read_colors(self, part: LayoutPart) -> LayoutColors:
        """Return the colours of one of the file's layouts."""
        if part.part not in self._layout_colors:
            self._layout_colors[part.part] = read_colors(self.parts, part, self._theme_part(part.master), self.slide)
        return self._layout_colors[part.part]

    @cached_property
    def layouts(self) -> tuple[LayoutPart, ...]:
        faces = {master: read_faces(self._theme_part(master)).by_reference for master in self.masters}
        return tuple(read_layouts(self.parts, faces))

    @cached_property
    def deck_layouts(self) -> Mapping[str, LayoutPart]:
        """The deck's layouts that the file has, by name and slots, as the default theme, themes made from it and decks do."""
        named = {each.file_name: each for each in LAYOUTS.values()}
        found: dict[str, LayoutPart] = {}
        for part in self.layouts:
            layout = named.get(part.sheet.name)
            if layout and {"marking", *layout.required} <= {each.slot for each in part.placeholders}:
                found.setdefault(layout.name, part)
        return found

    @property
    def palette(self) -> Palette:
        """The theme's shades for the brand's roles."""
        return OUR_PALETTE if self.is_default else choose_palette(self.colors, Ground(((1.0, self.colors["bg1"]),)))

    @property
    def is_default(self) -> bool:
        """True for the default theme and themes made from it: all of the deck's layouts, with no placeholder added to any."""
        placeholders = [each for part in self.deck_layouts.values() for each in part.placeholders]
        return len(self.deck_layouts) == len(LAYOUTS) and not any(is_added(each) for each in placeholders)

    def match_layouts(self) -> tuple[dict[str, Target], list[Diagnostic]]:
        """Return the best of the theme's layouts for each of the deck's, and a fault for each that none can hold."""
        boxes = {name: {each.slot: each.box for each in part.placeholders} for name, part in default_layouts().items()}
        return layout_matching.match_layouts(self.layouts, boxes, self.slide, Location(self.file))

    def build_theme(self, chosen: Mapping[str, Target] | None = None) -> Theme:
        """Return the theme, with `chosen` layouts in place of matched ones. Raise TemplateError with each that is missing."""
        chosen = chosen or {}
        present = {name: part for name, part in self.deck_layouts.items() if name not in chosen}
        extended = ExtendedTheme(self.parts, {}, {}, {})
        if len(present) < len(LAYOUTS):
            matched, faults = self.match_layouts()
            targets = {name: target for name, target in {**matched, **chosen}.items() if name not in present}
            if faults and not LAYOUTS.keys() <= targets.keys() | present.keys():
                raise TemplateError(faults)
            sheets = {name: part.sheet for name, part in default_layouts().items()}
            colors = {name: self.read_colors(target.layout) for name, target in targets.items()}
            extended = add_layouts(self.parts, targets, sheets, colors, self.faces, self.slide)
        slots = self._read_slots(present)
        return Theme(
            parts=extended.parts,
            width=self.slide.width,
            height=self.slide.height,
            layouts={**slots, **extended.layouts},
            layout_parts={**{key: part.part for key, part in present.items()}, **extended.layout_parts},
            palette=self.palette,
            palettes={} if self.is_default else {**self._choose_palettes(present), **extended.palettes},
            faces=self.faces,
            added_parts=frozenset(extended.layout_parts.values()),
            programs=self.programs,
        )

    def _choose_palettes(self, present: Mapping[str, LayoutPart]) -> dict[str, Palette]:
        """Return the palettes of the deck's layouts in the file, as they were chosen when the layouts were added."""
        boxes = {name: {each.slot: each.box for each in part.placeholders} for name, part in present.items()}
        return {
            name: self.read_colors(part).choose_palette(LAYOUTS[name], boxes[name]) for name, part in present.items()
        }

    def _read_slots(self, present: Mapping[str, LayoutPart]) -> dict[str, dict[str, Placeholder]]:
        """Return the placeholders of the deck's layouts in the file; if those are copies from a custom theme, with its sizes."""
        own_sizes = not self.is_default
        return {
            name: {each.slot: set_steps(LAYOUTS[name], each) if own_sizes else each for each in part.placeholders}
            for name, part in present.items()
        }

    def _theme_part(self, master: str) -> Element:
        found = related_parts(self.parts, master, "theme")
        if not found:
            raise TemplateError("the theme's slide master has no colours and typefaces", Location(self.file))
        return parse(self.parts[found[0]], found[0])


def read_faces(theme: Element, default: str = "Calibri") -> Faces:
    """Read the typefaces of a theme's part; `default` is for one that is missing."""
    major, minor = (
        next((str(each.get("typeface")) for each in theme.iterfind(f".//{A}{kind}/{A}latin")), "") or default
        for kind in ("majorFont", "minorFont")
    )
    return Faces(major, minor)


@cache
def default_layouts() -> Mapping[str, LayoutPart]:
    """Return the layouts of the default theme, which no brand changes."""
    return ThemeFile("default", default_theme.read_parts()).deck_layouts


def build_default(brand: Brand) -> Theme:
    """Return the default theme in the brand's colours and typefaces."""
    return ThemeFile("default", default_theme.apply_brand(default_theme.read_parts(), brand)).build_theme()

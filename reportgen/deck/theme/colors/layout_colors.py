"""The colours of one layout of a custom theme: the palette for what is drawn on it, and placeholders whose words can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand.contrast import MIN_RATIO, RGB, contrast_ratio
from reportgen.deck.layouts import Layout
from reportgen.deck.package import A, P, Parts
from reportgen.deck.palette import Palette, Shade
from reportgen.deck.theme import placeholders
from reportgen.deck.theme.colors.grounds import Ground, Painting, paint_layout
from reportgen.deck.theme.colors.resolved_colors import FILLS, Color, ThemeColors, read_color_map, read_theme_colors
from reportgen.deck.theme.colors.role_shades import choose_ink, choose_palette, resolve_shade, shade_steps
from reportgen.deck.theme.placeholders import LayoutPart, Sheet
from reportgen.deck.theme.slot_placement import content_slots
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_int

LARGE, LARGE_RATIO = (
    28.0,
    3.0,
)  # a title's size in points that rarely steps down to small type, and WCAG's contrast for large


class LayoutColors(Struct, frozen=True):
    """A layout's colours by name and resolved, and what its master and itself paint behind the words."""

    by_name: Mapping[str, RGB]
    theme: ThemeColors
    painting: Painting

    def choose_palette(self, layout: Layout, boxes: Mapping[str, Box]) -> Palette:
        """Return the shades for what is drawn in the boxes of a layout's content."""
        content = [boxes[slot] for slot in content_slots(layout) if slot in boxes] or [boxes["title"]]
        return choose_palette(self.by_name, self.painting.find_ground(Box.around(content)))

    def make_readable(self, shape: Element, sheet: Sheet, box: Box) -> None:
        """Give a placeholder's words another colour where its own cannot be read on what lies behind: a shade of it, or ink.

        Where no colour can be read, the placeholder gets a fill.
        """
        body = shape.find(f"{P}txBody")
        if body is None:
            return
        ground, styles = self._find_ground(shape, sheet, box), sheet.text_styles(shape)
        least = LARGE_RATIO if self._is_large(shape, styles) else MIN_RATIO
        if paper := self._choose_paper(ground, least):
            placeholders.set_fill(shape, build_fill(paper))
            ground = Ground(((1.0, resolve_shade(self.by_name, paper)),))
        for number in range(1, placeholders.LEVELS + 1):
            looks = placeholders.list_run_styles(number, styles)
            look = next((each for each in looks if any(child.tag in FILLS for child in each)), None)
            color = self.theme.find_fill(look) or self.theme.find_named("tx1")
            if not isinstance(color, Color) or ground.measure_contrast(color.rgb) >= least:
                continue
            slot = get_attribute(find(look, f"{A}solidFill/{A}schemeClr"), "val")
            own = shade_steps(Shade(slot)) if slot in self.by_name and slot.startswith("accent") else []
            placeholders.restyle_level(body, number, build_fill(choose_ink(self.by_name, ground, own)))

    def _is_large(self, shape: Element, styles: Sequence[Element]) -> bool:
        """Return True for a title whose type stays large."""
        if placeholders.placeholder_type(shape) not in placeholders.TITLES:
            return False
        look = next((each for each in placeholders.list_run_styles(1, styles) if "sz" in each.attrib), None)
        return get_int(look, "sz") >= LARGE * 100

    def find_sheet(self, boxes: Iterable[Box]) -> Shade | None:
        """Return the colour of a sheet to lay below words, where no colour of words can be read on what lies behind them."""
        return self._choose_paper(self.painting.find_ground(Box.around(boxes)), MIN_RATIO)

    def _choose_paper(self, ground: Ground, least: float) -> Shade | None:
        """Return what to lay below words on a ground on which no colour has the least contrast; None where one has."""
        ink = resolve_shade(self.by_name, choose_ink(self.by_name, ground))
        if ground.measure_contrast(ink) >= least:
            return None
        papers = [Shade(slot) for slot in ("bg1", "tx1", "bg2", "tx2") if slot in self.by_name]
        return max(papers, key=lambda shade: contrast_ratio(resolve_shade(self.by_name, shade), ink))

    def cover(self, box: Box, sheet: Shade) -> LayoutColors:
        """Return the colours of the layout with a sheet in a box."""
        return replace(self, painting=self.painting.cover(box, resolve_shade(self.by_name, sheet)))

    def _find_ground(self, shape: Element, sheet: Sheet, box: Box) -> Ground:
        """Return the placeholder's own fill, or what lies behind it."""
        fills = (self.theme.find_fill(each.find(f"{P}spPr")) for each in sheet.inheritance(shape))
        fill = next((each for each in fills if each is not None), "none")
        ground = self.painting.find_ground(box)
        return ground.tint(fill.rgb, fill.alpha) if isinstance(fill, Color) else ground


def read_colors(parts: Parts, part: LayoutPart, theme: Element, slide: Box) -> LayoutColors:
    """Return the colours of a layout; `theme` is the part with its master's colours."""
    sheet = part.sheet
    colors = read_theme_colors(theme, read_color_map(sheet.layout, sheet.master))
    painting = paint_layout(parts, part.part, (sheet.layout, sheet.master), colors, slide)
    return LayoutColors(colors.by_name, colors, painting)


def build_fill(shade: Shade) -> Element:
    """Build a fill of one colour."""
    fill = etree.Element(f"{A}solidFill")
    fill.append(build_color(shade))
    return fill


def build_color(shade: Shade) -> Element:
    """Build the element of a colour: one of the theme's, or one that the theme has no slot for."""
    fixed = shade.slot.startswith("#")
    color = etree.Element(f"{A}srgbClr" if fixed else f"{A}schemeClr", val=shade.slot.lstrip("#"))
    for tag, percent, usual in (("lumMod", shade.mod, 100), ("lumOff", shade.off, 0)):
        if percent != usual:
            etree.SubElement(color, f"{A}{tag}", val=str(percent * 1000))
    return color

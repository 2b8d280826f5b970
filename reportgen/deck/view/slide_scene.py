"""A slide while it is read: its colours, its background, and what has been painted on it so far."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from reportgen.brand.contrast import RGB
from reportgen.deck.package import A, P
from reportgen.deck.theme.colors.resolved_colors import (
    Color,
    Fill,
    ThemeColors,
    blend_fill,
    read_color_map,
    read_theme_colors,
)
from reportgen.deck.theme.theme_file import read_faces
from reportgen.deck.values import Box
from reportgen.deck.view.inheritance import PlaceholderShape, read_placeholders
from reportgen.deck.view.open_package import Package
from reportgen.deck.view.view_values import Shape, measure_coverage
from reportgen.deck.xml_lookup import Element, find, get_attribute

WHITE: RGB = (1.0, 1.0, 1.0)
HIDES = 0.5  # the share of a box that a shape must hide to count as the background of its words


class _Layer(Struct, frozen=True):
    """An area that is painted below what comes later."""

    box: Box
    fill: Fill


class SlideScene(Struct):
    """A slide, or another part with shapes, while it is read: what it inherits from, and what has been painted so far."""

    number: int
    label: str
    """Its name for messages."""
    name: str
    """The slide's part."""
    master: Element
    colors: ThemeColors
    faces: dict[str, str]
    background: RGB | None
    layers: list[_Layer] = field(default_factory=list)
    groups: int = 0
    unjudged: list[str] = field(default_factory=list)
    layout_placeholders: tuple[PlaceholderShape, ...] = ()
    master_placeholders: tuple[PlaceholderShape, ...] = ()

    def find_background(self, box: Box | None, own: Fill) -> RGB | None:
        """Return the one colour behind the words in a box, its own fill first; None if there is no single colour."""
        below = [each.fill for each in self.layers if box is not None and measure_coverage(each.box, box) >= HIDES]
        color = self.background
        for fill in (*below, own):
            color = blend_fill(fill, color)
        return color

    def paint(self, box: Box | None, fill: Fill, element: Element) -> None:
        """Paint a shape over what is there; if it is no rectangle, how much it hides is unknown."""
        if box is not None and fill != "none":
            self.layers.append(_Layer(box, fill if _is_rectangular(element) else "unread"))

    def note_unjudged(self, shape: Shape, what: str) -> None:
        self.unjudged.append(f"{self.label}, {shape.label}: {what}")


def open_scene(
    package: Package, number: int, label: str, name: str, master_name: str, layout_name: str = ""
) -> SlideScene:
    """Return the empty scene of a slide, or of another part that has only a master above it."""
    part, layout, master = (package.parse(each) for each in (name, layout_name, master_name))
    theme = package.parse(package.find_related(master_name, "theme"))
    colors = read_theme_colors(theme, read_color_map(part, layout, master))
    return SlideScene(
        number, label, name, master, colors, read_faces(theme, default="").by_reference,
        _read_background((part, layout, master), colors),
        layout_placeholders=read_placeholders(layout), master_placeholders=read_placeholders(master),
    )  # fmt: skip


def _read_background(parts: Sequence[Element], colors: ThemeColors) -> RGB | None:
    """Return the background's colour: the slide's, its layout's or its master's; None for a picture or a gradient."""
    for part in parts:
        background = part.find(f"{P}cSld/{P}bg")
        fill = colors.find_fill(find(background, f"{P}bgPr")) or colors.find_theme_fill(find(background, f"{P}bgRef"))
        if isinstance(fill, Color):
            return fill.blend(WHITE)
        if fill == "unread":
            return None
    paper = colors.find_named("bg1")
    return paper.rgb if paper else WHITE


def _is_rectangular(element: Element) -> bool:
    properties = element.find(f"{P}spPr")
    form = get_attribute(find(properties, f"{A}prstGeom"), "prst", "rect")
    return find(properties, f"{A}custGeom") is None and ("rect" in form.lower() or form.startswith("flowChartProcess"))

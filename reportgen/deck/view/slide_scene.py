"""A slide while it is read: its colours, its background, and what has been painted on it so far."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from reportgen.brand.contrast import RGB
from reportgen.deck.package import A, P
from reportgen.deck.values import Box
from reportgen.deck.view.inheritance import PlaceholderShape
from reportgen.deck.view.resolved_colors import Color, Fill, ThemeColors
from reportgen.deck.view.view_values import measure_coverage
from reportgen.deck.xml_lookup import Element, find, get_attribute

COLOR_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
WHITE: RGB = (1.0, 1.0, 1.0)
HIDES = 0.5  # the share of a box that a shape must hide to count as the background of its words


class _Layer(Struct, frozen=True):
    """An area that is painted below what comes later."""

    box: Box
    fill: Fill


class SlideScene(Struct):
    """A slide while it is read: what it inherits from, and what has been painted so far."""

    number: int
    name: str
    """The slide's part."""
    layout: Element
    master: Element
    colors: ThemeColors
    faces: dict[str, str]
    background: RGB | None
    layers: list[_Layer] = field(default_factory=list)
    groups: int = 0
    layout_placeholders: tuple[PlaceholderShape, ...] = ()
    master_placeholders: tuple[PlaceholderShape, ...] = ()

    def find_background(self, box: Box | None, own: Fill) -> RGB | None:
        """Return the one colour behind the words in a box, its own fill first; None if there is no single colour."""
        fills = [own]
        for layer in reversed(self.layers):
            if box is not None and measure_coverage(layer.box, box) >= HIDES:
                fills.append(layer.fill)
        visible: list[Color] = []
        for fill in fills:
            if isinstance(fill, Color):
                visible.append(fill)
                if fill.alpha >= 1:
                    break
            elif fill == "unread":
                return None
        color = self.background
        for layer_color in reversed(visible):
            if color is None and layer_color.alpha < 1:
                return None
            color = layer_color.blend(color or WHITE)
        return color

    def paint(self, box: Box | None, fill: Fill, element: Element) -> None:
        """Paint a shape over what is there; if it is no rectangle, how much it hides is unknown."""
        if box is not None and fill != "none":
            self.layers.append(_Layer(box, fill if _is_rectangular(element) else "unread"))


def read_color_map(slide: Element, layout: Element, master: Element) -> dict[str, str]:
    """Return the theme's colour slot for each name: by the slide's own map, or its layout's, or the master's."""
    for part in (slide, layout):
        own = part.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if own is not None:
            return COLOR_MAP | {str(key): str(value) for key, value in own.attrib.items()}
    found = master.find(f"{P}clrMap")
    return COLOR_MAP | {str(key): str(value) for key, value in (found.attrib.items() if found is not None else ())}


def read_background(parts: Sequence[Element], colors: ThemeColors) -> RGB | None:
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

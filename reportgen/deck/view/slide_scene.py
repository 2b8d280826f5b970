"""A slide while it is read: its colours, its background, and what has been painted on it so far."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from reportgen.brand.contrast import RGB
from reportgen.deck.values import Box
from reportgen.deck.view.inheritance import Holder
from reportgen.deck.view.part_xml import A, Element, P, at, word
from reportgen.deck.view.resolved_colors import Fill, Paint, Palette
from reportgen.deck.view.view_values import coverage

NAMES = ("bg1", "tx1", "bg2", "tx2")
USUAL = dict(zip(NAMES, ("lt1", "dk1", "lt2", "dk2"), strict=True))
WHITE: RGB = (1.0, 1.0, 1.0)
HIDES = 0.5  # so much of a box a shape must hide to count as what lies behind its words


class _Layer(Struct, frozen=True):
    """An area that is painted below what comes later."""

    box: Box
    fill: Fill


class Scene(Struct):
    """A slide while it is read: what it inherits from, and what has been painted so far."""

    number: int
    name: str
    """The slide's part."""
    layout: Element
    master: Element
    palette: Palette
    faces: dict[str, str]
    ground: RGB | None
    layers: list[_Layer] = field(default_factory=list)
    groups: int = 0
    above: tuple[tuple[Holder, ...], tuple[Holder, ...]] = ((), ())

    def behind(self, box: Box | None, own: Fill) -> RGB | None:
        """The one colour behind a box, its own fill first; None where there is no one colour."""
        fills = [own]
        for layer in reversed(self.layers):
            if box is not None and coverage(layer.box, box) >= HIDES:
                fills.append(layer.fill)
        seen: list[Paint] = []
        for fill in fills:
            if isinstance(fill, Paint):
                seen.append(fill)
                if fill.alpha >= 1:
                    break
            elif fill == "unread":
                return None
        color = self.ground
        for paint in reversed(seen):
            if color is None and paint.alpha < 1:
                return None
            color = paint.over(color or WHITE)
        return color

    def paint(self, box: Box | None, fill: Fill, element: Element) -> None:
        """What is painted hides what lies below; where it is no rectangle, nobody knows how much."""
        if box is not None and fill != "none":
            self.layers.append(_Layer(box, fill if _rectangular(element) else "unread"))


def names(slide: Element, layout: Element, master: Element) -> dict[str, str]:
    """Which of the theme's colours each name means: the slide's own map, or its layout's, or the master's."""
    for part in (slide, layout):
        own = part.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if own is not None:
            return USUAL | {str(key): str(value) for key, value in own.attrib.items()}
    usual = master.find(f"{P}clrMap")
    return USUAL | {str(key): str(value) for key, value in (usual.attrib.items() if usual is not None else ())}


def faces(theme: Element) -> dict[str, str]:
    fonts = theme.find(f".//{A}fontScheme")
    return {
        "+mj-lt": word(at(fonts, f"{A}majorFont/{A}latin"), "typeface"),
        "+mn-lt": word(at(fonts, f"{A}minorFont/{A}latin"), "typeface"),
    }


def ground_of(parts: Sequence[Element], colors: Palette) -> RGB | None:
    """The background's colour: the slide's, its layout's or its master's; None where it is a picture or a gradient."""
    for part in parts:
        ground = part.find(f"{P}cSld/{P}bg")
        fill = colors.fill(at(ground, f"{P}bgPr")) or colors.referred(at(ground, f"{P}bgRef"))
        if isinstance(fill, Paint):
            return fill.over(WHITE)
        if fill == "unread":
            return None
    paper = colors.named("bg1")
    return paper.color if paper else WHITE


def _rectangular(element: Element) -> bool:
    look = element.find(f"{P}spPr")
    form = word(at(look, f"{A}prstGeom"), "prst", "rect")
    return at(look, f"{A}custGeom") is None and ("rect" in form.lower() or form.startswith("flowChartProcess"))

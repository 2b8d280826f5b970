"""The ground behind the words of a layout: backgrounds, bands, pictures and gradients that the master and the layout really paint.

A layout is painted small, from the bottom up as PowerPoint does. The colours behind a box are then counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO
from math import cos, radians, sin
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.brand.contrast import RGB, contrast_ratio
from reportgen.deck.package import A, P, Parts, R, read_relations, target_part
from reportgen.deck.shape_tree import find_box, list_members
from reportgen.deck.theme.colors.resolved_colors import FILLS, Color, ThemeColors
from reportgen.deck.values import Box
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_flag, get_int, iter_children, parse_share

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 160  # pixels of a painted slide
STRAY = 0.04  # the share of a box that may be illegible: a hairline, the edge of a logo
MOST_PIXELS = 40_000_000
WHITE: RGB = (1.0, 1.0, 1.0)
POLYGONS = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": ((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "homePlate": ((0, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0, 1)),
}
ROUND = ("ellipse", "donut", "chord", "pie", "flowChartConnector")


class Ground(Struct, frozen=True, dict=True):
    """The colours behind a box, each with its share of it, the largest first."""

    colors: tuple[tuple[float, RGB], ...]

    @property
    def main(self) -> RGB:
        return self.colors[0][1]

    def measure_share(self, color: RGB, least: float) -> float:
        """Return the share of the ground on which a colour has at least a contrast."""
        return sum(share for share, each in self.colors if contrast_ratio(color, each) >= least)

    def tint(self, color: RGB, alpha: float) -> Ground:
        """Return the ground below a colour of some opacity."""
        blended = (
            (share, tuple(alpha * mine + (1 - alpha) * its for mine, its in zip(color, each, strict=True)))
            for share, each in self.colors
        )
        return Ground(tuple((share, (red, green, blue)) for share, (red, green, blue) in blended))

    def measure_contrast(self, color: RGB) -> float:
        """Return the contrast that a colour has with all of the ground but a stray rest, from 1 to 21."""
        left = STRAY
        for ratio, share in sorted((contrast_ratio(color, each), share) for share, each in self.colors):
            left -= share
            if left < 0:
                return ratio
        return 1.0


class Painting(Struct, frozen=True, dict=True):
    """A layout without its placeholders, painted small."""

    image: Image
    slide: Box

    def find_ground(self, box: Box) -> Ground:
        """Return the colours behind a box (EMU)."""
        left, top = self._pixel(box.x, box.y)
        right, bottom = self._pixel(box.right, box.bottom)
        left, top = min(left, self.image.width - 1), min(top, self.image.height - 1)
        part = self.image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
        return _count_colors(part)

    def cover(self, box: Box, color: RGB) -> Painting:
        """Return the painting with a box painted over."""
        image = self.image.copy()
        left, top = self._pixel(box.x, box.y)
        right, bottom = self._pixel(box.right, box.bottom)
        image.paste(_to_bytes(color), (left, top, right, bottom))
        return Painting(image, self.slide)

    def _pixel(self, x: int, y: int) -> tuple[int, int]:
        across, down = x * self.image.width / self.slide.width, y * self.image.height / self.slide.height
        return max(0, round(across)), max(0, round(down))


def _count_colors(image: Image) -> Ground:
    pixels = image.width * image.height
    found = image.getcolors(pixels) or []
    if len(found) > 64:  # a picture or a gradient: near colours count as one
        found = image.quantize(32).convert("RGB").getcolors(pixels) or []
    ranked = sorted(found, key=lambda pair: -pair[0])
    return Ground(tuple((count / pixels, _to_rgb(color)) for count, color in ranked))


def _to_rgb(color: object) -> RGB:
    assert isinstance(color, tuple)  # as in every image of the mode RGB
    red, green, blue = color
    return red / 255, green / 255, blue / 255


def paint_layout(parts: Parts, layout: str, trees: Sequence[Element], colors: ThemeColors, slide: Box) -> Painting:
    """Paint a layout; `trees` are the layout's own and its master's, and `layout` is the name of its part."""
    return _Painter(parts, layout, trees, colors, slide).paint()


class _Painter:
    """Paints one layout on an image."""

    def __init__(self, parts: Parts, layout: str, trees: Sequence[Element], colors: ThemeColors, slide: Box) -> None:
        from PIL import Image

        self.parts, self.colors, self.slide = parts, colors, slide
        self.layout, self.master = trees
        self.names = (layout, _find_master(parts, layout))
        height = max(1, round(WIDTH * slide.height / max(1, slide.width)))
        self.image = Image.new("RGB", (WIDTH, height), "white")

    def paint(self) -> Painting:
        self._paint_background()
        shown = get_flag(self.layout, "showMasterSp", True)
        for tree, name in ((self.master, self.names[1]), (self.layout, self.names[0]))[0 if shown else 1 :]:
            for element, coordinates in list_members(tree.find(f"{P}cSld/{P}spTree")):
                box = find_box(element, coordinates)
                if box is not None and element.find(f"*/{P}nvPr/{P}ph") is None:
                    self._paint_shape(element, box, name)
        return Painting(self.image, self.slide)

    def _paint_background(self) -> None:
        paper = self.colors.find_named("bg1")
        self._fill(self.slide, paper or Color(WHITE))
        for tree, name in ((self.layout, self.names[0]), (self.master, self.names[1])):
            background = tree.find(f"{P}cSld/{P}bg")
            if background is None:
                continue
            fill, substitute = _find_fill(find(background, f"{P}bgPr")), None
            if fill is None and (reference := background.find(f"{P}bgRef")) is not None:
                fill, substitute = self._find_listed(reference, self.colors.backgrounds, 1001)
            if fill is not None and fill.tag != f"{A}noFill":
                self._paint(self.slide, fill, substitute, name)
                return

    def _find_listed(
        self, reference: Element, listed: Sequence[Element], first: int
    ) -> tuple[Element | None, Color | None]:
        """Return the theme's fill that a reference names by its number, and the colour that the reference puts in it."""
        number = get_int(reference, "idx")
        if number > 1000 and first == 1:
            listed, first = self.colors.backgrounds, 1001
        place = number - first
        return (listed[place] if 0 <= place < len(listed) else None), self.colors.find_color(reference)

    def _paint_shape(self, element: Element, box: Box, name: str) -> None:
        if element.tag == f"{P}pic":
            self._paint_picture(box, element.find(f"{P}blipFill"), name, _Outline(element, box))
            return
        if element.tag != f"{P}sp":
            return
        fill, substitute = _find_fill(element.find(f"{P}spPr")), None
        if fill is None and (reference := element.find(f"{P}style/{A}fillRef")) is not None:
            fill, substitute = self._find_listed(reference, self.colors.fills, 1)
        if fill is not None:
            self._paint(box, fill, substitute, name, _Outline(element, box))

    def _paint(
        self, box: Box, fill: Element, substitute: Color | None, name: str, outline: _Outline | None = None
    ) -> None:
        match fill.tag.removeprefix(A):
            case "solidFill":
                if color := self.colors.find_color(fill, substitute):
                    self._fill(box, color, outline)
            case "gradFill":
                self._paint_gradient(box, fill, substitute, outline)
            case "blipFill":
                self._paint_picture(box, fill, name, outline)
            case "pattFill":
                found = (self.colors.find_color(fill.find(f"{A}{each}"), substitute) for each in ("bgClr", "fgClr"))
                for place, color in enumerate(each for each in found if each):
                    self._fill(box, Color(color.rgb, color.alpha if place == 0 else color.alpha / 2), outline)

    def _fill(self, box: Box, color: Color, outline: _Outline | None = None) -> None:
        from PIL import Image

        self._lay(Image.new("RGB", (1, 1), _to_bytes(color.rgb)), box, color.alpha, outline)

    def _paint_gradient(self, box: Box, fill: Element, substitute: Color | None, outline: _Outline | None) -> None:
        from PIL import Image

        stops = sorted(
            (parse_share(get_attribute(each, "pos"), 0.0), color)
            for each in fill.iterfind(f"{A}gsLst/{A}gs")
            if (color := self.colors.find_color(each, substitute))
        )
        if not stops:
            return
        if fill.find(f"{A}path") is not None:
            ramp = Image.radial_gradient("L")
        else:
            angle = get_int(fill.find(f"{A}lin"), "ang") / 60_000
            ramp = _turn(Image.linear_gradient("L"), angle)
        tables = [_spread([(at, color.rgb[channel]) for at, color in stops]) for channel in range(3)]
        alphas = _spread([(at, color.alpha) for at, color in stops])
        image = Image.merge("RGB", [ramp.point(table) for table in tables])
        self._lay(image, box, 1.0, outline, ramp.point(alphas))

    def _paint_picture(self, box: Box, fill: Element | None, name: str, outline: _Outline | None) -> None:
        """Paint a picture; one that cannot be read is left out, as its colours are unknown."""
        from PIL import Image

        blip = find(fill, f"{A}blip")
        key = get_attribute(blip, f"{R}embed")
        relation = next((each for each in read_relations(self.parts, name) if each.get("Id") == key), None)
        data = b"" if relation is None else self.parts.get(target_part(name, relation), b"")
        try:
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return
                picture.draft("RGB", (2 * WIDTH, 2 * WIDTH))
                shown = picture.convert("RGBA")
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return
        crop = find(fill, f"{A}srcRect")
        if crop is not None:
            left, top, right, bottom = (parse_share(get_attribute(crop, side), 0.0) for side in "ltrb")
            area = (left * shown.width, top * shown.height, (1 - right) * shown.width, (1 - bottom) * shown.height)
            if area[2] > area[0] + 1 and area[3] > area[1] + 1:
                shown = shown.crop(tuple(round(each) for each in area))  # type: ignore[arg-type]
        opacity = parse_share(get_attribute(find(blip, f"{A}alphaModFix"), "amt"), 1.0)
        self._lay(shown.convert("RGB"), box, opacity, outline, shown.getchannel("A"))

    def _lay(self, image: Image, box: Box, opacity: float, outline: _Outline | None, mask: Image | None = None) -> None:
        """Lay an image over a box, through its own mask and the shape's outline."""
        from PIL import Image, ImageChops

        scale = self.image.width / self.slide.width
        left, top = round(box.x * scale), round(box.y * scale)
        width, height = (max(1, round(each * scale)) for each in (box.width, box.height))
        limit = 4 * WIDTH  # a shape may be far larger than its slide
        if width > limit or height > limit:
            left, top, width, height = 0, 0, self.image.width, self.image.height
            outline = None
        stencil = outline.draw(width, height) if outline else Image.new("L", (width, height), 255)
        if mask is not None:
            stencil = ImageChops.multiply(stencil, mask.resize((width, height)))
        if opacity < 1:
            stencil = stencil.point([round(value * opacity) for value in range(256)])
        self.image.paste(image.resize((width, height)), (left, top), stencil)


class _Outline(Struct, frozen=True, dict=True):
    """The outline of a shape in its box."""

    element: Element
    box: Box

    @cached_property
    def points(self) -> tuple[tuple[float, float], ...]:
        """The corners of a shape that is a polygon or a free form, as shares of its box; empty for a rectangle."""
        geometry = find(self.element.find(f"{P}spPr"), f"{A}custGeom/{A}pathLst/{A}path")
        if geometry is not None:
            width, height = get_int(geometry, "w"), get_int(geometry, "h")
            if width and height:
                return tuple((x / width, y / height) for x, y in _list_points(geometry))
        return POLYGONS.get(self.form, ())

    @property
    def form(self) -> str:
        return get_attribute(find(self.element.find(f"{P}spPr"), f"{A}prstGeom"), "prst", "rect")

    def draw(self, width: int, height: int) -> Image:
        """Return a mask of the shape, mirrored as it is; rotation has gone into its box."""
        from PIL import Image, ImageDraw, ImageOps

        if not self.points and self.form not in ROUND:
            return Image.new("L", (width, height), 255)
        mask = Image.new("L", (width, height), 0)
        brush = ImageDraw.Draw(mask)
        if self.points:
            brush.polygon([(x * (width - 1), y * (height - 1)) for x, y in self.points], fill=255)
        else:
            brush.ellipse((0, 0, width - 1, height - 1), fill=255)
        transform = self.element.find(f"{P}spPr/{A}xfrm")
        if get_flag(transform, "flipH"):
            mask = ImageOps.mirror(mask)
        return ImageOps.flip(mask) if get_flag(transform, "flipV") else mask


def _list_points(path: Element) -> Iterator[tuple[int, int]]:
    """Yield the points of a free form's path; of a curve, its end and its handles, which are near enough."""
    for step in iter_children(path):
        for point in step.iterfind(f"{A}pt"):
            yield get_int(point, "x"), get_int(point, "y")


def _find_fill(properties: Element | None) -> Element | None:
    return next((each for each in iter_children(properties) if each.tag in FILLS), None)


def _find_master(parts: Parts, layout: str) -> str:
    relations = read_relations(parts, layout)
    return next((target_part(layout, each) for each in relations if each.get("Type", "").endswith("/slideMaster")), "")


def _turn(ramp: Image, angle: float) -> Image:
    """Return a ramp from black at the top to white at the bottom, turned so that it runs at an angle (degrees, 0 = to the right)."""
    from PIL import Image

    size = ramp.width
    turned = ramp.rotate(90 - angle, Image.Resampling.BILINEAR, fillcolor=128) if angle % 90 else ramp
    if angle % 90 == 0:
        return ramp.rotate(90 - angle)
    reach = abs(cos(radians(angle))) + abs(sin(radians(angle)))
    inner = round(size / reach / 2)
    return turned.crop((size // 2 - inner, size // 2 - inner, size // 2 + inner, size // 2 + inner)).resize(
        (size, size)
    )


def _spread(stops: Sequence[tuple[float, float]]) -> list[int]:
    """Return 256 values between stops (place and value, both from 0 to 1), from 0 to 255."""
    found = []
    for step in range(256):
        at = step / 255
        below = max((stop for stop in stops if stop[0] <= at), default=stops[0])
        above = min((stop for stop in stops if stop[0] >= at), default=stops[-1])
        share = (at - below[0]) / (above[0] - below[0]) if above[0] > below[0] else 0.0
        found.append(round(255 * (below[1] + share * (above[1] - below[1]))))
    return found


def _to_bytes(color: RGB) -> tuple[int, int, int]:
    red, green, blue = (round(255 * min(1.0, max(0.0, channel))) for channel in color)
    return red, green, blue

"""Shapes and pictures of a page, and the graphics state that decides whether its letters can be seen.

pdfminer's interpreter follows the text and ignores most of the graphics state. `painter_class` adds what decides on what
a reader sees: clips (by their bounding boxes), opacity, masks, layers, and the state that a form inherits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, low, right and high."""
Color = tuple[float, float, float]
Key = int | str
"""The number of a piece of marked content, "Artifact", or "" where there is no mark."""

EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
CLIP_MODES = range(4, 8)  # text render modes that clip what follows to the letters
NORMAL = ("Normal", "Compatible")  # blend modes that paint a colour as it is
OPAQUE_SPACES = ("Separation", "DeviceN", "Indexed", "Lab", "CalRGB", "CalGray", "Pattern", "unknown")
"""Colour spaces whose numbers are no colours."""


class Shape(Struct, frozen=True):
    """A path, a picture or a shading, in points from the page's lower left.

    `box` is what its clip leaves of it. `fill` and `stroke` are its colours, None where it has none or one that cannot be
    known; `points` are the ends of its segments, `parts` the number of its segments.
    """

    order: int
    key: Key
    kind: str
    box: Box
    fill: Color | None = None
    stroke: Color | None = None
    weight: float = 0.0
    dashed: bool = False
    curved: bool = False
    parts: int = 0
    points: tuple[tuple[float, float], ...] = ()

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def intersect(one: Box, other: Box) -> Box:
    """Return what two boxes share; NOWHERE if that is nothing."""
    left, low, right, high = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return (left, low, right, high) if left <= right and low <= high else NOWHERE


def transform_box(box: Sequence[float], matrix: Sequence[float]) -> Box:
    """Return the box around a transformed box."""
    left, low, right, high = (float(edge) for edge in box)
    return box_of(transform(x, y, matrix) for x, y in ((left, low), (left, high), (right, low), (right, high)))


def transform(x: float, y: float, matrix: Sequence[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def to_rgb(color: Any, space: Any) -> Color | None:
    """Return pdfminer's colour as red, green and blue; None for a pattern, and for numbers that are no colour."""
    if getattr(space, "name", "") in OPAQUE_SPACES:
        return None
    if isinstance(color, int | float):
        return (float(color),) * 3
    if isinstance(color, tuple) and all(isinstance(part, int | float) for part in color):
        if len(color) == 3:
            return color
        if len(color) == 4:
            cyan, magenta, yellow, black = color
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


CORNERS = (8, 10)  # of two boxes, closed or with their first corner again


def _sides(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of the four sides of a frame; nothing where two parts of a path are no frame."""
    half = len(points) // 2
    if len(points) not in CORNERS or not (_is_upright(points[:half]) and _is_upright(points[half:])):
        return
    outer, inner = sorted((box_of(points[:half]), box_of(points[half:])), key=lambda box: box[0] - box[2])
    left, low, right, high = outer
    if left <= inner[0] and low <= inner[1] and inner[2] <= right and inner[3] <= high:
        for box in (
            (left, inner[3], right, high), (left, low, right, inner[1]), (left, low, inner[0], high), (inner[2], low, right, high),
        ):  # fmt: skip
            if box[0] < box[2] and box[1] < box[3]:
                yield [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]


@cache
def painter_class() -> type[Any]:
    """Return pdfminer's interpreter with the operators that paint; pdfminer is imported late.

    Its device has `paint_shape`, `paint_area`, `note_layer`, and `form_clip`, the box of the form that is entered.
    """
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import literal_name

    class State(PDFGraphicState):
        """A graphics state that knows its clip, its opacity, and whether anything else hides what it paints."""

        def __init__(self) -> None:
            super().__init__()
            self.linewidth = 1.0
            self.clip: Box = EVERYWHERE
            self.is_clip_plain = True
            self.opacity = self.stroke_opacity = 1.0
            self.mask = ""

        def copy(self) -> State:
            other = State.__new__(State)
            other.__dict__.update(self.__dict__)
            return other

    class Painter(PDFPageInterpreter):
        inherited: State | None = None
        graphicstate: State
        device: Any

        def subinterp(self) -> Any:
            below: Any = super().subinterp()
            below.inherited = self.graphicstate.copy()
            return below

        def init_state(self, ctm: Any) -> None:
            super().init_state(ctm)
            self.graphicstate = self.inherited.copy() if self.inherited else State()
            self.graphicstate.clip = intersect(self.graphicstate.clip, self.device.form_clip)
            self.clips_next = False

        def do_gs(self, name: Any) -> None:
            states = resolve1((self.resources or {}).get("ExtGState")) or {}
            values = resolve1(states.get(literal_name(name))) or {}
            state = self.graphicstate
            for key, attribute in (("ca", "opacity"), ("CA", "stroke_opacity")):
                value = resolve1(values.get(key))
                if isinstance(value, int | float):
                    setattr(state, attribute, float(value))
            if "SMask" in values:
                mask = resolve1(values["SMask"])
                state.mask = "" if getattr(mask, "name", "") == "None" else "behind a mask"
            if "BM" in values:
                modes = resolve1(values["BM"])
                names = [
                    getattr(resolve1(mode), "name", "") for mode in (modes if isinstance(modes, list) else [modes])
                ]
                if names and names[0] not in NORMAL:
                    state.mask = "mixed with what is under it"
            if "Font" in values and (font := resolve1(values["Font"])) and len(font) == 2:
                self.textstate.font = self.rsrcmgr.get_font(None, resolve1(font[0]))
                self.textstate.fontsize = float(resolve1(font[1]))

        def do_cs(self, name: Any) -> None:
            self.graphicstate.ncs = self._space(name, PDFColorSpace)
            self.graphicstate.ncolor = 0

        def do_CS(self, name: Any) -> None:
            self.graphicstate.scs = self._space(name, PDFColorSpace)
            self.graphicstate.scolor = 0

        def _space(self, name: Any, make: Any) -> Any:
            return self.csmap.get(literal_name(name)) or make("unknown", 0)

        def do_scn(self) -> None:
            if self.graphicstate.ncs.name != "unknown":
                super().do_scn()

        def do_SCN(self) -> None:
            if self.graphicstate.scs.name != "unknown":
                super().do_SCN()

        def do_sc(self) -> None:
            self.do_scn()

        def do_SC(self) -> None:
            self.do_SCN()

        def do_W(self) -> None:
            self.clips_next = True

        do_W_a = do_W

        def do_S(self) -> None:
            self._paint(stroke=True)

        def do_s(self) -> None:
            self.do_h()
            self._paint(stroke=True)

        def do_f(self) -> None:
            self._paint(fill=True)

        do_F = do_f

        def do_f_a(self) -> None:
            """Fill by the even-odd rule: two boxes, one in the other, are a frame, on which no letter stands."""
            points, curved, _ = _ends(self.curpath, self.ctm)
            sides = [] if curved or self.clips_next else list(_sides(points))
            for side in sides:
                self.device.paint_shape(self.graphicstate, False, True, side, False, 1)
            if sides:
                self.curpath = []
            self._paint(fill=True)

        def do_B(self) -> None:
            self._paint(stroke=True, fill=True)

        do_B_a = do_B

        def do_b(self) -> None:
            self.do_h()
            self.do_B()

        do_b_a = do_b

        def do_n(self) -> None:
            self._paint()

        def _paint(self, stroke: bool = False, fill: bool = False) -> None:
            """Paint the path, then clip by it where that was asked for."""
            points, curved, parts = _ends(self.curpath, self.ctm)
            state = self.graphicstate
            if points and (stroke or fill):
                self.device.paint_shape(state, stroke, fill, points, curved, parts)
            if self.clips_next:
                state.clip = intersect(state.clip, box_of(points)) if points else NOWHERE
                state.is_clip_plain = state.is_clip_plain and _is_upright(points) and not curved
                self.clips_next = False
            self.curpath = []

        def do_sh(self, name: Any) -> None:  # noqa: ARG002
            self.device.paint_area(self.graphicstate, "shading", self.graphicstate.clip)

        def do_Do(self, name: Any) -> None:
            target = resolve1(self.xobjmap.get(literal_name(name)))
            if target is not None and "OC" in getattr(target, "attrs", {}):
                self.device.note_layer()
            if target is not None and getattr(target.get("Subtype"), "name", "") == "Image":
                box = transform_box((0, 0, 1, 1), self.ctm)
                self.device.paint_area(self.graphicstate, "picture", box)
                return
            clip = self.device.form_clip
            super().do_Do(name)
            self.device.form_clip = clip
            self.device.set_ctm(self.ctm)

        def do_EI(self, picture: Any) -> None:  # noqa: ARG002
            self.device.paint_area(self.graphicstate, "picture", transform_box((0, 0, 1, 1), self.ctm))

    return Painter


def _ends(path: Sequence[tuple[Any, ...]], matrix: Sequence[float]) -> tuple[list[tuple[float, float]], bool, int]:
    """Return the ends of a path's segments on the page, whether it has curves, and the number of its segments.

    A move that nothing follows paints nothing. A curve adds its control points, which its bounding box may need.
    """
    points: list[tuple[float, float]] = []
    start: tuple[float, float] | None = None
    is_open, curved, parts = False, False, 0
    for operator, *numbers in path:
        if operator == "m":
            start, is_open = (numbers[0], numbers[1]), False
        elif operator != "h" and start is not None:
            if not is_open:
                points.append(transform(*start, matrix))
                is_open = True
            curved, parts = curved or operator != "l", parts + 1
            points += [transform(numbers[at], numbers[at + 1], matrix) for at in range(0, len(numbers), 2)]
    return points, curved, parts


def _is_upright(points: Sequence[tuple[float, float]]) -> bool:
    """Say whether a path's sides are all upright or level: such a clip is its bounding box, or nearly."""
    return all(abs(x1 - x2) < 0.01 or abs(y1 - y2) < 0.01 for (x1, y1), (x2, y2) in pairwise(points))

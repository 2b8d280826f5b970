"""Read what a page paints: its letters by marked content, each with the reason why nobody sees it, and its shapes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import contrast_ratio
from reportgen.pdf.reading.content_stream import interpreter_class
from reportgen.pdf.reading.letters import Letter, merge_letters, name_of
from reportgen.pdf.reading.painting import (
    CLIP_MODES,
    EVERYWHERE,
    NOWHERE,
    Box,
    Color,
    Key,
    Shape,
    box_of,
    intersect,
    to_rgb,
    transform_box,
)

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

PAPER: Color = (1.0, 1.0, 1.0)
FAINT = 0.3  # less opacity cannot be read
SMALLEST = 3.0  # points of type that can be read
SQUEEZED = 0.3  # share of a letter's height: narrower letters cannot be read
LEGIBLE = 1.9  # contrast ratio between a letter and its ground
TURNED = 0.05  # slope of a line of text
OUTLINE = 0.04  # em: a thicker outline changes how a letter looks
MIDDLE = 0.3  # em above the baseline, the middle of small letters
OVERPRINT = "under other letters"
WIDEST = 200  # bands that a letter is looked up in
OVERPRINTED = 0.6  # share of a letter's width, and of another's height
COVERED = 0.3  # share of a letter's box
BAND = 8.0  # points: letters are looked up by bands of this height
THIN = 2.5  # points: a rule
STRUCK = (-0.25, 0.62)  # em around the baseline, where a rule strikes words out or underlines them


class PageContent(Struct):
    """The contents of a page: groups of letters in the order of painting, shapes, and the glyphs of each font.

    A group's key is the number of its marked content, "Artifact", or "" where there is no mark.
    """

    groups: list[tuple[Key, list[Letter]]] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    glyphs: dict[Any, dict[int, str]] = field(default_factory=dict)
    """By font, the codes that are shown and the texts that they stand for."""
    unmapped: int = 0
    """Letters that no font maps to a character."""
    descriptions: list[str] = field(default_factory=list)
    """Alternative texts and expansions that stand in the page's content."""
    layers: int = 0
    """Passages and forms that belong to a layer."""


def read_page(page: PDFPage, manager: Any) -> PageContent:
    """Return the contents of one page; `manager` keeps fonts from page to page."""
    content = PageContent()
    device = _build_device(manager, content)
    device.interpreter = interpreter_class()(manager, device)
    device.interpreter.process_page(page)
    _mark_covered(content)
    return content


def _build_device(manager: Any, content: PageContent) -> Any:
    """Return the device that pdfminer's interpreter paints on; it collects what it is told in `content`."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import MATRIX_IDENTITY, decode_text, mult_matrix

    class Device(PDFTextDevice):
        def __init__(self) -> None:
            super().__init__(manager)
            self.interpreter: Any = None
            self.form_clip = self.area = EVERYWHERE
            self.order = self.mode = 0
            self.grounds = _Grounds()
            self.stack: list[Key] = []
            self.actual: list[tuple[str | None, int]] = []
            self.enter("")

        def begin_page(self, page: Any, ctm: Any) -> None:
            self.area = intersect(transform_box(page.mediabox, ctm), transform_box(page.cropbox, ctm))

        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002
            self.form_clip = transform_box(bbox, mult_matrix(matrix, self.ctm or MATRIX_IDENTITY))

        def enter(self, key: Key) -> None:
            content.groups.append((key, []))

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            """Open a group; text inside a mark without a number belongs to the mark around it."""
            if name_of(tag) == "OC":
                self.note_layer()
            if name_of(props):
                props = (resolve1(self.interpreter.resources.get("Properties")) or {}).get(name_of(props))
            props = resolve1(props)
            number = props.get("MCID") if isinstance(props, dict) else None
            inherited = self.stack[-1] if self.stack else ""
            self.stack.append(number if number is not None else "Artifact" if name_of(tag) == "Artifact" else inherited)
            actual = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
            self.actual.append((decode_text(actual) if isinstance(actual, bytes) else None, len(content.groups)))
            for key in ("Alt", "E") if isinstance(props, dict) else ():
                if isinstance(said := resolve1(props.get(key)), bytes):
                    content.descriptions.append(decode_text(said))
            self.enter(self.stack[-1])

        def end_tag(self) -> None:
            """Close a group; its /ActualText takes the place of all letters inside, those of marks within it too."""
            if self.stack:
                self.stack.pop()
                actual, first = self.actual.pop()
                if actual is not None and (letters := [each for _, group in content.groups[first:] for each in group]):
                    for _, group in content.groups[first:]:
                        group.clear()
                    content.groups[first][1].append(merge_letters(letters, actual))
            self.enter(self.stack[-1] if self.stack else "")

        def note_layer(self) -> None:
            content.layers += 1

        def paint_shape(
            self, state: Any, stroke: bool, fill: bool, points: list[tuple[float, float]], curved: bool, parts: int
        ) -> None:
            reach = state.linewidth / 2 if stroke else 0.0
            left, low, right, high = box_of(points)
            box = intersect(state.clip, (left - reach, low - reach, right + reach, high + reach))
            fill, stroke = fill and state.opacity > 0, stroke and state.stroke_opacity > 0
            if box == NOWHERE or not parts or not (fill or stroke):
                return
            inside, edge = to_rgb(state.ncolor, state.ncs), to_rgb(state.scolor, state.scs)
            unknown = (fill and inside is None) or (stroke and edge is None)
            shape = Shape(
                self.order, content.groups[-1][0], "pattern" if unknown else "path", box, inside if fill else None,
                edge if stroke else None, state.linewidth if stroke else 0.0, bool(state.dash and state.dash[0]), curved,
                parts, tuple(points),
            )  # fmt: skip
            self.add_shape(shape, is_ground=fill and state.opacity > FAINT)

        def paint_area(self, state: Any, kind: str, box: Box) -> None:
            self.add_shape(Shape(self.order, content.groups[-1][0], kind, intersect(state.clip, box)), is_ground=True)

        def add_shape(self, shape: Shape, is_ground: bool) -> None:
            self.order += 1
            content.shapes.append(shape)
            if is_ground:
                self.grounds.add(shape)

        def render_string(self, textstate: Any, *rest: Any) -> None:
            self.mode = textstate.render
            super().render_string(textstate, *rest)

        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, state: Any
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
                content.unmapped += 1
            content.glyphs.setdefault(font, {})[cid] = text
            advance = float(font.char_width(cid) * fontsize * scaling)
            size = abs(fontsize) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
            breadth = abs(fontsize * scaling) * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5
            x, y = matrix[4] + rise * matrix[2], matrix[5] + rise * matrix[3]
            letter = Letter(text, x, y, x + advance * matrix[0], size, order=self.order)
            self.order += 1
            if not text.isspace():
                is_upright = matrix[0] > 0 < matrix[3] and abs(matrix[1]) < TURNED * matrix[0]
                flaw = self.find_flaw(letter, breadth, ncs, state) or ("" if is_upright else "turned or mirrored")
                letter = replace(letter, flaw=flaw) if flaw else letter
            content.groups[-1][1].append(letter)
            return advance

        def find_flaw(self, letter: Letter, breadth: float, ncs: Any, state: Any) -> str:
            """Return why a letter cannot be seen, before anything is painted over it."""
            fills, strokes = self.mode in (0, 2, 4, 6), self.mode in (1, 2, 5, 6)
            middle = (letter.x + letter.end) / 2, letter.y + letter.size * MIDDLE
            if not fills and not strokes:
                return "painted invisibly"
            if self.mode in CLIP_MODES:
                return "used as a clip"
            if (state.opacity if fills else state.stroke_opacity) < FAINT:
                return "transparent"
            if state.mask:
                return str(state.mask)
            if letter.size < SMALLEST or breadth < SQUEEZED * letter.size:
                return "too small to read"
            if not _is_inside(middle, self.area):
                return "outside the page"
            if not (state.is_clip_plain and _is_inside(middle, state.clip)):
                return "clipped away"
            color = to_rgb(state.ncolor, ncs) if fills else to_rgb(state.scolor, state.scs)
            if color is None:
                return "in a colour that cannot be known"
            ground = self.grounds.at(letter, middle)
            colors = [color]
            if fills and strokes and state.linewidth > OUTLINE * letter.size:  # the outline covers the letter
                colors.append(to_rgb(state.scolor, state.scs) or color)
            if ground is not None and any(contrast_ratio(each, ground) < LEGIBLE for each in colors):
                return "in the colour of its ground"
            return ""

    return Device()


class _Grounds:
    """The shapes that letters may stand on; the last one painted is on top."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.line: tuple[float, int] = (0.0, -1)
        self.nearby: list[Shape] = []

    def add(self, shape: Shape) -> None:
        if shape.width > SMALLEST and shape.height > SMALLEST:
            self.shapes.append(shape)

    def at(self, letter: Letter, middle: tuple[float, float]) -> Color | None:
        """Return the colour under a letter, None where it is no single one."""
        if self.line != (letter.y, len(self.shapes)):
            self.line = letter.y, len(self.shapes)
            self.nearby = [each for each in reversed(self.shapes) if each.box[1] <= middle[1] <= each.box[3]]
        ground = next((each for each in self.nearby if each.box[0] <= middle[0] <= each.box[2]), None)
        return ground.fill if ground else PAPER


def _is_inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _mark_covered(content: PageContent) -> None:
    """Give each letter that something is painted over, or that a rule crosses, its flaw."""
    flaws = dict(_find_covered(content))
    if flaws:
        for _, letters in content.groups:
            letters[:] = [_with_flaw(letter, flaws) for letter in letters]


def _with_flaw(letter: Letter, flaws: dict[int, str]) -> Letter:
    orders = [each.order for each in letter.painted] or [letter.order]
    flaw = next((flaws[order] for order in orders if order in flaws), "")
    return replace(letter, flaw=flaw) if flaw and not letter.flaw else letter


def _find_covered(content: PageContent) -> Iterator[tuple[int, str]]:
    """Yield the order and the flaw of each letter that a shape covers or crosses."""
    bands: dict[int, list[Letter]] = defaultdict(list)
    for _, letters in content.groups:
        for letter in letters:
            for each in letter.painted or (letter,):
                if not each.text.isspace():
                    bands[int(each.y // BAND)].append(each)
    fills = [shape for shape in content.shapes if shape.fill]
    for shape in content.shapes:
        _, low, _, high = shape.box
        first, last = low // BAND - 2, high // BAND + 1
        for letter in (each for band, group in bands.items() if first <= band <= last for each in group):
            flaw = _cover(shape, letter)
            if flaw and not any(_hides(fill, shape, letter) for fill in fills):
                yield letter.order, flaw
    yield from _find_overprinted(letter for band in bands.values() for letter in band)


def _find_overprinted(letters: Iterable[Letter]) -> Iterator[tuple[int, str]]:
    """Yield the order and the flaw of each letter that another letter is painted over. Accents stand on theirs."""
    cells: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        if unicodedata.category(letter.text[:1] or " ")[0] == "M" or letter.end <= letter.x:
            continue
        start = int(letter.x // BAND)
        row, columns = int(letter.y // BAND), range(start, min(int(letter.end // BAND), start + WIDEST) + 1)
        near = (other for column in columns for at in (row - 1, row, row + 1) for other in cells.get((column, at), ()))
        for other in near:
            if other.end <= letter.x or letter.end <= other.x:
                continue
            first, last = sorted((letter, other), key=lambda each: each.order)
            shared = min(letter.end, other.end) - max(letter.x, other.x)
            if shared > OVERPRINTED * (first.end - first.x) and abs(letter.y - other.y) < OVERPRINTED * last.size:
                yield first.order, OVERPRINT
        for column in columns:
            cells[column, row].append(letter)


def _hides(fill: Shape, shape: Shape, letter: Letter) -> bool:
    """Say whether a shape below a letter is itself painted over before the letter stands there."""
    middle = (letter.x + letter.end) / 2, letter.y + letter.size * MIDDLE
    return shape.order < fill.order < letter.order and _is_inside(middle, fill.box)


def _cover(shape: Shape, letter: Letter) -> str:
    """Return what a shape does to a letter, "" where both can be seen."""
    left, low, right, high = shape.box
    size = letter.size
    wide = min(right, letter.end) - max(left, letter.x)
    if wide < COVERED * (letter.end - letter.x):
        return ""
    is_rule = shape.kind == "path" and shape.height < THIN and shape.width > size
    if is_rule:
        begin, end = letter.y + STRUCK[0] * size, letter.y + STRUCK[1] * size
        return "under a line" if begin < (low + high) / 2 < end else ""
    if shape.order < letter.order or (shape.fill is None and shape.kind == "path" and shape.weight < size / 2):
        return ""
    tall = min(high, letter.y + 0.7 * size) - max(low, letter.y - 0.1 * size)
    return "under something painted later" if tall > COVERED * 0.8 * size else ""

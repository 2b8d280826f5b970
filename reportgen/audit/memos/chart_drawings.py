"""Compare the drawings of a memo's charts with those of the brief: each bar, line, mark and label in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.audit_report import Place, ReportBuilder
from reportgen.charts.paint import DOT_EDGE, EDGE, TINT, is_continued, mix_colors, place_lines
from reportgen.charts.scene import SHARES, Role, Scene, SceneDot, SceneLine, ScenePolygon, SceneRect, SceneText
from reportgen.charts.style import Style
from reportgen.pdf.reading.painting import Box, Color, Shape

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.pdf.reading.pdf_reader import Drawing

NEAR = 0.6  # points between where a mark is and where it should be
NEAR_LABEL = 2.0  # the same for labels, whose lines are measured
SAME_COLOR = 0.012  # difference of red, green or blue
OUTLINE = 1.6  # em: shapes no higher may be letters, where letters are outlines


class Expected(Struct, frozen=True):
    """A mark that a chart should have, in points from the drawing's upper left; `points` only where it is a line."""

    name: str
    box: Box
    fill: Color | None
    stroke: Color | None
    points: tuple[tuple[float, float], ...] = ()
    weight: float = 0.0
    is_dashed: bool = False
    is_round: bool = False


class Fit(Struct, frozen=True):
    """The scale and the place of a scene on its page; the place is in the measures of the scene."""

    scale: float
    x: float
    y: float

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page, y growing downwards, in the measures of the scene."""
        return x / self.scale - self.x, y / self.scale - self.y


def compare_drawing(
    scene: Scene, drawing: Drawing, brand: Brand, style: Style, has_outlines: bool, report: ReportBuilder
) -> None:
    """Report marks of a chart that are missing, added, moved or coloured otherwise, and labels in other places.

    `has_outlines` says that its letters are outlines.
    """
    place = Place(page=drawing.page, shape="chart")
    expected = [*_expect_marks(scene, brand)]
    found = [_turn_down(shape) for shape in drawing.shapes]
    fit = _fit(expected, found, drawing, style)
    left = [_place(each, fit) for each in found]
    for mark in expected:
        same = next((each for each in left if _is_same(mark, each)), None)
        if same:
            left.remove(same)
        else:
            message = f"{mark.name} of the chart is not where the brief draws it, or is drawn otherwise"
            report.add("disagreement", message, place)
    boxes = [(item.x, item.y, item.x + item.width, item.y + item.height) for item in _texts(scene)]
    if any(not (has_outlines and _is_outline(each, boxes, style)) for each in left):
        report.add("added", "something is drawn in the chart that the brief does not draw", place)
    if not has_outlines:
        _compare_labels(scene, drawing, style, fit, report)


def _texts(scene: Scene) -> list[SceneText]:
    return [item for item in scene.items if isinstance(item, SceneText)]


def _expect_marks(scene: Scene, brand: Brand) -> Iterator[Expected]:
    def color(role: Role) -> Color:
        return _rgb(brand.colors[role])

    lines: list[SceneLine] = []
    for item in (*scene.items, None):
        if lines and not (isinstance(item, SceneLine) and is_continued(lines[-1], item)):
            points = ((lines[0].x1, lines[0].y1), *((line.x2, line.y2) for line in lines))
            yield Expected("a line", _box(points), None, color(lines[0].role), points, lines[0].weight, lines[0].dashed)
            lines = []
        match item:
            case SceneLine():
                lines.append(item)
            case SceneRect():
                yield from _expect_rect(item, brand)
            case ScenePolygon():
                yield Expected("an area", _box(item.points), color(item.role), None, item.points)
            case SceneDot():
                reach = item.diameter / 2
                box = (item.x - reach, item.y - reach, item.x + reach, item.y + reach)
                is_open = item.texture != "solid"
                yield Expected(
                    "a mark", box, color("paper" if is_open else item.role), color(item.role) if is_open else None,
                    (), DOT_EDGE if is_open else 0.0, is_round=True,
                )  # fmt: skip


def _expect_rect(rect: SceneRect, brand: Brand) -> Iterator[Expected]:
    box = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
    color = brand.colors[rect.role]
    if rect.texture == "solid":
        yield Expected("a bar", box, _rgb(color), None)
        return
    yield Expected(
        "a bar", box, _rgb(mix_colors(color, brand.colors["paper"], TINT)), _rgb(color), (), EDGE, is_dashed=True
    )


def _rgb(color: str) -> Color:
    red, green, blue = bytes.fromhex(color[1:7])
    return red / 255, green / 255, blue / 255


def _box(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _turn_down(shape: Shape) -> Expected:
    """Return a shape of the file with y growing downwards, without the width of its outline."""
    points = tuple((x, -y) for x, y in shape.points)
    left, low, right, high = shape.box
    box = _box(points) if points else (left, -high, right, -low)
    return Expected(
        shape.kind,
        box,
        shape.fill,
        shape.stroke,
        () if shape.curved else points,
        shape.weight,
        shape.dashed,
        shape.curved,
    )


def _place(each: Expected, fit: Fit) -> Expected:
    """Return a shape of the file in the measures of the scene."""
    (left, top), (right, bottom) = fit.back(*each.box[:2]), fit.back(*each.box[2:])
    points = tuple(fit.back(*point) for point in each.points)
    return replace(each, box=(left, top, right, bottom), points=points)


def _fit(expected: Sequence[Expected], found: Sequence[Expected], drawing: Drawing, style: Style) -> Fit:
    """Return the scale and the place that most marks agree on; the sizes of labels and the weights of lines tell the scale."""
    sizes = [letter.size for letter in drawing.letters]
    scales = [1.0, *([median(sizes) / style.size] if sizes else [])]
    weights = [[each.weight for each in row if each.weight] for row in (found, expected)]
    scales += [median(weights[0]) / median(weights[1])] if all(weights) else []
    fits = [_find_shift(expected, found, scale) for scale in scales]
    return max(fits, key=lambda fit: sum(any(_is_same(mark, _place(each, fit)) for each in found) for mark in expected))


def _find_shift(expected: Sequence[Expected], found: Sequence[Expected], scale: float) -> Fit:
    """Return where the drawing stands, as most marks of equal colours and size have it."""
    placed = [_place(each, Fit(scale, 0.0, 0.0)) for each in found]
    shifts = [
        (each.box[0] - mark.box[0], each.box[1] - mark.box[1])
        for mark in expected
        for each in placed
        if _has_same_colors(mark, each) and _has_same_size(mark, each)
    ]
    if not shifts:
        return Fit(scale, 0.0, 0.0)
    best = max(shifts, key=lambda shift: sum(_is_close(shift, other, NEAR / 2) for other in shifts))
    near = [shift for shift in shifts if _is_close(shift, best, NEAR / 2)]
    return Fit(scale, median(x for x, _ in near), median(y for _, y in near))


def _is_close(one: Sequence[float], other: Sequence[float], distance: float = NEAR) -> bool:
    return all(abs(a - b) <= distance for a, b in zip(one, other, strict=True))


def _has_same_colors(one: Expected, other: Expected) -> bool:
    pairs = ((one.fill, other.fill), (one.stroke, other.stroke))
    return all((a is None) == (b is None) and (not a or not b or _is_close(a, b, SAME_COLOR)) for a, b in pairs)


def _has_same_size(one: Expected, other: Expected) -> bool:
    left, right = ((each.box[2] - each.box[0], each.box[3] - each.box[1]) for each in (one, other))
    return _is_close(left, right)


def _is_same(mark: Expected, found: Expected) -> bool:
    if not (_has_same_colors(mark, found) and _is_close(mark.box, found.box)):
        return False
    if mark.is_round != found.is_round or (mark.stroke and mark.is_dashed != found.is_dashed):
        return False
    if not mark.points:
        return True
    ends = (found.points, found.points[::-1])
    return any(len(mark.points) == len(points) and all(map(_is_close, mark.points, points)) for points in ends)


def _is_outline(each: Expected, boxes: Sequence[Box], style: Style) -> bool:
    """Say whether a shape may be a letter: in the box of a label, and no higher than one."""
    left, top, right, bottom = each.box
    reach = style.size * OUTLINE
    return (
        bottom - top <= reach
        and each.stroke is None
        and any(
            box[0] - NEAR_LABEL <= left
            and right <= box[2] + NEAR_LABEL
            and box[1] - reach / 2 <= top
            and bottom <= box[3] + reach / 2
            for box in boxes
        )
    )


def _compare_labels(scene: Scene, drawing: Drawing, style: Style, fit: Fit, report: ReportBuilder) -> None:
    """Report labels that stand elsewhere; their words are compared as those of any other text."""
    lines = [(text, *line) for text in _texts(scene) for line in place_lines(text, style)]
    wanted = "".join("".join(line.split()) for *_, line in lines)
    letters = [letter for letter in drawing.letters if not letter.text.isspace()]
    if "".join(letter.text for letter in letters) != wanted:
        return  # other words, which are reported as such
    ends, at = [], 0
    for letter in letters:
        at += len(letter.text)
        ends.append(at)
    at = index = 0
    for text, x, baseline, line in lines:
        at += len("".join(line.split()))
        own = []
        while index < len(letters) and ends[index] <= at:
            own.append(letters[index])
            index += 1
        if not own:
            continue
        low, high = min(letter.x for letter in own), max(letter.end for letter in own)
        found = fit.back(low + SHARES[text.align] * (high - low), -own[0].y)
        if not _is_close(found, (x, baseline), NEAR_LABEL):
            place = Place(page=drawing.page, shape="chart")
            report.add("order", f"the label “{line}” is not where the brief draws it", place)

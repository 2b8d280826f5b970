"""Paint a scene onto matplotlib axes, one point a unit. Only the axes' methods are used, so nothing is imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.charts.scene import SHARES, Role, Scene, SceneDot, SceneLine, ScenePolygon, SceneRect, SceneText
from reportgen.charts.style import Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TINT = 0.78  # share of paper in an uncertain value's ground
EDGE, DOT_EDGE = 0.7, 1.3  # points: the lines of uncertain bars and marks
DASHES = (0, (2.2, 1.6))
CAPITALS = 0.72  # the height of capitals in em: they stand in the middle of their line, and so beside a bar's


def paint(ax: Axes, scene: Scene, brand: Brand, style: Style) -> None:
    """Paint the scene's items in their order."""
    ax.set_xlim(0, scene.width)
    ax.set_ylim(scene.height, 0)
    ax.set_axis_off()
    brush = _Brush(ax, brand, style)
    lines: list[SceneLine] = []
    for order, item in enumerate(scene.items):
        if lines and not (isinstance(item, SceneLine) and is_continued(lines[-1], item)):
            brush.lines(lines, order - 1)
            lines = []
        match item:
            case SceneLine():
                lines.append(item)
            case SceneRect():
                brush.rect(item, order)
            case ScenePolygon():
                brush.polygon(item, order)
            case SceneDot():
                brush.dot(item, order)
            case SceneText():
                brush.text(item, order)
    if lines:
        brush.lines(lines, len(scene.items))


def is_continued(line: SceneLine, following: SceneLine) -> bool:
    """Return whether two lines are one stroke, as the pieces of a curve are."""
    same = (line.role, line.weight, line.dashed) == (following.role, following.weight, following.dashed)
    return same and (line.x2, line.y2) == (following.x1, following.y1)


def mix_colors(color: str, paper: str, share: float) -> str:
    """Mix a share of paper into a colour, both "#RRGGBB"."""
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(paper[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class _Brush:
    """Draws on the axes in the brand's colours; `order` puts later items on top."""

    def __init__(self, ax: Axes, brand: Brand, style: Style) -> None:
        self.ax, self.brand, self.style = ax, brand, style

    def color(self, role: Role) -> str:
        return self.brand.colors[role]

    def tint(self, role: Role) -> str:
        return mix_colors(self.color(role), self.color("paper"), TINT)

    def rect(self, rect: SceneRect, order: int) -> None:
        sure = rect.texture == "solid"
        edge: dict[str, Any] = {"linewidth": 0} if sure else {"linewidth": EDGE, "edgecolor": self.color(rect.role)}
        self.ax.bar(
            [rect.x], [rect.height], [rect.width], [rect.y], align="edge", zorder=order, clip_on=False,
            color=self.color(rect.role) if sure else self.tint(rect.role), linestyle="-" if sure else DASHES, **edge,
        )  # fmt: skip

    def polygon(self, polygon: ScenePolygon, order: int) -> None:
        xs, ys = zip(*polygon.points, strict=True)
        self.ax.fill(xs, ys, color=self.color(polygon.role), linewidth=0, zorder=order, clip_on=False)

    def dot(self, dot: SceneDot, order: int) -> None:
        face = self.color(dot.role) if dot.texture == "solid" else self.color("paper")
        self.ax.plot(
            [dot.x], [dot.y], marker="o", markersize=dot.diameter, markerfacecolor=face, zorder=order, clip_on=False,
            markeredgecolor=self.color(dot.role), markeredgewidth=0 if dot.texture == "solid" else DOT_EDGE,
        )  # fmt: skip

    def lines(self, lines: list[SceneLine], order: int) -> None:
        first = lines[0]
        xs, ys = [first.x1, *(line.x2 for line in lines)], [first.y1, *(line.y2 for line in lines)]
        self.ax.plot(
            xs, ys, color=self.color(first.role), linewidth=first.weight, zorder=order, clip_on=False,
            linestyle=DASHES if first.dashed else "-", dash_capstyle="butt", solid_capstyle="butt",
        )  # fmt: skip

    def text(self, text: SceneText, order: int) -> None:
        face = self.style.face(text.bold)
        for x, baseline, line in place_lines(text, self.style):
            self.ax.text(
                x, baseline, line, fontsize=text.size, fontweight=face.weight, zorder=order,
                color=self.color(text.role), ha=text.align, va="baseline", parse_math=False, clip_on=False,
            )  # fmt: skip


def place_lines(text: SceneText, style: Style) -> Iterator[tuple[float, float, str]]:
    """Yield the lines of a text: the x that its alignment refers to, the baseline, and the words."""
    height = fonts.measure_line_height(style.regular, text.size)
    lines = fonts.wrap(style.face(text.bold), text.text, text.size, text.width)
    x = text.x + SHARES[text.align] * text.width
    spare = SHARES[text.anchor] * (text.height - height * len(lines))
    baseline = text.y + spare + (height + CAPITALS * text.size) / 2
    for number, line in enumerate(lines):
        yield x, baseline + number * height, line

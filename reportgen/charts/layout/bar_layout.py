"""Lay out horizontal bars and their labels, in points; every text is measured before it is placed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from reportgen.charts.amounts import choose_ink, choose_texture
from reportgen.charts.layout.geometry import Reach, Scale, fit_scale
from reportgen.charts.layout.grid import Grid, Series
from reportgen.charts.layout.label_room import HINT, require_bars
from reportgen.charts.scene import Role, Scene, SceneItem, SceneLine, SceneRect
from reportgen.charts.style import LABEL_SHARE, MOST_LABELS, NARROW, Block, Stack, Style
from reportgen.system.errors import FitError
from reportgen.text.numbers import Quantity

MIN_THICKNESS = 0.6  # points: a value that is not zero shows
SINGLE, PAIR, MANY = 1.9, 1.45, 1.2  # em: the thickness of a bar among one, two or more series


class _Piece(Struct):
    """A bar, or a part of a stacked one, from `low` to `high` in value, with its text inside or beyond its end."""

    low: float
    high: float
    quantity: Quantity
    role: Role
    name: str = ""
    inside: Block | None = None  # none in a stack: the label was too wide for the piece
    remarks: int = 0  # count of remarks among the tail's texts
    tail: list[tuple[Block, Role]] = field(default_factory=list)


class _Row(Struct):
    """A category with its label and its bars, each a list of pieces."""

    label: Stack
    bars: list[list[_Piece]]


def lay_out_bars(grid: Grid, arrangement: str, width: float, style: Style) -> Scene:
    """Lay out horizontal bars with labels beside them; above them in a narrow chart, or if the labels are too wide."""
    if width >= style.em(NARROW):
        try:
            return _lay_out(grid, arrangement, width, style, beside=True)
        except FitError:
            pass
    return _lay_out(grid, arrangement, width, style, beside=False)


def _lay_out(grid: Grid, arrangement: str, width: float, style: Style, beside: bool) -> Scene:
    stacked = arrangement != "grouped"
    rows = _build_rows(grid, arrangement, width, style, beside)
    column = max(row.label.width for row in rows) + style.em(0.9) if beside else 0.0
    if column > MOST_LABELS * width:
        raise FitError("the labels are too wide to stand beside the bars", hint=HINT)
    scale = _choose_scale(rows, column, width, style, stacked)
    items, y = _lay_out_names(grid, stacked, rows, scale, width, style)
    thick = style.em(SINGLE if len(grid.series) == 1 or stacked else PAIR if len(grid.series) == 2 else MANY)
    for number, row in enumerate(rows):
        y += style.em(1.1) if number else 0
        height = _row_height(row, thick, row.label.height if beside else 0)
        items += row.label.at(0, y + (height - row.label.height) / 2 if beside else y)
        y += 0.0 if beside else row.label.height + style.em(0.25)
        items += _draw_row(row, scale, y, height, thick, style)
        before = style.em(1.1) if number and beside else 0.0
        items.append(SceneLine(scale(0), y - before, scale(0), y + height, "ink", 0.75))
        y += height
    return Scene(width, y, tuple(items))


def _build_rows(grid: Grid, arrangement: str, width: float, style: Style, beside: bool) -> list[_Row]:
    """Measure the categories' texts; in a narrow chart a remark joins the label above the bar."""
    rows = []
    label_width = width * LABEL_SHARE if beside else width
    for index, category in enumerate(grid.categories):
        notes = [category.note, *([] if beside else grid.remarks_at(index))]
        label = style.label(category.label, notes, label_width, category.highlight)
        if arrangement == "grouped":
            values = grid.values_at(index)
            pieces = [[_build_bar(grid, series, value, index, style, width, beside)] for series, value in values]
        else:
            pieces = [_build_stacked_bar(grid, index, arrangement == "percent", style, beside)]
        rows.append(_Row(label, pieces))
    return rows


def _build_bar(
    grid: Grid, series: Series, value: Quantity, index: int, style: Style, width: float, beside: bool
) -> _Piece:
    """Build a bar from zero, followed by its value, its series' name if there is no key, and its remark."""
    bold = series.roles[index] == "signal"
    tail: list[tuple[Block, Role]] = [(style.block(value.short, width, bold), "ink")]
    if len(grid.series) == 2 and index == series.points[0][0]:
        tail.append((style.block(series.name, width * 0.3, small=True), "secondary"))
    if beside and (remark := series.remarks[index]):
        tail.append((style.block(remark, min(width * 0.3, style.em(18)), small=True), "secondary"))
    return _Piece(min(value.number, 0), max(value.number, 0), value, series.roles[index], tail=tail)


def _build_stacked_bar(grid: Grid, index: int, percent: bool, style: Style, beside: bool) -> list[_Piece]:
    pieces, remarks = [], []
    for series, value, low, high in grid.stack_at(index, percent):
        inside = style.block(value.short, style.em(30), series.role == "signal")
        pieces.append(_Piece(low, high, value, series.roles[index], series.name, inside))
        remarks += [remark] if beside and (remark := series.remarks[index]) else []
    if pieces:
        pieces[-1].tail = [(style.block(remark, style.em(14), small=True), "secondary") for remark in remarks]
        pieces[-1].remarks = len(remarks)
    return pieces


def _choose_scale(rows: list[_Row], left: float, right: float, style: Style, stacked: bool) -> Scale:
    """Choose the largest scale with room for the texts beyond the bars; labels too wide for their part go there."""
    pieces = [pieces for row in rows for pieces in row.bars if pieces]
    scale = _fit_bars(pieces, left, right, style)
    for _ in range(3 if stacked else 0):
        moved = [_move_out(bar, scale, style) for bar in pieces]
        if not any(moved):
            break
        scale = _fit_bars(pieces, left, right, style)
    return scale


def _fit_bars(bars: list[list[_Piece]], left: float, right: float, style: Style) -> Scale:
    reaches = []
    for bar in bars:
        tail = max(sum(block.width + style.em(0.5) for block, _ in piece.tail) for piece in bar)
        negative = bar[-1].quantity.number < 0
        low, high = min(piece.low for piece in bar), max(piece.high for piece in bar)
        reaches.append(Reach(low, high, tail if negative else 0, 0 if negative else tail))
    scale = fit_scale(reaches, left, right)
    require_bars(scale, reaches, right)
    return scale


def _move_out(bar: list[_Piece], scale: Scale, style: Style) -> bool:
    """Move labels that are wider than their part behind the bar; return whether any was."""
    moved = [
        piece
        for piece in bar
        if piece.inside and piece.inside.width + style.em(0.4) > scale(piece.high) - scale(piece.low)
    ]
    for piece in moved:
        piece.inside = None
    if moved:
        words = ", ".join(f"{piece.name} {piece.quantity.short}" for piece in bar if not piece.inside)
        last = bar[-1]
        last.tail = [*last.tail[: last.remarks], (style.block(words, style.em(18), small=True), "secondary")]
    return bool(moved)


def _bar_height(bar: list[_Piece], thick: float) -> float:
    return max([thick, *(block.height for piece in bar for block, _ in piece.tail)])


def _row_height(row: _Row, thick: float, label_height: float) -> float:
    bars_height = sum(_bar_height(bar, thick) for bar in row.bars) + max(len(row.bars) - 1, 0) * 1.0
    return max(bars_height, label_height, thick)


def _draw_row(row: _Row, scale: Scale, y: float, height: float, thick: float, style: Style) -> list[SceneItem]:
    items: list[SceneItem] = []
    y += (height - _row_height(row, thick, 0)) / 2
    for bar in row.bars:
        lane = _bar_height(bar, thick)
        for piece in bar:
            items += _draw_piece(piece, scale, y + (lane - thick) / 2, thick)
            items += _draw_tail(piece, scale, y + lane / 2, style)
        y += lane + 1.0
    return items


def _draw_piece(piece: _Piece, scale: Scale, y: float, thick: float) -> list[SceneItem]:
    left, right = scale(piece.low), scale(piece.high)
    items: list[SceneItem] = []
    if piece.quantity.number:
        shown = max(right - left, MIN_THICKNESS)
        left = right - shown if piece.quantity.number < 0 else left
        items.append(
            SceneRect(left, y, shown, thick, piece.role, choose_texture(piece.quantity.open), piece.quantity.short)
        )
    if piece.inside:
        role = choose_ink(piece.role, choose_texture(piece.quantity.open))
        items.append(piece.inside.at((left + right) / 2, y + thick / 2, role, "center", "middle"))
    return items


def _draw_tail(piece: _Piece, scale: Scale, middle: float, style: Style) -> list[SceneItem]:
    negative = piece.quantity.number < 0
    x = scale(piece.low if negative else piece.high)
    items: list[SceneItem] = []
    for block, role in piece.tail:
        x += style.em(-0.5 if negative else 0.5)
        items.append(block.at(x, middle, role, "right" if negative else "left", "middle"))
        x += -block.width if negative else block.width
    return items


def _lay_out_names(
    grid: Grid, stacked: bool, rows: list[_Row], scale: Scale, width: float, style: Style
) -> tuple[list[SceneItem], float]:
    """Lay out the series' names over the first bar's two parts, else as a key; return where the bars begin."""
    if len(grid.series) == 1 or (len(grid.series) == 2 and not stacked):
        return [], 0.0
    if len(grid.series) == 2 and (named := _place_names(rows[0], scale, width, style)):
        return named, style.line() + style.em(0.3)
    return lay_out_key(grid.series, width, style)


def _place_names(row: _Row, scale: Scale, width: float, style: Style) -> list[SceneItem]:
    """Place the names of two series over the parts of the first bar; nothing if they would meet."""
    parts = row.bars[0] if row.bars else []
    names = [style.block(part.name, width) for part in parts]
    second = scale(parts[1].low) if len(parts) > 1 else 0.0
    if len(parts) < 2 or names[0].width > second - scale(0) or second + names[1].width > width:
        return []
    return [name.at(scale(part.low), 0, "ink") for name, part in zip(names, parts, strict=True)]


def lay_out_key(series: Sequence[Series], width: float, style: Style) -> tuple[list[SceneItem], float]:
    """Lay out swatches with names in lines from the left; return them and their height."""
    items: list[SceneItem] = []
    x = y = height = 0.0
    side = style.em(0.8)
    for row in series:
        name = style.block(row.name, width - side * 2)
        if x and x + side * 1.5 + name.width > width:
            x, y, height = 0.0, y + height + 2, 0.0
        height = max(height, name.height)
        items.append(SceneRect(x, y + (style.line() - side) / 2, side, side, row.role, name=row.name))
        items.append(name.at(x + side * 1.5, y))
        x += side * 1.5 + name.width + style.em(1.2)
    return items, y + height + style.em(0.6)

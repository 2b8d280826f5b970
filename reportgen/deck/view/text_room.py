"""How much room a finished deck's text takes, in points, with the face that it names or one like it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from reportgen import brand as brands, fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.deck.values import EMU_PER_POINT, Box
from reportgen.deck.view.view_values import Frame, Paragraph, Run, Shape, Table
from reportgen.system.errors import TemplateError

RAISED = 2 / 3  # the size of raised and lowered letters


class Measured(Struct, frozen=True):
    """Lines, the widest of them and the height of all. `sure` where the face named is one that we have."""

    lines: int
    width: float
    height: float
    sure: bool


def text(paragraphs: Sequence[Paragraph], frame: Frame, width: float) -> Measured:
    """Paragraphs in a box `width` points wide, its insets not counted in."""
    room = (width - frame.insets[0] - frame.insets[2]) / frame.columns
    lines, widest, height, sure = 0, 0.0, 0.0, True
    for index, paragraph in enumerate(paragraphs):
        how = paragraph.lines
        side = how.left + how.right
        broken, reach, known = _lines(paragraph, room - side if frame.wrap else float("inf"))
        leading = how.exact or _leading(paragraph) * how.spacing
        height += broken * leading + (how.before if index else 0)
        height += how.after if index < len(paragraphs) - 1 else 0
        lines, widest, sure = lines + broken, max(widest, reach + side), sure and known
    return Measured(lines, widest, height / frame.columns + frame.insets[1] + frame.insets[3], sure)


def words(shape: Shape) -> Box | None:
    """Where a shape's words stand in its box, or beyond it."""
    if shape.box is None or shape.frame.turned or not shape.text:
        return shape.box
    box, measured = shape.box, text(shape.paragraphs, shape.frame, shape.box.width / EMU_PER_POINT)
    left, top, right, bottom = shape.frame.insets
    high = measured.height - top - bottom
    inner = box.height / EMU_PER_POINT - top - bottom
    free = inner - high
    down = {"ctr": free / 2, "b": free}.get(shape.frame.anchor, 0.0)
    aligns = {paragraph.lines.align for paragraph in shape.paragraphs if paragraph.text.strip()}
    across = box.width / EMU_PER_POINT - left - right
    wide = min(measured.width, across) if shape.frame.wrap else measured.width
    shift = {"ctr": (across - wide) / 2, "r": across - wide}.get(next(iter(aligns), "l"), 0.0)
    if len(aligns) > 1:
        wide, shift = across, 0.0
    return Box(
        box.x + round((left + shift) * EMU_PER_POINT), box.y + round((top + down) * EMU_PER_POINT),
        round(wide * EMU_PER_POINT), round(high * EMU_PER_POINT),
    )  # fmt: skip


def table_height(table: Table) -> float:
    """The height in points that a table's rows take once programs have grown them to their words."""
    heights = [height / EMU_PER_POINT for height in table.heights]
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if cell.covered or cell.frame.turned or cell.spans[1] > 1 or row >= len(heights):
                continue
            width = sum(table.widths[column : column + cell.spans[0]]) / EMU_PER_POINT
            heights[row] = max(heights[row], text(cell.paragraphs, cell.frame, width).height)
    return sum(heights)


def _leading(paragraph: Paragraph) -> float:
    faces = [(_face(run)[0], run.size) for run in paragraph.runs if run.text.strip()]
    return max((fonts.measure_line_height(face, size) for face, size in faces), default=paragraph.size * fonts.LEADING)


def _lines(paragraph: Paragraph, limit: float) -> tuple[int, float, bool]:
    """How many lines a paragraph breaks into, how wide the widest is, and whether its faces are known."""
    count, widest, sure = 0, 0.0, True
    for piece in _pieces(paragraph.runs):
        whole, edges = "", [0.0]
        for run in piece:
            face, known = _face(run)
            size = run.size * (RAISED if run.raised else 1)
            start = edges[-1]
            edges += [start + edge * size for edge in fonts.measure_edges(face, run.text)[1:]]
            whole, sure = whole + run.text, sure and known
        broken = fonts.break_line(whole, edges, max(limit, 1.0)) if whole and edges[-1] > limit else [whole]
        count += len(broken)
        widest = max(widest, edges[-1] if len(broken) == 1 else limit)
    return count, widest, sure


def _pieces(runs: Sequence[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            pieces.append([])
        elif run.text:
            pieces[-1].append(run)
    return pieces


@lru_cache(maxsize=1)
def _brand() -> Brand:
    return brands.load()


def _face(run: Run) -> tuple[FontFile, bool]:
    return _known(run.family, run.bold, run.italic)


@lru_cache(maxsize=256)
def _known(family: str, bold: bool, italic: bool) -> tuple[FontFile, bool]:
    """The face of a run; the deck's own where we have no such face."""
    brand = _brand()
    known = family in brand.metrics or any(file.family == family for file in brand.fonts)
    try:
        return fonts.find_face(brand, family, bold, italic), known
    except TemplateError:
        return fonts.find_face(brand, brand.deck_base, bold, italic), False

"""Measures the text of a finished deck in points, in the face that it names or a similar one."""

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


class TextExtent(Struct, frozen=True):
    """The number of lines, the widest of them and the height of all; `sure` if all the faces are known."""

    lines: int
    width: float
    height: float
    sure: bool


def measure_text(paragraphs: Sequence[Paragraph], frame: Frame, width: float) -> TextExtent:
    """Measure paragraphs in a box that is `width` points wide; the height includes its insets."""
    room = (width - frame.insets[0] - frame.insets[2]) / frame.columns
    lines, widest, height, sure = 0, 0.0, 0.0, True
    for index, paragraph in enumerate(paragraphs):
        style = paragraph.format
        side = style.left + style.right
        broken, reach, known = _break_paragraph(paragraph, room - side if frame.wrap else float("inf"))
        leading = style.leading or _line_height(paragraph) * style.spacing
        height += broken * leading + (style.before if index else 0)
        height += style.after if index < len(paragraphs) - 1 else 0
        lines, widest, sure = lines + broken, max(widest, reach + side), sure and known
    return TextExtent(lines, widest, height / frame.columns + frame.insets[1] + frame.insets[3], sure)


def find_text_box(shape: Shape) -> Box | None:
    """Return the box of a shape's words, in its box or beyond."""
    if shape.box is None or shape.frame.rotated or not shape.text:
        return shape.box
    box, extent = shape.box, measure_text(shape.paragraphs, shape.frame, shape.box.width / EMU_PER_POINT)
    left, top, right, bottom = shape.frame.insets
    height = extent.height - top - bottom
    free = box.height / EMU_PER_POINT - extent.height
    down = {"ctr": free / 2, "b": free}.get(shape.frame.anchor, 0.0)
    aligns = {paragraph.format.align for paragraph in shape.paragraphs if paragraph.text.strip()}
    across = box.width / EMU_PER_POINT - left - right
    wide = min(extent.width, across) if shape.frame.wrap else extent.width
    shift = {"ctr": (across - wide) / 2, "r": across - wide}.get(next(iter(aligns), "l"), 0.0)
    if len(aligns) > 1:
        wide, shift = across, 0.0
    return Box(
        box.x + round((left + shift) * EMU_PER_POINT), box.y + round((top + down) * EMU_PER_POINT),
        round(wide * EMU_PER_POINT), round(height * EMU_PER_POINT),
    )  # fmt: skip


def measure_table(table: Table) -> float:
    """Return a table's height in points, its rows grown to their words as programs show them."""
    heights = [height / EMU_PER_POINT for height in table.heights]
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if cell.covered or cell.frame.rotated or cell.spans[1] > 1 or row >= len(heights):
                continue
            width = sum(table.widths[column : column + cell.spans[0]]) / EMU_PER_POINT
            heights[row] = max(heights[row], measure_text(cell.paragraphs, cell.frame, width).height)
    return sum(heights)


def _line_height(paragraph: Paragraph) -> float:
    faces = [(_find_face(run.family, run.bold, run.italic)[0], run.size) for run in paragraph.runs if run.text.strip()]
    return max((fonts.measure_line_height(face, size) for face, size in faces), default=paragraph.size * fonts.LEADING)


def _break_paragraph(paragraph: Paragraph, limit: float) -> tuple[int, float, bool]:
    """Return a paragraph's number of lines, the width of the widest, and True if its faces are known."""
    count, widest, sure = 0, 0.0, True
    for piece in _split_at_breaks(paragraph.runs):
        whole, edges = "", [0.0]
        for run in piece:
            face, known = _find_face(run.family, run.bold, run.italic)
            size = run.size * (RAISED if run.raised else 1)
            start = edges[-1]
            edges += [start + edge * size for edge in fonts.measure_edges(face, run.text)[1:]]
            whole, sure = whole + run.text, sure and known
        broken = fonts.break_line(whole, edges, max(limit, 1.0)) if whole and edges[-1] > limit else [whole]
        count += len(broken)
        widest = max(widest, edges[-1] if len(broken) == 1 else limit)
    return count, widest, sure


def _split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
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


@lru_cache(maxsize=256)
def _find_face(family: str, bold: bool, italic: bool) -> tuple[FontFile, bool]:
    """Return a face's file, and True if that has the widths of the face that is named."""
    brand = _brand()
    known = family in brand.metrics or any(file.family == family for file in brand.fonts)
    try:
        return fonts.find_face(brand, family, bold, italic), known
    except TemplateError:
        return fonts.find_face(brand, brand.deck_base, bold, italic), False

"""How many lines text takes in a box, and how high they are: points in, points out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen import fonts
from reportgen.brand import Brand, FontFile
from reportgen.deck.layouts import CELL_BOTTOM, CELL_RIGHT, CELL_TOP, cell_left, mark_indent
from reportgen.deck.model import Paragraph, Run, TableCell, TableContent
from reportgen.deck.theme import Level

SCRIPT = 2 / 3  # the size of a superscript or subscript, as PowerPoint and LibreOffice draw them
EM = "\u2003"
SLACK = 0.5  # points kept free at a line's end: two renderers never agree to the last unit


@dataclass(frozen=True, slots=True)
class Measured:
    """The text of each paragraph's lines, and the height of all."""

    lines: tuple[tuple[str, ...], ...]
    height: float

    @property
    def count(self) -> int:
        return sum(len(lines) for lines in self.lines)


def text(paragraphs: Sequence[Paragraph], levels: Sequence[Level], size: float, width: float, brand: Brand) -> Measured:
    """Paragraphs set in one size in a box `width` points wide."""
    lines: list[tuple[str, ...]] = []
    height = 0.0
    for index, paragraph in enumerate(paragraphs):
        level = levels[paragraph.level]
        indent = level.list_indent(paragraph.level, paragraph.list == "number") if paragraph.list else 0
        broken = paragraph_lines(paragraph.runs, level, size, width - indent, brand)
        leading = fonts.line_height(fonts.face(brand, level.family, level.bold, False), size) * level.spacing
        height += len(broken) * leading + (level.before if index else 0)
        lines.append(broken)
    return Measured(tuple(lines), height)


def paragraph_lines(runs: Sequence[Run], level: Level, size: float, width: float, brand: Brand) -> tuple[str, ...]:
    """The lines that one paragraph breaks into."""
    runs = [run if not level.capitals else _capitals(run) for run in runs]
    looks = {(run.bold or level.bold, run.italic, run.superscript or run.subscript) for run in runs if run.text != "\n"}
    whole = "".join(run.text for run in runs)
    if len(looks) <= 1 and not any(script for *_, script in looks):
        bold, italic, _ = next(iter(looks), (level.bold, False, False))
        face = fonts.face(brand, level.family, bold, italic)
        return fonts.wrap(face, _measurable(face, whole), size, width - SLACK)
    return _mixed_lines(runs, level, size, width - SLACK, brand)


def row_heights(table: TableContent, level: Level, size: float, width: float, brand: Brand) -> tuple[float, ...]:
    """The height that each row needs, header first."""
    heights = []
    for row in table.all_rows:
        tallest = 0.0
        for column, cell in enumerate(row):
            room = (
                table.widths[column] * width - cell_left(column) - CELL_RIGHT - (mark_indent(size) if cell.mark else 0)
            )
            measured = text([Paragraph(worded(cell))], [level], size, room, brand)
            tallest = max(tallest, measured.height)
        heights.append(tallest + CELL_TOP + CELL_BOTTOM)
    return tuple(heights)


def worded(cell: TableCell) -> tuple[Run, ...]:
    """A cell's words as they are drawn: a heading's in bold."""
    return tuple(replace(run, bold=True) for run in cell.runs) if cell.header else cell.runs


def _measurable(face: FontFile, text: str) -> str:
    """The text with an em for each character that the face lacks: another face will draw it, at most so wide."""
    if text.isascii() or not (lacking := fonts.missing(face, text)):
        return text
    return text.translate(dict.fromkeys(map(ord, lacking), EM))


def _capitals(run: Run) -> Run:
    return Run(run.text.upper(), run.bold, run.italic, run.superscript, run.subscript)


def _mixed_lines(runs: Sequence[Run], level: Level, size: float, width: float, brand: Brand) -> tuple[str, ...]:
    """As fonts.wrap, for text whose face or size changes within a line."""
    lines: list[str] = []
    for piece in _split_at_breaks(runs):
        whole = "".join(run.text for run in piece)

        def reaches(start: int, end: int, piece: Sequence[Run] = piece) -> float:
            return _width(piece, start, end, level, size, brand)

        start, last = 0, 0
        for end in fonts.breaks(whole):
            while reaches(start, len(whole[:end].rstrip(" "))) > width:
                if last <= start:  # a word wider than the box is broken between letters
                    last = start + 1
                    while last + 1 < end and reaches(start, last + 1) <= width:
                        last += 1
                lines.append(whole[start:last].rstrip(" "))
                start = last
            last = end
        if start < len(whole) or not whole:
            lines.append(whole[start:])
    return tuple(lines)


def _split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            pieces.append([])
        else:
            pieces[-1].append(run)
    return pieces


def _width(runs: Sequence[Run], start: int, end: int, level: Level, size: float, brand: Brand) -> float:
    """How wide characters start to end of the runs are."""
    total, at = 0.0, 0
    for run in runs:
        part = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if part:
            scale = SCRIPT if run.superscript or run.subscript else 1
            face = fonts.face(brand, level.family, run.bold or level.bold, run.italic)
            total += fonts.width(face, _measurable(face, part), size * scale)
    return total

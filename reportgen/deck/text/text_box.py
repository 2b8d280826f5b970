"""Measures text in a box: its lines and their height. All lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.brand.fontfile import FontFile
from reportgen.deck.layouts import CELL_BOTTOM, CELL_RIGHT, CELL_TOP, cell_left, mark_indent
from reportgen.deck.text import link_runs
from reportgen.deck.theme import Level
from reportgen.deck.values import Paragraph, Run, TableCell
from reportgen.fonts import overhang

SCRIPT = 2 / 3  # of the text's size: superscripts and subscripts, as PowerPoint and LibreOffice draw them
RAISED, LOWERED = 0.3, 0.25  # of the text's size: how far they stand from the baseline, as `oxml.text_xml` writes them
SLACK = 0.5  # kept free at a line's end, because two renderers never agree to the last unit
DRIFT = 0.003  # the same, as a share of the line: LibreOffice rounds every glyph's place


class MeasuredParagraph(Struct, frozen=True):
    """One paragraph's lines, their height, and the space above and below; `estimated` where another font is drawn than was measured."""

    lines: tuple[str, ...]
    height: float
    above: float = 0.0
    below: float = 0.0
    estimated: bool = False


class MeasuredText(Struct, frozen=True):
    """The measured paragraphs of a text, one below the other."""

    paragraphs: tuple[MeasuredParagraph, ...]

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(each.lines for each in self.paragraphs)

    @property
    def count(self) -> int:
        return sum(len(each.lines) for each in self.paragraphs)

    @property
    def height(self) -> float:
        """The whole height, without the space above the first paragraph and below the last."""
        gaps = sum(first.below + second.above for first, second in pairwise(self.paragraphs))
        return sum(each.height for each in self.paragraphs) + gaps

    @property
    def estimated(self) -> bool:
        return any(each.estimated for each in self.paragraphs)


def measure_text(
    paragraphs: Sequence[Paragraph], levels: Sequence[Level], size: float, width: float, brand: Brand
) -> MeasuredText:
    """Measure paragraphs of one type size in a box `width` points wide; `levels` are the styles by nesting depth."""
    return MeasuredText(tuple(measure_paragraph(each, levels[each.level], size, width, brand) for each in paragraphs))


def measure_paragraph(paragraph: Paragraph, level: Level, size: float, width: float, brand: Brand) -> MeasuredParagraph:
    """Measure one paragraph in a box `width` points wide."""
    indent = level.list_indent(paragraph.level, paragraph.list == "number") if paragraph.list else 0
    kept = overhang.measure_total(paragraph.text) * size
    lines = break_lines(paragraph.runs, level, size, width - indent - kept, brand)
    face = fonts.find_face(brand, level.family, level.bold)
    leading = level.line_height(fonts.measure_line_height(face, size))
    borrowed = sum(fonts.has_borrowed_glyphs(face, line) for line in lines)
    height = len(lines) * leading
    height += borrowed * (level.line_height(fonts.measure_line_height(face, size, borrowed=True)) - leading)
    if any(run.superscript or run.subscript for run in paragraph.runs):
        height += _measure_scripts(paragraph.runs, face, size, len(lines))
    estimated = bool(borrowed) or face.substitute
    return MeasuredParagraph(lines, height, level.space_before(size), level.space_after(size), estimated)


def _measure_scripts(runs: Sequence[Run], face: FontFile, size: float, lines: int) -> float:
    """Return what superscripts and subscripts add to the height; each adds to one line at most."""
    raised, lowered = sum(run.superscript for run in runs), sum(run.subscript for run in runs)
    above = fonts.measure_script_growth(face, RAISED, 0.0, SCRIPT) * min(raised, lines)
    return size * (above + fonts.measure_script_growth(face, 0.0, LOWERED, SCRIPT) * min(lowered, lines))


def break_lines(runs: Sequence[Run], level: Level, size: float, width: float, brand: Brand) -> tuple[str, ...]:
    """Return the lines that one paragraph breaks into."""
    room = width * (1 - DRIFT) - SLACK
    runs = [run if not level.capitals else replace(run, text=run.text.upper()) for run in runs]
    looks = {(run.bold or level.bold, run.italic, run.superscript or run.subscript) for run in runs if run.text != "\n"}
    alike = len(looks) <= 1 and not any(script for *_, script in looks)
    near_rtl = any(fonts.RTL.search(run.text) for run in runs)
    if alike and not near_rtl and not any(run.href for run in runs):
        bold, italic, _ = next(iter(looks), (level.bold, False, False))
        whole = "".join(run.text for run in runs)
        return fonts.wrap(fonts.find_face(brand, level.family, bold, italic), whole, size, room)
    lines: list[str] = []
    for piece in _split_at_breaks(runs):
        text, edges = "".join(run.text for run in piece), _measure_edges(piece, level, brand, near_rtl)
        lines += fonts.break_line(text, edges, max(0.0, room / size), link_runs.find_line_ends(piece))
    return tuple(lines)


def measure_row(
    cells: Sequence[TableCell], widths: Sequence[float], level: Level, size: float, width: float, brand: Brand
) -> tuple[MeasuredParagraph, ...]:
    """Measure the cells of one row of a table `width` points wide; `widths` are the columns' shares of it."""
    level = replace(level, before=0.0, before_share=0.0, after=0.0, after_share=0.0, spacing=1.0, leading=0.0)
    found = []
    for column, cell in enumerate(cells):
        room = widths[column] * width - cell_left(column) - CELL_RIGHT - (mark_indent(size) if cell.mark else 0)
        found.append(measure_paragraph(Paragraph(drawn_runs(cell)), level, size, room, brand))
    return tuple(found)


def row_height(cells: Sequence[MeasuredParagraph]) -> float:
    """Return the height of a row with its cells' margins."""
    return max(cell.height for cell in cells) + CELL_TOP + CELL_BOTTOM


def drawn_runs(cell: TableCell) -> tuple[Run, ...]:
    """Return a cell's runs as they are drawn: a header's in bold."""
    return tuple(replace(run, bold=True) for run in cell.runs) if cell.header else cell.runs


def _split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            pieces.append([])
        else:
            pieces[-1].append(run)
    return pieces


def _measure_edges(runs: Sequence[Run], level: Level, brand: Brand, near_rtl: bool) -> list[float]:
    """Return where each character of a line begins, in em of the text's size; typeface and size may change within it."""
    found = [0.0]
    for run in runs:
        scale = SCRIPT if run.superscript or run.subscript else 1.0
        face = fonts.find_face(brand, level.family, run.bold or level.bold, run.italic)
        begin = found[-1]
        found += [begin + edge * scale for edge in fonts.measure_edges(face, run.text, near_rtl)[1:]]
    return found

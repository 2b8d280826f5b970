"""Column widths of a table: the template's shares, widened so that no word has to be broken. All sizes are points."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.deck.layouts import CELL_RIGHT, cell_left, mark_indent
from reportgen.deck.values import TableCell

NARROWEST = 24.0  # the least width of a column: its margins and a letter


def choose_widths(
    rows: Sequence[Sequence[TableCell]],
    shares: Sequence[float],
    family: str,
    smallest: float,
    width: float,
    brand: Brand,
) -> tuple[tuple[float, ...], float | None]:
    """Return each column's share of a table `width` points wide, and the largest size in which every word is whole.

    The `shares` are kept unless a word would be wider than its column in the `smallest` size. The largest size is None
    for a table without words.
    """
    words = [max(_measure_longest_word(cell, family, brand) for cell in column) for column in zip(*rows, strict=True)]
    least = [max(NARROWEST, word * smallest + _margin(column)) for column, word in enumerate(words)]
    if sum(least) > width:
        least = [NARROWEST] * len(least)
    widths = _widen(shares, [each / width for each in least])
    rooms = (share * width - _margin(column) for column, share in enumerate(widths))
    return widths, min((room / word for room, word in zip(rooms, words, strict=True) if word), default=None)


def _measure_longest_word(cell: TableCell, family: str, brand: Brand) -> float:
    """Return the width of a cell's longest word in em, with the sign that hangs before it."""
    face = fonts.find_face(brand, family, bold=cell.header or any(run.bold for run in cell.runs))
    word = fonts.measure_longest_word(face, "".join(run.text for run in cell.runs), 1.0)
    return word + (mark_indent(100) / 100 if cell.mark else 0.0)


def _widen(shares: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """Return the shares with none below its least; the wider columns give up the difference in proportion."""
    narrow = [share < floor for share, floor in zip(shares, least, strict=True)]
    left = 1 - sum(floor for floor, is_narrow in zip(least, narrow, strict=True) if is_narrow)
    whole = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow) or 1.0
    widened = tuple(
        floor if is_narrow else share * left / whole
        for share, floor, is_narrow in zip(shares, least, narrow, strict=True)
    )
    if all(share >= floor - 1e-9 for share, floor in zip(widened, least, strict=True)):
        return widened
    return _widen(widened, least)


def _margin(column: int) -> float:
    """Return a cell's margins beside its words and one point more, because two renderers never agree to the last unit."""
    return cell_left(column) + CELL_RIGHT + 1.0

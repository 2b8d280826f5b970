"""The widths of a table's columns, in points: those that the memo's stylesheet fixes, and shares of the rest by content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree
from msgspec import Struct

from reportgen.charts.style import Style
from reportgen.word.word_values import Cell

GUTTER = 18.0  # between columns of text
CELL_GAP = 9.0  # between columns of a table
LONGEST = 160  # letters: beyond them a text takes more lines, not a wider column
FIXED = {
    "number": 19.0, "choices": 166.0, "office": 128.0, "who": 104.0, "initials": 80.0, "option": 150.0,
}  # fmt: skip
"""The widths of `col` elements by their class, as css/memo.css has them."""
FIRST = {"sheet": 84.0, "letterhead": 58.0, "dates": 110.0}
"""The width of the first column of tables without `col` elements."""
ASIDE = 150.0
"""The narrow column of a page in two."""


class Measures(Struct, frozen=True):
    """The lengths that HTML does not have: sizes of pictures by name, the text's width, and the shares of columns by the ids of tables.

    `style` has the typefaces in which words are measured.
    """

    pictures: Mapping[str, tuple[float, float]]
    measure: float
    shares: Mapping[str, tuple[float, ...]]
    style: Style


def choose_widths(
    measures: Measures,
    element: etree._Element,
    above: Sequence[frozenset[str]],
    rows: Sequence[Sequence[Cell]],
    room: float,
) -> tuple[float, ...]:
    """Return the widths of a table's columns, which fill `room`."""
    count = max(len(row) for row in rows)
    figure = next((around.get("id", "") for around in element.iterancestors("figure")), "")
    if len(shares := measures.shares.get(figure, ())) == count:
        return tuple(round(share * room, 2) for share in shares)
    fixed = [FIXED.get(col.get("class", "")) for col in element.iter("col")]
    if len(fixed) != count:
        first = next((width for name, width in FIRST.items() if any(name in names for names in above)), None)
        fixed = [first, *[None] * (count - 1)]
    return _fill(fixed, rows, measures.style, room)


def _fill(
    fixed: Sequence[float | None], rows: Sequence[Sequence[Cell]], style: Style, room: float
) -> tuple[float, ...]:
    """Give the columns without a width of their own their longest word, and share out what is left by the length of their text."""
    columns = [[row[at] for row in rows if at < len(row)] for at in range(len(fixed))]
    texts = [[paragraph.text for cell in column for paragraph in cell.blocks] for column in columns]
    least = [
        width or max((style.longest_word(text, bold=True) for text in each), default=0.0) + CELL_GAP
        for width, each in zip(fixed, texts, strict=True)
    ]
    wanted = [
        0.0 if width else max((min(len(text), LONGEST) for text in each), default=0) or 1.0
        for width, each in zip(fixed, texts, strict=True)
    ]
    spare = room - sum(least)
    if spare < 0 or not any(wanted):  # words break where they must, or nothing grows
        return tuple(round(width * room / sum(least), 2) for width in least)
    return tuple(round(width + spare * share / sum(wanted), 2) for width, share in zip(least, wanted, strict=True))


def divide_room(parts: Sequence[frozenset[str]], room: float) -> tuple[float, ...]:
    """Return the widths of parts that stand side by side; those of the class `aside` are narrow."""
    free = room - GUTTER * (len(parts) - 1)
    narrow = [ASIDE if "aside" in names else 0.0 for names in parts]
    others = narrow.count(0.0)
    if not others:
        return tuple(free / len(parts) for _ in parts)
    return tuple(width or (free - sum(narrow)) / others for width in narrow)

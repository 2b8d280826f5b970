"""Find a table in a sheet: the row of its headings, and the rows under it that a chart draws."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from reportgen.input.tables.cell_numbers import is_gap
from reportgen.input.tables.sheet_numbers import NumberReader, describe_uneven
from reportgen.input.tables.sheets import Cell, CellError, column_letters, format_place, parse_column, show_bytes

MOST_HEADINGS = 60  # rows from the top in which a heading is looked for that is spelled otherwise
_ROWS = re.compile(r"\s*(\d{1,7})\s*(?:-|–|:|to)\s*(\d{1,7})\s*")
_NUMERIC = re.compile(r"[-+−–(]?\s*[^\W\d_]{0,3}[$€£¥₩]?\s*[-−–]?\d[\d.,'’\s]*(?:[eE][-+]?\d+)?\s*%?\s*[$€£¥₩]?\)?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[-/]\d{1,4}|\s?Q[1-4])?")


class Wanted(Struct, frozen=True):
    """A column that a chart asks for: by its heading or its letters, under a key of the chart."""

    key: str
    name: str


class Table(Struct, frozen=True):
    """A table's place in a sheet: the row of headings (None where there is none), the columns that are used, the rows."""

    header: int | None
    columns: tuple[int, ...]
    rows: tuple[int, ...]


def find_table(
    reader: NumberReader, wanted: Sequence[Wanted], header: int | None, rows: str | None, keeps_gaps: bool
) -> Table:
    """Return the table that has the wanted columns, the first of which holds labels."""
    span = _parse_rows(rows)
    headings = _find_headings(reader, wanted, header, span)
    columns = tuple(_find_column(reader, each, headings, has_rows=span is not None) for each in wanted)
    if span:
        found = [row for row in range(span[0], span[1] + 1) if row != headings]
    else:
        assert headings is not None
        last = _find_last(reader, headings, columns)
        found = list(range(headings + 1, last + 1))
    kept = [row for row in found if any((row, column) in reader.sheet.cells for column in columns)]
    if not kept:
        place = f"rows {rows}" if span else f"under the headings in row {headings}"
        raise CellError(f"{reader.file} has no numbers {place}", "give the rows of the numbers: rows: 6-20", "rows")
    _require_whole(reader, headings, columns, kept, keeps_gaps)
    return Table(headings, columns, tuple(kept))


def _parse_rows(rows: str | None) -> tuple[int, int] | None:
    if rows is None:
        return None
    match = _ROWS.fullmatch(rows)
    if not match or not 0 < int(match[1]) <= int(match[2]):
        raise CellError(f'"{rows}" is no range of rows', "write the first and the last: rows: 6-20", "rows")
    return int(match[1]), int(match[2])


def fold(text: str) -> str:
    """Return a heading without what makes no difference: capitals, and how its words are spaced."""
    return " ".join(text.split()).casefold()


def find_letters(reader: NumberReader, name: str) -> int | None:
    """Return the column that capital letters name, if the sheet has one: GDP is a heading where C is the last column."""
    column = parse_column(name) if name.isupper() else None
    last = max((max(cells) for cells in reader.sheet.rows.values()), default=0)
    return column if column and column <= last else None


def _read_headings(reader: NumberReader, row: int) -> dict[str, list[int]]:
    """Return the columns of the headings in a row, by the headings as they are compared."""
    found: dict[str, list[int]] = {}
    for column, cell in reader.sheet.rows.get(row, {}).items():
        found.setdefault(fold(_peek(cell)), []).append(column)
    return found


def get_label(reader: NumberReader, row: int, column: int) -> str:
    """Return the text of a cell as a label, "" for one that is empty. Raise CellError for one that cannot be a label."""
    cell = reader.sheet.cells.get((row, column))
    if cell is None:
        return ""
    if cell.kind == "text":
        text = str(cell.value)
        if show_bytes(text) != text:
            raise CellError(f"{reader.name((row, column))} is {cell.describe()}", reader.encoding_note)
        if bad := next((char for char in text if not char.isprintable() and not char.isspace()), None):
            raise CellError(f"{reader.name((row, column))} has the character U+{ord(bad):04X}, which cannot be printed")
        return " ".join(text.split())
    if cell.kind in ("error", "formula"):
        reader.read((row, column))  # which says so
    return cell.describe()


def _find_headings(
    reader: NumberReader, wanted: Sequence[Wanted], header: int | None, span: tuple[int, int] | None
) -> int | None:
    """Return the row in which all columns that are wanted by name have their headings."""
    if header is not None:
        return header
    names = [each for each in wanted if find_letters(reader, each.name) is None]
    last = span[0] - 1 if span else reader.sheet.last_row
    if not names and span and not all(fold(each.name) in _read_headings(reader, last) for each in wanted):
        return last if last in reader.sheet.rows else None
    rows: list[int] = []
    best: tuple[int, int] = (0, 0)  # how many of the names a row has, and its number, negative so that the first wins
    keys = {fold(each.name) for each in names or wanted}
    for row in reader.sheet.rows:
        if row > last:
            break
        count = len(keys & _read_headings(reader, row).keys())
        if count == len(keys):
            rows.append(row)
        best = max(best, (count, -row))
    if len(rows) > 1 and not span:
        listed = " and ".join(str(row) for row in rows[:3])
        hint = f"say which: header: {rows[0]}"
        raise CellError(f"{reader.file} has these headings in rows {listed}", hint, "header")
    if rows:
        return rows[-1]
    if not names:
        hint = "columns that are named by letters need their rows: rows: 6-20"
        raise CellError(
            f"{reader.file} has no headings {', '.join(each.name for each in wanted)}", hint, wanted[-1].key
        )
    raise _miss(reader, wanted, -best[1] if best[0] else _guess_headings(reader))


def _guess_headings(reader: NumberReader) -> int:
    """Return the row with the most texts, the first of several: what a message shows as the headings."""
    counts = {
        row: sum(cell.kind == "text" and not is_numeric(cell) for cell in cells.values())
        for row, cells in reader.sheet.rows.items()
    }
    return max(counts, key=lambda row: (counts[row], -row), default=1)


def is_numeric(cell: Cell) -> bool:
    """Return whether a cell has a number, however it is written."""
    return cell.kind == "number" or (cell.kind == "text" and bool(_NUMERIC.fullmatch(str(cell.value))))


def _miss(reader: NumberReader, wanted: Sequence[Wanted], row: int) -> CellError:
    """Return the problem of a heading that no row has, or not the row of the others."""
    known = _read_headings(reader, row)
    missing = next(
        (each for each in wanted if fold(each.name) not in known and not find_letters(reader, each.name)), wanted[-1]
    )
    message = f'{reader.file} has no column "{missing.name}" in row {row}'
    headings = [show_bytes(" ".join(_peek(cell).split())) for cell in reader.sheet.rows.get(row, {}).values()]
    if reader.encoding_note and any("\ufffd" in heading for heading in headings):
        return CellError(message, reader.encoding_note, missing.key)
    near = get_close_matches(missing.name, headings, 1) or get_close_matches(missing.name, _list_texts(reader), 1)
    if near:
        return CellError(message, f'did you mean "{near[0]}"?', missing.key)
    listed = ", ".join(f'"{heading[:30]}"' for heading in headings[:8]) + (" …" if len(headings) > 8 else "")
    hint = (
        f"the headings are {listed}; the letter of a column does as well, with its rows: {missing.key}: B, rows: 6-20"
    )
    return CellError(message, hint, missing.key)


def _list_texts(reader: NumberReader) -> list[str]:
    """Return the texts of the rows in which headings may be."""
    rows = list(reader.sheet.rows.values())[:MOST_HEADINGS]
    return [
        show_bytes(" ".join(str(cell.value).split())) for row in rows for cell in row.values() if cell.kind == "text"
    ]


def _find_column(reader: NumberReader, wanted: Wanted, headings: int | None, has_rows: bool) -> int:
    """Return a column by its heading, else by its letters."""
    found = _read_headings(reader, headings).get(fold(wanted.name), []) if headings else []
    if len(found) > 1:
        letters = ", ".join(column_letters(column) for column in found[:6]) + (" …" if len(found) > 6 else "")
        message = f'{reader.file} has {len(found)} columns called "{wanted.name}" in row {headings}: {letters}'
        hint = f"write the letter of the one that you mean, and the rows: {wanted.key}: {column_letters(found[0])}, rows: {(headings or 0) + 1}-20"
        raise CellError(message, hint, wanted.key)
    if found:
        return found[0]
    if (column := find_letters(reader, wanted.name)) and (has_rows or headings):
        return column
    raise _miss(reader, [wanted], headings or _guess_headings(reader))


def _find_last(reader: NumberReader, headings: int, columns: tuple[int, ...]) -> int:
    """Return the last row with a number. Notes under a table have none; a label without a number is no note."""
    sheet, (labels, *numbers) = reader.sheet, columns
    rows = [row for row, cells in sheet.rows.items() if row > headings and any(column in cells for column in numbers)]
    if not rows:
        return headings
    are_years = all(_is_year(sheet.rows[row].get(labels)) for row in rows)
    last = rows[-1]
    while labels in (cells := sheet.rows.get(last + 1, {})):
        if len(cells) == 1 and not (are_years and _is_year(cells[labels])):
            break
        last += 1
    return last


def _is_year(cell: Cell | None) -> bool:
    return cell is not None and bool(_YEAR.fullmatch(_peek(cell)))


def _peek(cell: Cell) -> str:
    """Return a cell's content as a text, whatever is wrong with it."""
    return str(cell.value) if cell.kind == "text" else cell.describe()


def _require_whole(
    reader: NumberReader, headings: int | None, columns: tuple[int, ...], rows: list[int], keeps_gaps: bool
) -> None:
    """Raise CellError for a row whose fields have shifted, or whose label or numbers are missing."""
    cells, widths, (labels, *numbers) = reader.sheet.cells, reader.sheet.widths, columns
    usual = widths.get(headings, 0) if headings else 0
    for row in rows:
        width = reader.count_fields(row)
        if usual > 1 and width > usual:
            name = f"{reader.file}, row {row}"
            raise CellError(*describe_uneven(name, width, usual, f"the headings in row {headings}"))
        if (row, labels) not in cells:
            message = f"{_name_empty(reader, row, labels)}: its row has no label"
            raise CellError(message, hint_rows(reader, columns, rows), "x")
        if not keeps_gaps and all((row, column) not in cells for column in numbers):
            message = f"{_name_empty(reader, row, numbers[0])}, beside {cells[row, labels].describe()}"
            hint = hint_rows(reader, columns, rows, "or give the chart empty: gap")
            raise CellError(message, hint, "y")


def _name_empty(reader: NumberReader, row: int, column: int) -> str:
    for area in reader.sheet.merged:
        if (row, column) in area:
            return f"{reader.name((row, column))} is empty (merged with {format_place((area.top, area.left))})"
    return f"{reader.name((row, column))} is empty"


def hint_rows(reader: NumberReader, columns: Sequence[int], rows: Sequence[int], other: str = "") -> str:
    """Return the hint to name the longest run of rows that have a label and numbers."""
    labels, *numbers = columns
    best: list[int] = []
    run: list[int] = []
    for row in rows:
        cells = reader.sheet.rows.get(row, {})
        is_whole = labels in cells and all(column in cells and is_numeric(cells[column]) for column in numbers)
        run = [*run, row] if is_whole else []
        best = max(best, run, key=len)
    named = (
        f"name the rows of the numbers: rows: {best[0]}-{best[-1]}" if len(best) > 1 else "name the rows of the numbers"
    )
    return f"{named}; {other}" if other else named


def is_missing(reader: NumberReader, row: int, column: int) -> bool:
    """Return whether a cell says that there is no number."""
    return is_gap(reader.sheet.cells.get((row, column)))

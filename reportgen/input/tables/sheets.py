"""The values of a data file: cells with their addresses, in sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, field

from reportgen.text.numbers import PartialDate

Kind = Literal["number", "text", "date", "other", "error", "formula"]
Place = tuple[int, int]
"""Row and column, both counted from 1."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a worksheet, ECMA-376
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^!']+))!(.+)", re.DOTALL)


class CellError(ValueError):
    """A cell, a column or a sheet that cannot be used; `hint` says what to do, `key` which key of a chart asked for it."""

    def __init__(self, message: str, hint: str | None = None, key: str = "") -> None:
        super().__init__(message)
        self.hint, self.key = hint, key


class Cell(Struct, frozen=True):
    """A cell that is not empty. `value` is a number, or a text: a date in ISO 8601, an error's name."""

    kind: Kind
    value: float | str
    decimals: int | None = None
    """How many decimals its number format shows; None where it shows all."""
    percent: bool = False
    """True for a number that is shown as a percentage: 0.182 as 18.2%."""
    currency: str = ""
    """The currency that its number format shows."""

    def describe(self) -> str:
        """Return the cell as a message names it."""
        match self.kind:
            case "number":
                assert isinstance(self.value, float)
                shown = self.value * 100 if self.percent else self.value
                decimals = self.decimals if self.decimals is not None and self.decimals <= 15 else None
                text = format_float(shown) if decimals is None else f"{shown:.{decimals}f}"
                return f"{text}%" if self.percent else text
            case "text":
                text = show_bytes(str(self.value))
                return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'
            case "formula":
                return "a formula without a value"
        return str(self.value)

    def pack(self) -> Any:
        """Return the cell as JSON for the lock: a number or a text alone where that says everything."""
        if self.kind == "text" or (self.kind == "number" and self.decimals is None and not self.percent):
            return self.value
        packed = {"kind": self.kind, "value": self.value, "decimals": self.decimals, "percent": self.percent or None}
        return {key: value for key, value in packed.items() if value is not None}

    @staticmethod
    def unpack(data: Any) -> Cell:
        """Return a cell from the lock. Raise ValueError, TypeError or KeyError for what `pack` does not write."""
        if isinstance(data, str):
            return Cell("text", data)
        if isinstance(data, dict):
            value = data["value"]
            decimals = data.get("decimals")
            value = value if isinstance(value, str) else float(value)
            return Cell(data["kind"], value, None if decimals is None else int(decimals), bool(data.get("percent")))
        return Cell("number", float(data))


def format_float(value: float) -> str:
    """Write a number with the 15 digits that a spreadsheet keeps: 12.3, where its file has 12.299999999999999."""
    text = f"{value:.15g}"
    return text if "e" not in text else f"{float(text):f}".rstrip("0").rstrip(".")


def show_bytes(text: str) -> str:
    """Return a text with a mark for each byte that is no letter in UTF-8."""
    return re.sub("[\udc80-\udcff]+", "�", text)


class Area(Struct, frozen=True):
    """Cells from one corner to another."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    @property
    def places(self) -> Iterator[Place]:
        return (
            (row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1)
        )

    def __str__(self) -> str:
        first, last = format_place((self.top, self.left)), format_place((self.bottom, self.right))
        return first if first == last else f"{first}:{last}"


class Sheet(Struct, dict=True):
    """The cells of one sheet that are not empty."""

    name: str
    cells: dict[Place, Cell]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    widths: dict[int, int] = field(default_factory=dict)
    """For a CSV: how many fields each row has, with the empty ones at its end."""
    is_comma_separated: bool = False
    is_partial: bool = False
    """True where the file is not here, and these are the cells that the lock has."""

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells by row and column, in order; a row without cells is left out."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            found.setdefault(row, {})[column] = cell
        return found

    @property
    def last_row(self) -> int:
        return next(reversed(self.rows), 0)


class Workbook(Struct):
    """A data file: the sheets that were asked for, and the names of all."""

    file: str
    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]
    """The names of all sheets that a reader sees; a CSV's one sheet has the name ""."""
    hidden: tuple[str, ...] = ()
    sha256: str = ""
    encoding_note: str = ""
    """Where the file is not UTF-8: the first byte that is not, and what to do about it."""

    @property
    def is_csv(self) -> bool:
        return self.names == ("",)


def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def format_place(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def format_address(sheet: str, place: Place | Area) -> str:
    """Write an address as spreadsheets do: Sheet1!B7, 'My sheet'!B7; B7 in a CSV."""
    cell = str(place) if isinstance(place, Area) else format_place(place)
    if not sheet:
        return cell
    quoted = sheet if re.fullmatch(r"[^\W\d]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{cell}"


def split_address(text: str) -> tuple[str | None, str]:
    """Return the sheet and the cells of an address; None for the sheet where it names none."""
    if match := _SHEET.fullmatch(text.strip()):
        name = match[1].replace("''", "'") if match[1] else match[2].strip()
        return name, match[3].strip()
    return None, text.strip()


def parse_place(text: str) -> Place | None:
    """Return the row and column of "B7" or "$B$7"; None for anything else."""
    match = _CELL.fullmatch(text)
    if not match:
        return None
    place = int(match[2]), column_number(match[1])
    return place if place[0] <= LAST_ROW and place[1] <= LAST_COLUMN else None


def parse_area(text: str) -> Area | None:
    """Return the cells of "B7:B12", whichever corner comes first; None for anything else."""
    ends = [parse_place(end.strip()) for end in text.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    (row, column), (other_row, other_column) = ends[0], ends[1]
    return Area(min(row, other_row), min(column, other_column), max(row, other_row), max(column, other_column))


def parse_column(text: str) -> int | None:
    """Return the number of a column's letters; None for anything else."""
    match = _COLUMN.fullmatch(text)
    number = column_number(match[1]) if match else 0
    return number if 0 < number <= LAST_COLUMN else None


def read_date(cell: Cell) -> PartialDate | None:
    """Return the date in a cell: a date, a year as a whole number, or a text in ISO 8601."""
    if cell.kind == "number" and isinstance(cell.value, float):
        is_year = cell.value.is_integer() and 1000 <= cell.value <= 2999 and not cell.percent
        return PartialDate(int(cell.value)) if is_year else None
    if cell.kind not in ("text", "date"):
        return None
    try:
        return PartialDate.parse(str(cell.value).strip())
    except ValueError:
        return None

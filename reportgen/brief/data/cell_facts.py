"""A fact that is a cell: `{cell: Sheet1!B7, source: trade, unit: US$ billion}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from reportgen.brief.data.data_sources import DataSources
from reportgen.input.tables.cell_numbers import Number
from reportgen.input.tables.sheet_numbers import NumberReader, reads_as_share
from reportgen.input.tables.sheets import (
    Cell,
    CellError,
    Place,
    format_float,
    parse_place,
    read_date,
    show_bytes,
    split_address,
)
from reportgen.text.numbers import PartialDate, count_decimals

MOST_DECIMALS = 6  # that a fact can print
MOST_LETTERS = 200  # of a heading
NEIGHBORS = 400  # cells of a column that show whether it holds shares or percentages
_CODES = {"$": "D", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}


class FactCell(Struct, frozen=True):
    """A fact's cell: where it is, and the number or the date in it."""

    reader: NumberReader
    place: Place
    value: Number | PartialDate
    read: Number | PartialDate
    """The value as the cell has it, before it was scaled."""
    labels: Mapping[Place, str]
    """The headings over it and the labels beside it."""

    @property
    def cells(self) -> dict[Place, Cell]:
        """The cell and its labels as the lock keeps them."""
        return {self.place: normalize(self.read)} | {at: Cell("text", text) for at, text in self.labels.items()}


def normalize(value: Number | PartialDate) -> Cell:
    """Return what was read from a cell as a cell, whichever way the file writes it."""
    if isinstance(value, PartialDate):
        return Cell("date", value.iso)
    number = value.value / 100 if value.percent else value.value
    decimals = None if value.decimals == count_decimals(value.value) else value.decimals
    return Cell("number", float(format_float(number)), decimals, value.percent)


def find_cell(raw: Mapping[str, Any], sources: DataSources) -> FactCell:
    """Return the cell of a fact. Raise CellError where it cannot be used, UnreadError where its file cannot be read."""
    sheet, text = split_address(str(raw["cell"]))
    place = parse_place(text)
    if place is None:
        several = ": a fact is one cell; a chart takes a column" if ":" in text else ""
        raise CellError(
            f'"{raw["cell"]}" is not the address of a cell{several}', "write it as Sheet1!B7, or B7 in a CSV"
        )
    reader = sources.open_sheet(str(raw["source"]), sheet)
    reader.require_even(place[0])
    unit = raw.get("unit") if isinstance(raw.get("unit"), str) else ""
    cell = reader.sheet.cells.get(place)
    if cell and (unit == "date" or (cell.kind == "date" and not unit)):
        if date := read_date(cell):
            return FactCell(reader, place, date, date, find_labels(reader, place))
        raise CellError(
            f"{reader.name(place)} is {cell.describe()}, not a date", "write dates as 2021-01-20 in the file"
        )
    number = reader.read(place)
    check_unit(number, unit or "", reader.name(place))
    read, scale = number, raw.get("scale")
    if unit and unit.startswith("%") and scale is None and not reader.sheet.is_partial:
        _require_percent(number, reader, place)
    if isinstance(scale, int | float) and not isinstance(scale, bool):
        number = number.scale(float(scale))
    if raw.get("value") is None and raw.get("precision") is None:
        require_printable(number, reader.name(place))
    return FactCell(reader, place, number, read, find_labels(reader, place))


def find_labels(reader: NumberReader, place: Place) -> dict[Place, str]:
    """Return the headings over a cell and the labels left of it, by their places: what the table says of its number."""
    cells, (row, column) = reader.sheet.cells, place
    above = sorted((at for at in cells if at[1] == column and at[0] < row), reverse=True)
    left = sorted(at for at in cells if at[0] == row and at[1] < column)
    headings = [at for at in above if is_label(cells[at])]
    found = headings if reader.sheet.is_partial else headings[:1]
    if above and not reader.sheet.is_partial:  # years as headings
        top = row
        while (top - 1, column) in cells:
            top -= 1
        if top < row and is_year(cells[top, column]):
            found = [*found, (top, column)]
    found += [at for at in left if is_label(cells[at])] or [at for at in left[:1] if is_year(cells[at])]
    return {at: _shorten(cells[at]) for at in found}


def is_label(cell: Cell) -> bool:
    """Return whether a cell has words or a date, and not a number."""
    if cell.kind != "text":
        return cell.kind == "date"
    text = str(cell.value)
    return not any(char.isdigit() for char in text) or _has_word(cell) or read_date(cell) is not None


def _has_word(cell: Cell) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", str(cell.value)))


def is_year(cell: Cell) -> bool:
    """Return whether a cell is a year."""
    text = str(cell.value) if cell.kind == "text" else cell.describe()
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", text))


def _shorten(cell: Cell) -> str:
    text = show_bytes(str(cell.value)) if cell.kind == "text" else cell.describe()
    return " ".join(text.split())[:MOST_LETTERS]


def check_unit(number: Number, unit: str, name: str) -> None:
    """Raise CellError for a percentage or a currency in a cell whose fact or chart has another unit."""
    if number.percent and not unit.startswith("%"):
        raise CellError(f"{name} is a percentage, {number.value:.15g}%", f'give its unit: "%"{_instead(unit)}')
    sign = number.currency
    if sign and not _fits_currency(sign, unit):
        raise CellError(f"{name} is in {sign}", f"give its unit: {sign}{_instead(unit)}")


def _instead(unit: str) -> str:
    return f', not "{unit}"' if unit else ""


def _fits_currency(sign: str, unit: str) -> bool:
    money = re.match(r"\S+", unit)
    word = money[0] if money else ""
    if sign in ("$", "US$", "USD"):
        return "$" in word or (sign == "$" and word.endswith("D")) or word == "USD"
    return bool(word) and (sign in word or word == _CODES.get(sign) or sign == _CODES.get(word))


def _require_percent(number: Number, reader: NumberReader, place: Place) -> None:
    """Raise CellError for 0.182 in a column of such numbers: 18.2 percent, or 0.182 percent?"""
    if not reads_as_share([number]):
        return
    others = [at for at in reader.sheet.cells if at[1] == place[1] and at != place][:NEIGHBORS]
    numbers = [number]
    for at in others:
        try:
            numbers.append(reader.read(at))
        except CellError:
            continue
    if reads_as_share(numbers):
        raise CellError(
            ask_share(number, reader.name(place)), "give it scale: 100 for a share, scale: 1 for a percentage"
        )


def ask_share(number: Number, name: str) -> str:
    """Return the question for a number that may be a share of 1."""
    value = f"{number.value:.15g}"
    return f"{name} is {value} without a percent sign: {value} percent, or {number.scale(100).value:.15g} percent?"


def require_printable(number: Number, name: str, most: int = MOST_DECIMALS) -> None:
    """Raise CellError for a number whose decimals nobody chose."""
    if number.decimals > most:
        raise CellError(f"{name} has {number.decimals} decimals", "say how many are printed: precision: 1")
    if number.value and round(number.value, number.decimals) == 0:
        raise CellError(
            f"{name} is {number.value:.15g}, and its number format shows 0",
            "say how many decimals are printed: precision: 2",
        )

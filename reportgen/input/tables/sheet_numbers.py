"""The numbers of a sheet: which decimal sign its texts have, and numbers with the place of what is wrong with them."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.input.tables.cell_numbers import DecimalSign, Number, Style, infer_decimal_sign, read_number
from reportgen.input.tables.sheets import Area, CellError, Place, Sheet, format_address, format_place

UNEVEN = 0.8  # of the rows have one number of fields, so that another one is odd


class NumberReader(Struct):
    """Reads the numbers of one sheet as its source says that they are written."""

    file: str
    sheet: Sheet
    style: Style
    encoding_note: str = ""
    _signs: dict[int, DecimalSign | None] = field(default_factory=dict)

    def name(self, place: Place | Area) -> str:
        """Return the address for messages: trade.xlsx, Sheet1!B7."""
        return f"{self.file}, {format_address(self.sheet.name, place)}"

    def read(self, place: Place) -> Number:
        """Return the number at a place. Raise CellError, with the address, where there is none that is plain."""
        cell = self.sheet.cells.get(place)
        try:
            if cell is None and (area := next((area for area in self.sheet.merged if place in area), None)):
                hint = f"its value is in {format_place((area.top, area.left))}: the cells {area} are merged"
                raise CellError("is empty", hint)
            return read_number(cell, self._choose_style(place) if cell and cell.kind == "text" else self.style)
        except CellError as problem:
            raise CellError(f"{self.name(place)} {problem}", problem.hint) from None

    def _choose_style(self, place: Place) -> Style:
        if self.style.decimal:
            return self.style
        column = place[1]
        if column not in self._signs:
            self._signs[column] = self._infer(column)
        return replace(self.style, decimal=self._signs[column])

    def _infer(self, column: int) -> DecimalSign | None:
        """Return the decimal sign that the column proves, else the file; a comma between fields is no decimal sign."""
        cells = self.sheet.cells.items()
        own = infer_decimal_sign(str(cell.value) for (_, at), cell in cells if at == column and cell.kind == "text")
        if own in ("point", "comma"):
            return own
        if own == "both":
            return None
        every = infer_decimal_sign(str(cell.value) for _, cell in cells if cell.kind == "text")
        if every in ("point", "comma"):
            return every
        return "point" if self.sheet.is_comma_separated and every is None else None

    def require_even(self, row: int) -> None:
        """Raise CellError for a row of a CSV with more fields than nearly all others: its columns have shifted."""
        widths = self.sheet.widths
        counts: dict[int, int] = {}
        for width in widths.values():
            if width > 1:
                counts[width] = counts.get(width, 0) + 1
        if not counts:
            return
        usual = max(counts, key=lambda width: counts[width])
        width = self.count_fields(row)
        if width > usual and counts[usual] >= UNEVEN * sum(counts.values()):
            raise CellError(*describe_uneven(f"{self.file}, row {row}", width, usual, "the other rows"))

    def count_fields(self, row: int) -> int:
        """Return how many fields a row of a CSV has, without the empty ones at its end."""
        return max(self.sheet.rows.get(row, {}), default=0) if self.sheet.widths else 0


def describe_uneven(row: str, width: int, usual: int, others: str) -> tuple[str, str]:
    """Return the message and the hint for a row with too many fields."""
    message = f"{row} has {width} fields, {others} {usual}"
    return (
        message,
        "put a field that has the separator in it, such as 1,234, in double quotes; give every column a heading",
    )


def reads_as_share(numbers: list[Number]) -> bool:
    """Return whether numbers without a percent sign look like shares of 1, which print 0.2 percent for 20 percent."""
    plain = [number.value for number in numbers if not number.percent]
    return bool(plain) and all(abs(value) <= 1 for value in plain) and any(0 < abs(value) < 1 for value in plain)

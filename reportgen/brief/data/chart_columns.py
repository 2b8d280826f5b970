"""A chart whose data are columns of a data file: `{kind: line, data: trade, x: year, y: [exports, imports]}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from reportgen.brief.data.cell_facts import ask_share, check_unit, normalize, require_printable
from reportgen.brief.data.data_sources import DataSources
from reportgen.brief.data.table_rows import Table, Wanted, find_table, get_label, hint_rows, is_missing
from reportgen.input.field_types import FileText
from reportgen.input.tables.cell_numbers import Number
from reportgen.input.tables.sheet_numbers import NumberReader, reads_as_share
from reportgen.input.tables.sheets import Area, Cell, CellError, Place, format_address, parse_area, split_address
from reportgen.text.inline import escape_inline
from reportgen.text.languages import load_labels
from reportgen.text.numbers import Quantity, Unit

MOST_ROWS = {"bar": 60, "column": 60, "line": 1_000, "area": 1_000, "share": 20, "table": 40}
"""The most rows of a file that a chart of each kind can show."""
MOST_DECIMALS = 3  # that a chart prints without being told to


def is_of_data(raw: Any) -> bool:
    """Return whether an exhibit takes its numbers from a data file, as far as its keys say."""
    return isinstance(raw, dict) and isinstance(raw.get("data"), str) and raw.get("kind") in MOST_ROWS


class Column(Struct, frozen=True):
    """A series: its name and its numbers, None for a gap."""

    name: str
    numbers: list[Number | None]


class ChartColumns(Struct, frozen=True):
    """The labels and series of one chart, with the cells that they are in."""

    sheet: str
    areas: tuple[Area, ...]
    cells: Mapping[Place, Cell]
    label_name: str
    labels: list[str]
    columns: list[Column]
    unit: str
    decimals: int | None
    language: str

    @property
    def address(self) -> str:
        """The cells that are drawn, as notes name them: Sheet1!A4:A9, D4:D9."""
        rest = ", ".join(str(area) for area in self.areas[1:])
        return format_address(self.sheet, self.areas[0]) + (f", {rest}" if rest else "")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the table beside its numbers: headings and labels."""
        return (self.label_name, *(column.name for column in self.columns), *self.labels)

    def build(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of the exhibit that hold its data, as a writer would fill them."""
        labels, series = (
            [FileText(label) for label in self.labels],
            [self._set_series(column) for column in self.columns],
        )
        match raw["kind"]:
            case "line" | "area":
                return {"x": labels, "series": series}
            case "share":
                parts = zip(labels, series[0]["values"], strict=True)
                return {"parts": [{"label": label, "value": value} for label, value in parts]}
            case "table":
                heads = [FileText(name) for name in (self.label_name, *(column.name for column in self.columns))]
                values = [[value.short if value else None for value in each["values"]] for each in series]
                rows = zip(labels, *values, strict=True)
                lines = [[escape_inline(label), *numbers] for label, *numbers in rows]
                return {"header": heads, "rows": lines, "numeric": raw.get("numeric", heads[1:])}
        if isinstance(raw.get("y"), list | dict):
            return {"categories": labels, "series": series}
        bars = zip(labels, series[0]["values"], strict=True)
        return {"bars": [{"label": label, "value": value} for label, value in bars]}

    def _set_series(self, column: Column) -> dict[str, Any]:
        most = max((number.decimals for number in column.numbers if number), default=0)
        decimals = most if self.decimals is None else self.decimals
        values = [
            Quantity(number.value, Unit(self.unit if number.percent else ""), decimals=decimals, language=self.language)
            if number
            else None
            for number in column.numbers
        ]
        return {"name": FileText(column.name), "values": values}

    @staticmethod
    def fill(raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return an exhibit with any data, so that nothing is said of it but what was said of its data."""
        kept = {
            key: value
            for key, value in raw.items()
            if key
            not in ("highlight", "annotations", "forecast_from", "rest", "total", "widths", "numeric", "arrangement")
        }
        series = [{"name": "y", "values": [1, 1]}]
        data: dict[str, Any] = {
            "line": {"x": ["1", "2"], "series": series},
            "area": {"x": ["1", "2"], "series": series},
            "share": {"parts": [{"label": "x", "value": 1}], "unit": raw.get("unit") if raw.get("unit") != "%" else ""},
            "table": {"header": ["x"], "rows": [["x"]]},
        }.get(str(raw["kind"]), {"bars": [{"label": "x", "value": 1}]})
        return {**kept, **data}


def find_columns(raw: Mapping[str, Any], sources: DataSources, language: str) -> ChartColumns:
    """Return a chart's columns. Raise CellError for what cannot be drawn, UnreadError where the file cannot be read."""
    if given := next((key for key in ("bars", "categories", "series", "parts") if raw.get(key)), None):
        raise CellError(
            f"a chart has its data from a file or in the brief, and this one has `{given}` too", None, given
        )
    x, names = _read_keys(raw)
    areas = [parse_area(split_address(text)[1]) if ":" in text else None for text in (x, *names.values())]
    named = {split_address(text)[0] for text in (x, *names.values()) if ":" in text} - {None}
    sheet = next(iter(named), None) or (raw["sheet"] if isinstance(raw.get("sheet"), str) else None)
    reader = sources.open_sheet(str(raw["data"]), sheet)
    if all(areas):
        found = _read_areas(reader, [area for area in areas if area], list(names), raw)
    elif any(areas):
        raise CellError("x and y are all ranges of cells, or all columns", "write both as A6:A20, or name both", "y")
    else:
        found = _read_table(reader, x, names, raw)
    return _finish(raw, reader, *found, language=language)


def _read_keys(raw: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the label column and the number columns by the name that is given to them."""
    x, y = raw.get("x"), raw.get("y")
    for key, value in (("x", x), ("y", y)):
        if value is None:
            raise CellError(
                f"`{key}` is missing: the column of the {'labels' if key == 'x' else 'numbers'}", None, "data"
            )
    given = {None: y} if not isinstance(y, list | dict) else y if isinstance(y, dict) else dict.fromkeys(y)
    names = {
        str(name if name is not None else text): str(text if text is not None else name) for name, text in given.items()
    }
    if (
        isinstance(x, list | dict)
        or not names
        or not all(isinstance(each, str | int) for each in given.values() if each)
    ):
        raise CellError("x names one column, y one or several", "write x: year, y: [exports, imports]", "y")
    if raw["kind"] == "share" and len(names) > 1:
        raise CellError("a share chart has one column of numbers", "draw stacked bars for several", "y")
    return str(x), names


Found = tuple[Mapping[Place, Cell], tuple[Area, ...], list[str], list[Column], str]
"""Cells, their areas, labels, columns, and the heading of the labels."""


def _read_areas(reader: NumberReader, areas: list[Area], names: list[str], raw: Mapping[str, Any]) -> Found:
    """Read labels and numbers from ranges, each of which is one row or one column."""
    if raw.get("rows"):
        raise CellError("a range of cells has its rows already", "leave `rows` out", "rows")
    for area in areas:
        if area.top != area.bottom and area.left != area.right:
            raise CellError(f"{area} is more than one row or column", "write one range for each series", "y")
    places = [list(_list_few(area, raw)) for area in areas]
    every = list(zip(*places, strict=False))
    blank = {index for index, row in enumerate(every) if not any(place in reader.sheet.cells for place in row)}
    if odd := next((index for index, each in enumerate(places) if len(each) != len(places[0])), None):
        message = f"{areas[odd]} has {len(places[odd])} cells, the labels in {areas[0]} {len(places[0])}"
        raise CellError(message, "write ranges of one length", "y")
    places = [[place for index, place in enumerate(each) if index not in blank] for each in places]
    if not places[0]:
        raise CellError(f"{reader.file}, the cells {areas[0]} and {areas[1]} are empty", None, "y")
    return _collect(reader, places, names, "", {}, raw)


def _list_few(area: Area, raw: Mapping[str, Any]) -> Iterator[Place]:
    _require_few((area.bottom - area.top + 1) * (area.right - area.left + 1), str(raw["kind"]))
    return area.places


def _require_few(count: int, kind: str, file: str = "it") -> None:
    if count > MOST_ROWS[kind]:
        message = f"{file} has {count:,} rows for one exhibit; a {kind} shows at most {MOST_ROWS[kind]:,}"
        raise CellError(message, "name some of them: rows: 2-21; or make a smaller table", "data")


def _read_table(reader: NumberReader, x: str, names: Mapping[str, str], raw: Mapping[str, Any]) -> Found:
    """Read labels and numbers from the columns of a table."""
    wanted = [Wanted("x", x), *(Wanted("y", text) for text in names.values())]
    header = raw.get("header")
    rows = raw.get("rows") if isinstance(raw.get("rows"), str) else None
    table = find_table(reader, wanted, header if isinstance(header, int) else None, rows, raw.get("empty") == "gap")
    _require_few(len(table.rows), str(raw["kind"]), reader.file)
    places = [[(row, column) for row in table.rows] for column in table.columns]
    heads = _read_heads(reader, table)
    shown = [
        name if isinstance(raw.get("y"), dict) else (heads.get(column, ("", None))[0] or name)
        for name, column in zip(names, table.columns[1:], strict=True)
    ]
    cells = {place: cell for _, (text, place) in heads.items() if place and text for cell in [Cell("text", text)]}
    return _collect(reader, places, shown, heads.get(table.columns[0], (x, None))[0] or x, cells, raw)


def _read_heads(reader: NumberReader, table: Table) -> dict[int, tuple[str, Place | None]]:
    """Return the headings of the columns that are used, with their places."""
    if not table.header:
        return {}
    return {column: (get_label(reader, table.header, column), (table.header, column)) for column in table.columns}


def _collect(
    reader: NumberReader,
    places: list[list[Place]],
    names: list[str],
    label_name: str,
    heads: Mapping[Place, Cell],
    raw: Mapping[str, Any],
) -> Found:
    keeps_gaps = raw.get("empty") == "gap"
    cells, labels = dict(heads), []
    for place in places[0]:
        label = get_label(reader, *place)
        if not label:
            raise CellError(f"{reader.name(place)} is empty, and the chart takes a label from it", None, "x")
        labels.append(label)
        cells[place] = Cell("text", label)
    columns = []
    for name, column in zip(names, places[1:], strict=True):
        numbers: list[Number | None] = []
        for place in column:
            if keeps_gaps and is_missing(reader, *place):
                numbers.append(None)
                continue
            try:
                number = reader.read(place)
                check_unit(number, _choose_unit(raw, number), reader.name(place))
            except CellError as problem:
                hint = problem.hint
                if is_missing(reader, *place) and not (hint and "merged" in hint):
                    lines, heads_at = [row for row, _ in places[0]], [each[0][1] for each in places]
                    hint = hint_rows(reader, heads_at, lines, "or give the chart empty: gap")
                raise CellError(str(problem), hint, "y") from None
            numbers.append(number)
            cells[place] = normalize(number)
        columns.append(Column(name, numbers))
    _check_shares(reader, places, columns, raw)
    return cells, tuple(_join_areas(places)), labels, columns, label_name


def _join_areas(places: list[list[Place]]) -> Iterator[Area]:
    """Yield the areas of series, those of neighboring columns together."""
    areas = [Area(each[0][0], each[0][1], each[-1][0], each[-1][1]) for each in places if each]
    joined: Area | None = None
    for area in sorted(areas, key=lambda each: (each.left, each.top)):
        if joined and (joined.top, joined.bottom) == (area.top, area.bottom) and area.left <= joined.right + 1:
            joined = Area(joined.top, joined.left, joined.bottom, max(joined.right, area.right))
            continue
        if joined:
            yield joined
        joined = area
    if joined:
        yield joined


def _choose_unit(raw: Mapping[str, Any], number: Number) -> str:
    """Return the chart's unit; a chart that names none has that of its percentages."""
    unit = raw.get("unit")
    return unit if isinstance(unit, str) and unit else "%" if number.percent else ""


def _check_shares(
    reader: NumberReader, places: list[list[Place]], columns: list[Column], raw: Mapping[str, Any]
) -> None:
    numbers = [number for column in columns for number in column.numbers if number]
    if len({number.percent for number in numbers}) > 1 and raw["kind"] != "table":
        raise CellError(f"{reader.file}: some of the numbers are percentages, some are not", "draw two exhibits", "y")
    unit = raw.get("unit")
    is_percent = isinstance(unit, str) and unit.startswith("%") and raw.get("scale") is None
    if is_percent and not reader.sheet.is_partial and reads_as_share(numbers):
        first = next(number for number in numbers if 0 < abs(number.value) < 1)
        place = next(
            at
            for column, cells in zip(columns, places[1:], strict=True)
            for number, at in zip(column.numbers, cells, strict=True)
            if number is first
        )
        hint = "give it scale: 100 for shares, scale: 1 for percentages"
        raise CellError(ask_share(first, reader.name(place)), hint, "y")


def _finish(
    raw: Mapping[str, Any],
    reader: NumberReader,
    cells: Mapping[Place, Cell],
    areas: tuple[Area, ...],
    labels: list[str],
    columns: list[Column],
    label_name: str,
    language: str,
) -> ChartColumns:
    scale = raw.get("scale")
    if isinstance(scale, int | float) and not isinstance(scale, bool) and scale > 0:
        columns = [
            Column(each.name, [number.scale(float(scale)) if number else None for number in each.numbers])
            for each in columns
        ]
    decimals = raw.get("precision") if isinstance(raw.get("precision"), int) else None
    if decimals is None:
        for column in columns:
            for number in column.numbers:
                if number:
                    require_printable(number, f"{reader.file}, {column.name}", MOST_DECIMALS)
    unit = raw.get("unit") if isinstance(raw.get("unit"), str) else None
    label = label_name or load_labels(language).charts.value
    return ChartColumns(reader.sheet.name, areas, cells, label, labels, columns, unit or "%", decimals, language)

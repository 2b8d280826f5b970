"""An Excel workbook (.xlsx) as sheets of cells, read with openpyxl in a process with limits.

openpyxl, because it tells an error value from an empty cell, knows number formats, and reads what real programs write;
python-calamine, twenty times as fast, returns errors as empty cells, and no formats. What openpyxl's reader for large files
leaves out, merged cells and formulas without a value, is looked up in the sheet's XML.
"""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from reportgen.input.tables.sheets import Area, Cell, Place, Sheet, Workbook, parse_area, parse_place
from reportgen.system.errors import FileError, Location
from reportgen.text.numbers import PartialDate

LARGEST = 400_000_000  # bytes unpacked
MOST_CELLS = 2_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SAVE = "open it in a spreadsheet program and save it as .xlsx"
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CURRENCY = re.compile(r"\[\$([A-Z]{3}|[A-Z]{0,2}[$€£¥₩])(?:-[^\]]*)?\]|(?<!\[)([$€£¥₩])(?![^\[]*\])")
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]*))?(,*)")


def read_xlsx(data: bytes, name: str, wanted: frozenset[str | None] | None) -> Workbook:
    """Return the workbook with the sheets that are wanted; None among them is the only sheet that a reader sees.

    Without `wanted`, all sheets are read.

    Raises
    ------
    FileError
        when it is no workbook, is encrypted, damaged or too large, or has macros.
    """
    where = Location(name)
    _require_workbook(data, where)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not know
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        seen = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
        hidden = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
        names = wanted and {_fold(seen[0] if each is None and len(seen) == 1 else each) for each in wanted}
        sheets = {}
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _find_sheet_parts(archive)
            for sheet in book.worksheets:
                if names is None or _fold(sheet.title) in names:
                    sheets[sheet.title] = _read_sheet(sheet, archive, parts.get(sheet.title), where)
    return Workbook(name, sheets, seen, hidden)


def _fold(name: str | None) -> str | None:
    return name.strip().casefold() if name else None


def _require_workbook(data: bytes, where: Location) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise FileError("the workbook is protected by a password", where, "save it without a password")
        raise FileError("a workbook of Excel 97–2003 (.xls)", where, _SAVE)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
            if size > LARGEST:
                message = f"too large: {size // 1_000_000:,} MB unpacked, of at most {LARGEST // 1_000_000}"
                raise FileError(message, where, "keep the sheets that the brief needs in a file of their own")
            kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        message = "not an Excel workbook, or a damaged one" if not data.startswith(b"PK") else "a damaged workbook"
        raise FileError(message, where, _SAVE) from None
    if b"macroEnabled" in kinds or any(each.endswith("vbaProject.bin") for each in names):
        hint = "this program runs no macros, and values may depend on them: save it as .xlsx"
        raise FileError("the workbook has macros", where, hint)
    if b"spreadsheetml" not in kinds:
        what = "an OpenDocument file" if "mimetype" in names else "not an Excel workbook"
        raise FileError(what, where, _SAVE)


def _read_sheet(sheet: Any, archive: zipfile.ZipFile, part: str | None, where: Location) -> Sheet:
    cells: dict[Place, Cell] = {}
    sheet.reset_dimensions()  # what the file says of them is often wrong
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and (read := _read_cell(cell)):
                cells[cell.row, cell.column] = read
        if len(cells) > MOST_CELLS:
            hint = "keep the sheet that the brief needs in a file of its own"
            raise FileError(f'more than {MOST_CELLS:,} cells in "{sheet.title}"', where, hint)
    merged = []
    for area, formula in _find_marks(archive, part) if part else ():
        if area:
            merged.append(area)
        elif formula and formula not in cells:
            cells[formula] = Cell("formula", "")
    return Sheet(sheet.title, cells, tuple(merged), sheet.sheet_state != "visible")


def _read_cell(cell: Any) -> Cell | None:
    value, code = cell.value, _get_format(cell)
    if isinstance(value, bool):
        return Cell("other", str(value).upper())
    if isinstance(value, int | float):
        decimals, percent = read_number_format(code)
        return Cell("number", float(value), decimals, percent, find_currency(code))
    if isinstance(value, datetime | date):
        return Cell("date", _read_date(value, code).iso)
    if cell.data_type == "e":
        return Cell("error", str(value))
    if isinstance(value, str):
        return Cell("text", value.strip()) if value.strip() else None
    return Cell("other", str(value))  # a time of day


def _get_format(cell: Any) -> str:
    try:
        return str(cell.number_format or "General")
    except IndexError:  # a style that the workbook lacks
        return "General"


def _read_date(value: date, code: str) -> PartialDate:
    """Return a date as exactly as its format shows it: a year, a month, or a day."""
    shown = _LITERAL.sub("", code.lower())
    if "d" in shown or "y" not in shown:
        return PartialDate(value.year, value.month, value.day)
    return PartialDate(value.year, value.month) if "m" in shown else PartialDate(value.year)


def read_number_format(code: str) -> tuple[int | None, bool]:
    """Return how many decimals a number format shows, None where it shows all, and whether it shows percentages."""
    shown = _LITERAL.sub("", code.split(";")[0])
    percent = "%" in shown
    match = _DIGITS.search(shown)
    if not match or match[2] or "/" in shown or "e" in shown.lower():
        return None, percent  # general, in thousands, a fraction, a power of ten
    return len(match[1] or ""), percent


def find_currency(code: str) -> str:
    """Return the currency that a number format shows: "EUR" for #,##0 [$EUR], "$" for "$"#,##0; "" where it shows none."""
    match = _CURRENCY.search(code.split(";")[0])
    return (match[1] or match[2]) if match else ""


def _find_sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    workbook = next((part for part in archive.namelist() if re.fullmatch(r"/?xl/workbook\d*\.xml", part)), None)
    if not workbook:
        return {}
    folder, name = posixpath.split(workbook)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    targets = {each.get("Id"): each.get("Target", "") for each in _parse(archive.read(relations))}
    found = {}
    for sheet in _parse(archive.read(workbook)).iter("{*}sheet"):
        key = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if part in archive.NameToInfo:
            found[str(sheet.get("name"))] = part
    return found


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _find_marks(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[Area | None, Place | None]]:
    """Yield merged areas, and the places of formulas that have no value, from a sheet's XML."""
    data = archive.read(part)
    if b"mergeCell" not in data and b"f>" not in data and b"<f" not in data:
        return
    events = etree.iterparse(BytesIO(data), tag=("{*}c", "{*}mergeCell"), resolve_entities=False, no_network=True)
    for _, element in events:
        if element.tag.endswith("}mergeCell"):
            if area := parse_area(element.get("ref", "")):
                yield area, None
        else:
            tags = {str(child.tag).rpartition("}")[2]: child for child in element}
            value = tags.get("v")
            if "f" in tags and "is" not in tags and (value is None or not value.text) and element.get("t") != "str":
                yield None, parse_place(element.get("r", ""))
            element.clear()

"""Workbooks for the tests, made with openpyxl: formulas have no stored value, as no program has calculated them."""

import io
import zipfile
from datetime import date

import openpyxl


def build(**sheets):
    """Return a workbook's bytes; a sheet maps addresses to values, or to a value with its number format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            if address == "merged":
                for area in value:
                    sheet.merge_cells(area)
            elif address == "state":
                sheet.sheet_state = value
            elif isinstance(value, tuple):
                sheet[address], sheet[address].number_format = value
            else:
                sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_part(data, part, change):
    """Return a workbook with one part changed; a part that it lacks is added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return target.getvalue()


TRADE = build(
    Sheet1={
        "A1": "Trade of Freedonia",
        "A3": "Year", "B3": "Exports", "C3": "Share", "D3": "As of",
        "A4": 2019, "B4": 10.5, "C4": (0.182, "0.0%"), "D4": (date(2020, 3, 1), "mmm yyyy"),
        "A5": 2020, "B5": 11.25, "C5": (0.19, "0.0%"), "D5": (date(2021, 3, 15), "d mmm yyyy"),
        "A7": "Source: customs office",
    }
)  # fmt: skip

"""A data file by its name: which reader takes it, and what it may not be."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reportgen.input.tables import OTHER_SPREADSHEETS
from reportgen.input.tables.sheets import Workbook
from reportgen.system.errors import FileError, Location
from reportgen.system.files import read_file

MAX_BYTES = 100 * 1024 * 1024
SECONDS, MEMORY = 60.0, 2_000_000_000


def read_data_file(
    path: Path,
    shown_as: str,
    wanted: frozenset[str | None] | None,
    encoding: str | None = None,
    separator: str | None = None,
    fork: bool = False,
) -> Workbook:
    """Return the sheets of a data file that are wanted, all of them where it is None.

    None among them is the only sheet that a reader sees.

    Raises
    ------
    FileError
        when it cannot be read, is of another kind, encrypted, damaged or too large, or has macros.
    """
    where, suffix = Location(shown_as), path.suffix.lower()
    data = read_file(path, MAX_BYTES, shown_as, "name the data file", "keep what the brief needs in a smaller file")
    if not data.strip():
        raise FileError("the file is empty", where)
    if suffix in (".xlsm", ".xltm"):
        hint = "this program runs no macros, and values may depend on them: save it as .xlsx"
        raise FileError("the workbook has macros", where, hint)
    if suffix in OTHER_SPREADSHEETS:
        raise FileError(f"a spreadsheet of a kind that is not read ({suffix})", where, "save it as .xlsx or .csv")
    if suffix == ".xlsx":
        from reportgen.input.tables.xlsx_file import read_xlsx
        from reportgen.system.limited_process import run_limited

        book = run_limited(read_xlsx, data, shown_as, wanted, file=shown_as, fork=fork, seconds=SECONDS, memory=MEMORY)
    else:
        from reportgen.input.tables.csv_file import read_csv

        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise FileError("a spreadsheet under the name of a text file", where, "give it the suffix .xlsx")
        book = read_csv(data, shown_as, encoding, separator)
    book.sha256 = hashlib.sha256(data).hexdigest()
    return book

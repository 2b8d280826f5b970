"""The data files among a brief's sources, each read once, or taken from the lock where it is not here."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen.brief.data.data_use import UsedFile, build_workbook, unpack_cells
from reportgen.input.tables import LOCK_NAME, is_data_file
from reportgen.input.tables.cell_numbers import Style
from reportgen.input.tables.data_file import read_data_file
from reportgen.input.tables.sheet_numbers import NumberReader
from reportgen.input.tables.sheets import CellError, Workbook
from reportgen.input.yamlfile import Document
from reportgen.system import interrupts
from reportgen.system.errors import Diagnostic, FileError, did_you_mean
from reportgen.system.files import follow_links, read_file


class UnreadError(Exception):
    """A data file that could not be read, which is reported at its source."""


class DataSources:
    """The data files of a brief by source id. What is wrong with a file is collected once, in `problems`."""

    def __init__(
        self, document: Document, wanted: Mapping[str, frozenset[str | None]], optional: frozenset[str]
    ) -> None:
        """Prepare to read; `wanted` are the sheets by source, `optional` the sources of which nothing has to be read."""
        self._document, self._wanted, self._optional = document, wanted, optional
        self._folder = Path(document.file).resolve().parent
        self._sources: dict[str, Any] = document.data["sources"]
        self._books: dict[str, Workbook | None] = {}
        self._readers: dict[tuple[str, str], NumberReader] = {}
        self.problems: list[Diagnostic] = []
        self.used: dict[str, UsedFile] = {}

    def is_known(self, source: object) -> bool:
        return isinstance(source, str) and isinstance(self._sources.get(source), dict)

    def open_sheet(self, source: str, sheet: str | None) -> NumberReader:
        """Return a reader of a sheet: the one that is named, else the source's, else the only one that a reader sees.

        Raise CellError where there is none such, UnreadError where the file cannot be read.
        """
        settings = self._sources[source]
        file = settings.get("file")
        if not is_data_file(file if isinstance(file, str) else None):
            hint = "a source with cells has a file: that ends in .xlsx, .csv or .tsv"
            raise CellError(f'the source "{source}" is not a data file', hint, "data")
        book = self._open(source, file)
        name = self._choose_sheet(book, sheet or _get_text(settings, "sheet"), source)
        key = source, name
        if key not in self._readers:
            self._readers[key] = NumberReader(file, book.sheets[name], _read_style(settings), book.encoding_note)
        return self._readers[key]

    def _open(self, source: str, file: str) -> Workbook:
        if source not in self._books:
            try:
                self._books[source] = self._read(source, file)
            except FileError as error:
                self._books[source] = None
                self.problems += self._convert(source, file, error.diagnostics)
        book = self._books[source]
        if book is None:
            raise UnreadError
        return book

    def _convert(self, source: str, file: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield a file's problems at the brief's line that names it."""
        for each in found:
            line = f", line {each.where.line}" if each.where and each.where.line and each.where.file == file else ""
            where = self._document.where(("sources", source, "file"))
            yield Diagnostic(f"sources.{source}.file: {file}{line}: {each.message}", where, each.hint)

    def _read(self, source: str, file: str) -> Workbook | None:
        path = follow_links(self._folder / file)
        if not path.is_relative_to(self._folder):
            raise FileError("is outside the brief's folder", hint="copy it into the brief's folder")
        self.used[source] = UsedFile(file)
        if not os.path.lexists(path):
            return self._open_locked(source, file)
        settings = self._sources[source]
        book = read_data_file(
            path,
            file,
            self._wanted.get(source, frozenset([None])),
            _get_text(settings, "encoding"),
            _get_text(settings, "separator"),
            fork=interrupts.is_command(),
        )
        self.used[source].sha256 = book.sha256
        return book

    def _open_locked(self, source: str, file: str) -> Workbook | None:
        """Return the cells that the lock has; None where it has none and nothing has to be read."""
        cells = read_locked_cells(self._folder).get(source)
        if cells:
            return build_workbook(file, unpack_cells(cells))
        if source in self._optional:
            return None
        hint = f"put it there, or {LOCK_NAME} with its cells, which `check` writes"
        raise FileError("is not in the brief's folder", hint=hint)

    def _choose_sheet(self, book: Workbook, sheet: str | None, source: str) -> str:
        names = (*book.names, *book.hidden)
        if book.is_csv:
            if sheet:
                raise CellError(f'{book.file} has no sheets, so none is called "{sheet}"', "write the cell alone: B7")
            return ""
        if sheet is None:
            seen = book.names
            if len(seen) > 1 and any(each.is_partial for each in book.sheets.values()):
                seen = tuple(name for name in seen if name not in self._wanted.get(source, ())) or seen
            if len(seen) != 1:
                listed = ", ".join(f'"{name}"' for name in seen[:8]) + (" …" if len(seen) > 8 else "")
                raise CellError(f"{book.file} has {len(seen)} sheets", f"give the source sheet: one of {listed}")
            return seen[0]
        for name in names:
            if name.strip().casefold() == sheet.strip().casefold():
                if name in book.sheets:
                    return name
                break
        hint = did_you_mean(sheet, names) or f"it has {', '.join(names[:8])}"
        raise CellError(f'{book.file} has no sheet "{sheet}"', hint, "sheet")


def _get_text(settings: Mapping[str, Any], key: str) -> str | None:
    value = settings.get(key)
    return value if isinstance(value, str) and value else None


def _read_style(settings: Mapping[str, Any]) -> Style:
    decimal, negative = settings.get("decimal"), settings.get("negative")
    return Style(
        decimal if decimal in ("point", "comma") else None, "parentheses" if negative == "parentheses" else None
    )


def read_locked_cells(folder: Path) -> Mapping[str, Any]:
    """Return the cells in the lock beside a brief, by source; none where there is no lock, or it cannot be read.

    The lock is checked where it is read as a whole.
    """
    path = folder / LOCK_NAME
    try:
        cells = json.loads(read_file(path)).get("cells", {})
        for locked in cells.values():
            unpack_cells(locked)
    except (FileError, AttributeError, KeyError, TypeError, ValueError):
        return {}
    return dict(cells)

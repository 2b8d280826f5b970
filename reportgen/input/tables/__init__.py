"""Data files (.xlsx, .csv, .tsv) as sheets of cells. Nothing here is imported unless a brief names such a file."""

LOCK_NAME = "evidence.lock"
"""The file beside a brief that keeps what its check verified, the cells of its data files included."""

DATA_SUFFIXES = (".xlsx", ".csv", ".tsv")
OTHER_SPREADSHEETS = (".xlsm", ".xltm", ".xltx", ".xls", ".xlsb", ".ods", ".numbers", ".fods")
"""Spreadsheets that are refused with a reason; the file's name decides that it is one."""


def is_data_file(name: str | None) -> bool:
    """Return whether a source's file is a table of cells, by its name."""
    return bool(name) and str(name).lower().endswith((*DATA_SUFFIXES, *OTHER_SPREADSHEETS))

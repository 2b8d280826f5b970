"""Errors with their diagnostics and exit codes, for every room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    BRIEF = 3
    EVIDENCE = 4
    FIT = 5
    TEMPLATE = 6
    FILE = 7
    INTERRUPTED = 130


class Location(NamedTuple):
    """A place in a file; lines and columns are numbered from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class Diagnostic(NamedTuple):
    """One finding, printed as compilers print theirs."""

    message: str
    where: Location | None = None
    hint: str | None = None
    severity: str = "error"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  hint: {_to_one_line(self.hint)}" if self.hint else ""
        return f"{_to_one_line(place)}{self.severity}: {_to_one_line(self.message)}{hint}"


_LONG_QUOTATION = re.compile(r'"([^"]{60})[^"]{20,}"')


def _to_one_line(text: str) -> str:
    """Shorten long quotations and escape what is not printable."""
    return escape_unprintable(_LONG_QUOTATION.sub(r'"\1…"', text))


def escape_unprintable(text: str, kept: str = "") -> str:
    """Escape what is not printable, but for `kept`: it could move a terminal's cursor."""
    return "".join(
        char if char.isprintable() or char in "\xa0\xad" or char in kept else repr(char)[1:-1] for char in text
    )


class ReportgenError(Exception):
    """A fault in the user's input or system, printed without a traceback.

    It carries every diagnostic, so that one run reports all of a file's problems.
    """

    code = ExitCode.INTERNAL

    def __init__(
        self, message: str | Sequence[Diagnostic], where: Location | None = None, hint: str | None = None
    ) -> None:
        if isinstance(message, str):
            self.diagnostics: tuple[Diagnostic, ...] = (Diagnostic(message, where, hint),)
        else:
            self.diagnostics = tuple(message)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

    def __reduce__(self) -> tuple[type[ReportgenError], tuple[object, ...]]:
        return type(self), (self.diagnostics,)


class UsageError(ReportgenError):
    """An option or argument names something that does not exist, or contradicts another."""

    code = ExitCode.USAGE


class BriefError(ReportgenError):
    """The brief is invalid."""

    code = ExitCode.BRIEF


class RecipientsError(ReportgenError):
    """The list of recipients is invalid, or contradicts the copies that were already made."""

    code = ExitCode.BRIEF


class EditionError(UsageError):
    """The brief has changed since copies of it were made, and no new edition was asked for."""


class EvidenceError(ReportgenError):
    """The evidence does not support what the brief or a finished file says."""

    code = ExitCode.EVIDENCE


class FitError(ReportgenError):
    """Text does not fit its slide, or the memo its pages."""

    code = ExitCode.FIT


class TemplateError(ReportgenError):
    """A template, theme or brand file is invalid."""

    code = ExitCode.TEMPLATE


class FileError(ReportgenError):
    """A file, the disk or the network failed."""

    code = ExitCode.FILE


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """Return a hint with the nearest known name, or with all names when they are few."""
    from difflib import get_close_matches

    names = sorted(known)
    if close := get_close_matches(wrong, names, n=1, cutoff=0.6):
        return f'did you mean "{close[0]}"?'
    if names and len(names) <= 12:
        return "known: " + ", ".join(names)
    return None

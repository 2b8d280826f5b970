"""The cells of recipients.csv, one kind a method: what each may hold, and what to do where it holds something else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from reportgen.distribution.recipients.addresses import AddressError, normalize_address
from reportgen.distribution.recipients.csv_table import Cell
from reportgen.input.field_types import describe_value
from reportgen.pipeline.kinds import KINDS
from reportgen.system.errors import Diagnostic, Location, did_you_mean
from reportgen.text.languages import LANGUAGE

DOCUMENTS = (*KINDS, "handout")
"""The documents that a recipient can get."""
USUAL = ("memo", "deck")
"""The documents of a recipient whose cell is empty."""
MAX_LETTERS = 500  # of a name or a salutation; other columns are for templates, and may hold paragraphs
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BAD = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f{_BIDI}]")
_BAD_FREE = re.compile(_BAD.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_TURNS = re.compile(f"[{_BIDI}]")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_MANGLED = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_DAY_FIRST_OR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NAME_HINT = "write a person's or an office's name"


class CellReader:
    """Reads the cells of one file, and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []

    def read_name(self, cell: Cell, line: int) -> str:
        if not cell.text:  # an empty cell's own line may be a later one
            self.problems.append(Diagnostic("this row has no name", Location(self.file, line, cell.column), _NAME_HINT))
        elif not any(letter.isalnum() for letter in cell.text):
            self._problem(cell, f"the name {describe_value(cell.text)} has no letter", _NAME_HINT)
        return self.read_text(cell, "name", may_be_formula=True)

    def read_text(self, cell: Cell, column: str, may_be_formula: bool = False) -> str:
        """Return one line of text, normalized, with single spaces; with `may_be_formula`, warn of one that looks like it."""
        if not cell.text or not self._is_clean(cell, column, _BAD):
            return ""
        if len(cell.text) > MAX_LETTERS:
            self._problem(cell, f"{column}: more than {MAX_LETTERS} letters", "is a closing quote missing?")
            return ""
        if may_be_formula and _FORMULA.match(cell.text):
            message = f"{column}: a spreadsheet would read {describe_value(cell.text)} as a formula"
            self._warn(cell, message, "it is printed as it is: check that this is what you mean")
        return " ".join(unicodedata.normalize("NFC", cell.text).split())

    def read_lines(self, cell: Cell, column: str) -> str:
        """Return a cell of a column of the user's own, which may have several lines."""
        return unicodedata.normalize("NFC", cell.text) if self._is_clean(cell, column, _BAD_FREE) else ""

    def read_address(self, cell: Cell) -> str:
        text = self.read_text(cell, "email")
        try:
            return normalize_address(text) if text else ""
        except AddressError as error:
            self._problem(cell, f"email: {describe_value(text)}: {error}", error.hint)
            return ""

    def read_documents(self, cell: Cell) -> tuple[str, ...]:
        words = re.split(r"[;,+\s]+", self.read_text(cell, "documents").casefold())
        wanted, known = {word for word in words if word}, (*DOCUMENTS, "all")
        for word in sorted(wanted.difference(known)):
            message = f"documents: there is no document {describe_value(word)}"
            self._problem(cell, message, did_you_mean(word, known))
        if "all" in wanted:
            return DOCUMENTS
        return tuple(document for document in DOCUMENTS if document in wanted) or USUAL

    def read_language(self, cell: Cell) -> str:
        text = self.read_text(cell, "language")
        if not text or re.fullmatch(LANGUAGE, text):
            return text
        first, *rest = text.replace("_", "-").split("-")
        likely = "-".join((first.lower(), *rest))
        hint = f'did you mean "{likely}"?' if re.fullmatch(LANGUAGE, likely) else "write a tag: en-US, ko, ar"
        self._problem(cell, f"language: {describe_value(text)} is not a language tag", hint)
        return ""

    def read_number(self, cell: Cell) -> int | None:
        text = self.read_text(cell, "copy number")
        if not text:
            return None
        if re.fullmatch(r"0*[1-9][0-9]{0,5}", text):
            return int(text)
        message = f"copy number: {describe_value(text)} is not a whole number from 1 to 999,999"
        self._problem(cell, message, "write 12, or leave the cell empty to get the next free number")
        return None

    def read_date(self, cell: Cell) -> date | None:
        text = self.read_text(cell, "expires")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            message = f"expires: {describe_value(text)} is not a date in the form that we read"
            self._problem(cell, message, _date_hint(text))
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._problem(cell, f"expires: {text} is not in the calendar", "write it like 2021-01-20")
            return None

    def read_yes(self, cell: Cell, column: str) -> bool:
        text = self.read_text(cell, column)
        if text.casefold() not in ("", "yes", "no"):
            message = f"{column}: {describe_value(text)} is neither yes nor no"
            self._problem(cell, message, "write yes, or leave the cell empty")
        return text.casefold() == "yes"

    def _is_clean(self, cell: Cell, column: str, bad: re.Pattern[str]) -> bool:
        """Say whether a cell has only printable letters; one that is not is a problem."""
        match = bad.search(cell.text)
        if match is None:
            if _MANGLED.search(cell.text):
                message = f"{column}: {describe_value(cell.text)} looks like UTF-8 that was once read as Windows-1252"
                self._warn(cell, message, "is this the right spelling? open the list as UTF-8, or retype the cell")
            return True
        code = f"U+{ord(match[0]):04X}"
        if match[0] == "\n":
            message, hint = "the cell contains a line break", "write it in one line"
        elif _TURNS.match(match[0]):
            message = (
                f"the invisible character {code} turns the direction of text, so what is shown is not what is there"
            )
            hint = "retype the cell: such characters come along when text is copied"
        else:
            message, hint = f"the character {code} cannot be printed", "retype the cell"
        self._problem(cell, f"{column}: {message}", hint)
        return False

    def _problem(self, cell: Cell, message: str, hint: str | None) -> None:
        self.problems.append(Diagnostic(message, Location(self.file, cell.line, cell.column), hint))

    def _warn(self, cell: Cell, message: str, hint: str) -> None:
        self.warnings.append(Diagnostic(message, Location(self.file, cell.line, cell.column), hint, "warning"))


def _date_hint(text: str) -> str:
    """Return the dates that were probably meant; spreadsheets rewrite dates in the country's own form."""
    meant = set()
    if match := _DAY_FIRST_OR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        for month, day in ((first, second), (second, first)):
            try:
                meant.add(date(year, month, day).isoformat())
            except ValueError:
                continue
    advice = f"did you mean {' or '.join(sorted(meant))}? format" if meant else "write it like 2021-01-20, and format"
    return f"{advice} the column as text, so that it stays as typed"

"""The cells of recipients.csv, one kind a method: what each may hold, and what to do where it holds something else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from reportgen.distribute.recipients.addresses import AddressError, normalized
from reportgen.distribute.recipients.csv_table import Cell
from reportgen.input.field_types import describe_value
from reportgen.pipeline.kinds import KINDS
from reportgen.system.errors import Diagnostic, Location, did_you_mean
from reportgen.text.languages import LANGUAGE

DOCUMENTS = (*KINDS, "handout")
"""What a recipient can get."""
USUAL = ("memo", "deck")
"""What one gets whose cell is empty."""
MOST_LETTERS = 500  # of a name or a salutation; other columns are for templates, which may hold paragraphs
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BAD = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f{_BIDI}]")
_BAD_FREE = re.compile(_BAD.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_TURNS = re.compile(f"[{_BIDI}]")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_MANGLED = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_DAY_FIRST_OR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def neutral(text: str) -> str:
    """A text as a cell of a CSV file of ours: one that a spreadsheet would compute has an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


class Cells:
    """Reads cells of one file, and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []

    def name(self, cell: Cell, line: int) -> str:
        if not cell.text:
            self.problems.append(
                Diagnostic(
                    "this row has no name", Location(self.file, line, cell.column), "write a person's or an office's"
                )
            )
        elif not any(letter.isalnum() for letter in cell.text):
            self._problem(
                cell, f"the name {describe_value(cell.text)} has no letter", "write a person's or an office's"
            )
        return self.text(cell, "name", formula=True)

    def text(self, cell: Cell | None, column: str, formula: bool = False) -> str:
        """One line of text, in one spelling of its letters, with single spaces."""
        if cell is None or not cell.text or not self._clean(cell, column, _BAD):
            return ""
        if len(cell.text) > MOST_LETTERS:
            self._problem(cell, f"{column}: more than {MOST_LETTERS} letters", "is a quote missing that should close?")
            return ""
        if formula and _FORMULA.match(cell.text):
            self._warn(
                cell,
                f"{column}: a spreadsheet would take {describe_value(cell.text)} for a formula",
                "it is kept; in the CSV files that we write, an apostrophe stands before it",
            )
        return " ".join(unicodedata.normalize("NFC", cell.text).split())

    def free(self, cell: Cell, column: str) -> str:
        """A cell of a column of the user's own: it may have several lines."""
        return unicodedata.normalize("NFC", cell.text) if self._clean(cell, column, _BAD_FREE) else ""

    def address(self, cell: Cell | None) -> str:
        text = self.text(cell, "email")
        if cell is None or not text:
            return ""
        try:
            return normalized(text)
        except AddressError as error:
            self._problem(cell, f"email: {describe_value(text)}: {error}", error.hint)
            return ""

    def documents(self, cell: Cell | None) -> tuple[str, ...]:
        words = re.split(r"[;,+\s]+", self.text(cell, "documents").casefold())
        wanted = {word for word in words if word}
        if cell is not None:
            for word in sorted(wanted - {*DOCUMENTS, "all"}):
                self._problem(
                    cell,
                    f"documents: there is no document {describe_value(word)}",
                    did_you_mean(word, (*DOCUMENTS, "all")),
                )
        if "all" in wanted:
            return DOCUMENTS
        return tuple(document for document in DOCUMENTS if document in wanted) or USUAL

    def language(self, cell: Cell | None) -> str:
        text = self.text(cell, "language")
        if cell is None or not text or re.fullmatch(LANGUAGE, text):
            return text
        first, *rest = text.replace("_", "-").split("-")
        likely = "-".join((first.lower(), *rest))
        fits = re.fullmatch(LANGUAGE, likely)
        self._problem(
            cell,
            f"language: {describe_value(text)} is not a language tag",
            f'did you mean "{likely}"?' if fits else "write a tag: en-US, ko, ar",
        )
        return ""

    def number(self, cell: Cell | None) -> int | None:
        text = self.text(cell, "copy number")
        if cell is None or not text:
            return None
        if re.fullmatch(r"0*[1-9][0-9]{0,5}", text):
            return int(text)
        self._problem(
            cell,
            f"copy number: {describe_value(text)} is not a whole number from 1 to 999,999",
            "write 12, or leave the cell empty to get the next free number",
        )
        return None

    def day(self, cell: Cell | None) -> date | None:
        text = self.text(cell, "expires")
        if cell is None or not text:
            return None
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._problem(cell, f"expires: {text} is not in the calendar", "write it like 2021-01-20")
                return None
        self._problem(cell, f"expires: {describe_value(text)} is not a date as we read them", _date_hint(text))
        return None

    def yes(self, cell: Cell | None, column: str) -> bool:
        text = self.text(cell, column)
        if cell is not None and text.casefold() not in ("", "yes", "no"):
            self._problem(
                cell, f"{column}: {describe_value(text)} is neither yes nor no", "write yes, or leave the cell empty"
            )
        return text.casefold() == "yes"

    def _clean(self, cell: Cell, column: str, bad: re.Pattern[str]) -> bool:
        """Whether no letter of it does something else than to be printed; the place told is the letter's own."""
        match = bad.search(cell.text)
        if match is None:
            if _MANGLED.search(cell.text):
                self._warn(
                    cell,
                    f"{column}: {describe_value(cell.text)} looks like UTF-8 that was once read as Windows-1252",
                    "is it spelled so? open the list as UTF-8, or type the cell anew",
                )
            return True
        code = f"U+{ord(match[0]):04X}"
        if match[0] == "\n":
            self._problem(cell, f"{column}: a line break stands in it", "write it in one line")
        elif _TURNS.match(match[0]):
            self._problem(
                cell,
                f"{column}: the invisible character {code} turns the direction of text, so what is shown is not what is there",
                "type the cell anew: such characters come along when text is copied",
            )
        else:
            self._problem(cell, f"{column}: the character {code} cannot be printed", "type the cell anew")
        return False

    def _problem(self, cell: Cell, message: str, hint: str | None) -> None:
        self.problems.append(Diagnostic(message, Location(self.file, cell.line, cell.column), hint))

    def _warn(self, cell: Cell, message: str, hint: str) -> None:
        self.warnings.append(Diagnostic(message, Location(self.file, cell.line, cell.column), hint, "warning"))


def _date_hint(text: str) -> str:
    """The date that was probably meant, where it can be only one; spreadsheets rewrite dates in the country's manner."""
    if match := _DAY_FIRST_OR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        meant = []
        for month, day in {(first, second), (second, first)}:
            try:
                meant.append(date(year, month, day).isoformat())
            except ValueError:
                continue
        if meant:
            return f"did you mean {' or '.join(sorted(meant))}? format the column as text, so that it stays as typed"
    return "write it like 2021-01-20, and format the column as text, so that it stays as typed"

"""Read the fields and annotations of a returned form, as plain values, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reportgen.memo.ballot import BALLOT, Ballot, parse_ballot
from reportgen.pdf.reading.document_parts import Field
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.system.errors import FileError, Location

DRAWN = {"Ink": "drawn by hand", "Stamp": "a stamp", "Line": "a line", "Circle": "a circle", "Square": "a box"}
"""Annotations that may say something without words."""
SILENT = frozenset({"Popup"})


class Beside(Struct, frozen=True):
    """Something that was written or drawn beside the form."""

    page: int
    words: str
    author: str = ""


class ReturnedForm(Struct, frozen=True):
    """The marks on a form: the numbers of the ticked boxes of each group, counted from 0, and the words in each text field."""

    ballot: Ballot
    ticks: Mapping[str, tuple[int, ...]]
    words: Mapping[str, str]
    beside: tuple[Beside, ...] = ()


def read_form(data: bytes, name: str) -> ReturnedForm:
    """Return the marks of a form. Raises FileError for what is no form of ours, or no longer one."""
    where = Location(name)
    try:
        parts = read_pdf(data, name).parts
    except FileError as error:
        if "text layer" not in str(error):
            raise
        hint = "ask for the file itself, filled in, or write down by hand what its pages show"
        raise FileError("a scan: nobody can read ticks from its pictures", where, hint) from None
    ballot = next(
        (found for file in parts.attachments if file.name == BALLOT and (found := parse_ballot(file.data))), None
    )
    if ballot and not parts.fields:
        hint = "ask for the file as it was filled in: saved, not printed to a PDF"
        raise FileError("the form was flattened: its boxes are drawings, not fields", where, hint)
    if not ballot or not parts.fields:
        lost = "lost the file that says what its boxes stand for" if parts.fields else "has no boxes to read"
        hint = "name a memo of the form action or decision that was filled in and saved, not printed to a PDF or merged into another"
        raise FileError(f"the PDF {lost}: it is no form of ours, or it was flattened", where, hint)
    beside = [
        Beside(each.page, words, each.author)
        for each in parts.annotations
        if each.kind not in SILENT and (words := each.words[0].strip() if each.words else DRAWN.get(each.kind, ""))
    ]
    written = {field.key: " ".join(field.value.split()) for field in parts.fields if field.kind == "Tx"}
    return ReturnedForm(ballot, _read_ticks(parts.fields), written, tuple(beside))


def _read_ticks(fields: tuple[Field, ...]) -> dict[str, tuple[int, ...]]:
    """Return the ticked boxes of each group: a box is ticked where it is drawn so, or where its group says so."""
    ticks: dict[str, tuple[int, ...]] = {}
    for field in fields:
        if field.kind != "Btn":
            continue
        (own, *_) = [*(state for state in field.states if state != "Off"), ""]
        is_ticked = field.is_ticked or (field.value == own != "")
        found = (int(own),) if is_ticked and own.isdigit() else ()
        ticks[field.key] = (*ticks.get(field.key, ()), *found)
    return ticks

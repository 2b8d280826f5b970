"""A fact sheet as the bytes of a file, by the ending of its name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.factcheck.sheet.sheet_rows import SheetView
from reportgen.system.errors import UsageError

if TYPE_CHECKING:
    from reportgen.factcheck.sheet.sheet_html import SheetMarkup

ENDINGS = (".pdf", ".docx", ".html")


def write_sheet(
    view: SheetView, ending: str, paper: str | None = None, day: date | None = None, folder: Path | None = None
) -> bytes:
    """Return a sheet's file.

    Parameters
    ----------
    ending
        One of `ENDINGS`.
    paper
        "letter" or "a4"; letter by default.
    day
        The day that the file records; the current day by default.
    folder
        Where a `_brand.yml` and `templates/` are looked for.

    Raises
    ------
    UsageError, TemplateError
        for an unknown ending or paper, and for a brand or template at fault.
    """
    from reportgen import brand as brands
    from reportgen.factcheck.sheet.sheet_html import compose_sheet, write_page

    if ending not in ENDINGS:
        raise UsageError(f'a fact sheet cannot be written as "{ending}"', hint=f"it is written as {', '.join(ENDINGS)}")
    if ending == ".docx":
        from reportgen.factcheck.sheet.sheet_docx import write_docx

        return write_docx(view, paper or brands.load(folder).page.paper, day or date.today())
    brand = brands.load(folder)
    markup = compose_sheet(view, brand, paper, day or date.today(), folder)
    return write_page(markup).encode() if ending == ".html" else _typeset(markup, folder)


def _typeset(markup: SheetMarkup, folder: Path | None) -> bytes:
    """Lay a sheet out and return its PDF."""
    from reportgen import brand as brands
    from reportgen.markup.templates import template_folders
    from reportgen.pdf.engine import Press
    from reportgen.pdf.job import Job
    from reportgen.pdf.paper import select_fonts
    from reportgen.system.progress import Stage, report
    from reportgen.system.resources import asset

    report(Stage.LAYING_OUT)
    fonts = select_fonts(brands.load(folder), markup.html, markup.stylesheet)
    folders = (*template_folders(folder), asset())
    return Press(Job(markup.html, fonts, folders, {}, markup.stylesheet)).lay_out().pdf()

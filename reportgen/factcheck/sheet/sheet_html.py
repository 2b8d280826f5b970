"""The HTML of a fact sheet, for the PDF engine and, with its style in it, for a browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.brand import Brand
from reportgen.factcheck.sheet.sheet_elements import SHEET
from reportgen.factcheck.sheet.sheet_rows import SheetView
from reportgen.markup import subset
from reportgen.markup.templates import render_template, template_folders
from reportgen.pdf import banner, paper as sheets
from reportgen.pdf.paper import Paper
from reportgen.system.creation_time import find_creation_time
from reportgen.system.resources import asset
from reportgen.text.languages import load_labels

TEMPLATE = "factcheck/sheet.html"
MEASURE = 708.0  # points: the width of the table, on paper that lies on its side
COLUMNS = {"claims": (0.035, 0.1, 0.345, 0.315, 0.145, 0.06), "contradictions": (0.1, 0.37, 0.1, 0.37, 0.06)}
MOST_PRINTED = 40_000_000  # letters, markup included: a book has ten thousand claims
UNDRAWN = "?"
_BODY = re.compile(r"<body>.*</body>", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class SheetMarkup(Struct, frozen=True):
    """A fact sheet before its layout: checked HTML, and the stylesheet that carries the brand."""

    html: str
    stylesheet: str


def compose_sheet(
    view: SheetView, brand: Brand, paper: str | None, day: date, folder: Path | None = None
) -> SheetMarkup:
    """Fill in the sheet's template.

    Raises
    ------
    UsageError, TemplateError
        for an unknown paper, and for a template that cannot be filled in.
    """
    html = _fill_in(view, day, folder)
    if missing := find_undrawn(html, brand):
        note = f"shown as “{UNDRAWN}”: {len(missing)} character{'s' * (len(missing) != 1)} that no typeface here has"
        html = _fill_in(replace(view, notes=(*view.notes, note)), day, folder)
        html = html.translate(dict.fromkeys(map(ord, missing), UNDRAWN))
    subset.parse(html, TEMPLATE, SHEET)
    labels = load_labels("en")
    running = {
        "title": sheets.shorten_running_title(view.title, brand, MEASURE),
        "marking": "\n".join(view.marking),
        "kind": f"Fact sheet · {view.heading}"[:90],
        **sheets.split_page_number(labels.format_page),
    }
    upright = sheets.find_paper(paper, "en", brand)
    lying = Paper(upright.name, upright.height, upright.width)
    marked = banner.measure_banner(view.marking, brand, MEASURE, None)
    stylesheet = sheets.write_stylesheet(brand, lying, MEASURE, running, {"measure": MEASURE, "marked": marked})
    return SheetMarkup(html, stylesheet + sheets.write_column_widths(COLUMNS))


def _fill_in(view: SheetView, day: date, folder: Path | None) -> str:
    html = render_template(
        TEMPLATE,
        template_folders(folder),
        {},
        most_printed=MOST_PRINTED,
        sheet=view,
        timestamp=find_creation_time(day).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return _CONTROL.sub("", html)


def find_undrawn(html: str, brand: Brand) -> str:
    """Return the characters of a page that no font has, each once: the document may be in any script."""
    body = _BODY.search(html)
    missing = "".join(dict.fromkeys(char for char in (body[0] if body else "") if not char.isascii()))
    for font in brand.fonts:
        missing = fonts.find_missing(font, missing)
    return missing


def write_page(markup: SheetMarkup) -> str:
    """Return the sheet as one HTML file with its style in it."""
    style = markup.stylesheet + "".join(
        asset("css", name).read_text(encoding="utf-8") for name in ("marking.css", "factcheck.css")
    )
    screen = f"@media screen {{ body {{ max-width: {MEASURE:g}pt; margin: 24pt auto; padding: 0 12pt; }} }}"
    head = f'<meta charset="utf-8"/>\n<style>\n{style}\n{screen}\n</style>'
    html = re.sub(r"<link [^>]*/>\n?", "", markup.html)
    return "<!DOCTYPE html>\n" + html.replace("<head>", f"<head>\n{head}", 1)

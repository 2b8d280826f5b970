"""The page with what changed, composed and typeset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from reportgen import brand as brands
from reportgen.brand import Brand
from reportgen.changes.change_values import Changes
from reportgen.changes.page.page_elements import CHANGES
from reportgen.changes.page.page_view import build_view
from reportgen.markup import subset
from reportgen.markup.templates import render_template, template_folders
from reportgen.pdf import banner, paper as sheet
from reportgen.pdf.glyphs import GlyphError, require_glyphs
from reportgen.pdf.job import Job
from reportgen.pdf.paper import Paper
from reportgen.system.creation_time import find_creation_time
from reportgen.system.errors import FileError, Location
from reportgen.system.resources import asset
from reportgen.text.languages import find_direction, load_labels
from reportgen.text.languages.writing_tag import strip_tag

TEMPLATE = "changes/page.html"
MEASURE = 480.0  # points: the memo's
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]*)"/>')


class ChangesMarkup(Struct, frozen=True):
    """The page before its layout: checked HTML, and the stylesheet that carries the brand."""

    html: str
    stylesheet: str


def compose(changes: Changes, brand: Brand, folders: Sequence[Path], paper: Paper) -> ChangesMarkup:
    """Fill in the page's template.

    Parameters
    ----------
    changes
        What changed.
    brand
        The colors and typefaces.
    folders
        Folders of templates and stylesheets; the first that has a file wins.
    paper
        The paper size.

    Raises
    ------
    TemplateError
        For a template that cannot be filled in, or HTML that the page may not have.
    FitError
        For a banner that is too wide.
    """
    labels = load_labels(changes.language)
    view = build_view(changes, labels)
    created = find_creation_time(date.fromisoformat(changes.new.date) if changes.new.date else date(2000, 1, 1))
    html = render_template(
        TEMPLATE,
        folders,
        {},
        page=view,
        labels=labels,
        language=strip_tag(changes.language),
        direction=find_direction(changes.language),
        marks=changes.marks,
        timestamp=created.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    subset.parse(html, TEMPLATE, CHANGES)
    running = {
        "title": sheet.shorten_running_title(view.title, brand, MEASURE),
        "marking": "\n".join(changes.marks.lines),
        "kind": f"{labels.changes.kind} · {view.now}",
        **sheet.split_page_number(labels.format_page),
    }
    measure = sheet.find_measure(brand, paper, MEASURE)
    lengths = {"measure": measure, "marked": banner.measure_banner(changes.marks.lines, brand, measure, None)}
    return ChangesMarkup(html, sheet.write_stylesheet(brand, paper, measure, running, lengths))


def render_page(changes: Changes, folder: Path | None, kind: Literal["pdf", "html"], paper: str | None = None) -> bytes:
    """Return the page in the brand and with the templates of a brief's folder, or in ours. Raises what `render_pdf` does."""
    brand, folders = brands.load(folder), template_folders(folder)
    if kind == "html":
        return render_html(changes, brand, folders)
    return render_pdf(changes, brand, folders, paper)


def render_pdf(changes: Changes, brand: Brand, folders: Sequence[Path], paper: str | None = None) -> bytes:
    """Return the page as a PDF, tagged, PDF/A-3a and PDF/UA-1. Raises what `compose` does, and FileError for a character that no font has."""
    from reportgen.pdf.engine import Press

    markup = compose(changes, brand, folders, sheet.find_paper(paper, changes.language, brand))
    fonts = sheet.select_fonts(brand, markup.html, markup.stylesheet)
    try:
        require_glyphs(markup.html, {}, fonts)
    except GlyphError as error:
        hint = "write an .html file, which the reader's fonts draw, or add a font to _brand.yml"
        raise FileError(error.diagnostics[0].message, Location(changes.new.name), hint) from None
    return (
        Press(Job(markup.html, fonts, (*folders, asset()), {}, markup.stylesheet, changes.marks.rights)).lay_out().pdf()
    )


def render_html(changes: Changes, brand: Brand, folders: Sequence[Path]) -> bytes:
    """Return the page as one HTML file with its styles in it; the reader's fonts draw it where the brand's are not installed."""
    markup = compose(changes, brand, folders, sheet.find_paper(None, changes.language, brand))
    styles = [markup.stylesheet, *(_read_style(name, folders) for name in _LINK.findall(markup.html))]
    body = f"@media screen {{ body {{ max-width: {MEASURE:g}pt; margin: 24pt auto; }} }}"
    style = "\n".join([*styles, body]).replace("</", "<\\/")
    html = _LINK.sub("", markup.html).replace(
        "</head>", f'<meta charset="utf-8"/>\n<style>\n{style}\n</style>\n</head>', 1
    )
    return f"<!DOCTYPE html>\n{html}\n".encode()


def _read_style(name: str, folders: Sequence[Path]) -> str:
    path = next((folder / name for folder in (*folders, asset()) if (folder / name).is_file()), asset() / name)
    return path.read_text(encoding="utf-8")

"""A fact sheet as a Word file: a table on paper that lies on its side, with a head on each page and boxes to initial."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportgen.factcheck.sheet.sheet_rows import Excerpt, Row, SheetView
from reportgen.pdf.paper import find_paper
from reportgen.system.creation_time import find_creation_time

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

WIDTHS = {"claims": (30, 72, 236, 220, 100, 56), "contradictions": (72, 257, 72, 257, 56)}
"""The widths of the columns in points."""
COLORS = {"differs": "B3401F", "missing": "B3401F", "found": "12436D"}
QUIET, PANEL = "4A5563", "F3F5F7"
MARGIN = 39.0  # points


def write_docx(view: SheetView, paper: str | None, day: date) -> bytes:
    """Return a sheet as the bytes of a Word file. Raises UsageError for an unknown paper."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    size = find_paper(paper, "en")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(size.height), Pt(size.width)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(MARGIN)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(8.5)
    style.paragraph_format.space_after = Pt(0)
    _write_properties(document, view, day)
    _write_opening(document, view)
    if view.contradictions:
        document.add_heading("Places that disagree with each other", 2)
        table = _add_table(
            document, "contradictions", ("Place", "First statement", "Place", "Second statement", "Checked")
        )
        for pair in view.contradictions:
            cells = table.add_row().cells
            for at, excerpt in ((0, pair.first), (2, pair.second)):
                cells[at].text = excerpt.place
                _write_excerpt(cells[at + 1], excerpt)
        _finish_table(table, "contradictions")
        document.add_heading("Each number and quotation", 2)
    if not view.rows:
        document.add_paragraph("The document has no numbers and no quotations.")
        return _save(document)
    heads = ("No.", "Place", view.says, "The source says", "Verdict", "Checked")
    table = _add_table(document, "claims", heads)
    for row in view.rows:
        _write_row(table.add_row().cells, row)
    _finish_table(table, "claims")
    return _save(document)


def _save(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_properties(document: Document, view: SheetView, day: date) -> None:
    properties = document.core_properties
    properties.title, properties.subject = view.title, view.summary
    properties.author, properties.comments, properties.language = "reportgen", "", "en"
    created = find_creation_time(day).replace(tzinfo=None)
    properties.created = properties.modified = created


def _write_opening(document: Document, view: SheetView) -> None:
    for line in view.marking:
        document.add_paragraph().add_run(line).bold = True
    document.add_heading(view.title, 1)
    counts = document.add_paragraph()
    for count in view.counts:
        run = counts.add_run(f"{count.number} {count.words}    ")
        run.bold = True
        _paint(run, COLORS.get(count.kind, QUIET))
    sources = document.add_paragraph()
    sources.add_run(f"{view.against} ").bold = True
    sources.add_run("; ".join(view.sources))
    for note in view.notes:
        document.add_paragraph(_clean(note))
    document.add_paragraph()


def _add_table(document: Document, name: str, heads: tuple[str, ...]) -> Any:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(WIDTHS[name]))
    table.style = "Table Grid"
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        run = cell.paragraphs[0].add_run(head)
        run.bold = True
        _paint(run, QUIET)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # python-docx has no setting for it
    return table


def _finish_table(table: Any, name: str) -> None:
    """Set the widths of all cells, as Word needs them, and keep each row on one page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    for column, width in zip(table.columns, WIDTHS[name], strict=True):
        column.width = Pt(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, WIDTHS[name], strict=True):
            cell.width = Pt(width)


def _write_row(cells: tuple[_Cell, ...], row: Row) -> None:
    cells[0].text, cells[1].text = str(row.number), row.claim.place
    _write_excerpt(cells[2], row.claim)
    for index, evidence in enumerate(row.evidence):
        if index:
            cells[3].add_paragraph()
        _write_excerpt(cells[3], evidence)
        _paint(cells[3].add_paragraph().add_run(_clean(evidence.place)), QUIET)
    verdict = cells[4].paragraphs[0].add_run(row.verdict)
    verdict.bold = True
    _paint(verdict, COLORS.get(row.kind, QUIET))
    for detail in row.details:
        cells[4].add_paragraph(_clean(detail))
    if row.kind == "differs":
        for cell in cells[:5]:
            _shade(cell)


def _write_excerpt(cell: _Cell, excerpt: Excerpt) -> None:
    paragraph = cell.paragraphs[-1]
    paragraph.add_run(_clean(excerpt.before))
    paragraph.add_run(_clean(excerpt.words)).bold = True
    paragraph.add_run(_clean(excerpt.after))


def _paint(run: Any, color: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(color)


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", PANEL)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _clean(text: str) -> str:
    """Return a text without characters that XML cannot have."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t ")

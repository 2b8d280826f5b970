"""A finished file as a snapshot: its headings, paragraphs, rows of tables and charts, and the facts that a memo carries.

Copies' stamps, running text, page numbers and marks of notes are no content. Where a file has no headings, its paragraphs
stand in one list.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from reportgen.brief.marks import Marks
from reportgen.changes.states.file_items import ItemBuilder, clean_words, mark_facts
from reportgen.changes.states.snapshot import Snapshot, Text
from reportgen.pdf.reading.pdf_reader import Pdf, Span
from reportgen.system.errors import FileError, Location
from reportgen.system.limited_process import run_limited
from reportgen.text.stamp_text import parse_stamp

MOST_TAGGED = 30  # pages: tags are read at four or five pages a second
PROPERTIES, MOST_PROPERTIES = "docProps/core.xml", 100_000
TITLE = re.compile(r"<dc:title[^>]*>([^<]*)</dc:title>")
TYPES = ".pdf, .pptx, .docx, .html, .md or .txt"
PPTX = b"ppt/presentation.xml"
_HEADINGS = re.compile(r"H\d?$|Title$")
_CELLS = ("TH", "TD")
_END = re.compile(r"[.!?…:;؟][”’)»\]]*$")


def read_file_snapshot(data: bytes, name: str, *, fork: bool = False) -> Snapshot:
    """Return the state of a finished file, read in a process with limits.

    Parameters
    ----------
    data
        The file's bytes, decrypted.
    name
        Its name, for messages; its ending says what a text is.
    fork
        Whether this process may be forked (see `run_limited`).

    Raises
    ------
    FileError
        For a file that cannot be read, or is of another kind.
    """
    if not data.strip():
        raise FileError("the file is empty", Location(name), "build it again")
    if b"%PDF-" in data[:1024]:
        return run_limited(read_tagged_pdf, data, name, file=name, fork=fork) or _read_text(data, name)
    if data.startswith(b"PK") and PPTX in data:
        from reportgen.changes.states.deck_snapshot import read_deck_snapshot

        return run_limited(read_deck_snapshot, data, name, file=name, fork=fork)
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", "") and not data.startswith(
        b"PK"
    ):
        raise FileError(
            f"not a document that can be compared: {suffix}", Location(name), f"name two briefs or two files: {TYPES}"
        )
    return _read_text(data, name)


def _read_text(data: bytes, name: str) -> Snapshot:
    """Return the state of any text: a report, an article, a Word file."""
    from reportgen.evidence.sources.paragraphs import join_lines
    from reportgen.evidence.sources.source_text import read_blocks

    blocks, notes = read_blocks(data, Path(name).suffix.lower(), name)
    builder, title = ItemBuilder(), _read_title(data) if data.startswith(b"PK") else ""
    for block in blocks:
        words = clean_words(join_lines(block.lines)[0])
        place = f"page {block.page}" if block.page else f"paragraph {len(builder.items) + 1}"
        if block.kind == "head" and block.structured:
            title = title or words
            builder.begin(words, place, level=block.level)
        else:
            builder.add({"": Text(words)}, place)
    if not builder.items:
        raise FileError("it has no text", Location(name), "of a scanned PDF, recognize the text first (OCR)")
    return Snapshot(name, title, "", "", "en", "document", tuple(builder.items), notes=notes)


def _read_title(data: bytes) -> str:
    """Return the title that a Word file's properties state, or ""."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROPERTIES) as part:
            found = TITLE.search(part.read(MOST_PROPERTIES).decode("utf-8", "replace"))
    except (KeyError, zipfile.BadZipFile, NotImplementedError, zlib.error):
        return ""
    return " ".join(html.unescape(found[1]).split()) if found else ""


def read_tagged_pdf(data: bytes, name: str) -> Snapshot | None:
    """Return the state of a PDF with tags; None for one without, and for a long one, which is read as a text."""
    if not _is_short_and_tagged(data):
        return None
    from reportgen.changes.states.memo_evidence import read_evidence
    from reportgen.pdf.reading.pdf_reader import read_pdf

    pdf = read_pdf(data, name)
    if not pdf.tagged:
        return None
    evidence = read_evidence(pdf.parts.attachments)
    builder = ItemBuilder()
    for words, span in _join_spans(_list_content(pdf, has_evidence=bool(evidence))):
        place = f"page {span.page}"
        if _HEADINGS.match(span.role):
            level = int(span.role[1:]) if span.role[1:].isdigit() else 0
            builder.begin(clean_words(words[0]), place, level=level)
        else:
            texts = [Text(clean_words(each)) for each in words]
            builder.add(
                {f"cells[{index}]": text for index, text in enumerate(texts)} if span.row else {"": texts[0]}, place
            )
    stamp = next((found for span in pdf.spans if span.role == "Artifact" and (found := parse_stamp(span.text))), None)
    facts = evidence.facts if evidence else {}
    items = tuple(mark_facts(item, facts) for item in builder.items) + (evidence.items if evidence else ())
    return Snapshot(
        name, pdf.properties.get("Title", ""), evidence.date if evidence else "", "", pdf.parts.language or "en",
        "memo" if evidence else "document", items, facts, evidence.quotes if evidence else {},
        Marks(statement=tuple(filter(None, [pdf.properties.get("Rights", "")]))), version=stamp.version if stamp else 0,
        notes=pdf.unread,
    )  # fmt: skip


def _is_short_and_tagged(data: bytes) -> bool:
    """Say whether a PDF's tags can be read in time; True for a damaged one, of which the reader says what is wrong."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import dict_value, int_value

    try:
        catalog = PDFDocument(PDFParser(io.BytesIO(data))).catalog
        pages = int_value(dict_value(catalog["Pages"])["Count"])
    except Exception:
        return True
    return "StructTreeRoot" in catalog and pages <= MOST_TAGGED


def _list_content(pdf: Pdf, *, has_evidence: bool) -> Iterator[Span]:
    """Yield what a reader reads; of a memo without notes and drawings, whose contents are attached."""
    for span in pdf.spans:
        is_attached = has_evidence and span.role in ("Figure", "Note", "LBody", "Lbl")
        if span.role not in ("Artifact", "") and not is_attached and span.text.strip():
            yield span


def _join_spans(spans: Iterable[Span]) -> Iterator[tuple[list[str], Span]]:
    """Yield each paragraph once, though a page ends in it, and the cells of a row together."""
    words: list[str] = []
    last: Span | None = None
    for span in spans:
        is_row = bool(last and span.row and span.row == last.row and span.role in _CELLS)
        if is_row:
            words.append(span.text)
        elif last and _continues(last, words[-1], span):
            words[-1] = f"{words[-1]} {span.text}"
        else:
            if last:
                yield words, last
            words, last = [span.text], span
    if last:
        yield words, last


def _continues(last: Span, before: str, span: Span) -> bool:
    is_text = last.role == span.role and not span.row and not _HEADINGS.match(span.role)
    return is_text and not _END.search(before.rstrip()) and span.text.lstrip()[:1].islower()

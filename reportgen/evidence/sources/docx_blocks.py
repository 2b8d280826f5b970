"""Blocks of a Word file, read from its XML: tracked insertions are text; deletions and hidden text are not."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.evidence.sources.footnote_marks import is_raised_mark
from reportgen.evidence.sources.paragraphs import TYPES, Block, Kind, describe_skipped
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_XML = 100 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRINTED = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_BOX = f"{_W}txbxContent"
_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again, for older programs
)
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _BOX, _FALLBACK}
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|berschrift|titre)(\d*)", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> tuple[list[Block], tuple[str, ...]]:
    """Return the paragraphs of the document's body, those of tables included, and then its notes; and a note on hidden text."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.namelist()
            if "word/document.xml" not in parts:
                raise FileError(
                    "a ZIP archive, but not a Word file", Location(name), f"the article must be one of {TYPES}"
                )
            body = _part(package, "word/document.xml", name)
            notes = [
                _part(package, part, name) for part in ("word/footnotes.xml", "word/endnotes.xml") if part in parts
            ]
            styles = _part(package, "word/styles.xml", name) if "word/styles.xml" in parts else None
            comments = _part(package, "word/comments.xml", name) if "word/comments.xml" in parts else None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, NotImplementedError, EOFError):
        raise FileError(
            "a damaged or encrypted Word file", Location(name), "open it in a word processor and save it again"
        ) from None
    hidden_styles = find_hidden_styles(styles) if styles is not None else frozenset()
    words = sum(_remove_hidden(part, hidden_styles) for part in (body, *notes))
    skipped, left_out = _count_skipped(body, comments)
    for fallback in list(body.iter(_FALLBACK)):
        fallback.getparent().remove(fallback)  # type: ignore[union-attr]
    boxes = [block for box in body.iter(_BOX) for block in _blocks(box, "note")]
    blocks = [*_blocks(body), *boxes, *(block for part in notes for block in _blocks(part, "note"))]
    unread = (f"hidden text ({words} word{'s' * (words != 1)})",) if words else ()
    return blocks, (*unread, *describe_skipped(skipped, left_out))


def _count_skipped(body: _Element, comments: _Element | None) -> tuple[Counter[str], int]:
    """Count the tracked deletions and the comments, and their words."""
    deleted = [_words(element) for element in body.iter(f"{_W}del") if element.find(f".//{_W}delText") is not None]
    said = [_words(each) for each in comments.iter(f"{_W}comment")] if comments is not None else []
    counts = Counter({"tracked deletion": len(deleted), "comment": len(said)})
    return +counts, sum(map(len, [*deleted, *said]))


def _words(element: _Element) -> list[str]:
    return " ".join(str(text) for text in element.itertext()).split()


def _remove_hidden(root: _Element, styles: frozenset[str]) -> int:
    """Remove runs and rows that Word neither shows nor prints; return the number of words that were in them."""
    hidden = [row for row in root.iter(f"{_W}tr") if is_on(row.find(f"{_W}trPr/{_W}hidden")) or _is_deleted(row)]
    is_on_white = root.find(f"{_W}background") is None
    hidden += [run for run in root.iter(f"{_W}r") if is_hidden(run, styles) or (is_on_white and is_white(run))]
    texts = {text: None for element in hidden for text in element.iter(f"{_W}t")}
    for element in hidden:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return sum(len((text.text or "").split()) for text in texts)


def _is_deleted(row: _Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def is_hidden(run: _Element, styles: frozenset[str]) -> bool:
    """Return whether a run is hidden by itself, or else by its style, or else by its paragraph's."""
    look = run.find(f"{_W}rPr")
    if look is not None:
        if (own := look.find(f"{_W}vanish")) is not None:
            return is_on(own)
        size = look.find(f"{_W}sz")
        if size is not None and str(size.get(f"{_W}val")) in ("0", "1", "2"):  # half points
            return True
        style = look.find(f"{_W}rStyle")
        if style is not None and style.get(f"{_W}val") in styles:
            return True
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
    return style is not None and style.get(f"{_W}val") in styles


def is_white(run: _Element) -> bool:
    """Return whether a run is white by itself, in a paragraph without a ground or a style that may have one."""
    look, paragraph = run.find(f"{_W}rPr"), next(run.iterancestors(f"{_W}p"), None)
    color = look.find(f"{_W}color") if look is not None else None
    if look is None or color is None or str(color.get(f"{_W}val")).upper() not in ("FFFFFF", "FEFEFE"):
        return False
    if paragraph is None or next(run.iterancestors(f"{_W}tbl"), None) is not None:
        return False
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    is_styled = style is not None and style.get(f"{_W}val") not in ("Normal", "BodyText")
    grounds = (look.find(f"{_W}shd"), look.find(f"{_W}highlight"), paragraph.find(f"{_W}pPr/{_W}shd"))
    return not is_styled and all(ground is None for ground in grounds)


def find_hidden_styles(styles: _Element) -> frozenset[str]:
    """Return the ids of the styles whose text is hidden, by themselves or by the one that they are based on."""
    by_id = {str(style.get(f"{_W}styleId")): style for style in styles.iter(f"{_W}style")}

    def hides(name: str | None, depth: int = 0) -> bool:
        style = by_id.get(name or "")
        if style is None or depth > len(by_id):
            return False
        if (own := style.find(f"{_W}rPr/{_W}vanish")) is not None:
            return is_on(own)
        base = style.find(f"{_W}basedOn")
        return base is not None and hides(base.get(f"{_W}val"), depth + 1)

    return frozenset(name for name in by_id if hides(name))


def is_on(toggle: _Element | None) -> bool:
    return toggle is not None and toggle.get(f"{_W}val") not in ("0", "false", "off", "none")


def _part(package: zipfile.ZipFile, part: str, name: str) -> _Element:
    from lxml import etree

    if package.getinfo(part).file_size > MAX_XML:
        raise FileError(f"{part} in it is larger than {MAX_XML // 1024**2} MB", Location(name), "save the text alone")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(part), parser)


def _blocks(root: _Element, kind: Kind | None = None) -> list[Block]:
    found: list[Block] = []
    for child in root:
        if child.tag == f"{_W}p":
            found += _paragraph_blocks(child, kind)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl"), None) is child:
                    found += _row_blocks(row, kind)
        elif child.tag not in _SKIPPED:
            found += _blocks(child, kind)
    return found


def _paragraph_blocks(paragraph: _Element, kind: Kind | None) -> list[Block]:
    text = re.sub(r"[^\S\n]+", " ", _text(paragraph))
    if not text.strip():
        return []
    own, level = _kind(paragraph)
    return [Block(tuple(text.split("\n")), kind or own, structured=True, level=level)]


def _row_blocks(row: _Element, kind: Kind | None) -> list[Block]:
    """Return a table's row as one block, or the blocks of its only cell: pages are laid out by tables, too."""
    cells = [
        blocks
        for cell in row.iter(f"{_W}tc")
        if next(cell.iterancestors(f"{_W}tr"), None) is row and (blocks := _blocks(cell, kind))
    ]
    if len(cells) < 2:
        return cells[0] if cells else []
    text = " | ".join(" ".join(line for block in blocks for line in block.lines) for blocks in cells)
    return [Block((text,), kind or "row", structured=True)]


def _kind(paragraph: _Element) -> tuple[Kind, int]:
    """Return what a paragraph is, and the level of a heading."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = str(style.get(f"{_W}val")).replace(" ", "") if style is not None else ""
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if match := _HEADING_STYLE.fullmatch(name):
        return "head", int(match[1] or 0)
    if outline is not None:
        level = str(outline.get(f"{_W}val"))
        return "head", int(level) + 1 if level.isdigit() else 0
    return ("item" if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else "text"), 0


def _text(element: _Element, before: str = "") -> str:
    text = ""
    for child in element:
        if child.tag == f"{_W}t":
            text += child.text or ""
        elif child.tag in _PRINTED:
            text += _PRINTED[str(child.tag)]
        elif child.tag not in _SKIPPED and child.tag != f"{_W}p":
            words = _text(child, before + text)
            text += "" if _is_raised(child) and is_raised_mark(before + text, words) else words
    return text


def _is_raised(run: _Element) -> bool:
    place = run.find(f"{_W}rPr/{_W}vertAlign") if run.tag == f"{_W}r" else None
    return place is not None and place.get(f"{_W}val") == "superscript"

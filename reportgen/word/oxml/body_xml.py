"""Paragraphs and tables of a Word document as XML, with a bookmark around each text of the brief."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from lxml import etree

from reportgen.word.house_styles import BY_NAME, style_id
from reportgen.word.oxml.box_xml import build_box
from reportgen.word.oxml.drawing_xml import PictureFiles, build_picture
from reportgen.word.oxml.elements import build, build_field, name, twips
from reportgen.word.oxml.numbering_xml import STEP, number_id
from reportgen.word.oxml.runs_xml import build_runs
from reportgen.word.oxml.styles_xml import Looks, color_of, table_style_id
from reportgen.word.table_columns import GUTTER
from reportgen.word.word_trace import NOTES_PLACE, BookmarkNames, group_by_paths, note_anchor
from reportgen.word.word_values import (
    Block,
    Box,
    Break,
    Cell,
    Columns,
    Content,
    NoteMark,
    Paragraph,
    Picture,
    Table,
    Text,
)

LONGEST_ANCHOR = 37  # letters, with "to_" before them
DATE_ROOM = 84.0  # points for the date beside a signature
BELOW_EXHIBIT = 8.0  # points
BELOW_TABLE = 6.0  # points between a table and what follows
NARROW, NARROW_GAP = 24.0, 3.0  # points: a column of numbers, and the space behind it
ASIDE_ROOM = 10.0  # points between the words of a narrow column and its edges


class BodyWriter:
    """Writes the blocks of one document; ids and names are counted through all of its parts."""

    def __init__(
        self, looks: Looks, measure: float, links: Callable[[str], str], pictures: Mapping[str, PictureFiles]
    ) -> None:
        self.looks, self.measure, self.links, self.pictures = looks, measure, links, pictures
        self.names = BookmarkNames()
        self.ids = count(1)
        self.drawings = count(1)

    def write_blocks(self, blocks: Sequence[Block]) -> list[etree._Element]:
        """Return blocks as XML."""
        written: list[etree._Element] = []
        before: Block | None = None
        for block in blocks:
            match block:
                case Columns():
                    written.append(self._write_columns(block))
                case Table():
                    written += self._write_table(block)
                case Paragraph():
                    written.append(self.write_paragraph(block))
                    if isinstance(before, Table | Columns):
                        _set_apart(written[-1], BY_NAME[block.style].before)
            before = block
        return written

    def _write_columns(self, columns: Columns) -> etree._Element:
        """Return parts side by side as the cells of a table without rules: columns of a section differ from program to program."""
        cells, widths = [], []
        for at, (width, part) in enumerate(zip(columns.widths, columns.parts, strict=True)):
            is_narrow = width < max(columns.widths)
            written = self.write_blocks(part)
            if not written or written[-1].tag != name("w:p"):  # as a cell must end
                written.append(build("w:p", build("w:pPr", build("w:pStyle", val=style_id("Cell End")))))
            gap = GUTTER if at else 0.0
            widths.append(width + gap)
            upright, left, right = (ASIDE_ROOM / 2, ASIDE_ROOM, ASIDE_ROOM) if is_narrow else (0.0, gap, 0.0)
            sides = {"top": upright, "left": left, "bottom": upright, "right": right}
            properties = build(
                "w:tcPr",
                build("w:tcW", w=twips(widths[-1]), type="dxa"),
                build("w:shd", val="clear", color="auto", fill=color_of("panel", self.looks)) if is_narrow else None,
                build("w:tcMar", *(build(f"w:{side}", w=twips(room), type="dxa") for side, room in sides.items())),
            )
            cells.append(build("w:tc", properties, *written))
        grid = build("w:tblGrid", *(build("w:gridCol", w=twips(width)) for width in widths))
        properties = build(
            "w:tblPr",
            build("w:bidiVisual") if self.looks.is_rtl else None,
            build("w:tblW", w=twips(self.measure), type="dxa"),
            build("w:tblLayout", type="fixed"),
            build("w:tblLook", val="0600", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        )
        return build("w:tbl", properties, grid, build("w:tr", *cells))

    def write_paragraph(self, paragraph: Paragraph, *number: etree._Element) -> etree._Element:
        """Return a paragraph; `number` stands before its words, as in a note."""
        element = build("w:p", self._write_properties(paragraph))
        anchors = [(next(self.ids), anchor_name(anchor)) for anchor in paragraph.anchors]
        element.extend(build("w:bookmarkStart", id=at, name=anchor) for at, anchor in anchors)
        element.extend(number)
        for paths, contents in group_by_paths(paragraph):
            identity = next(self.ids) if paths else 0
            if paths:
                element.append(build("w:bookmarkStart", id=identity, name=self.names.take(paths)))
            for content in contents:
                element.extend(self._write_content(content))
            if paths:
                element.append(build("w:bookmarkEnd", id=identity))
        element.extend(build("w:bookmarkEnd", id=at) for at, _ in anchors)
        return element

    def _write_properties(self, paragraph: Paragraph) -> etree._Element:
        item = paragraph.item
        return build(
            "w:pPr",
            build("w:pStyle", val=style_id(paragraph.style)),
            build("w:keepNext", val=False) if paragraph.ends_exhibit else None,
            build("w:pageBreakBefore") if paragraph.starts_page else None,
            build("w:numPr", build("w:ilvl", val=item.level), build("w:numId", val=number_id(item.list_number)))
            if item
            else None,
            _build_tabs(paragraph.style, self.measure),
            build("w:spacing", after=twips(BELOW_EXHIBIT)) if paragraph.ends_exhibit else None,
            build("w:ind", left=twips(paragraph.indent * STEP)) if paragraph.indent else None,
        )

    def _write_content(self, content: Content) -> Iterator[etree._Element]:
        match content:
            case Text():
                runs = build_runs(content, self.looks)
                if content.href.startswith("#"):
                    yield build("w:hyperlink", *runs, anchor=anchor_name(content.href[1:]), history=1)
                elif content.href:
                    yield build("w:hyperlink", *runs, r__id=self.links(content.href), history=1)
                else:
                    yield from runs
            case Break():
                yield build("w:r", build("w:tab" if content.kind == "tab" else "w:br"))
            case NoteMark():
                yield from self._write_note_mark(content)
            case Box():
                yield build_box(content.name, next(self.ids))
            case Picture():
                yield build_picture(content, self.pictures[content.name], next(self.drawings))

    def _write_note_mark(self, mark: NoteMark) -> Iterator[etree._Element]:
        """Yield a note's mark; a further one is a field that repeats the first, and follows it when notes are added."""
        style = build("w:rPr", build("w:rStyle", val=style_id("footnote reference")))
        name = note_anchor(mark.number)
        if mark.is_first:
            number = next(self.ids)
            yield build("w:bookmarkStart", id=number, name=name)
            yield build("w:r", style, build("w:footnoteReference", id=mark.number))
            yield build("w:bookmarkEnd", id=number)
        else:
            yield from build_field(f"NOTEREF {name} \\f \\h", str(mark.number), style)

    def _write_table(self, table: Table) -> list[etree._Element]:
        rtl = self.looks.is_rtl
        properties = build(
            "w:tblPr",
            build("w:tblStyle", val=table_style_id(table.kind)),
            build("w:bidiVisual") if rtl else None,
            build("w:tblW", w=twips(sum(table.widths)), type="dxa"),
            build("w:tblLayout", type="fixed"),
            build(
                "w:tblLook",
                val=f"{(0x20 if table.heads else 0) | (0x80 if table.has_row_heads else 0) | 0x600:04X}",
                firstRow=bool(table.heads),
                lastRow=False,
                firstColumn=table.has_row_heads,
                lastColumn=False,
                noHBand=True,
                noVBand=True,
            ),
            build("w:tblCaption", val=table.title) if table.title else None,
        )
        grid = build("w:tblGrid", *(build("w:gridCol", w=twips(width)) for width in table.widths))
        rows = [self._write_row(row, table, at) for at, row in enumerate(table.rows)]
        return [build("w:tbl", properties, grid, *rows)]

    def _write_row(self, row: Sequence[Cell], table: Table, at: int) -> etree._Element:
        is_head = at < table.heads
        properties = build("w:trPr", build("w:cantSplit"), build("w:tblHeader") if is_head else None)
        cells = []
        for width, cell in zip(table.widths, row, strict=False):
            place = build("w:vAlign", val="bottom") if is_head else None
            narrow = build("w:tcMar", build("w:right", w=twips(NARROW_GAP), type="dxa")) if width <= NARROW else None
            cells.append(
                build(
                    "w:tc",
                    build("w:tcPr", build("w:tcW", w=twips(width), type="dxa"), narrow, place),
                    *(self._write_cell_paragraph(each, cell) for each in cell.blocks),
                )
            )
        return build("w:tr", properties, *cells)

    def _write_cell_paragraph(self, paragraph: Paragraph, cell: Cell) -> etree._Element:
        element = self.write_paragraph(paragraph)
        if cell.has_numbers:
            element[0].append(build("w:jc", val="right"))
        return element


def _build_tabs(style: str, measure: float) -> etree._Element | None:
    """Return the stops of a line to sign or to write on, which a stop fills with a rule."""
    match style:
        case "Signed":
            return build("w:tabs", build("w:tab", val="left", pos=twips(measure - DATE_ROOM)))
        case "Ruled Line":
            return build("w:tabs", build("w:tab", val="right", leader="underscore", pos=twips(measure)))
    return None


def _set_apart(paragraph: etree._Element, own: float) -> None:
    """Leave room between a table and the paragraph below it."""
    properties, before = paragraph[0], twips(own + BELOW_TABLE)
    if (spacing := properties.find(name("w:spacing"))) is not None:
        spacing.set(name("w:before"), str(before))
        return
    later = [at for at, each in enumerate(properties) if etree.QName(each).localname in ("ind", "jc")]
    properties.insert(later[0] if later else len(properties), build("w:spacing", before=before))


def anchor_name(anchor: str) -> str:
    """Return the bookmark's name for an id of the HTML: letters, digits and underscores, 40 at most."""
    if anchor == NOTES_PLACE:
        return anchor
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in anchor)
    if len(plain) > LONGEST_ANCHOR:
        plain = hashlib.sha256(anchor.encode()).hexdigest()[:LONGEST_ANCHOR]
    return f"to_{plain}"

"""Read a Word file: its paragraphs in reading order, those of tables, notes, margins and text boxes too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec.structs import replace

from reportgen.evidence.sources.docx_blocks import find_hidden_styles, is_on
from reportgen.system.errors import FileError, Location
from reportgen.word.oxml.drawing_xml import digest
from reportgen.word.oxml.elements import name
from reportgen.word.reading.paragraph_reader import Paragraphs, read_value
from reportgen.word.reading.style_lookups import (
    find_heading_levels,
    find_languages,
    find_numbered_lists,
    find_raised_styles,
)
from reportgen.word.reading.word_file import BlockKind, Margin, PictureText, Remark, TableShape, WordFile, WordText
from reportgen.word.reading.word_package import AGAIN, DOCUMENT, WordPackage, open_word_file
from reportgen.word.word_trace import NOTES_PLACE

PARAGRAPH, TABLE, ROW, CELL = name("w:p"), name("w:tbl"), name("w:tr"), name("w:tc")
GONE = frozenset({name("w:del"), name("w:moveFrom")})
REMOTE = frozenset({"hyperlink"})
"""The relations to addresses that fetch nothing until a reader follows them."""
ALIVE = frozenset(
    {"oleObject", "control", "package", "aFChunk", "subDocument", "frame", "attachedTemplate", "mailMergeSource"}
)
"""The relations to what runs, is fetched or is a file of its own."""
CORE = {"title": "Title", "creator": "Author", "subject": "Subject", "keywords": "Keywords", "contentStatus": "Status"}


def read_word_file(data: bytes, file_name: str) -> WordFile:
    """Return everything that a Word file says and carries.

    Raises
    ------
    FileError
        for a file that is damaged, encrypted or too large, and for one with macros.
    """
    return _Reader(open_word_file(data, file_name)).read()


class _Reader:
    """Walks a document once; tables and paragraphs are counted on the way."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        styles = self._parse_related("styles")
        hidden_styles = find_hidden_styles(styles) if styles is not None else frozenset()
        self.levels = find_heading_levels(styles)
        self.numbered = find_numbered_lists(self._parse_related("numbering"))
        self.counts: dict[tuple[str, str], int] = {}
        self.begun: set[tuple[str, str]] = set()
        self.words = Paragraphs(package.list_relations(DOCUMENT), hidden_styles, find_raised_styles(styles))
        self.defaults = find_languages(styles)
        self.tables: list[TableShape] = []
        self.paragraphs = 0

    def _parse_related(self, kind: str) -> etree._Element | None:
        return self.package.parse(self.package.find_related(DOCUMENT, kind))

    def read(self) -> WordFile:
        document = self.package.parse(DOCUMENT)
        body = document.find(name("w:body")) if document is not None else None
        if body is None:
            message = "a damaged Word file: its document has no body"
            raise FileError(message, Location(self.package.name), AGAIN)
        texts = list(self._read_blocks(body, ""))
        notes = [each for kind in ("footnotes", "endnotes") for each in self._read_notes(kind)]
        words = self.words
        margins = tuple(self._read_margins(body))
        place = _find_notes_place(texts)
        return WordFile(
            (*texts[:place], *notes, *texts[place:]) if place else (*texts, *notes),
            tuple(notes),
            margins,
            tuple(self._judge_picture(each) for each in words.pictures),
            tuple(words.links),
            tuple(words.boxes),
            tuple(self.tables),
            self._read_properties(),
            self._read_custom_properties(),
            self.defaults,
            frozenset(words.languages),
            tuple(self._read_comments()),
            tuple(words.hidden),
            bool(place),
            words.tracked,
            tuple(self._find_programs()),
        )

    def _read_blocks(self, element: etree._Element, within: str, kind: BlockKind = "paragraph") -> Iterator[WordText]:
        """Yield the paragraphs of an element; `within` is the place of the cell or note that they are in."""
        for child in element:
            if child.tag == PARAGRAPH:
                yield from self._read_paragraph(child, within, kind)
            elif child.tag == TABLE:
                yield from self._read_table(child, within)
            elif child.tag in GONE:
                self.words.tracked += 1
            elif not str(child.tag).endswith("Pr"):
                yield from self._read_blocks(child, within, kind)

    def _read_paragraph(self, element: etree._Element, within: str, kind: BlockKind) -> Iterator[WordText]:
        if not within:
            self.paragraphs += 1
        place = within or f"paragraph {self.paragraphs}"
        style = read_value(element, "w:pPr/w:pStyle")
        level = self._find_level(element, style)
        if level and kind == "paragraph":
            kind = "heading"
        if label := self._count_item(element):
            yield WordText(label, kind, place, style)
        text, marks, boxes = self.words.read(element, place)
        if text.strip() or marks:
            yield WordText(text, kind, place, style, level, marks)
        for box in boxes:
            yield from self._read_blocks(box, f"text box in {place}", "text box")

    def _find_level(self, element: etree._Element, style: str) -> int:
        own = read_value(element, "w:pPr/w:outlineLvl")
        return int(own) + 1 if own.isdigit() and int(own) < 9 else self.levels.get(style, 0) if not own else 0

    def _count_item(self, element: etree._Element) -> str:
        """Return the number that a list gives a paragraph, "" where it gives none.

        Lists of one definition are counted together, but for one that begins anew.
        """
        number, level = read_value(element, "w:pPr/w:numPr/w:numId"), read_value(element, "w:pPr/w:numPr/w:ilvl") or "0"
        counted = self.numbered.get((number, level))
        if counted is None:
            return ""
        key = counted.definition, level
        if counted.restart is not None and (number, level) not in self.begun:
            self.counts[key] = counted.restart - 1
        self.begun.add((number, level))
        self.counts[key] = self.counts.get(key, 0) + 1
        for other in [each for each in self.counts if each[0] == key[0] and each[1] > level]:
            del self.counts[other]
        return f"{self.counts[key]}."

    def _read_table(self, element: etree._Element, within: str) -> Iterator[WordText]:
        rows = [row for row in element.iter(ROW) if next(row.iterancestors(TABLE), None) is element]
        rows = [row for row in rows if row.find(f"{name('w:trPr')}/{name('w:del')}") is None]
        heads = [is_on(row.find(f"{name('w:trPr')}/{name('w:tblHeader')}")) for row in rows]
        place = f"{within}, table" if within else f"table {len(self.tables) + 1}"
        self.tables.append(TableShape(place, len(rows), bool(heads and heads[0])))
        for at, (row, is_head) in enumerate(zip(rows, heads, strict=True), 1):
            cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW), None) is row]
            for column, cell in enumerate(cells, 1):
                kind: BlockKind = "head cell" if is_head else "cell"
                yield from self._read_blocks(cell, f"{place}, row {at}, cell {column}", kind)

    def _read_notes(self, kind: str) -> Iterator[WordText]:
        """Yield the notes in the order of their marks, each with its number before its words."""
        part = self.package.find_related(DOCUMENT, kind)
        root = self.package.parse(part)
        if root is None:
            return
        notes = {note.get(name("w:id"), ""): note for note in root}
        self.words.relations = self.package.list_relations(part)
        for identity, number in self.words.list_notes(kind.removesuffix("s")):
            if (note := notes.get(identity)) is not None:
                for at, text in enumerate(self._read_blocks(note, f"note {number}", "note")):
                    yield text if at else _prefix(text, f"{number} ")

    def _read_margins(self, body: etree._Element) -> Iterator[Margin]:
        """Yield each head and foot that some section shows."""
        settings = self._parse_related("settings")
        has_even = settings is not None and is_on(settings.find(name("w:evenAndOddHeaders")))
        relations = self.package.list_relations(DOCUMENT)
        parts: dict[tuple[str, str], str] = {}
        seen: set[tuple[str, str, str]] = set()
        for section in body.iter(name("w:sectPr")):
            for tag, kind in ((name("w:headerReference"), "head"), (name("w:footerReference"), "foot")):
                for reference in section.iter(tag):
                    relation = relations.get(reference.get(name("r:id"), ""))
                    if relation:
                        parts[kind, reference.get(name("w:type"), "default")] = relation.target
            shown = {"default", *(["first"] if is_on(section.find(name("w:titlePg"))) else []), *(["even"] * has_even)}
            for (kind, pages), part in parts.items():
                if pages in shown and (kind, pages, part) not in seen:
                    seen.add((kind, pages, part))
                    root = self.package.parse(part)
                    if root is not None:
                        place = f"{kind} of {'the first page' if pages == 'first' else 'pages'}"
                        self.words.relations = self.package.list_relations(part)
                        texts = tuple(each.text for each in self._read_blocks(root, place) if each.text.strip())
                        yield Margin(texts, kind, pages)  # type: ignore[arg-type]  # as the standard names them

    def _judge_picture(self, picture: PictureText) -> PictureText:
        """Return a picture with whether its files are those that it was written with, where its name tells."""
        found = {digest(self.package.parts[each]) for each in picture.files if each in self.package.parts}
        return replace(picture, is_changed=bool(picture.digests) and not found <= set(picture.digests))

    def _read_properties(self) -> Mapping[str, str]:
        root = self.package.parse(self.package.find_related("", "core-properties"))
        found = {}
        for each in root if root is not None else ():
            if key := CORE.get(etree.QName(each).localname):
                found[key] = each.text or ""
        return found

    def _read_custom_properties(self) -> Mapping[str, str]:
        root = self.package.parse(self.package.find_related("", "custom-properties"))
        properties = root if root is not None else ()
        return {each.get("name", ""): "".join(str(text) for text in each.itertext()) for each in properties}

    def _read_comments(self) -> Iterator[Remark]:
        root = self._parse_related("comments")
        for each in root if root is not None else ():
            words = " ".join("".join(str(text.text or "") for text in each.iter(name("w:t"))).split())
            yield Remark(words, each.get(name("w:author"), ""), "comment")

    def _find_programs(self) -> Iterator[str]:
        yield from dict.fromkeys(self.words.programs)
        for _, relation in self.package.list_all_relations():
            if relation.is_external and relation.kind not in REMOTE:
                yield f"a reference to {relation.target} ({relation.kind})"
            elif relation.kind in ALIVE:
                yield f"a part that is another file ({relation.target})"


def _prefix(text: WordText, words: str) -> WordText:
    marks = tuple(replace(mark, start=mark.start + len(words), end=mark.end + len(words)) for mark in text.marks)
    return replace(text, text=words + text.text, marks=marks)


def _find_notes_place(texts: list[WordText]) -> int:
    """Return the number of texts before the notes where the memo lists them, 0 where the file lost that place."""
    found = (at for at, text in enumerate(texts, 1) if any(mark.name == NOTES_PLACE for mark in text.marks))
    return max(found, default=0)

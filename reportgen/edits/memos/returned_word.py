"""A Word document as lines with their tracked changes, its comments, and what in it is not read.

Tracked changes are kept as they are: a line is its words before them (`text`) and the changes that lead from there to what Word
shows. Paragraphs whose ends were tracked belong together, as Word would join or part them when a change is rejected.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from msgspec import Struct, field

from reportgen.edits.edit_values import Comment, ReturnedLine, Revision
from reportgen.edits.file_properties import FileProperties, read_properties
from reportgen.edits.memos.paragraph_text import ParagraphText, W, read_paragraph
from reportgen.system.errors import FileError, Location

DOCUMENT = "word/document.xml"
LARGEST = 200_000_000  # bytes unpacked
NOTES = {"word/footnotes.xml": "note", "word/endnotes.xml": "endnote"}
UNREAD = {
    f"{W}altChunk": "an embedded document", f"{W}object": "an embedded object",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "an embedded object",
}  # fmt: skip


class WordFile(Struct):
    """A Word document as it was read. `margins` are the lines of headers and footers; `custom` its own properties."""

    properties: FileProperties
    custom: dict[str, str]
    lines: list[ReturnedLine] = field(default_factory=list)
    margins: list[ReturnedLine] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    program: str = ""


def read_word_file(data: bytes, name: str) -> WordFile:
    """Read a Word document.

    Raises
    ------
    FileError
        for a file that is too large or damaged.
    """
    where, hint = Location(name), "ask for it again, or let Word repair it"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > LARGEST:
                raise FileError(f"too large: {size // 1_000_000} MB unpacked", where, "no memo is")
            return _Reader(archive).read()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, EOFError, RecursionError) as error:
        raise FileError(f"a damaged Word document: {error or type(error).__name__}", where, hint) from None
    except NotImplementedError as error:
        raise FileError(f"a damaged Word document: {error}", where, hint) from None


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self.file = WordFile(read_properties(archive), _read_custom(archive, self.names))
        self.ranges: dict[str, list[tuple[int, ParagraphText]]] = {}
        """The lines of each comment's range, by its id."""
        self.open_comments: list[str] = []
        self.tables = self.paragraphs = 0

    def read(self) -> WordFile:
        root = self._parse(DOCUMENT)
        body = root.find(f"{W}body")
        if body is None:
            raise ValueError("it has no body")
        self._read_blocks(body, "", self.file.lines)
        for part, kind in NOTES.items():
            if part in self.names:
                for note in self._parse(part).iterchildren(f"{W}{'footnote' if kind == 'note' else kind}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        self._read_blocks(note, f"{kind} {note.get(f'{W}id', '')}", self.file.lines)
        for part in sorted(self.names):
            if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
                self._read_blocks(self._parse(part), "footer" if "footer" in part else "header", self.file.margins)
        self.file.comments = list(self._read_comments())
        self._list_unread(root)
        return self.file

    def _parse(self, part: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.archive.read(part), parser)

    def _read_blocks(self, parent: etree._Element, place: str, lines: list[ReturnedLine]) -> None:
        """Read paragraphs and tables; paragraphs whose ends are tracked are one block."""
        block: list[tuple[ParagraphText, str]] = []
        for element in _list_blocks(parent):
            if element.tag == f"{W}tbl":
                self._close(block, lines)
                self._read_table(element, place, lines)
                continue
            if not place:
                self.paragraphs += 1
            text = read_paragraph(element)
            block.append((text, place or f"paragraph {self.paragraphs}"))
            if not text.mark:
                self._close(block, lines)
        self._close(block, lines)

    def _read_table(self, table: etree._Element, place: str, lines: list[ReturnedLine]) -> None:
        if place.startswith(("table", "text box")):
            self.file.notes.append(f"{place}: a table in it; its cells are compared as lines")
        self.tables += not place
        name = f"table {self.tables}" if not place else f"{place}, table"
        rows = list(_list_inner(table, f"{W}tr"))
        for number, row in enumerate(rows, 1):
            tracked = next((each for each in row.iterfind(f"{W}trPr/*") if each.tag in (f"{W}ins", f"{W}del")), None)
            for column, cell in enumerate(_list_inner(row, f"{W}tc"), 1):
                start = len(lines)
                self._read_blocks(cell, f"{name}, row {number}, column {column}", lines)
                change = tracked
                if change is None:
                    change = next((each for each in cell.iterfind(f"{W}tcPr/*") if each.tag in (f"{W}cellIns", f"{W}cellDel")), None)  # fmt: skip
                if change is not None:
                    lines[start:] = [_mark_whole(line, change) for line in lines[start:]]

    def _close(self, block: list[tuple[ParagraphText, str]], lines: list[ReturnedLine]) -> None:
        """Add the lines of a block of paragraphs, and empty it."""
        is_joined = len(block) > 1
        core: list[tuple[ParagraphText, str]] = []
        for text, place in block:
            kind = text.kind
            if kind:
                self._flush(core, lines)
                self._add(text, place, lines, is_whole=True)
            elif text.segments or not is_joined:
                core.append((text, place))
                if text.mark != "ins":
                    self._flush(core, lines)
                    if text.mark == "del" and (text, place) != block[-1]:
                        self.file.notes.append(f"{place}: joined with the next paragraph{_by(text)}")
        self._flush(core, lines)
        block.clear()

    def _flush(self, core: list[tuple[ParagraphText, str]], lines: list[ReturnedLine]) -> None:
        """Add paragraphs that were one before tracked changes parted them."""
        filled = [each for each in core if each[0].segments] or core[:1]
        if filled:
            first, place = filled[0]
            for other, _ in filled[1:]:
                self.file.notes.append(f"{place}: parted in two{_by(first)}")
                first = first.join(other)
            self._add(first, place, lines)
        core.clear()

    def _add(self, text: ParagraphText, place: str, lines: list[ReturnedLine], is_whole: bool = False) -> None:
        index = len(lines)
        author, time = text.first_author if is_whole else ("", "")
        is_added, is_deleted = is_whole and text.kind == "added", is_whole and text.kind == "deleted"
        if is_added:
            revisions: tuple[Revision, ...] = (Revision(0, 0, text.final, author, time),)
        else:
            revisions = () if is_deleted else tuple(text.revisions)
        names = tuple(name for name, _, _ in text.bookmarks)
        lines.append(ReturnedLine(text.text, place, revisions, names, author, time, is_added, is_deleted))
        if lines is self.file.lines:
            for identity in dict.fromkeys([*self.open_comments, *text.comments_started, *text.comments_pointed]):
                self.ranges.setdefault(identity, []).append((index, text))
            self.open_comments = [
                each for each in [*self.open_comments, *text.comments_started] if each not in text.comments_ended
            ]
        for box in text.boxes:
            self._read_blocks(box, "text box", lines)
        for words in text.descriptions:
            lines.append(ReturnedLine(words, f"{place}, alternative text"))

    def _read_comments(self) -> Iterator[Comment]:
        part = "word/comments.xml"
        if part not in self.names:
            return
        for comment in self._parse(part).iterchildren(f"{W}comment"):
            identity = comment.get(f"{W}id", "")
            words = " / ".join(filter(None, (read_paragraph(each).final.strip() for each in comment.iter(f"{W}p"))))
            found = self.ranges.get(identity, [])
            index = found[0][0] if found else None
            marked = " ".join(text.marked(identity) for _, text in found)
            place = self.file.lines[index].place if index is not None else "comment"
            yield Comment(
                words, place, comment.get(f"{W}author", "").strip(), comment.get(f"{W}date", ""), " ".join(marked.split()), index
            )  # fmt: skip

    def _list_unread(self, root: etree._Element) -> None:
        if any(name.endswith("vbaProject.bin") for name in self.names):
            self.file.notes.append("it holds macros, which are neither run nor read")
        for tag, what in UNREAD.items():
            if next(root.iter(tag), None) is not None:
                self.file.notes.append(f"it holds {what}, which is not read")
        if "docProps/app.xml" in self.names:
            self.file.program = self._parse("docProps/app.xml").findtext("{*}Application") or ""


def _list_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, a cell or a note, those in content controls too."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}del", f"{W}moveFrom"):
            inner = element.find(f"{W}sdtContent") if element.tag == f"{W}sdt" else element
            if inner is not None:
                yield from _list_blocks(inner)


def _list_inner(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _list_inner(element, tag)


def _mark_whole(line: ReturnedLine, change: etree._Element) -> ReturnedLine:
    """Return a line of a row or cell that was added or deleted as a whole."""
    author, time = change.get(f"{W}author", ""), change.get(f"{W}date", "")
    if change.tag in (f"{W}del", f"{W}cellDel"):
        return ReturnedLine(line.text, line.place, (), line.bookmarks, author, time, is_deleted=True)
    revision = Revision(0, 0, line.final, author, time)
    return ReturnedLine("", line.place, (revision,), line.bookmarks, author, time, is_added=True)


def _by(text: ParagraphText) -> str:
    return f" by {text.mark_author}" if text.mark_author else ""


def _read_custom(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if "docProps/custom.xml" not in names:
        return {}
    try:
        root = etree.fromstring(
            archive.read("docProps/custom.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError:
        return {}
    return {each.get("name", ""): "".join(map(str, each.itertext())) for each in root}

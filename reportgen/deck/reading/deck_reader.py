"""Reads a finished .pptx: its words and where they stand, whichever program saved it last.

Shapes keep their name, box (EMU) and kind; the members of groups are listed by themselves; charts are read with their
cached numbers and their workbook. What is no text (pictures, embedded objects) is listed in `unread`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from lxml import etree
from msgspec import Struct, field

from reportgen.deck.package import MC, A, P, R
from reportgen.deck.reading.chart_reader import ReadChart, read_chart
from reportgen.deck.values import Box
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pptx.presentation import Presentation

DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
LARGEST = 400_000_000  # bytes unpacked: no deck is larger
RAISED = "\u2009"  # put around raised and lowered letters, so that a note's number is no part of the word before it

Kind = Literal["text", "table", "chart", "smartart", "picture", "object", "shape"]


class ReadShape(Struct, frozen=True):
    """A shape with its content: paragraphs, a table's rows of cells, or a chart."""

    name: str
    kind: Kind
    box: Box | None = None
    holds: str = ""
    """The type of placeholder that it fills: title, body, dt, ftr, sldNum, ...; "" for any other shape."""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: ReadChart | None = None
    alt: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


class ReadSlide(Struct, frozen=True):
    number: int
    shapes: tuple[ReadShape, ...]
    notes: tuple[ReadShape, ...] = ()
    comments: tuple[str, ...] = ()


class ReadDeck(Struct, frozen=True):
    slides: tuple[ReadSlide, ...]
    properties: Mapping[str, str]
    masters: tuple[ReadShape, ...] = ()
    """The shapes that masters and layouts print on the slides."""
    unread: tuple[str, ...] = ()


def read_deck(data: bytes, name: str) -> ReadDeck:
    """Read a deck; `name` is for messages. Raise FileError if it is no deck, encrypted or damaged."""
    require_package(data, name)
    import pptx
    from pptx.exc import PythonPptxError

    try:
        return _Reader(pptx.Presentation(BytesIO(data))).read()
    except (
        PythonPptxError, etree.XMLSyntaxError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError,
        RecursionError,
    ) as error:  # fmt: skip
        raise damage_error(error, name) from None


def damage_error(error: Exception, name: str) -> FileError:
    """Return the error to raise when reading the parts of a deck fails."""
    message = f"a damaged deck: {error or type(error).__name__}"
    return FileError(message, Location(name), "build it again, or let PowerPoint repair it")


def require_package(data: bytes, name: str) -> None:
    """Raise FileError if the file is no PowerPoint package, encrypted, damaged or too large."""
    where = Location(name)
    if data.startswith(COMPOUND_FILE):
        raise FileError("an encrypted deck, or one of PowerPoint 97–2003", where, "save it as .pptx without a password")
    if not data.startswith(b"PK"):
        raise FileError("not a PowerPoint deck", where, "name a finished memo (.pdf) or deck (.pptx)")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(info.file_size for info in archive.infolist())
            broken = archive.testzip() if size <= LARGEST else None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise FileError("a damaged deck: it is cut off, or no ZIP archive", where, "build it again") from None
    except Exception as error:  # zlib.error, which zipfile does not wrap, is a plain Exception
        raise FileError(f"a damaged deck: {error}", where, "build it again") from None
    if size > LARGEST:
        raise FileError(f"too large: {size // 1_000_000} MB unpacked", where, "audit takes decks of up to 400 MB")
    if broken:
        raise FileError(f"a damaged deck: {broken} has a wrong checksum", where, "build it again")
    if "ppt/presentation.xml" not in names:
        hint = "name a finished memo (.pdf) or deck (.pptx)"
        raise FileError("not a PowerPoint deck: it has no presentation", where, hint)


class _Reader(Struct):
    """Reads one file."""

    file: Presentation
    unread: list[str] = field(default_factory=list)
    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)

    def read(self) -> ReadDeck:
        slides = tuple(self._read_slide(slide, number) for number, slide in enumerate(self.file.slides, 1))
        masters = tuple(self._read_masters())
        return ReadDeck(slides, dict(self._read_properties()), masters, tuple(self.unread))

    def _read_slide(self, slide: Any, number: int) -> ReadSlide:
        where = f"slide {number}"
        shapes = tuple(self._read_shapes(slide, where, number))
        notes: tuple[ReadShape, ...] = ()
        if slide.has_notes_slide:
            notes = tuple(
                shape for shape in self._read_shapes(slide.notes_slide, f"{where}, notes", number) if shape.text
            )
        return ReadSlide(number, shapes, notes, tuple(_read_comments(slide)))

    def _read_shapes(self, slide: Any, where: str, number: int) -> Iterator[ReadShape]:
        for element in _open_groups(slide.shapes._spTree, self.unread, where):
            yield from self._read_shape(element, slide, where, number)

    def _read_shape(self, element: Any, slide: Any, where: str, number: int) -> Iterator[ReadShape]:
        identity = next(element.iter(f"{P}cNvPr"))
        name, alt = identity.get("name", ""), " ".join(filter(None, (identity.get("title"), identity.get("descr"))))
        if element.tag == f"{P}grpSp":
            if alt:
                yield ReadShape(name, "shape", _read_box(element), alt=alt)
            return
        mark = next(element.iter(f"{P}ph"), None)
        holds = "" if mark is None else mark.get("type", "body")
        box = _read_box(element) or (self._inherit_box(slide, mark) if mark is not None else None)
        if element.tag == f"{P}pic":
            self.unread.append(f"{where}: the picture “{name}”")
            yield ReadShape(name, "picture", box, holds, alt=alt)
        elif element.tag == f"{P}graphicFrame":
            yield self._read_frame(element, slide, where, name, alt, box)
        else:
            texts = tuple(_read_paragraphs(element.find(f"{P}txBody"), number))
            kind: Kind = "text" if any(text.strip() for text in texts) else "shape"
            yield ReadShape(name, kind, box, holds, texts, alt=alt)

    def _read_frame(self, frame: Any, slide: Any, where: str, name: str, alt: str, box: Box | None) -> ReadShape:
        data = next(frame.iter(f"{A}graphicData"))
        kind = data.get("uri", "")
        if (table := data.find(f"{A}tbl")) is not None:
            rows = tuple(
                tuple(" ".join(_read_paragraphs(cell.find(f"{A}txBody"), 0)) for cell in row.iter(f"{A}tc"))
                for row in table.iter(f"{A}tr")
            )
            return ReadShape(name, "table", box, rows=rows, alt=alt)
        if kind == CHART and len(data):
            part = slide.part.related_part(data[0].get(f"{R}id"))
            return ReadShape(name, "chart", box, chart=read_chart(part, where, name, self.unread), alt=alt)
        if kind == DIAGRAM and len(data):
            root = etree.fromstring(slide.part.related_part(data[0].get(f"{R}dm")).blob)
            texts = ["".join(piece.text or "" for piece in body.iter(f"{A}t")) for body in root.iter(f"{{{DIAGRAM}}}t")]
            return ReadShape(name, "smartart", box, paragraphs=tuple(text for text in texts if text), alt=alt)
        self.unread.append(f"{where}: “{name}”, an embedded object of the kind {kind.rpartition('/')[2]}")
        return ReadShape(name, "object", box, alt=alt)

    def _inherit_box(self, slide: Any, mark: Any) -> Box | None:
        """Return the box that a placeholder takes over from its layout, or from the layout's master."""
        layout = getattr(slide, "slide_layout", None)
        master = getattr(layout, "slide_master", None)
        for above, key in ((layout, mark.get("idx", "0")), (master, mark.get("type", "body"))):
            if above is not None and (box := self._read_boxes(above).get(key)):
                return box
        return None

    def _read_boxes(self, above: Any) -> dict[str, Box]:
        """Return the placeholders' boxes of a layout by their index, or of a master by their type."""
        name = str(above.part.partname)
        if name not in self.boxes:
            key, default = ("type", "body") if "slideMaster" in name else ("idx", "0")
            found = [
                (mark.get(key, default), _read_box(shape))
                for shape in above.shapes._spTree.iter(f"{P}sp")
                if (mark := next(shape.iter(f"{P}ph"), None)) is not None
            ]
            self.boxes[name] = {key: box for key, box in found if box}
        return self.boxes[name]

    def _read_masters(self) -> Iterator[ReadShape]:
        """Yield the shapes of masters and used layouts that are no placeholders: they print on the slides."""
        layouts = {slide.slide_layout.part.partname: slide.slide_layout for slide in self.file.slides}
        masters = {layout.slide_master.part.partname: layout.slide_master for layout in layouts.values()}
        for kind, above in (("master", masters), ("layout", layouts)):
            for each in above.values():
                for shape in self._read_shapes(each, f"{kind} {each.name}".strip(), 0):
                    if not shape.holds and (shape.text or shape.rows):
                        yield shape

    def _read_properties(self) -> Iterator[tuple[str, str]]:
        core = self.file.core_properties
        for name in ("title", "author", "subject", "keywords", "comments", "category", "content_status"):
            if text := getattr(core, name):
                yield name, text


def _open_groups(tree: Any, unread: list[str], where: str) -> Iterator[Any]:
    """Yield every shape, a group before its members; of alternatives, the one that PowerPoint takes."""
    for element in tree:
        if element.tag == f"{MC}AlternateContent":
            choice = element.find(f"{MC}Choice")
            yield from _open_groups(choice if choice is not None else element[0], unread, where)
        elif element.tag == f"{P}grpSp":
            yield element
            yield from _open_groups(element, unread, where)
        elif element.tag in (f"{P}sp", f"{P}pic", f"{P}cxnSp", f"{P}graphicFrame"):
            yield element
        elif element.tag == f"{P}contentPart":
            unread.append(f"{where}: drawn ink")


def _read_paragraphs(body: Any, number: int) -> Iterator[str]:
    """Yield the text of each paragraph, with the slide's number in its field."""
    if body is None:
        return
    for paragraph in body.iter(f"{A}p"):
        parts = []
        for piece in paragraph:
            if piece.tag == f"{A}br":
                parts.append("\n")
            elif piece.tag in (f"{A}r", f"{A}fld"):
                text = piece.findtext(f"{A}t") or ""
                if piece.get("type") == "slidenum" and not text.strip().isdigit():
                    text = str(number)  # "‹#›" or "<number>": the program shows the number instead
                look = piece.find(f"{A}rPr")
                raised = look is not None and look.get("baseline", "0") not in ("0", "0%")
                parts.append(f"{RAISED}{text}{RAISED}" if raised else text)
            elif piece.tag.startswith(MC) or piece.tag.endswith("}m"):
                parts.append("".join(str(text) for text in piece.itertext()))  # a formula
        yield "".join(parts)


def _read_box(element: Any) -> Box | None:
    """Return the shape's own box; None where it leaves that to its layout."""
    properties = element.find(f"{P}spPr")
    transform = element.find(f"{P}xfrm") if properties is None else properties.find(f"{A}xfrm")
    if transform is None or transform.find(f"{A}off") is None:
        return None
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    return Box(int(offset.get("x")), int(offset.get("y")), int(extent.get("cx")), int(extent.get("cy")))


def _read_comments(slide: Any) -> Iterator[str]:
    """Yield the comments on the slide, in the old format and the new."""
    for relation in slide.part.rels.values():
        if not relation.is_external and "comment" in relation.reltype.lower():
            root = etree.fromstring(relation.target_part.blob)
            for element in root.iter():
                name = etree.QName(element).localname if isinstance(element.tag, str) else ""
                if name in ("text", "txBody"):
                    yield " ".join("".join(str(part) for part in element.itertext()).split())

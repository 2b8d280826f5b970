"""A finished .pptx -> what it says and where, whoever saved it last.

Shapes keep their name, their box (EMU) and what kind they are; groups are opened, charts read with their cached numbers
and their workbook. What is no text (pictures, embedded objects) is named in `unread`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from lxml import etree
from msgspec import Struct, field

from reportgen.deck.pptx_library import import_pptx
from reportgen.deck.reading.chart_reader import ReadChart, read_chart
from reportgen.deck.values import Box
from reportgen.system.errors import FileError, Location

if TYPE_CHECKING:
    from pptx.presentation import Presentation

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
LARGEST = 400_000_000  # bytes unpacked: more is no deck
RAISED = "\u2009"  # stands around raised and lowered letters, so that a note's number is no part of the word before it

Kind = Literal["text", "table", "chart", "smartart", "picture", "object", "shape"]


class ReadShape(Struct, frozen=True):
    """A shape with what it says: paragraphs, or a table's rows of cells, or a chart. Members of groups stand alone."""

    name: str
    kind: Kind
    box: Box | None = None
    holds: str = ""
    """Which placeholder it fills: title, body, dt, ftr, sldNum, ...; nothing for any other shape."""
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
    """What masters and layouts print on slides of themselves."""
    unread: tuple[str, ...] = ()


def read_deck(data: bytes, name: str) -> ReadDeck:
    """Read a deck. FileError for what is none, is encrypted or damaged."""
    require_package(data, name)
    pptx = import_pptx()
    from pptx.exc import PythonPptxError

    try:
        return _Reading(pptx.Presentation(BytesIO(data))).result()
    except (
        PythonPptxError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise FileError(
            f"a damaged deck: {error or type(error).__name__}",
            Location(name),
            "make it again, or let PowerPoint repair it",
        ) from None


def require_package(data: bytes, name: str) -> None:
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
        raise FileError("a damaged deck: it is cut off, or no ZIP archive", where, "make it again") from None
    except Exception as error:  # zlib.error has no base of its own that zipfile would tell
        raise FileError(f"a damaged deck: {error}", where, "make it again") from None
    if size > LARGEST:
        raise FileError(f"too large: {size // 1_000_000} MB unpacked", where, "audit takes decks of up to 400 MB")
    if broken:
        raise FileError(f"a damaged deck: {broken} is not what was packed", where, "make it again")
    if "ppt/presentation.xml" not in names:
        hint = "name a finished memo (.pdf) or deck (.pptx)"
        raise FileError("not a PowerPoint deck: it has no presentation", where, hint)


class _Reading(Struct, dict=True):
    """One walk over the slides."""

    file: Presentation
    unread: list[str] = field(default_factory=list)
    boxes: dict[str, dict[str, Box]] = field(default_factory=dict)

    def result(self) -> ReadDeck:
        slides = tuple(self._slide(slide, number) for number, slide in enumerate(self.file.slides, 1))
        masters = tuple(self._masters())
        return ReadDeck(slides, dict(self._properties()), masters, tuple(self.unread))

    def _slide(self, slide: Any, number: int) -> ReadSlide:
        where = f"slide {number}"
        shapes = tuple(self._shapes(slide, where, number))
        notes: tuple[ReadShape, ...] = ()
        if slide.has_notes_slide:
            notes = tuple(shape for shape in self._shapes(slide.notes_slide, f"{where}, notes", number) if shape.text)
        return ReadSlide(number, shapes, notes, tuple(_comments(slide)))

    def _shapes(self, slide: Any, where: str, number: int) -> Iterator[ReadShape]:
        for element in _leaves(slide.shapes._spTree, self.unread, where):
            yield from self._shape(element, slide, where, number)

    def _shape(self, element: Any, slide: Any, where: str, number: int) -> Iterator[ReadShape]:
        identity = next(element.iter(f"{P}cNvPr"))
        name, alt = identity.get("name", ""), " ".join(filter(None, (identity.get("title"), identity.get("descr"))))
        holder = next(element.iter(f"{P}ph"), None)
        holds = "" if holder is None else holder.get("type", "body")
        box = _box(element) or (self._inherited(slide, holder) if holder is not None else None)
        if element.tag == f"{P}grpSp":
            if alt:
                yield ReadShape(name, "shape", _box(element), alt=alt)
            return
        if element.tag == f"{P}pic":
            self.unread.append(f"{where}: the picture “{name}”")
            yield ReadShape(name, "picture", box, holds, alt=alt)
        elif element.tag == f"{P}graphicFrame":
            yield self._frame(element, slide, where, name, alt, box)
        else:
            texts = tuple(_paragraphs(element.find(f"{P}txBody"), number))
            kind: Kind = "text" if any(text.strip() for text in texts) else "shape"
            yield ReadShape(name, kind, box, holds, texts, alt=alt)

    def _frame(self, frame: Any, slide: Any, where: str, name: str, alt: str, box: Box | None) -> ReadShape:
        data = next(frame.iter(f"{A}graphicData"))
        kind = data.get("uri", "")
        if (table := data.find(f"{A}tbl")) is not None:
            rows = tuple(
                tuple(" ".join(_paragraphs(cell.find(f"{A}txBody"), 0)) for cell in row.iter(f"{A}tc"))
                for row in table.iter(f"{A}tr")
            )
            return ReadShape(name, "table", box, rows=rows, alt=alt)
        if kind == CHART and len(data):
            part = slide.part.related_part(data[0].get(f"{R}id"))
            chart = read_chart(part, where, name, self.unread)
            return ReadShape(name, "chart", box, chart=chart, alt=alt)
        if kind == DIAGRAM and len(data):
            part = slide.part.related_part(data[0].get(f"{R}dm"))
            root = etree.fromstring(part.blob)
            texts = ["".join(piece.text or "" for piece in body.iter(f"{A}t")) for body in root.iter(f"{{{DIAGRAM}}}t")]
            return ReadShape(name, "smartart", box, paragraphs=tuple(text for text in texts if text), alt=alt)
        self.unread.append(f"{where}: “{name}”, an embedded object of the kind {kind.rpartition('/')[2]}")
        return ReadShape(name, "object", box, alt=alt)

    def _inherited(self, slide: Any, holder: Any) -> Box | None:
        """The box that a placeholder leaves to its layout, or the layout to its master."""
        layout = getattr(slide, "slide_layout", None)
        for above, key in (
            (layout, holder.get("idx", "0")),
            (getattr(layout, "slide_master", None), holder.get("type", "body")),
        ):
            if above is not None and (box := self._boxes(above).get(key)):
                return box
        return None

    def _boxes(self, above: Any) -> dict[str, Box]:
        """The placeholders' boxes of a layout by their index, of a master by their type."""
        name = str(above.part.partname)
        if name not in self.boxes:
            master = "slideMaster" in name
            holders = [(shape, next(shape.iter(f"{P}ph"), None)) for shape in above.shapes._spTree.iter(f"{P}sp")]
            found = [
                (holder.get("type", "body") if master else holder.get("idx", "0"), _box(shape))
                for shape, holder in holders
                if holder is not None
            ]
            self.boxes[name] = {key: box for key, box in found if box}
        return self.boxes[name]

    def _masters(self) -> Iterator[ReadShape]:
        """Shapes of masters and of the layouts in use that are no placeholders: they print on the slides."""
        layouts = {slide.slide_layout.part.partname: slide.slide_layout for slide in self.file.slides}
        masters = {layout.slide_master.part.partname: layout.slide_master for layout in layouts.values()}
        for place, each in [
            *(("master", one) for one in masters.values()),
            *(("layout", one) for one in layouts.values()),
        ]:
            where = f"{place} {each.name}".strip()
            for shape in self._shapes(each, where, 0):
                if not shape.holds and (shape.text or shape.rows):
                    yield shape

    def _properties(self) -> Iterator[tuple[str, str]]:
        core = self.file.core_properties
        for name in ("title", "author", "subject", "keywords", "comments", "category", "content_status"):
            if text := getattr(core, name):
                yield name, text


def _leaves(tree: Any, unread: list[str], where: str) -> Iterator[Any]:
    """Every shape, groups opened (the group itself first), alternatives taken as PowerPoint takes them."""
    for element in tree:
        if element.tag == f"{MC}AlternateContent":
            choice = element.find(f"{MC}Choice")
            yield from _leaves(choice if choice is not None else element[0], unread, where)
        elif element.tag == f"{P}grpSp":
            yield element
            yield from _leaves(element, unread, where)
        elif element.tag in (f"{P}sp", f"{P}pic", f"{P}cxnSp", f"{P}graphicFrame"):
            yield element
        elif element.tag == f"{P}contentPart":
            unread.append(f"{where}: drawn ink")


def _paragraphs(body: Any, number: int) -> Iterator[str]:
    """The text of each paragraph; a slide's number as its field shows it."""
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
                    text = str(number)  # "‹#›" or "<number>": the program puts the number there
                look = piece.find(f"{A}rPr")
                raised = look is not None and look.get("baseline", "0") not in ("0", "0%")
                parts.append(f"{RAISED}{text}{RAISED}" if raised else text)
            elif piece.tag.startswith(MC) or piece.tag.endswith("}m"):
                parts.append("".join(str(text) for text in piece.itertext()))  # a formula
        yield "".join(parts)


def _box(element: Any) -> Box | None:
    """Where the shape says that it stands; None where it leaves that to its layout."""
    properties = element.find(f"{P}spPr")
    transform = element.find(f"{P}xfrm") if properties is None else properties.find(f"{A}xfrm")
    if transform is None or transform.find(f"{A}off") is None:
        return None
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    return Box(int(offset.get("x")), int(offset.get("y")), int(extent.get("cx")), int(extent.get("cy")))


def _comments(slide: Any) -> Iterator[str]:
    """What reviewers wrote beside the slide, in the old form of comments and the new."""
    for relation in slide.part.rels.values():
        if not relation.is_external and "comment" in relation.reltype.lower():
            root = etree.fromstring(relation.target_part.blob)
            for element in root.iter():
                name = etree.QName(element).localname if isinstance(element.tag, str) else ""
                if name in ("text", "txBody"):
                    yield " ".join("".join(str(part) for part in element.itertext()).split())

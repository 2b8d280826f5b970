"""The expected words of a memo's pages: its HTML as regions of text, with facts and structure marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.audit.align import Region
from reportgen.audit.brief_places import BriefPlaces
from reportgen.audit.origins import Mark
from reportgen.memo.expected_memo import HEADINGS, LABEL_END
from reportgen.text.trace import MarkReader, Piece, read_marks

if TYPE_CHECKING:
    from reportgen.memo.expected_memo import ExpectedMemo

INLINE = {"strong", "em", "a", "sub", "sup", "br", "code", "span"}


class ExpectedBody(Struct, frozen=True):
    """The blocks of the HTML in order; a chart is the words in it.

    `heads` are the heads of tables as ranges of regions: they are repeated where a table continues on another page. `tags`
    are the elements that the regions are in.
    """

    regions: tuple[Region, ...]
    heads: tuple[tuple[int, int], ...]
    tags: tuple[str, ...]


def expect_body(memo: ExpectedMemo, places: BriefPlaces | None = None) -> ExpectedBody:
    """Return the words of a memo's body."""
    body = etree.fromstring(memo.traced_html).find("body")
    assert body is not None
    walker = _Walker(memo, places)
    walker.walk_block(body, False)
    return ExpectedBody(tuple(walker.regions), tuple(walker.heads), tuple(walker.tags))


def list_printed(memo: ExpectedMemo, body: Sequence[Region], places: BriefPlaces) -> set[str]:
    """Return the paths of the brief's texts that a memo prints: in its body, its drawings and margins, and as descriptions."""
    found = {path for region in body for piece in region.trace for path in piece.paths} | {"title"}
    for name, scene in memo.scenes.items():
        exhibit = memo.exhibits[name]
        found |= {path for label in scene.texts for path in places.find_labels(exhibit, label)}
    return found | {f"exhibits.{exhibit}.alt" for exhibit in memo.exhibits.values()}


class ExpectedExtras(Struct, frozen=True):
    """The words of a memo beside its body: alternative texts and headings in order, and the properties by their names."""

    alternatives: tuple[Region, ...]
    headings: tuple[Region, ...]
    properties: Mapping[str, Region]


def expect_extras(memo: ExpectedMemo) -> ExpectedExtras:
    """Return the words that are told or listed, each with where in the brief it comes from."""
    root = etree.fromstring(memo.traced_html)
    texts = {str(meta.get("name")): meta.get("content", "") for meta in root.iter("meta")}
    texts = {
        "Title": root.findtext("head/title") or "",
        "Author": texts.get("author", ""),
        "Subject": texts.get("description", ""),
    }
    traces = {name: read_marks(text)[1] for name, text in texts.items()}
    alternatives = []
    for image in root.iter("img"):
        text, trace = read_marks(image.get("alt", ""))
        alternatives.append(replace(Region.drawn(text), trace=trace))
    headings = [read_marks("".join(str(text) for text in heading.itertext())) for heading in root.iter(*HEADINGS)]
    return ExpectedExtras(
        tuple(alternatives),
        tuple(Region(text, trace=trace) for text, trace in headings),
        {name: Region(text, trace=traces.get(name, ())) for name, text in memo.properties.items()},
    )


class _Walker:
    """Collects the blocks of an HTML tree."""

    def __init__(self, memo: ExpectedMemo, places: BriefPlaces | None) -> None:
        self.charts, self.exhibits, self.places = memo.charts, memo.exhibits, places
        self.regions: list[Region] = []
        self.heads: list[tuple[int, int]] = []
        self.tags: list[str] = []
        self.tag = ""
        self.text = ""
        self.marks: list[Mark] = []
        self.trace: list[Piece] = []
        self.reader = MarkReader()

    def walk_block(self, element: etree._Element, is_numbered: bool) -> None:
        self._end_block()
        outer, self.tag = self.tag, str(element.tag)
        classes, parent = element.get("class", ""), element.getparent()
        is_numbered = is_numbered or (element.tag == "section" and "recommendations" in classes)
        kind = "row" if is_numbered and element.tag == "td" and classes == "number" else ""
        if classes == "marking" or any(above.tag == "article" for above in element.iterancestors()):
            kind = "marking"
        if element.tag == "li" and parent is not None and parent.tag == "ol" and "id" not in element.attrib:
            # the stylesheet numbers an item; a note, which has an id, prints its own number
            number = 1 + sum(1 for _ in element.itersiblings("li", preceding=True))
            self.regions.append(Region.structural(f"{number}.", "row"))
            self.tags.append("")
        first = len(self.regions)
        self._walk_inline(element, kind, is_numbered)
        self._end_block()
        if element.tag == "thead":
            self.heads.append((first, len(self.regions)))
        self.tag = outer

    def _end_block(self) -> None:
        if self.text.strip():
            self.regions.append(Region(self.text, marks=tuple(self.marks), trace=tuple(self.trace)))
            self.tags.append(self.tag)
        self.text, self.marks, self.trace, self.reader = "", [], [], MarkReader()

    def _add(self, marked: str) -> None:
        """Add words, and the paths of the brief that they come from."""
        for words, origin in self.reader.split(marked):
            if origin:
                self.trace.append(Piece(len(self.text), len(self.text) + len(words), origin))
            self.text += words

    def _add_drawing(self, name: str) -> None:
        """Add the words of a drawing, each label with its path."""
        start = len(self.text)
        for label in self.charts.get(name, "").split(LABEL_END):
            self.text += " "
            if self.places and name in self.exhibits:
                path = self.places.find_label(self.exhibits[name], label)
                self.trace.append(Piece(len(self.text), len(self.text) + len(label), path))
            self.text += f"{label}\n"
        self.marks.append(Mark(start, len(self.text), "drawn", name))

    def _walk_inline(self, element: etree._Element, kind: str, is_numbered: bool) -> None:
        """Add an element's words; `kind` names the structure that they are, if any."""
        start = len(self.text)
        self._add(element.text or "")
        for child in element:
            if child.tag == "img":
                self._add_drawing(child.get("src", ""))
            elif child.tag == "br":
                self.text += " "
            elif child.tag in INLINE:
                gap = " " if child.tag in ("sup", "sub") or child.get("class") in ("title", "subtitle") else ""
                self.text += gap
                is_note = child.tag == "a" and child.get("href", "").startswith("#")
                self._walk_inline(child, "note" if is_note else "", is_numbered)
                self.text += gap
            else:
                self.walk_block(child, is_numbered)
                start = 0
            self._add(child.tail or "")
        if fact := element.get("data-fact"):
            self.marks.append(Mark(start, len(self.text), "fact", fact))
        elif kind:
            self.marks.append(Mark(start, len(self.text), "structural", kind))

"""The expected words of a memo's pages: its HTML as regions of text, with facts and structure marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from reportgen.audit.align import Region
from reportgen.audit.origins import Mark

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


def expect_body(memo: ExpectedMemo) -> ExpectedBody:
    """Return the words of a memo's body."""
    body = etree.fromstring(memo.html).find("body")
    assert body is not None
    walker = _Walker(memo.charts)
    walker.walk_block(body, False)
    return ExpectedBody(tuple(walker.regions), tuple(walker.heads), tuple(walker.tags))


class _Walker:
    """Collects the blocks of an HTML tree."""

    def __init__(self, charts: Mapping[str, str]) -> None:
        self.charts = charts
        self.regions: list[Region] = []
        self.heads: list[tuple[int, int]] = []
        self.tags: list[str] = []
        self.tag = ""
        self.text = ""
        self.marks: list[Mark] = []

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
            self.regions.append(Region(self.text, marks=tuple(self.marks)))
            self.tags.append(self.tag)
        self.text, self.marks = "", []

    def _walk_inline(self, element: etree._Element, kind: str, is_numbered: bool) -> None:
        """Add an element's words; `kind` names the structure that they are, if any."""
        start = len(self.text)
        self.text += element.text or ""
        for child in element:
            if child.tag == "img":
                chart = child.get("src", "")
                words = f" {self.charts.get(chart, '')} "
                self.marks.append(Mark(len(self.text), len(self.text) + len(words), "drawn", chart))
                self.text += words
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
            self.text += child.tail or ""
        if fact := element.get("data-fact"):
            self.marks.append(Mark(start, len(self.text), "fact", fact))
        elif kind:
            self.marks.append(Mark(start, len(self.text), "structural", kind))

"""What a memo's pages should say: the composed HTML as regions of text, with facts and structure marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from reportgen.audit.align import Region
from reportgen.audit.audit_report import Place
from reportgen.audit.origins import Mark

if TYPE_CHECKING:
    from reportgen.memo.expected_memo import ExpectedMemo

INLINE = {"strong", "em", "a", "sub", "sup", "br", "code", "span"}


class Page(Struct, frozen=True):
    """The HTML's blocks in order, each with its facts; a chart is the words in it.

    `heads` are the tables' heads as ranges of regions: they come again where a table runs over a page's end.
    """

    regions: tuple[Region, ...]
    heads: tuple[tuple[int, int], ...]


def blocks(printed: ExpectedMemo) -> Page:
    """What the memo's body says."""
    body = etree.fromstring(printed.html).find("body")
    assert body is not None
    walk = _Walk(printed.charts)
    walk.block(body, False)
    return Page(tuple(walk.regions), tuple(walk.heads))


class _Walk:
    """Gathers the blocks of the body."""

    def __init__(self, charts: Mapping[str, str]) -> None:
        self.charts = charts
        self.regions: list[Region] = []
        self.heads: list[tuple[int, int]] = []
        self.text = ""
        self.marks: list[Mark] = []

    def flush(self) -> None:
        if self.text.strip():
            self.regions.append(Region(self.text, Place(), tuple(self.marks)))
        self.text, self.marks = "", []

    def block(self, element: etree._Element, numbered: bool) -> None:
        self.flush()
        numbered = numbered or (element.tag == "section" and "recommendations" in element.get("class", ""))
        kind = "row" if numbered and element.tag == "td" and element.get("class") == "number" else ""
        if element.get("class") == "marking" or any(above.tag == "article" for above in element.iterancestors()):
            kind = "marking"
        above = element.getparent()
        if element.tag == "li" and above is not None and above.tag == "ol" and "id" not in element.attrib:
            self._numbered(element)
        first = len(self.regions)
        self.inline(element, kind, numbered)
        self.flush()
        if element.tag == "thead":
            self.heads.append((first, len(self.regions)))

    def _numbered(self, item: etree._Element) -> None:
        """The number that the stylesheet puts before an item; a note, which has an id, prints its own."""
        number = f"{1 + sum(1 for _ in item.itersiblings('li', preceding=True))}."
        self.regions.append(Region(number, Place(), (Mark(0, len(number), "structural", "row"),)))

    def inline(self, element: etree._Element, kind: str, numbered: bool) -> None:
        """An element's words; `kind` names the structure that they are, if they are some."""
        start = len(self.text)
        self.text += element.text or ""
        for child in element:
            if child.tag == "img":
                drawn = f" {self.charts.get(child.get('src', ''), '')} "
                self.marks.append(Mark(len(self.text), len(self.text) + len(drawn), "drawn", child.get("src", "")))
                self.text += drawn
            elif child.tag == "br":
                self.text += " "
            elif child.tag in INLINE:
                apart = " " if child.tag in ("sup", "sub") or child.get("class") in ("title", "subtitle") else ""
                self.text += apart
                note = child.tag == "a" and child.get("href", "").startswith("#")
                self.inline(child, "note" if note else "", numbered)
                self.text += apart
            else:
                self.block(child, numbered)
                start = 0
            self.text += child.tail or ""
        if fact := element.get("data-fact"):
            self.marks.append(Mark(start, len(self.text), "fact", fact))
        elif kind:
            self.marks.append(Mark(start, len(self.text), "structural", kind))

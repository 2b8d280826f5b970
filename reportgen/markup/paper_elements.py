"""The elements that every document on paper may use in its HTML; the grammar of each kind adds its own."""

from __future__ import annotations

from reportgen.charts.scene import MARKS as SIGNS
from reportgen.markup.subset import Element, names

MARKS = names("mark") | SIGNS.keys()


def build_text_element(inline: frozenset[str], classes: str = "", more: str = "") -> Element:
    """Return an element that holds words, inline markup and `more`."""
    return Element(inline | names(more), names("id"), classes=names(classes), text=True)


def build_paper_elements(inline: frozenset[str]) -> dict[str, Element]:
    """Return the common elements by name, for a document with these inline elements."""
    text = build_text_element(inline)
    return {
        "html": Element(names("head body"), names("lang dir"), names("lang")),
        "head": Element(names("title meta link")),
        "title": Element(text=True),
        "meta": Element(attributes=names("name content"), requires=names("name content")),
        "link": Element(attributes=names("rel href"), requires=names("rel href")),
        "article": Element(names("p div"), classes=names("designation")),
        "ol": Element(names("li")),
        "ul": Element(names("li")),
        "caption": text,
        "colgroup": Element(names("col")),
        "thead": Element(names("tr")),
        "tbody": Element(names("tr")),
        "tr": Element(names("th td")),
        "img": Element(attributes=names("src alt"), requires=names("src alt")),
        "h1": text,
        "strong": text,
        "em": text,
        "sub": text,
        "br": Element(),
    }

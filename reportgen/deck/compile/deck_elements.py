"""The elements that a deck's HTML may contain; any other is an error."""

from __future__ import annotations

from typing import get_args

from reportgen.charts.scene import Role
from reportgen.markup.subset import Element, Grammar, names

INLINE = names("strong em a sub sup br span")
BLOCKS = names("p ul ol blockquote")
ROLES = frozenset(get_args(Role))


def _inline(attributes: str = "", requires: str = "", classes: frozenset[str] = frozenset()) -> Element:
    return Element(INLINE, names(attributes), names(requires), classes, text=True)


GRAMMAR = Grammar(
    "deck",
    "main",
    {
        "main": Element(names("section")),
        "section": Element(
            names("h2 p div table figure aside"),
            names("id data-layout data-section data-choice"),
            names("id data-layout"),
        ),
        "h2": _inline(),
        "p": _inline("data-slot"),
        "div": Element(BLOCKS, names("data-slot"), names("data-slot")),
        "blockquote": Element(names("p ul ol")),
        "ul": Element(names("li")),
        "ol": Element(names("li")),
        "li": Element(INLINE | names("ul ol"), text=True),
        "table": Element(names("thead tbody"), names("data-slot data-exhibit data-widths"), names("data-slot")),
        "thead": Element(names("tr")),
        "tbody": Element(names("tr")),
        "tr": Element(names("th td")),
        "th": _inline("data-mark", classes=names("number")),
        "td": _inline("data-mark", classes=names("number")),
        "figure": Element(attributes=names("data-slot data-exhibit"), requires=names("data-slot data-exhibit")),
        "aside": Element(BLOCKS, requires=names("class"), classes=names("notes")),
        "strong": _inline(),
        "em": _inline(),
        "sub": _inline(),
        "sup": _inline(),
        "br": Element(),
        "a": _inline("href", requires="href"),
        "span": _inline("data-fact lang", classes=ROLES | names("fact gap")),
    },
    anchors=False,
)

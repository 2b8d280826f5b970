"""The grammar of a handout's HTML: the elements that its template may use, and where."""

from __future__ import annotations

from typing import get_args

from reportgen.charts.scene import Role
from reportgen.deck.layouts import LAYOUTS
from reportgen.markup.subset import Element, Grammar, names

INLINE = names("strong em a sub sup br span")
FLOW = names("p h2 div ul ol table img")
ROLES = frozenset(get_args(Role))


def get_kind(slot: str) -> str:
    """Return the class of a slot's text: its name without a number, so that "label-2" is a label."""
    return slot.rstrip("0123456789").rstrip("-")


PARTS = frozenset(get_kind(slot) for layout in LAYOUTS.values() for slot in layout.fillable)
PLACES = names("block entry-head exhibit drawing columns shown said evidence asked lead")
MARKS = names("mark opening obstacle need yes no partly")


def _text(classes: str = "", more: str = "") -> Element:
    """Return an element that holds words, inline markup and `more`."""
    return Element(INLINE | names(more), names("id"), classes=names(classes), text=True)


HANDOUT = Grammar(
    "handout",
    "html",
    {
        "html": Element(names("head body"), names("lang dir"), names("lang")),
        "head": Element(names("title meta link")),
        "title": Element(text=True),
        "meta": Element(attributes=names("name content"), requires=names("name content")),
        "link": Element(attributes=names("rel href"), requires=names("rel href")),
        "body": Element(FLOW | names("header section article")),
        "article": Element(names("p div"), classes=names("designation")),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, names("id"), classes=names("entry long wide")),
        "div": Element(FLOW, classes=PLACES | PARTS),
        "h1": _text(),
        "h2": _text(),
        "p": _text("marking organization kind date subtitle kicker rubric source number"),
        "ol": Element(names("li")),
        "ul": Element(names("li")),
        "li": _text(more="ol ul"),
        "table": Element(names("caption colgroup thead tbody")),
        "caption": _text(),
        "colgroup": Element(names("col")),
        "col": Element(),
        "thead": Element(names("tr")),
        "tbody": Element(names("tr")),
        "tr": Element(names("th td")),
        "th": Element(INLINE, names("scope"), names("scope"), names("number"), text=True),
        "td": Element(INLINE, classes=names("number"), text=True),
        "img": Element(attributes=names("src alt"), requires=names("src alt")),
        "strong": _text(),
        "em": _text(),
        "sub": _text(),
        "sup": _text(),
        "br": Element(),
        "a": Element(INLINE - names("a"), names("href"), names("href"), text=True),
        "span": Element(INLINE, names("data-fact lang"), classes=ROLES | MARKS | names("fact slide torn"), text=True),
    },
)

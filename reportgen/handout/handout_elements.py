"""The grammar of a handout's HTML: the elements that its template may use, and where."""

from __future__ import annotations

from functools import partial
from typing import get_args

from reportgen.charts.scene import Role
from reportgen.deck.layouts import LAYOUTS
from reportgen.markup.paper_elements import MARKS, build_paper_elements, build_text_element
from reportgen.markup.subset import Element, Grammar, names

INLINE = names("strong em a sub sup br span")
FLOW = names("p h2 div ul ol table img")
ROLES = frozenset(get_args(Role))


def get_kind(slot: str) -> str:
    """Return the class of a slot's text: its name without a number, so that "label-2" is a label."""
    return slot.rstrip("0123456789").rstrip("-")


PARTS = frozenset(get_kind(slot) for layout in LAYOUTS.values() for slot in layout.fillable)
DIVISIONS = names("house block entry-head exhibit drawing columns shown said evidence asked lead") | PARTS

_text = partial(build_text_element, INLINE)

HANDOUT = Grammar(
    "handout",
    "html",
    {
        **build_paper_elements(INLINE),
        "body": Element(FLOW | names("header section article")),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, names("id"), classes=names("entry long wide")),
        "div": Element(FLOW, classes=DIVISIONS),
        "h2": _text(),
        "p": _text("marking organization logo address kind date subtitle kicker rubric source number", more="img"),
        "li": _text(more="ol ul"),
        "table": Element(names("caption colgroup thead tbody")),
        "col": Element(),
        "th": Element(INLINE, names("scope"), names("scope"), names("number"), text=True),
        "td": Element(INLINE, classes=names("number"), text=True),
        "sup": _text(),
        "a": Element(INLINE - names("a"), names("href"), names("href"), text=True),
        "span": Element(
            INLINE, names("data-fact lang"), classes=ROLES | MARKS | names("fact gap slide torn"), text=True
        ),
    },
)

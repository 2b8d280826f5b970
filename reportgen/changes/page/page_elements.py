"""The grammar of the page with what changed: the elements that its template may use, and where."""

from __future__ import annotations

from functools import partial

from reportgen.markup.paper_elements import build_paper_elements, build_text_element
from reportgen.markup.subset import Element, Grammar, names

INLINE = names("strong em a sub sup br span")
FLOW = names("p section table div h2")

_text = partial(build_text_element, INLINE)

CHANGES = Grammar(
    "page of changes",
    "html",
    {
        **build_paper_elements(INLINE),
        "body": Element(FLOW | names("header article")),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, classes=names("numbers texts")),
        "div": Element(FLOW, classes=names("block entry")),
        "h2": _text("rule"),
        "p": _text("marking organization kind place source replaces was now detail"),
        "table": Element(names("colgroup thead tbody"), classes=names("letterhead")),
        "col": Element(classes=names("was now where")),
        "th": Element(INLINE | names("h1"), names("scope"), names("scope"), text=True),
        "td": Element(INLINE | names("h1 p"), text=True),
        "span": Element(INLINE, names("lang"), classes=names("gone came label"), text=True),
        "a": Element(INLINE - names("a"), names("href"), names("href"), text=True),
    },
)

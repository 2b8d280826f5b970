"""The grammar of a memo's HTML: the elements that its templates may use, and where."""

from __future__ import annotations

from reportgen.markup.subset import Element, Grammar, names
from reportgen.memo.profiles import PROFILES

INLINE = names("strong em a sub sup br code span")
FLOW = names("p section table figure ol ul div h2 h3")
MARKS = names("mark opening obstacle need yes no partly")
SPAN_CLASSES = names("fact title subtitle choice places tied") | MARKS
COLUMNS = names("number action lead deadline decide choices option office initials")
SECTIONS = names(
    "bottom-line finding recommendations dates basis notes purpose options dissent clearance signature why found approvals short tight"
)
BOX = names(
    "type name value title"
)  # a box to tick is a radio button with its group, its value and its accessible name


def _text(classes: str = "", more: str = "") -> Element:
    """Return an element that holds words, inline markup and `more`."""
    return Element(INLINE | names(more), names("id"), classes=names(classes), text=True)


MEMO = Grammar(
    "memo",
    "html",
    {
        "html": Element(names("head body"), names("lang dir"), names("lang")),
        "head": Element(names("title meta link")),
        "title": Element(text=True),
        "meta": Element(attributes=names("name content"), requires=names("name content")),
        "link": Element(attributes=names("rel href"), requires=names("rel href")),
        "body": Element(FLOW | names("header article"), classes=frozenset(PROFILES)),
        "article": Element(names("p div"), classes=names("designation")),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, names("id"), classes=SECTIONS),
        "div": Element(
            FLOW | names("figcaption img"),
            classes=names(
                "opening beside whole columns aside main strip signed figure block ink secondary accent signal quiet hairline panel paper"
            ),
        ),
        "h1": _text(),
        "h2": _text("rule"),
        "h3": _text(),
        "p": _text(
            "marking organization logo kind reference rule judgment source number label meaning caption line ballot",
            more="img input",
        ),
        "ol": Element(names("li")),
        "ul": Element(names("li")),
        "li": _text(more="p"),
        "table": Element(names("caption colgroup thead tbody"), classes=names("letterhead ruled")),
        "caption": _text(),
        "colgroup": Element(names("col")),
        "col": Element(classes=COLUMNS),
        "thead": Element(names("tr")),
        "tbody": Element(names("tr")),
        "tr": Element(names("th td")),
        "th": Element(INLINE | names("h1 p"), names("scope"), names("scope"), names("number"), text=True),
        "td": Element(INLINE | names("h1 p ul input"), classes=names("number choices"), text=True),
        "figure": Element(names("div"), names("id"), classes=names("full side half chart table figures tight")),
        "figcaption": _text(),
        "img": Element(attributes=names("src alt"), requires=names("src alt")),
        "strong": _text(),
        "em": _text(),
        "sub": _text(),
        "sup": _text("cite"),
        "code": _text(),
        "br": Element(),
        "a": Element(INLINE - names("a"), names("href id"), names("href"), text=True),
        "span": Element(INLINE | names("input"), names("data-fact lang"), classes=SPAN_CLASSES, text=True),
        "input": Element(attributes=BOX, requires=BOX),
    },
)

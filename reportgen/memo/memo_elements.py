"""The grammar of a memo's HTML: the elements that its templates may use, and where."""

from __future__ import annotations

from functools import partial

from reportgen.markup.paper_elements import MARKS, build_paper_elements, build_text_element
from reportgen.markup.subset import Element, Grammar, names
from reportgen.memo.profiles import PROFILES

INLINE = names("strong em a sub sup br code span")
FLOW = names("p section table figure ol ul blockquote div h2 h3")
SPAN_CLASSES = names("fact gap title subtitle choice places tied") | MARKS
COLUMNS = names("number action lead deadline decide choices option office initials who answer")
SECTIONS = names(
    "bottom-line finding recommendations dates basis notes purpose options dissent clearance signature why found approvals objective points questions watch background sheet attachments short tight"
)
DIVISIONS = names(
    "house opening beside whole columns aside main strip signed figure block ask ink secondary accent signal quiet hairline panel paper"
)
BOX = names(
    "type name value title"
)  # a field's attributes: its kind, its group or name, its value and its accessible name

_text = partial(build_text_element, INLINE)

MEMO = Grammar(
    "memo",
    "html",
    {
        **build_paper_elements(INLINE),
        "body": Element(FLOW | names("header article"), classes=frozenset(PROFILES)),
        "header": Element(FLOW | names("h1")),
        "section": Element(FLOW, names("id"), classes=SECTIONS),
        "div": Element(FLOW | names("figcaption img"), classes=DIVISIONS),
        "h2": _text("rule"),
        "h3": _text(),
        "p": _text(
            "marking organization logo address kind reference rule judgment source number label meaning caption line ballot act detail choices comments holds",
            more="img input",
        ),
        "li": _text(more="p ul ol blockquote"),
        "blockquote": Element(names("p ul ol")),
        "table": Element(names("caption colgroup thead tbody"), classes=names("letterhead ruled answers")),
        "col": Element(classes=COLUMNS),
        "th": Element(INLINE | names("h1 p"), names("scope"), names("scope"), names("number"), text=True),
        "td": Element(INLINE | names("h1 p ul input"), classes=names("number choices"), text=True),
        "figure": Element(names("div"), names("id"), classes=names("full side half chart table figures tight")),
        "figcaption": _text(),
        "sup": _text("cite"),
        "code": _text(),
        "a": Element(INLINE - names("a"), names("href id title"), names("href"), text=True),
        "span": Element(INLINE | names("input"), names("data-fact lang"), classes=SPAN_CLASSES, text=True),
        "input": Element(attributes=BOX, requires=BOX),
    },
)

"""The grammar of a fact sheet's HTML: the elements that its template may use, and where."""

from __future__ import annotations

from functools import partial

from reportgen.markup.paper_elements import build_paper_elements, build_text_element
from reportgen.markup.subset import Element, Grammar, names

INLINE = names("strong span")
VERDICTS = names("verdict found differs missing elsewhere computed")

_text = partial(build_text_element, INLINE)

SHEET = Grammar(
    "fact sheet",
    "html",
    {
        **build_paper_elements(INLINE),
        "body": Element(names("p header section")),
        "header": Element(names("h1 p")),
        "section": Element(names("h2 table")),
        "h2": _text(),
        "p": _text("marking kind counts sources note locator verdict detail " + " ".join(VERDICTS)),
        "table": Element(names("colgroup thead tbody"), names("id")),
        "col": Element(),
        "tr": Element(names("th td"), classes=VERDICTS),
        "th": Element(INLINE, names("scope"), names("scope"), text=True),
        "td": Element(INLINE | names("p"), classes=names("place box"), text=True),
        "span": Element(INLINE, classes=VERDICTS, text=True),
    },
)

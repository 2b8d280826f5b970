"""The styles of a memo in Word: rows that follow css/memo.css, in the brand's colours and typefaces.

The names are those of Word where it has such a style, so that its outline, its navigation and a reader's own template know
them. Sizes are those of the memo's middle setting (`memo/page_budget.py`), because nobody counts pages in Word.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from reportgen.charts.scene import Role

Face = Literal["serif", "sans"]
Ground = Literal["", "panel", "quote"]


class StyleRow(Struct, frozen=True):
    """A paragraph style. Lengths are points; an `outline` of 1 to 3 makes it a heading, and `ground` what is behind it.

    A line of a role may stand above it, below it, and between two paragraphs of this style; `bar` is one at its beginning, and
    `box` is one around it.
    """

    name: str
    face: Face = "serif"
    size: float = 10.0
    leading: float = 13.4
    bold: bool = False
    italic: bool = False
    color: Role = "ink"
    caps: bool = False
    before: float = 0.0
    after: float = 0.0
    keeps_next: bool = False
    outline: int = 0
    align: Literal["start", "center", "end"] = "start"
    panel: Role | Literal[""] = ""
    bar: Role | Literal[""] = ""
    line_above: Role | Literal[""] = ""
    line_below: Role | Literal[""] = ""
    line_between: Role | Literal[""] = ""
    box: Role | Literal[""] = ""
    indent: float = 0.0
    following: str = ""
    based_on: str = "Normal"


def _sans(name: str, size: float, leading: float, **settings: object) -> StyleRow:
    return StyleRow(name, "sans", size, leading, **settings)  # type: ignore[arg-type]


SMALL, SMALL_LEADING = 8.25, 10.5
TINY, TINY_LEADING = 7.0, 9.0
PARAGRAPHS = (
    StyleRow("Normal", after=4.0, based_on=""),
    # Letterhead
    _sans("Marking", 10, 13, bold=True, align="center", after=2, keeps_next=True),
    _sans("Organization", SMALL, 12, color="secondary", align="end", keeps_next=True),
    _sans("Letterhead Emblems", SMALL, 12, after=4, keeps_next=True),
    _sans("Address", 7.5, 9.5, color="secondary", after=6, keeps_next=True),
    _sans("Logo", SMALL, 12, align="end", keeps_next=True),
    _sans("Memo Kind", SMALL, 12, bold=True, color="accent", caps=True, after=4, keeps_next=True),
    _sans("Letterhead Label", TINY, 13, color="secondary", caps=True),
    StyleRow("Letterhead"),
    _sans("heading 1", 13.5, 16.5, bold=True, outline=1),
    _sans("Page Title", 16, 18.5, bold=True, after=5, keeps_next=True, outline=1, based_on="heading 1"),
    # The argument
    _sans("Bottom Line Label", TINY, 11, bold=True, color="accent", caps=True, keeps_next=True, outline=2, based_on="heading 2", panel="panel", bar="accent"),
    StyleRow("Bottom Line", size=11.5, leading=15.5, panel="panel", bar="accent"),
    StyleRow("Bottom Line Short", size=10.5, leading=13.75, after=6, panel="panel", bar="accent"),
    _sans("Kicker", TINY, TINY_LEADING, bold=True, color="secondary", caps=True, before=9, after=1, keeps_next=True, line_above="hairline"),
    _sans("Section Label", TINY, TINY_LEADING, bold=True, color="secondary", caps=True, before=9, after=3, keeps_next=True, outline=2, based_on="heading 2", line_above="hairline"),
    _sans("heading 2", 11.5, 14.5, bold=True, color="accent", before=10, after=2.5, keeps_next=True, outline=2),
    _sans("heading 3", 9, 11.5, bold=True, color="accent", before=4, after=2, keeps_next=True, outline=3),
    StyleRow("Quote", italic=True, after=4, indent=14),
    StyleRow("Judgment", before=2, after=4, bar="hairline"),
    _sans("Judgment Short", SMALL, 10.75, before=4, after=3, bar="hairline"),
    _sans("Finding Title", SMALL, SMALL_LEADING, bold=True, color="accent", before=2, after=1, keeps_next=True, outline=3, based_on="heading 3"),
    StyleRow("Finding Short", size=8.5, leading=10.5, after=1.5),
    StyleRow("Finding List", size=8.5, leading=10.5, after=1.5),
    StyleRow("List", after=1.5),
    # Exhibits
    _sans("Exhibit Title", 9.5, 12, bold=True, before=4, keeps_next=True),
    _sans("Exhibit Subtitle", SMALL, SMALL_LEADING, color="secondary", after=2, keeps_next=True),
    _sans("Picture", SMALL, SMALL_LEADING, before=4, after=3, keeps_next=True),
    _sans("Exhibit Source", TINY, TINY_LEADING, color="secondary", before=2, after=6),
    _sans("Figure Number", 24, 28, bold=True, color="accent", keeps_next=True),
    _sans("Figure Number Signal", 24, 28, bold=True, color="signal", keeps_next=True),
    _sans("Figure Label", SMALL, 11, bold=True, keeps_next=True),
    _sans("Figure Meaning", SMALL, 11, after=4, keeps_next=True),
    # Tables
    _sans("caption", SMALL, SMALL_LEADING, color="secondary", after=2, keeps_next=True),
    _sans("Table Head", TINY, TINY_LEADING, bold=True, color="secondary", keeps_next=True),
    _sans("Table Row Head", SMALL, SMALL_LEADING),
    _sans("Table Text", SMALL, SMALL_LEADING),
    _sans("Table List", SMALL, SMALL_LEADING),
    _sans("Ruled Cell", SMALL, SMALL_LEADING, before=2, after=2),
    # The end
    _sans("Basis", SMALL, 11),
    _sans("Basis List", SMALL, 11),
    _sans("References", 7.5, 9.4, color="secondary", after=2),
    _sans("footnote text", 7.5, 9.4, color="secondary", after=1.5),
    # The signature's page
    _sans("Signature Title", 13.5, 17, bold=True, color="accent", after=3, keeps_next=True, outline=2, based_on="heading 2"),
    _sans("Ballot", 10, 14, before=5, after=5, line_below="hairline", line_between="hairline"),
    _sans("Act", 9, 11.5, before=4, keeps_next=True),
    _sans("Act Detail", 7.5, 9.5, color="secondary", keeps_next=True),
    _sans("Act Choices", SMALL, 14, after=3, line_below="hairline"),
    _sans("Ruled Line", 10, 22, color="secondary"),
    _sans("Signed", SMALL, SMALL_LEADING, before=56, after=30, line_above="secondary"),
    # One page
    _sans("Aside", 8, SMALL_LEADING, after=2),
    _sans("Aside List", 8, SMALL_LEADING, after=1.5),
    _sans("Aside Heading", 10, 12.5, bold=True, color="accent", after=3, keeps_next=True, outline=2, based_on="heading 2"),
    _sans("Aside Title", SMALL, SMALL_LEADING, bold=True, after=2, keeps_next=True, outline=3, based_on="heading 3"),
    # Margins
    _sans("header", TINY, TINY_LEADING, color="secondary", after=9),
    _sans("footer", TINY, TINY_LEADING, color="secondary", before=6),
    _sans("Banner", SMALL, 11, bold=True, align="center"),
    _sans("Designation", SMALL, SMALL_LEADING, before=3),
    _sans("Designation Block", SMALL, SMALL_LEADING, box="ink", indent=246),
    _sans("Cell End", 1, 1),
)  # fmt: skip
"""Every paragraph style; the first is the base of the others."""
BY_NAME = {row.name: row for row in PARAGRAPHS}
ARABIC_LEADING = 1.12
"""Arabic letters need more room from line to line, as in css/memo.css."""


def style_id(name: str) -> str:
    """Return the id of a style: its name without spaces, as Word makes ids."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())

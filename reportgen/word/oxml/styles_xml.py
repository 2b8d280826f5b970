"""The part of a Word file that holds its styles, made from the house's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reportgen.charts.scene import Role
from reportgen.word.house_styles import ARABIC_LEADING, PARAGRAPHS, StyleRow, style_id
from reportgen.word.oxml.elements import build, half_points, twips

BAR = 24  # eighths of a point: the bar beside the bottom line
BOX, BOX_ROOM = 6, 4  # eighths of a point, and points
THIN = 4  # eighths of a point
PANEL_ROOM = 6  # points between a panel's words and its edge
BAR_ROOM = 9  # points between a bar and the words
BUILT_IN = ("Normal", "Quote", "List")
"""Styles of Word whose names begin with a capital letter, besides those in lower case."""
MARKINGS = ("Marking", "Banner")
TABLE_KINDS = ("plain", "figure", "letterhead", "ruled")


class Looks(Struct, frozen=True):
    """The colors by role, typefaces, languages and direction that all styles of a document share."""

    colors: Mapping[str, str]
    serif: str
    sans: str
    complex_face: str
    east_asian_face: str
    language: str
    east_asian: str
    complex_language: str
    is_rtl: bool
    size: float | None = None
    """The size of running text in points, where the house asks for one."""
    banner: str = ""
    """The color of the marking, where the house has one for it."""

    @property
    def ground(self) -> str:
        """The color of the pages as Word writes it; "" for white, which paper is anyway."""
        color = color_of("paper", self)
        return "" if color == "FFFFFF" else color


def build_styles(looks: Looks) -> etree._Element:
    """Return the root of word/styles.xml."""
    defaults = build(
        "w:docDefaults",
        build(
            "w:rPrDefault",
            build(
                "w:rPr",
                build_fonts(looks.serif, looks),
                build("w:sz", val=half_points(10)),
                build("w:szCs", val=half_points(10)),
                build("w:lang", val=looks.language, eastAsia=looks.east_asian, bidi=looks.complex_language),
            ),
        ),
        build("w:pPrDefault", build("w:pPr", build("w:spacing", after=0, line=240, lineRule="auto"))),
    )
    styles = build("w:styles", defaults)
    styles.extend(_build_paragraph_style(row, looks) for row in adapt_rows(looks))
    styles.append(_build_default_character())
    styles.extend(_build_character_styles(looks))
    styles.append(_build_default_table())
    styles.extend(_build_table_style(kind, looks) for kind in TABLE_KINDS)
    styles.append(_build_list_default())
    return styles


def adapt_rows(looks: Looks) -> Iterator[StyleRow]:
    """Yield the rows of paragraph styles, running text in the house's size."""
    normal = PARAGRAPHS[0]
    for row in PARAGRAPHS:
        is_running = row.face == normal.face and row.size == normal.size
        if looks.size and is_running:
            yield replace(row, size=looks.size, leading=round(looks.size * normal.leading / normal.size, 1))
        else:
            yield row


def build_fonts(face: str, looks: Looks) -> etree._Element:
    """Return the typefaces of a run, one for each kind of script."""
    return build(
        "w:rFonts", ascii=face, hAnsi=face, eastAsia=looks.east_asian_face or face, cs=looks.complex_face or face
    )


def color_of(role: Role, looks: Looks) -> str:
    """Return a colour as Word writes it: six digits."""
    return looks.colors[role].lstrip("#").upper()


def _build_paragraph_style(row: StyleRow, looks: Looks) -> etree._Element:
    return build(
        "w:style",
        build("w:name", val=row.name),
        build("w:basedOn", val=style_id(row.based_on)) if row.based_on else None,
        build("w:next", val="Normal") if row.outline else None,
        build("w:qFormat"),
        _build_paragraph_properties(row, looks),
        _build_run_properties(row, looks),
        type="paragraph",
        styleId=style_id(row.name),
        default=True if not row.based_on else None,
        customStyle=None if row.name[:1].islower() or row.name in BUILT_IN else True,
    )


ALIGN = {"start": "left", "center": "center", "end": "right"}
"""In a paragraph from right to left, Word's left is where its lines begin."""


def _build_paragraph_properties(row: StyleRow, looks: Looks) -> etree._Element:
    grow = ARABIC_LEADING if looks.is_rtl else 1.0
    return build(
        "w:pPr",
        build("w:keepNext", val=row.keeps_next),
        build("w:keepLines") if row.keeps_next or row.bar else None,
        build("w:widowControl"),
        _build_borders(row, looks),
        build("w:shd", val="clear", color="auto", fill=color_of(row.panel, looks) if row.panel else "auto"),
        build("w:bidi") if looks.is_rtl else None,
        build(
            "w:spacing",
            before=twips(row.before),
            after=twips(row.after),
            line=twips(row.leading * grow),
            lineRule="atLeast",
        ),
        _build_indent(row),
        build("w:jc", val=ALIGN[row.align]),
        build("w:outlineLvl", val=row.outline - 1 if row.outline else 9),
    )


def _build_indent(row: StyleRow) -> etree._Element | None:
    """Return the room for a bar and for a panel's edge, which Word draws outside of a paragraph's indents."""
    if not row.bar:
        return build("w:ind", left=twips(row.indent)) if row.indent else None
    bar = (BAR if row.panel else BAR // 2) / 8
    return build("w:ind", left=twips(BAR_ROOM + bar), right=twips(BAR_ROOM) if row.panel else None)


def _build_borders(row: StyleRow, looks: Looks) -> etree._Element | None:
    """Return the lines around a paragraph; those of a panel have its colour, so that they are its margin."""
    edges: dict[str, etree._Element] = {}

    def draw(edge: str, role: Role, weight: int, space: int) -> None:
        edges[edge] = build(f"w:{edge}", val="single", sz=weight, space=space, color=color_of(role, looks))

    leading, trailing = ("right", "left") if looks.is_rtl else ("left", "right")
    if row.panel:
        for edge, room in (("top", PANEL_ROOM), ("bottom", PANEL_ROOM), (trailing, BAR_ROOM)):
            draw(edge, row.panel, THIN, room)
    if row.line_above:
        draw("top", row.line_above, THIN, 2)
    if row.line_below:
        draw("bottom", row.line_below, THIN, 1)
    if row.bar:
        draw(leading, row.bar, BAR if row.panel else BAR // 2, BAR_ROOM)
    if row.box:
        for edge in ("top", "left", "bottom", "right"):
            draw(edge, row.box, BOX, BOX_ROOM)
    if row.line_between:
        draw("between", row.line_between, THIN, 1)
    ordered = [edges[edge] for edge in ("top", "left", "bottom", "right", "between") if edge in edges]
    return build("w:pBdr", *ordered) if ordered else None


def _build_run_properties(row: StyleRow, looks: Looks) -> etree._Element:
    is_colored = looks.banner and row.name in MARKINGS
    color = looks.banner.lstrip("#") if is_colored else color_of(row.color, looks)
    return build(
        "w:rPr",
        build_fonts(looks.serif if row.face == "serif" else looks.sans, looks),
        build("w:b", val=row.bold),
        build("w:bCs", val=row.bold),
        build("w:i", val=row.italic),
        build("w:iCs", val=row.italic),
        build("w:caps", val=row.caps),
        build("w:color", val=color),
        build("w:spacing", val=round(row.size)) if row.caps and not looks.is_rtl else None,
        build("w:sz", val=half_points(row.size)),
        build("w:szCs", val=half_points(row.size)),
    )


def _build_default_character() -> etree._Element:
    return build(
        "w:style",
        build("w:name", val="Default Paragraph Font"),
        build("w:uiPriority", val=1),
        build("w:semiHidden"),
        type="character",
        default=True,
        styleId="DefaultParagraphFont",
    )


def _build_character_styles(looks: Looks) -> list[etree._Element]:
    accent = build("w:color", val=color_of("accent", looks))

    def style(name: str, *properties: etree._Element, custom: bool = True) -> etree._Element:
        return build(
            "w:style",
            build("w:name", val=name),
            build("w:basedOn", val="DefaultParagraphFont"),
            build("w:rPr", *properties),
            type="character",
            styleId=style_id(name),
            customStyle=True if custom else None,
        )

    def colored(role: Role) -> etree._Element:
        return build("w:color", val=color_of(role, looks))

    return [
        style("footnote reference", build_fonts(looks.sans, looks), accent, build("w:vertAlign", val="superscript"), custom=False),
        style("Hyperlink", colored("accent"), custom=False),
        style("Places", build_fonts(looks.sans, looks), colored("accent"), build("w:sz", val=14), build("w:szCs", val=14)),
        style("Sign", build("w:b"), colored("accent")),
        style("Sign Against", build("w:b"), colored("signal")),
        style("Judgment Lead", build_fonts(looks.sans, looks), colored("secondary"), build("w:sz", val=18), build("w:szCs", val=18)),
    ]  # fmt: skip


def _build_default_table() -> etree._Element:
    margins = build(
        "w:tblCellMar",
        build("w:top", w=0, type="dxa"),
        build("w:left", w=0, type="dxa"),
        build("w:bottom", w=0, type="dxa"),
        build("w:right", w=0, type="dxa"),
    )
    return build(
        "w:style",
        build("w:name", val="Normal Table"),
        build("w:uiPriority", val=99),
        build("w:semiHidden"),
        build("w:tblPr", build("w:tblInd", w=0, type="dxa"), margins),
        type="table",
        default=True,
        styleId="TableNormal",
    )


def _build_table_style(kind: str, looks: Looks) -> etree._Element:
    hairline = color_of("secondary" if kind == "ruled" else "hairline", looks)
    ink = color_of("ink", looks)
    rules = {
        "letterhead": [
            build("w:top", val="single", sz=6, space=0, color=ink),
            build("w:bottom", val="single", sz=THIN, space=0, color=hairline),
        ]
    }.get(
        kind,
        [
            build("w:bottom", val="single", sz=THIN, space=0, color=hairline),
            build("w:insideH", val="single", sz=THIN, space=0, color=hairline),
        ],
    )
    pad = {"letterhead": 1.0, "ruled": 3.0}.get(kind, 2.35)
    head = build(
        "w:tblStylePr",
        build("w:tcPr", build("w:tcBorders", build("w:bottom", val="single", sz=6, space=0, color=ink))),
        type="firstRow",
    )
    return build(
        "w:style",
        build("w:name", val=f"Memo {kind.title()}"),
        build("w:basedOn", val="TableNormal"),
        build(
            "w:tblPr",
            build("w:tblBorders", *rules),
            build(
                "w:tblCellMar",
                build("w:top", w=twips(pad), type="dxa"),
                build("w:left", w=0, type="dxa"),
                build("w:bottom", w=twips(pad), type="dxa"),
                build("w:right", w=twips(9), type="dxa"),
            ),
        ),
        None if kind == "letterhead" else head,
        type="table",
        styleId=table_style_id(kind),
        customStyle=True,
    )


def table_style_id(kind: str) -> str:
    """Return the id of a kind of table's style."""
    return style_id(f"Memo {kind.title()}")


def _build_list_default() -> etree._Element:
    return build(
        "w:style",
        build("w:name", val="No List"),
        build("w:uiPriority", val=99),
        build("w:semiHidden"),
        type="numbering",
        default=True,
        styleId="NoList",
    )

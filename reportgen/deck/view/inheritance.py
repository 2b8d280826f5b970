"""The box, fill and text style that a shape inherits from its layout, its master and the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from reportgen.deck.package import A, P
from reportgen.deck.theme.colors.resolved_colors import Color, Fill, ThemeColors
from reportgen.deck.theme.placeholders import INSETS, MASTER_OF, TITLES
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view.view_values import FURNITURE, Frame, ParagraphFormat
from reportgen.deck.xml_lookup import (
    Element,
    find,
    get_attribute,
    get_first,
    is_on,
    iter_children,
    parse_int,
    parse_share,
)

ROLES = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}
FIXED = (*TITLES, *FURNITURE)
"""The types of placeholder that are never used as another type."""


class PlaceholderShape(Struct, frozen=True):
    """A placeholder of a slide, a layout or a master."""

    type: str
    index: str
    element: Element

    @property
    def role(self) -> str:
        return ROLES.get(self.type, self.type)

    def matches(self, other: PlaceholderShape) -> bool:
        """Return True if two with the same index may be the same placeholder."""
        return self.role == other.role or not (self.type in FIXED or other.type in FIXED)


def read_placeholder(element: Element) -> PlaceholderShape | None:
    """Return the shape as a placeholder; None if it is not one."""
    mark = element.find(f"*/{P}nvPr/{P}ph")
    return None if mark is None else PlaceholderShape(mark.get("type", "obj"), mark.get("idx", "0"), element)


def read_placeholders(part: Element) -> tuple[PlaceholderShape, ...]:
    found = (read_placeholder(shape) for shape in part.iter(f"{P}sp", f"{P}pic"))
    return tuple(each for each in found if each is not None)


def find_ancestors(
    shape: PlaceholderShape, layout: Sequence[PlaceholderShape], master: Sequence[PlaceholderShape]
) -> tuple[Element, ...]:
    """Return the shape itself and the placeholders of layout and master that it inherits from."""
    same_index = (each for each in layout if each.index == shape.index and each.matches(shape))
    same_role = (each for each in layout if each.role == shape.role)
    above = next(same_index, None) or next(same_role, None)
    kind = above.type if above else shape.type
    top = next((each for each in master if each.type == MASTER_OF.get(kind, kind)), None)
    return tuple(each.element for each in (shape, above, top) if each is not None)


class LevelStyle(Struct, frozen=True):
    """The style of one level of paragraphs; `sheets` are for paragraphs with properties of their own."""

    sheets: tuple[Element | None, ...]
    size: float
    inherited_size: float | None
    bold: bool
    italic: bool
    family: str
    color: Color | None
    format: ParagraphFormat


class TextStyle(Struct):
    """The text style of a shape or a cell: list styles, nearest first.

    `color` and `bold` come from the shape's or the table's style; they rank after the shape's own list style and before
    all others.
    """

    colors: ThemeColors
    faces: Mapping[str, str]
    sheets: tuple[Element | None, ...]
    inherited_from: int = 0
    """The index of the first sheet that the layout or master sets; 0 if there is none."""
    color: Color | None = None
    bold: bool | None = None
    scale: float = 1.0
    levels: dict[int, LevelStyle] = field(default_factory=dict)

    def level(self, depth: int) -> LevelStyle:
        if depth not in self.levels:
            self.levels[depth] = self._resolve_level(depth)
        return self.levels[depth]

    def _resolve_level(self, depth: int) -> LevelStyle:
        sheets = [find(sheet, f"{A}lvl{depth + 1}pPr") for sheet in self.sheets]
        runs = [find(each, f"{A}defRPr") for each in sheets]
        inherited = parse_int(get_first(runs[self.inherited_from : -1], "", "sz")) / 100 if self.inherited_from else 0.0
        return LevelStyle(
            tuple(sheets),
            parse_int(get_first(runs, "", "sz", "1800"), 1800) / 100 * self.scale,
            inherited or None,
            self.bold if self.bold is not None else is_on(get_first(runs, "", "b")),
            is_on(get_first(runs, "", "i")),
            self.resolve_face(get_first(runs, f"{A}latin", "typeface", "+mn-lt")),
            self._resolve_color(runs),
            self.resolve_format(sheets),
        )

    def _resolve_color(self, runs: Sequence[Element | None]) -> Color | None:
        """Return the first colour that is set; None if it is not a single colour."""
        fills = [self.colors.find_fill(look) for look in runs]
        if self.color:
            fills[1:] = [self.color]
        fill = next((fill for fill in fills if fill is not None), self.colors.find_named("tx1"))
        return fill if isinstance(fill, Color) else None

    def resolve_format(self, sheets: Sequence[Element | None]) -> ParagraphFormat:
        """Return the paragraph format, each property from the first sheet that has it."""
        return ParagraphFormat(
            get_first(sheets, "", "algn", "l"),
            parse_int(get_first(sheets, "", "marL", "0")) / EMU_PER_POINT,
            parse_int(get_first(sheets, "", "marR", "0")) / EMU_PER_POINT,
            parse_int(get_first(sheets, "", "indent", "0")) / EMU_PER_POINT,
            parse_int(get_first(sheets, f"{A}spcBef/{A}spcPts", "val", "0")) / 100,
            parse_int(get_first(sheets, f"{A}spcAft/{A}spcPts", "val", "0")) / 100,
            parse_share(get_first(sheets, f"{A}lnSpc/{A}spcPct", "val", "100000")),
            parse_int(get_attribute(find(sheets[0] if sheets else None, f"{A}lnSpc/{A}spcPts"), "val")) / 100,
            not is_on(get_first(sheets, "", "rtl", "0")),
            next((found for sheet in sheets if (found := _read_bullet(sheet)) is not None), ""),
        )

    def resolve_face(self, name: str) -> str:
        return self.faces.get(name, name)


def _read_bullet(sheet: Element | None) -> str | None:
    """Return the bullet that a list style sets, "" for none; None where it sets nothing."""
    for each in iter_children(sheet):
        match each.tag.removeprefix(A):
            case "buNone":
                return ""
            case "buChar":
                return each.get("char", "")
            case "buAutoNum":
                return f"{each.get('type', '')} from {each.get('startAt', '1')}"
            case "buBlip":
                return "a picture"
    return None


def resolve_frame(bodies: Sequence[Element | None], rotated: bool) -> Frame:
    """Return the frame of a text from the bodyPr of its shape and of what that inherits from."""
    left, top, right, bottom = (
        parse_int(get_first(bodies, "", name), default) / EMU_PER_POINT for name, default in INSETS.items()
    )
    fits = (each.tag for body in bodies for each in iter_children(body) if each.tag.lower().endswith("autofit"))
    return Frame(
        (left, top, right, bottom),
        get_first(bodies, "", "anchor", "t"),
        get_first(bodies, "", "wrap", "square") != "none",
        next(fits, "") == f"{A}spAutoFit",
        rotated or get_first(bodies, "", "vert", "horz") != "horz",
        max(1, parse_int(get_first(bodies, "", "numCol", "1"), 1)),
    )


def read_font_scale(body: Element | None) -> float:
    """Return the scale at which PowerPoint's autofit shows the text."""
    return parse_share(get_attribute(find(body, f"{A}normAutofit"), "fontScale"), 1.0)


def resolve_fill(elements: Sequence[Element], colors: ThemeColors, group: Fill) -> Fill:
    """Return the shape's own fill, or that of the placeholder that it inherits from, or that of its style."""
    for element in elements:
        properties = element.find(f"{P}spPr")
        if find(properties, f"{A}grpFill") is not None:
            return group
        if (fill := colors.find_fill(properties)) is not None:
            return fill
    return colors.find_theme_fill(find(elements[0], f"{P}style/{A}fillRef")) or "none"

"""Resolves a table: its cells' text and backgrounds, from the table's style and from what lies behind the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.package import A
from reportgen.deck.theme.colors.resolved_colors import ThemeColors, blend_fill
from reportgen.deck.theme.placeholders import INSETS
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view.inheritance import TextStyle
from reportgen.deck.view.shape_text import TextReader
from reportgen.deck.view.view_values import Cell, Frame, Table
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_first, get_flag, get_int, is_on, iter_children

PLAIN = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}", "")
"""Table styles without any fill."""
MEDIUM = {
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": "accent1",
    "{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}": "accent2",
    "{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}": "accent3",
    "{00A15C55-8517-42AA-B614-E9B94910E393}": "accent4",
    "{7DF18680-E054-41AD-8BC1-D1AEF772440D}": "accent5",
    "{93296810-A885-4BE3-A3E7-6D5BEEA58F35}": "accent6",
}
"""PowerPoint's default style, which files name without defining it, and its accents."""
CROSSING = ("lnTlToBr", "lnBlToTr")
"""The lines from corner to corner of a cell."""
TINTS = {"wholeTbl": 0.2, "band1H": 0.4, "band1V": 0.4}


class TableContext(Struct, frozen=True):
    """The inheritance of a table's cells: a reader with the text style and background around the table, and the file's styles."""

    reader: TextReader
    styles: Element
    """The root of ppt/tableStyles.xml."""
    text_styles: dict[tuple[str, ...], TextStyle] = field(default_factory=dict)
    """The text styles under combinations of the table style's parts."""

    def text_style(self, parts: Sequence[Element]) -> TextStyle:
        key = tuple(part.tag for part in parts)
        if key not in self.text_styles:
            texts = [part.find(f"{A}tcTxStyle") for part in parts]
            color = next((color for text in texts if (color := self.reader.style.colors.find_color(text))), None)
            bold = is_on(get_first(texts, "", "b"))
            self.text_styles[key] = replace(self.reader.style, color=color, bold=bold, levels={})
        return self.text_styles[key]


def resolve_table(element: Element, context: TableContext) -> Table:
    look = element.find(f"{A}tblPr")
    parts = _find_style((look.findtext(f"{A}tableStyleId") or "" if look is not None else "").strip(), context)
    lines = element.findall(f"{A}tr")
    rows = []
    for row, line in enumerate(lines):
        cells = line.findall(f"{A}tc")
        rows.append(tuple(
            _resolve_cell(cell, context, list(_applicable_parts(look, parts or {}, row, column, len(lines), len(cells))))
            for column, cell in enumerate(cells)
        ))  # fmt: skip
    widths = tuple(get_int(each, "w") for each in element.iterfind(f"{A}tblGrid/{A}gridCol"))
    heights = tuple(get_int(line, "h") for line in lines)
    return Table(tuple(rows), widths, heights, get_flag(look, "firstRow"), parts is None)


def _find_style(name: str, context: TableContext) -> dict[str, Element] | None:
    """Return the parts of a table style; None for a style that only PowerPoint knows."""
    for each in iter_children(context.styles):
        if each.get("styleId") == name:
            return {part.tag.removeprefix(A): part for part in iter_children(each)}
    if name in MEDIUM:
        return {
            part: etree.fromstring(_build_medium_part(MEDIUM[name], part))
            for part in ("wholeTbl", "band1H", "band1V", "firstRow", "lastRow", "firstCol", "lastCol")
        }
    return {} if name in PLAIN else None


def _build_medium_part(accent: str, part: str) -> str:
    tint = f'<a:tint val="{round(TINTS[part] * 100_000)}"/>' if part in TINTS else ""
    text = "dk1" if part in TINTS else "lt1"
    return (
        f'<a:{part} xmlns:a="{A[1:-1]}"><a:tcTxStyle b="{"off" if tint else "on"}"><a:schemeClr val="{text}"/></a:tcTxStyle>'
        f'<a:tcStyle><a:fill><a:solidFill><a:schemeClr val="{accent}">{tint}</a:schemeClr></a:solidFill></a:fill></a:tcStyle></a:{part}>'
    )


def _applicable_parts(
    look: Element | None, parts: dict[str, Element], row: int, column: int, rows: int, columns: int
) -> Iterator[Element]:
    """Yield the parts of the style that apply to a cell, the strongest first."""
    head, side = get_flag(look, "firstRow"), get_flag(look, "firstCol")
    wanted = (
        ("firstRow", head and row == 0),
        ("lastRow", get_flag(look, "lastRow") and row == rows - 1),
        ("firstCol", side and column == 0),
        ("lastCol", get_flag(look, "lastCol") and column == columns - 1),
        (f"band{1 + (row - head) % 2}H", get_flag(look, "bandRow")),
        (f"band{1 + (column - side) % 2}V", get_flag(look, "bandCol")),
        ("wholeTbl", True),
    )
    yield from (parts[name] for name, applies in wanted if applies and name in parts)


def _resolve_cell(element: Element, context: TableContext, parts: list[Element]) -> Cell:
    look = element.find(f"{A}tcPr")
    around = context.reader.background
    background = _find_background(look, parts, context.reader.style.colors, around)
    left, top, right, bottom = (
        get_int(look, name, default) / EMU_PER_POINT
        for name, default in zip(("marL", "marT", "marR", "marB"), INSETS.values(), strict=True)
    )
    rotated = get_attribute(look, "vert", "horz") != "horz"
    reader = replace(context.reader, style=context.text_style(parts), background=background)
    return Cell(
        reader.read(element.find(f"{A}txBody")),
        Frame((left, top, right, bottom), get_attribute(look, "anchor", "t"), rotated=rotated),
        background,
        background != around,
        (get_int(element, "gridSpan", 1), get_int(element, "rowSpan", 1)),
        get_flag(element, "hMerge") or get_flag(element, "vMerge"),
        any(
            line is not None and line.find(f"{A}noFill") is None and len(line)
            for line in (find(look, f"{A}{name}") for name in CROSSING)
        ),
    )


def _find_background(
    look: Element | None, parts: list[Element], colors: ThemeColors, background: RGB | None
) -> RGB | None:
    """Return the colour behind a cell's words: its own fill, its style's, or what lies behind the table."""
    fill = colors.find_fill(look)
    for part in parts:
        if fill is not None:
            break
        style = part.find(f"{A}tcStyle")
        fill = colors.find_fill(find(style, f"{A}fill")) or colors.find_theme_fill(find(style, f"{A}fillRef"))
    return blend_fill(fill, background)

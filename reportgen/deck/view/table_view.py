"""Tables: their cells, what each stands on, and what their style says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from reportgen.brand.contrast import RGB
from reportgen.deck.values import EMU_PER_POINT
from reportgen.deck.view.inheritance import Style, on_first
from reportgen.deck.view.part_xml import A, Element, at, children, number, on, word
from reportgen.deck.view.resolved_colors import Paint, Palette
from reportgen.deck.view.shape_text import Reader
from reportgen.deck.view.view_values import Cell, Frame, Table

PLAIN = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}", "")
"""Styles without any fill."""
MEDIUM = {
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": "accent1",
    "{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}": "accent2",
    "{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}": "accent3",
    "{00A15C55-8517-42AA-B614-E9B94910E393}": "accent4",
    "{7DF18680-E054-41AD-8BC1-D1AEF772440D}": "accent5",
    "{93296810-A885-4BE3-A3E7-6D5BEEA58F35}": "accent6",
}
"""PowerPoint's usual style, which files name without saying how it looks."""
TINTS = {"wholeTbl": 0.2, "band1H": 0.4, "band1V": 0.4}


class Setting(Struct, frozen=True):
    """What a table stands on and how its text is set where its style says nothing."""

    style: Style
    link: Callable[[str], str]
    number: int
    behind: RGB | None
    styles: Element
    """ppt/tableStyles.xml"""
    looks: dict[tuple[str, ...], Style] = field(default_factory=dict)
    """How text is set under some parts of the table's style."""

    def text(self, parts: Sequence[Element]) -> Style:
        key = tuple(part.tag for part in parts)
        if key not in self.looks:
            texts = [part.find(f"{A}tcTxStyle") for part in parts]
            color = next((paint for text in texts if (paint := self.style.palette.of(text))), None)
            self.looks[key] = replace(self.style, color=color, bold=on_first(texts, "b"), levels={})
        return self.looks[key]


def table(element: Element, setting: Setting) -> Table:
    look = element.find(f"{A}tblPr")
    parts = _parts((look.findtext(f"{A}tableStyleId") or "" if look is not None else "").strip(), setting)
    lines = [each for each in children(element) if each.tag == f"{A}tr"]
    rows = tuple(
        tuple(
            _cell(cell, setting, list(_applying(look, parts or {}, row, column, len(lines), len(line))))
            for column, cell in enumerate(line)
        )
        for row, line in enumerate([[each for each in children(line) if each.tag == f"{A}tc"] for line in lines])
    )
    widths = tuple(number(each, "w") for each in children(element.find(f"{A}tblGrid")) if each.tag == f"{A}gridCol")
    heights = tuple(number(line, "h") for line in lines)
    return Table(rows, widths, heights, on(look, "firstRow"), parts is None)


def _parts(name: str, setting: Setting) -> dict[str, Element] | None:
    """The parts of a table's style; None for a style that only PowerPoint knows."""
    for each in children(setting.styles):
        if each.get("styleId") == name:
            return {part.tag.removeprefix(A): part for part in children(each)}
    if name in MEDIUM:
        return {
            part: etree.fromstring(_medium(MEDIUM[name], part))
            for part in ("wholeTbl", "band1H", "band1V", "firstRow", "lastRow", "firstCol", "lastCol")
        }
    return {} if name in PLAIN else None


def _medium(accent: str, part: str) -> str:
    tint = f'<a:tint val="{round(TINTS[part] * 100_000)}"/>' if part in TINTS else ""
    text = "dk1" if part in TINTS else "lt1"
    return (
        f'<a:{part} xmlns:a="{A[1:-1]}"><a:tcTxStyle b="{"off" if tint else "on"}"><a:schemeClr val="{text}"/></a:tcTxStyle>'
        f'<a:tcStyle><a:fill><a:solidFill><a:schemeClr val="{accent}">{tint}</a:schemeClr></a:solidFill></a:fill></a:tcStyle></a:{part}>'
    )


def _applying(
    look: Element | None, parts: dict[str, Element], row: int, column: int, rows: int, columns: int
) -> Iterator[Element]:
    """The parts of the style that hold for a cell, the strongest first."""
    head, side = on(look, "firstRow"), on(look, "firstCol")
    wanted = (
        ("firstRow", head and row == 0),
        ("lastRow", on(look, "lastRow") and row == rows - 1),
        ("firstCol", side and column == 0),
        ("lastCol", on(look, "lastCol") and column == columns - 1),
        (f"band{1 + (row - head) % 2}H", on(look, "bandRow")),
        (f"band{1 + (column - side) % 2}V", on(look, "bandCol")),
        ("wholeTbl", True),
    )
    yield from (parts[name] for name, applies in wanted if applies and name in parts)


def _cell(element: Element, setting: Setting, parts: list[Element]) -> Cell:
    look, palette = element.find(f"{A}tcPr"), setting.style.palette
    behind = _behind(look, parts, palette, setting.behind)
    inset = tuple(
        number(look, name, default) / EMU_PER_POINT
        for name, default in (("marL", 91_440), ("marT", 45_720), ("marR", 91_440), ("marB", 45_720))
    )
    reader = Reader(setting.text(parts), setting.link, setting.number, behind)
    return Cell(
        reader.paragraphs(element.find(f"{A}txBody")),
        Frame((inset[0], inset[1], inset[2], inset[3]), word(look, "anchor", "t"), turned=word(look, "vert", "horz") != "horz"),
        behind,
        behind != setting.behind,
        (number(element, "gridSpan", 1), number(element, "rowSpan", 1)),
        on(element, "hMerge") or on(element, "vMerge"),
    )  # fmt: skip


def _behind(look: Element | None, parts: list[Element], palette: Palette, behind: RGB | None) -> RGB | None:
    """The colour behind a cell's words: its own fill, its style's, or what lies under the table."""
    fill = palette.fill(look)
    for part in parts:
        if fill is not None:
            break
        holder = part.find(f"{A}tcStyle")
        fill = palette.fill(at(holder, f"{A}fill")) or palette.referred(at(holder, f"{A}fillRef"))
    if isinstance(fill, Paint):
        return fill.color if fill.alpha >= 1 else None if behind is None else fill.over(behind)
    return None if fill == "unread" else behind

"""Tables as DrawingML: hairlines between rows, a stronger rule under the header, no fills, no vertical rules."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from reportgen import fonts
from reportgen.charts.scene import MARKS, Role
from reportgen.deck.layouts import CELL_BOTTOM, CELL_RIGHT, CELL_TOP, cell_left, mark_indent
from reportgen.deck.oxml import Paint
from reportgen.deck.oxml.text_xml import TextSetting, build_runs
from reportgen.deck.text.text_box import drawn_runs
from reportgen.deck.values import EMU_PER_POINT, Run, TableCell, TableContent

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid", which every PowerPoint knows


def build_table(content: TableContent, width: int, setting: TextSetting) -> str:
    """Build the a:tbl element, `width` EMU wide."""
    edges = [0]
    for share in content.widths:
        edges.append(edges[-1] + round(share * width))
    columns = "".join(f'<a:gridCol w="{right - left}"/>' for left, right in pairwise(edges))
    rows = "".join(
        f'<a:tr h="{height}">{"".join(_cell(cell, column, index, content.air, setting) for column, cell in enumerate(row))}</a:tr>'
        for index, (row, height) in enumerate(zip(content.all_rows, content.heights, strict=True))
    )
    mirrored = 'rtl="1" ' if setting.rtl else ""
    headings = ' firstCol="1"' if all(row[0].header for row in content.rows) else ""
    return (
        f'<a:tbl><a:tblPr {mirrored}firstRow="1"{headings}><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
    )


def _cell(cell: TableCell, column: int, row: int, air: float, setting: TextSetting) -> str:
    drawn = drawn_runs(cell)
    usual = "secondary" if row == 0 else setting.paint.default_role
    drawn = tuple(replace(run, role=run.role or usual) for run in drawn)
    look = setting.orient("r" if cell.number else "l") or (' algn="r"' if cell.number else "")
    hanging = round(mark_indent(setting.size or 0) * EMU_PER_POINT) if cell.mark else 0
    words = "".join(run.text for run in drawn)
    setting = replace(setting, emoji=bool(fonts.EMOJI.search(words)), named=setting.paint.named)
    start, end = setting.side_margins(words)
    before = hanging + start
    look += (f' marL="{before}"' if before else "") + (f' marR="{end}"' if end else "")
    if cell.mark:
        look += f' indent="-{before}"'
        drawn = (Run(f"{MARKS[cell.mark].sign}\t", bold=True, role=MARKS[cell.mark].role), *drawn)
    left, right, top, bottom = (
        round(points * EMU_PER_POINT)
        for points in (cell_left(column), CELL_RIGHT, CELL_TOP + (air / 2 if row else 0), CELL_BOTTOM)
    )
    left, right = (right, left) if setting.rtl else (left, right)
    spacing = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    anchor = "b" if row == 0 else "t"  # first lines of a row meet
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr{look}>{spacing}</a:pPr>{build_runs(drawn, setting)}</a:p></a:txBody>"
        f'<a:tcPr marL="{left}" marR="{right}" marT="{top}" marB="{bottom}" anchor="{anchor}">{_rules(row, setting.paint)}<a:noFill/></a:tcPr></a:tc>'
    )


def _rules(row: int, paint: Paint) -> str:
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LR")
    above = '<a:lnT w="0"><a:noFill/></a:lnT>' if row == 0 else _rule("T", row == 1, paint)
    return none + above + _rule("B", row == 0, paint)


def _rule(side: str, strong: bool, paint: Paint) -> str:
    role: Role = "ink" if strong else "hairline"
    return f'<a:ln{side} w="{12_700 if strong else 9_525}" cap="flat" cmpd="sng" algn="ctr">{paint.solid(role)}<a:prstDash val="solid"/></a:ln{side}>'

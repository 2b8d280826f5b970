"""Paragraphs and runs as DrawingML, with explicit sizes and language; PowerPoint never shrinks them by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.deck.oxml import Paint, attribute, chars, run_faces, tag
from reportgen.deck.text.link_runs import split_run
from reportgen.deck.theme import HANGING, NUMBERED, Level
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run
from reportgen.fonts import overhang
from reportgen.text.languages import find_direction

TURNED = {"l": "r", "r": "l"}
BULLETS = ("•", "–")
AS_TEXT = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
"""Links have the colour of the text around them, and a line under them: the theme's own may not show on any ground."""


class Setting(Struct, frozen=True):
    """What all runs of a text share; `link` gives an address the relation id that a hyperlink needs."""

    language: str
    link: Callable[[str], str]
    paint: Paint
    size: float | None = None
    turns: bool = True
    """Whether a text that begins at the left in the theme begins at the right where it is read from there."""
    latin: str = "+mn-lt"
    """The text's typeface, by its name or as the theme refers to it."""
    emoji: bool = False
    """Whether emoji stand in it."""

    @property
    def rtl(self) -> bool:
        return find_direction(self.language) == "rtl"

    def beside(self, text: str) -> tuple[int, int]:
        """What a paragraph keeps free before its lines and behind them, in EMU."""
        start, end = (
            round(each * (self.size or 0.0) * EMU_PER_POINT) for each in overhang.measure_sides(text, self.rtl)
        )
        return start, end

    def orient(self, align: str) -> str:
        """The attributes of a paragraph that is read from right to left; none for all others."""
        if not self.rtl:
            return ""
        return f' algn="{TURNED.get(align, align) if self.turns else align}" rtl="1"'


def body(paragraphs: Sequence[Paragraph], levels: Sequence[Level], setting: Setting) -> str:
    """A placeholder's text; its own autofit is switched off because the sizes are measured."""
    setting = replace(setting, emoji=any(fonts.EMOJI.search(each.text) for each in paragraphs))
    inner = "".join(paragraph(each, levels[each.level], setting) for each in paragraphs)
    return f"<p:txBody><a:bodyPr><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</p:txBody>"


def paragraph(value: Paragraph, level: Level, setting: Setting) -> str:
    return f"<a:p>{_properties(value, level, setting)}{runs(value.runs, setting)}</a:p>"


def _properties(value: Paragraph, level: Level, setting: Setting) -> str:
    start, end = setting.beside(value.text)
    numbered = value.list == "number"
    inherited = bool(value.list) == level.bullet and not numbered
    depth = (f' marR="{end}"' if end else "") + (f' lvl="{value.level}"' if value.level else "")
    facing = setting.orient(level.align)
    if inherited and not start:
        return f"<a:pPr{depth}{facing}/>" if depth or facing else ""
    left, indent = start, 0
    if value.list:  # its sign stays where the others' are
        hanging = level.hanging if inherited else HANGING + (NUMBERED if numbered else 0)
        left += round(level.list_indent(value.level, numbered) * EMU_PER_POINT)
        indent = -round(hanging * EMU_PER_POINT) - start
    sign = "" if inherited else _sign(value, setting)
    return tag("a:pPr", f' marL="{left}"{depth} indent="{indent}"{facing}', sign)


def _sign(value: Paragraph, setting: Setting) -> str:
    """What stands before a paragraph that does not begin as the theme's own do."""
    if not value.list:
        return "<a:buNone/>"
    if value.list == "number":
        first = f' startAt="{value.start}"' if value.start > 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{first}/>'
    tint = f"<a:buClr>{setting.paint.color('accent')}</a:buClr>"
    return f'{tint}<a:buFont typeface="Arial"/><a:buChar char="{BULLETS[value.level]}"/>'


def runs(values: Sequence[Run], setting: Setting) -> str:
    if not values:
        return f"<a:endParaRPr{_common(setting)}/>"
    arabic = any(fonts.RTL.search(each.text) for each in values)
    return "".join(_run(part, setting, arabic) for each in values for part in split_run(each))


def _run(run: Run, setting: Setting, arabic: bool) -> str:
    if run.text == "\n":
        return f"<a:br><a:rPr{_common(setting)}/></a:br>"
    flags = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    if run.superscript or run.subscript:
        flags += f' baseline="{30_000 if run.superscript else -25_000}"'
    inner = setting.paint.solid(run.role) if run.role else ""
    inner += run_faces.named(run.text, setting.latin, setting.rtl, arabic, setting.emoji)
    if run.href and not run.text.strip(" "):  # a space that is a link would not hang at a line's end
        flags += ' u="sng"'
    elif run.href:
        inner += f"<a:hlinkClick r:id={attribute(setting.link(run.href))}>{AS_TEXT}</a:hlinkClick>"
    look = tag("a:rPr", f"{_common(setting, run.language)}{flags}", inner)
    return f"<a:r>{look}<a:t>{chars(run.text)}</a:t></a:r>"


def _common(setting: Setting, language: str | None = None) -> str:
    size = f' sz="{round(setting.size * 100)}"' if setting.size else ""
    return f" lang={attribute(language or setting.language)}{size}"

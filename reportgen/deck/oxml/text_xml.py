"""Paragraphs and runs as DrawingML, with explicit sizes and languages, so that PowerPoint never shrinks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen import fonts
from reportgen.deck.oxml import Paint, build_tag, escape_text, quote_attribute, run_faces
from reportgen.deck.text.link_runs import split_run
from reportgen.deck.theme import HANGING, NUMBERED, Level
from reportgen.deck.values import EMU_PER_POINT, Paragraph, Run
from reportgen.fonts import overhang
from reportgen.text.languages import find_direction

TURNED = {"l": "r", "r": "l"}
BULLETS = ("•", "–", "•")
AS_TEXT = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
"""Gives a link the colour of its text, underlined: the theme's link colour may be illegible on some backgrounds."""


class TextSetting(Struct, frozen=True):
    """Properties that all runs of a text share; `link` returns the relation id of an address."""

    language: str
    link: Callable[[str], str]
    paint: Paint
    size: float | None = None
    turns: bool = True
    """Mirror the theme's alignment in languages that are read from right to left."""
    latin: str = "+mn-lt"
    """The typeface's name, or the theme's reference to it."""
    emoji: bool = False
    """The text box has emoji."""
    named: bool = False
    """The runs name their typeface, because no placeholder does."""

    @property
    def rtl(self) -> bool:
        return find_direction(self.language) == "rtl"

    def side_margins(self, text: str) -> tuple[int, int]:
        """Return the space (EMU) that a paragraph keeps free at the start and end of its lines for overhanging glyphs."""
        start, end = (
            round(each * (self.size or 0.0) * EMU_PER_POINT) for each in overhang.measure_sides(text, self.rtl)
        )
        return start, end

    def orient(self, align: str) -> str:
        """Build the attributes of a paragraph that is read from right to left; empty for all others."""
        if not self.rtl:
            return ""
        return f' algn="{TURNED.get(align, align) if self.turns else align}" rtl="1"'


def build_text_body(paragraphs: Sequence[Paragraph], levels: Sequence[Level], setting: TextSetting) -> str:
    """Build a placeholder's text, with autofit off because the sizes are measured."""
    setting = replace(setting, emoji=any(fonts.EMOJI.search(each.text) for each in paragraphs))
    inner = "".join(build_paragraph(each, levels[each.level], setting) for each in paragraphs)
    return f"<p:txBody><a:bodyPr><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</p:txBody>"


def build_paragraph(value: Paragraph, level: Level, setting: TextSetting) -> str:
    return f"<a:p>{_properties(value, level, setting)}{build_runs(value.runs, setting)}</a:p>"


def _properties(value: Paragraph, level: Level, setting: TextSetting) -> str:
    start, end = setting.side_margins(value.text)
    numbered = value.list == "number"
    inherited = bool(value.list) == level.bullet and not numbered
    depth = (f' marR="{end}"' if end else "") + (f' lvl="{value.level}"' if value.level else "")
    direction = setting.orient(level.align)
    if inherited and not start:
        return f"<a:pPr{depth}{direction}/>" if depth or direction else ""
    left, indent = start, 0
    if value.list:  # its bullet lines up with those of the other items
        hanging = level.hanging if inherited else HANGING + (NUMBERED if numbered else 0)
        left += round(level.list_indent(value.level, numbered) * EMU_PER_POINT)
        indent = -round(hanging * EMU_PER_POINT) - start
    bullet = "" if inherited else _bullet(value, setting)
    return build_tag("a:pPr", f' marL="{left}"{depth} indent="{indent}"{direction}', bullet)


def _bullet(value: Paragraph, setting: TextSetting) -> str:
    """Build the bullet or number of a paragraph that does not take the theme's own."""
    if not value.list:
        return "<a:buNone/>"
    if value.list == "number":
        first = f' startAt="{value.start}"' if value.start > 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{first}/>'
    tint = f"<a:buClr>{setting.paint.color('accent')}</a:buClr>"
    return f'{tint}<a:buFont typeface="Arial"/><a:buChar char="{BULLETS[value.level]}"/>'


def build_runs(values: Sequence[Run], setting: TextSetting) -> str:
    if not values:
        return f"<a:endParaRPr{_common(setting)}/>"
    arabic = any(fonts.RTL.search(each.text) for each in values)
    return "".join(_run(part, setting, arabic) for each in values for part in split_run(each))


def _run(run: Run, setting: TextSetting, arabic: bool) -> str:
    if run.text == "\n":
        return f"<a:br><a:rPr{_common(setting)}/></a:br>"
    flags = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    if run.superscript or run.subscript:
        flags += f' baseline="{30_000 if run.superscript else -25_000}"'
    inner = setting.paint.solid(run.role) if run.role else ""
    inner += run_faces.build_typefaces(run.text, setting.latin, setting.rtl, arabic, setting.emoji, setting.named)
    if run.href and not run.text.strip(" "):  # programs would not let a linked space hang at a line's end
        flags += ' u="sng"'
    elif run.href:
        inner += f"<a:hlinkClick r:id={quote_attribute(setting.link(run.href))}>{AS_TEXT}</a:hlinkClick>"
    look = build_tag("a:rPr", f"{_common(setting, run.language)}{flags}", inner)
    return f"<a:r>{look}<a:t>{escape_text(run.text)}</a:t></a:r>"


def _common(setting: TextSetting, language: str | None = None) -> str:
    size = f' sz="{round(setting.size * 100)}"' if setting.size else ""
    return f" lang={quote_attribute(language or setting.language)}{size}"

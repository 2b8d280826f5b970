"""Paragraphs and runs as DrawingML, with explicit sizes and language; PowerPoint never shrinks them by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.deck.model import EMU_PER_POINT, Paragraph, Run
from reportgen.deck.oxml import attribute, chars, color, solid
from reportgen.deck.theme import HANGING, NUMBERED, Level

BULLETS = ("•", "–")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all runs of a text share; `link` gives an address the relation id that a hyperlink needs."""

    language: str
    link: Callable[[str], str]
    size: float | None = None


def body(paragraphs: Sequence[Paragraph], levels: Sequence[Level], setting: Setting) -> str:
    """A placeholder's text; its own autofit is switched off because the sizes are measured."""
    inner = "".join(paragraph(each, levels[each.level], setting) for each in paragraphs)
    return f"<p:txBody><a:bodyPr><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</p:txBody>"


def paragraph(value: Paragraph, level: Level, setting: Setting) -> str:
    return f"<a:p>{_properties(value, level)}{runs(value.runs, setting)}</a:p>"


def _properties(value: Paragraph, level: Level) -> str:
    depth = f' lvl="{value.level}"' if value.level else ""
    if not value.list:
        return f'<a:pPr marL="0"{depth} indent="0"><a:buNone/></a:pPr>' if level.bullet else ""
    if value.list == "bullet" and level.bullet:
        return f"<a:pPr{depth}/>"
    numbered = value.list == "number"
    points = level.list_indent(value.level, numbered), HANGING + (NUMBERED if numbered else 0)
    left, hanging = (round(each * EMU_PER_POINT) for each in points)
    if numbered:
        sign = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'
    else:
        tint = f"<a:buClr>{color('accent')}</a:buClr>"
        sign = f'{tint}<a:buFont typeface="Arial"/><a:buChar char="{BULLETS[value.level]}"/>'
    return f'<a:pPr marL="{left}"{depth} indent="-{hanging}">{sign}</a:pPr>'


def runs(values: Sequence[Run], setting: Setting) -> str:
    if not values:
        return f"<a:endParaRPr{_common(setting)}/>"
    return "".join(_run(each, setting) for each in values)


def _run(run: Run, setting: Setting) -> str:
    if run.text == "\n":
        return f"<a:br><a:rPr{_common(setting)}/></a:br>"
    flags = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    if run.superscript or run.subscript:
        flags += f' baseline="{30_000 if run.superscript else -25_000}"'
    inner = solid(run.role) if run.role else ""
    if run.href:
        inner += f"<a:hlinkClick r:id={attribute(setting.link(run.href))}/>"
    return f"<a:r><a:rPr{_common(setting)}{flags}>{inner}</a:rPr><a:t>{chars(run.text)}</a:t></a:r>"


def _common(setting: Setting) -> str:
    size = f' sz="{round(setting.size * 100)}"' if setting.size else ""
    return f" lang={attribute(setting.language)}{size}"

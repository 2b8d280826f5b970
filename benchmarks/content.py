"""What the peers are given: the words, tables, charts and notes of the very memo and deck that we make of the brief.

A peer reads JSON, Markdown or HTML and no brief; preparing that is not timed. Charts reach it as their numbers, drawings
as the lines, bars and texts they consist of, so that it draws what we draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from reportgen import brand as brands, deck, load_brief
from reportgen.brand import Brand
from reportgen.brief import Brief
from reportgen.charts.scene import NativeChart, Scene
from reportgen.deck.values import EMU_PER_POINT, Drawing, Slide, Slot, TableContent, Text
from reportgen.markup.templates import template_folders
from reportgen.memo.memo_html import MemoMarkup, compose
from reportgen.memo.profiles import find_profile
from reportgen.pdf.paper import find_paper
from reportgen.system import resources

Plain = dict[str, Any]


def slides(path: Path) -> list[Plain]:
    """The deck's slides: each a title, paragraphs, tables and pictures, and notes."""
    brief = load_brief(path)
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    theme = deck.load_theme(brand)
    return [_slide(slide) for slide in deck.render_stages(brief, brand, folders, theme).fitted.slides]


def repeated(found: list[Plain], times: int, brief: Path) -> list[Plain]:
    """The slides of the topics' exhibits again and again, as `longer` repeats them in the brief."""
    model = load_brief(brief)
    shown = {name for topic in model.topics for name in topic.exhibits}
    again = [slide for slide in found if slide["id"] in shown]
    return found + again * (times - 1)


def memo(path: Path) -> tuple[str, dict[str, Plain]]:
    """The memo's strict HTML with its style sheets in it, and its charts by the names under which it asks for them."""
    brief = load_brief(path)
    brand = brands.load(brief.folder)
    composed = _composed(brief, brand)
    drawn = {name: _picture(chart.native(width, width / 2, brand), width, width / 2)
             for name, (chart, width) in composed.charts.items()}  # fmt: skip
    sheets = resources.asset("css", "memo.css").read_text(encoding="utf-8") + composed.stylesheet
    html = re.sub(r"<link [^>]*>", "", composed.html)
    return html.replace("</head>", f"<style>{sheets}</style></head>", 1), drawn


def _composed(brief: Brief, brand: Brand) -> MemoMarkup:
    return compose(brief, brand, template_folders(brief.folder), find_paper("letter"), find_profile(brief.profile))


def _slide(slide: Slide) -> Plain:
    held = [slot for slot in slide.slots if slot.name != "title"]
    return {
        "id": slide.id,
        "title": slide.title,
        "text": [line for slot in held if isinstance(slot.content, Text) for line in _lines(slot.content)],
        "tables": [_table(slot.content) for slot in held if isinstance(slot.content, TableContent)],
        "pictures": list(_pictures(held)),
        "notes": [paragraph.text for paragraph in slide.notes],
    }


def _lines(text: Text) -> Iterator[str]:
    return (paragraph.text for paragraph in text.paragraphs)


def _table(table: TableContent) -> list[list[str]]:
    return [["".join(run.text for run in cell.runs) for cell in row] for row in table.all_rows]


def _pictures(slots: list[Slot]) -> Iterator[Plain]:
    for slot in slots:
        if isinstance(slot.content, Drawing):
            native = slot.content.native
            high = native.height if isinstance(native, Scene) else 300.0
            wide = native.width if isinstance(native, Scene) else 560.0
            wide, high = (slot.box.width / EMU_PER_POINT, slot.box.height / EMU_PER_POINT) if slot.box else (wide, high)
            yield {"name": slot.content.exhibit, "alt": slot.content.alt, **_picture(native, wide, high)}


def _picture(native: NativeChart | Scene, width: float, height: float) -> Plain:
    """A chart as its numbers, or a drawing as its items, for an area of so many points."""
    if isinstance(native, Scene):
        items = [
            {"is": type(item).__name__.removeprefix("Scene").lower(), **to_builtins(item)} for item in native.items
        ]
        return {"width": native.width, "height": native.height, "items": items}
    series = {each.name: [point.value for point in each.points] for each in native.series}
    kind = {"type": native.type, "stacked": native.grouping != "clustered", "legend": native.legend}
    return {"width": width, "height": height, **kind, "categories": native.categories, "series": series}

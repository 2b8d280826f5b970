"""Collect the content for the peers: the words, tables, charts and notes of our own memo and deck.

A peer reads JSON, Markdown or HTML, not a brief; preparing that is not timed. It gets charts as numbers, and drawings as
lines, bars and texts, so that it draws what we draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from reportgen import brand as brands, deck, load_brief
from reportgen.charts.scene import NativeChart, Scene
from reportgen.deck.values import EMU_PER_POINT, Drawing, Slide, Slot, TableContent, Text
from reportgen.markup.templates import template_folders
from reportgen.memo.memo_html import compose
from reportgen.memo.profiles import find_profile
from reportgen.pdf.paper import find_paper
from reportgen.system import resources

Plain = dict[str, Any]


def collect_slides(path: Path) -> list[Plain]:
    """Return the deck's slides, each with its title, paragraphs, tables, pictures and notes."""
    brief = load_brief(path)
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    theme = deck.load_theme(brand)
    return [_slide(slide) for slide in deck.render_stages(brief, brand, folders, theme).fitted.slides]


def repeat_slides(slides: list[Plain], times: int, path: Path) -> list[Plain]:
    """Repeat the slides of the topics' exhibits, as `repeat_topics` does in the brief."""
    names = {name for topic in load_brief(path).topics for name in topic.exhibits}
    of_topics = [slide for slide in slides if slide["id"] in names]
    return slides + of_topics * (times - 1)


def compose_memo(path: Path) -> tuple[str, dict[str, Plain]]:
    """Return the memo's strict HTML with its stylesheets inside, and its charts by their names in the HTML."""
    brief = load_brief(path)
    brand, folders = brands.load(brief.folder), template_folders(brief.folder)
    memo = compose(brief, brand, folders, find_paper("letter", brief.language), find_profile(brief.profile))
    pictures = {
        name: _picture(chart.native(width, width / 2, brand), width, width / 2)
        for name, (chart, width) in memo.charts.items()
    }
    sheets = resources.asset("css", "memo.css").read_text(encoding="utf-8") + memo.stylesheet
    html = re.sub(r"<link [^>]*>", "", memo.html)
    return html.replace("</head>", f"<style>{sheets}</style></head>", 1), pictures


def _slide(slide: Slide) -> Plain:
    slots = [slot for slot in slide.slots if slot.name != "title"]
    return {
        "id": slide.id,
        "title": slide.title,
        "text": [
            paragraph.text for slot in slots if isinstance(slot.content, Text) for paragraph in slot.content.paragraphs
        ],
        "tables": [_table(slot.content) for slot in slots if isinstance(slot.content, TableContent)],
        "pictures": list(_pictures(slots)),
        "notes": [paragraph.text for paragraph in slide.notes],
    }


def _table(table: TableContent) -> list[list[str]]:
    return [["".join(run.text for run in cell.runs) for cell in row] for row in table.all_rows]


def _pictures(slots: list[Slot]) -> Iterator[Plain]:
    for slot in slots:
        if isinstance(slot.content, Drawing):
            native = slot.content.native
            width, height = (native.width, native.height) if isinstance(native, Scene) else (560.0, 300.0)
            if slot.box:
                width, height = slot.box.width / EMU_PER_POINT, slot.box.height / EMU_PER_POINT
            yield {"name": slot.content.exhibit, "alt": slot.content.alt, **_picture(native, width, height)}


def _picture(native: NativeChart | Scene, width: float, height: float) -> Plain:
    """Return a chart as its numbers, or a drawing as its items; width and height are points."""
    if isinstance(native, Scene):
        items = [
            {"is": type(item).__name__.removeprefix("Scene").lower(), **to_builtins(item)} for item in native.items
        ]
        return {"width": native.width, "height": native.height, "items": items}
    series = {each.name: [point.value for point in each.points] for each in native.series}
    kind = {"type": native.type, "stacked": native.grouping != "clustered", "legend": native.legend}
    return {"width": width, "height": height, **kind, "categories": native.categories, "series": series}

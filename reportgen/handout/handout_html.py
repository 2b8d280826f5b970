"""A deck becomes a handout: view values for the template, strict HTML out of it, and what the engine needs to set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart
from reportgen.deck.values import Deck
from reportgen.handout.handout_elements import HANDOUT
from reportgen.handout.prose import render_runs
from reportgen.handout.slide_entries import MEASURE, SHOWN, View, build_view
from reportgen.markup import subset
from reportgen.markup.templates import render_template
from reportgen.pdf import banner, paper as sheet
from reportgen.pdf.paper import Paper
from reportgen.text.languages import find_direction, load_labels
from reportgen.text.languages.label_fields import Labels

TEMPLATE = "handout/notes.html"
COVER = "cover"

GUTTER = 22.0  # points between what is shown and what is said


class HandoutMarkup(Struct, frozen=True):
    """A handout before it is set: checked HTML, the stylesheet that carries the brand, and the charts to be drawn."""

    html: str
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """Name of the picture -> the chart and the width to draw it at, in points."""


def compose(
    deck: Deck, brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, numbers: Mapping[str, str]
) -> HandoutMarkup:
    """Everything that the handout prints, as strict HTML."""
    words = load_labels(brief.language)
    made = build_view(deck, brief, brand, words, numbers)
    covered = deck.slides[0].layout == COVER
    html = render_template(
        TEMPLATE,
        folders,
        {"inline": render_runs},
        brief=brief,
        brand=brand,
        deck=deck.properties,
        labels=words,
        direction=find_direction(brief.language),
        timestamp=deck.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        cover=made.entries[0] if covered else None,
        entries=made.entries[1:] if covered else made.entries,
    )
    subset.parse(html, TEMPLATE, HANDOUT)
    charts = {name: drawn for name, drawn in made.charts.items() if f'"{name}"' in html}
    return HandoutMarkup(html, _stylesheet(deck, brand, words, paper, made), charts)


def _stylesheet(deck: Deck, brand: Brand, words: Labels, paper: Paper, made: View) -> str:
    """The brand as CSS variables, the sheet, the running text, and the tables' columns: what handout.css builds on."""
    marked = banner.measure_banner(
        deck.properties.marks.lines, brand, MEASURE, deck.properties.locations.get("marking")
    )
    running = {
        "title": deck.properties.footer,
        "marking": "\n".join(deck.properties.marks.lines),
        "kind": f"{words.handout.kind} · {deck.properties.date}" if deck.properties.date else words.handout.kind,
        **sheet.split_page_number(words.format_page),
    }
    lengths = {"shown": SHOWN, "gutter": GUTTER, "measure": MEASURE, "marked": marked}
    return sheet.write_stylesheet(brand, paper, MEASURE, running, lengths) + sheet.write_column_widths(made.columns)

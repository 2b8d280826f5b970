"""Compose a handout: fill in its template from a deck, and collect what the layout engine needs besides the HTML."""

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
from reportgen.text.trace import strip_marks

TEMPLATE = "handout/notes.html"
COVER = "cover"

GUTTER = 22.0  # points between the slide's contents and the notes


class HandoutMarkup(Struct, frozen=True):
    """A handout before its layout: checked HTML, the stylesheet that carries the brand, and the charts to draw."""

    traced_html: str
    """The HTML with the marks of the trace, which nothing prints."""
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """The chart and its width in points, by the name of the picture."""

    @property
    def html(self) -> str:
        return strip_marks(self.traced_html)


def compose(
    deck: Deck, brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, numbers: Mapping[str, str]
) -> HandoutMarkup:
    """Return everything that the handout prints.

    `numbers` says by a slide's id how the finished deck numbers it. Raises TemplateError for HTML that the grammar does
    not allow, and FitError for a banner that is too wide.
    """
    words = load_labels(brief.writing)
    view = build_view(deck, brief, brand, words, numbers)
    has_cover = deck.slides[0].layout == COVER
    html = render_template(
        TEMPLATE,
        folders,
        {"inline": render_runs},
        brief=brief,
        brand=brand,
        letterhead=brand.page.letterhead,
        deck=deck.properties,
        labels=words,
        direction=find_direction(brief.language),
        timestamp=deck.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        cover=view.entries[0] if has_cover else None,
        entries=view.entries[1:] if has_cover else view.entries,
    )
    subset.parse(html, TEMPLATE, HANDOUT)
    charts = {name: chart for name, chart in view.charts.items() if f'"{name}"' in html}
    return HandoutMarkup(html, _write_stylesheet(deck, brand, words, paper, view), charts)


def _write_stylesheet(deck: Deck, brand: Brand, words: Labels, paper: Paper, view: View) -> str:
    """Return what handout.css builds on: the brand as CSS variables, the page, the running text, the tables' columns."""
    marked = banner.measure_banner(
        deck.properties.marks.lines, brand, MEASURE, deck.properties.locations.get("marking")
    )
    running = {
        "title": sheet.shorten_running_title(deck.properties.title, brand, MEASURE),
        "marking": "\n".join(deck.properties.marks.lines),
        "kind": f"{words.handout.kind} · {deck.properties.date}" if deck.properties.date else words.handout.kind,
        **sheet.split_page_number(words.format_page),
    }
    lengths = {"shown": SHOWN, "gutter": GUTTER, "measure": MEASURE, "marked": marked}
    return sheet.write_stylesheet(brand, paper, MEASURE, running, lengths) + sheet.write_column_widths(view.columns)

"""Compose a memo: fill in its template from a brief, and collect what the layout engine needs besides the HTML."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.brief.traced_brief import trace_brief
from reportgen.charts.base import Chart, Exhibit
from reportgen.charts.scene import Figure, Table
from reportgen.charts.style import Style
from reportgen.markup.templates import render_template
from reportgen.memo.attachments import SOURCES, list_tabs
from reportgen.memo.endnotes import Endnotes
from reportgen.memo.last_page import build_last_page
from reportgen.memo.line_breaks import SHORTEST_LINE, tie_citation, tie_last_word
from reportgen.memo.profiles import Profile
from reportgen.pdf import banner, paper as sheet
from reportgen.pdf.drawings import require_room
from reportgen.pdf.paper import Paper
from reportgen.system.creation_time import VARIABLE, find_creation_time
from reportgen.system.errors import FitError
from reportgen.text.blocks import render_blocks, render_in_item
from reportgen.text.inline import escape_inline
from reportgen.text.languages import find_direction, load_labels
from reportgen.text.languages.label_fields import Labels
from reportgen.text.numbers import format_long_date, format_short_date
from reportgen.text.trace import find_origin, strip_marks, trace

# Lengths are points.
SIDE = 2.6 * 72  # the column beside the text
TALLEST_SIDE = 440.0  # the tallest exhibit beside the text: it cannot run over a page's end
CELL_GAP = 9.0  # between two columns of a table
NUMBERS_AND_DATES = 90.0  # the room for both in the table of recommendations
HALVES, GUTTER = 2, 18.0  # exhibits side by side, and the space between them


@runtime_checkable
class Tabular(Protocol):
    """An exhibit that is a table in every document."""

    def table(self) -> Table: ...


class MemoExhibit(Struct, frozen=True):
    """An exhibit as the template shows it; its family decides which of the last fields are set."""

    template_names: ClassVar[tuple[str, ...]] = (
        "id", "exhibit", "family", "source", "span", "alt", "table", "figures", "tight", "anchor", "side", "src",
    )  # fmt: skip

    id: str
    exhibit: Exhibit
    family: Literal["chart", "table", "figures"]
    source: str
    span: str
    """Its share of the measure: full, side, half or whole."""
    measure: float
    alt: str = ""
    table: Table | None = None
    figures: tuple[Figure, ...] = ()
    tight: bool = False
    """Its words are wider than the table's columns can be, so they break."""

    @property
    def anchor(self) -> str:
        return f"exhibit-{self.id}"

    @property
    def side(self) -> bool:
        """True for an exhibit in the column beside the text."""
        return self.span == "side"

    @property
    def width(self) -> float:
        """The width of its drawing in points."""
        return {"side": SIDE, "half": (self.measure - GUTTER) / HALVES}.get(self.span, self.measure)

    @property
    def src(self) -> str:
        """The name under which the drawing is served."""
        return f"charts/{self.id}.svg"


class MemoMarkup(Struct, frozen=True):
    """A memo before its layout: its HTML, the stylesheet that carries the brand, and the charts to draw."""

    traced_html: str
    """Its HTML with the marks of the trace, which nothing prints (`text/trace.py`)."""
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """The chart and its width in points, by the name of the picture."""
    exhibits: Mapping[str, Exhibit]
    """The exhibits that it shows, by their ids."""
    running: Mapping[str, str]
    """The texts in the margins of its pages."""
    template: str

    @property
    def html(self) -> str:
        return strip_marks(self.traced_html)

    def check(self) -> None:
        """Raise TemplateError for HTML that the memo's grammar does not allow."""
        from reportgen.markup import subset
        from reportgen.memo.memo_elements import MEMO

        subset.parse(self.html, self.template, MEMO)


def compose(brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, profile: Profile) -> MemoMarkup:
    """Return everything that the memo prints.

    Templates come from `folders`, the first that has one wins. Raises BriefError for a part that the profile needs and
    the brief lacks, TemplateError, and FitError for a banner that is too wide.
    """
    profile.require(brief)
    profile = fit_profile(profile, brand, paper)
    words = load_labels(brief.writing)
    style = Style.memo(brand)
    traced = trace_brief(brief)
    shown = {item.id: item for item in _select_exhibits(brief, traced, words, profile, style)}
    notes = Endnotes(traced, words)
    cite = notes.cite if profile.notes else partial(cite_paragraphs, brief)
    html = render_template(
        profile.template,
        folders,
        {**_filters(brief, cite), "exhibits": lambda part: [shown[name] for name in part.exhibits if name in shown]},
        highlights=[item for item in shown.values() if item.span in ("half", "whole")],
        brief=traced,
        brand=brand,
        logo=next((each.name for each in brand.emblems), None),
        letterhead=brand.page.letterhead,
        profile=profile,
        labels=words,
        direction=find_direction(brief.language),
        subject=traced.subject or traced.title,
        form=words.forms.names[profile.name],
        date=trace(format_long_date(brief.date, brief.writing), "date"),
        timestamp=_format_timestamp(brief),
        keywords=", ".join(_list_keywords(brief)),
        deadline_year=_find_deadline_year(brief),
        tight=not _fits(_recommendation_rows(brief), brief, style, profile.measure - NUMBERS_AND_DATES),
        cite=cite,
        evidence_file=SOURCES,
        tabs=list_tabs(traced),
        sheet=build_last_page(brief, profile, words),
        endnotes=notes.entries,
    )
    if brief.gaps:
        from reportgen.markup.gap_marks import mark_gaps

        html = mark_gaps(html, brief.gaps)
    printed = {name: item for name, item in shown.items() if f'id="{item.anchor}"' in html}
    exhibits = {name: brief.exhibits[name] for name in printed}
    charts = {
        printed[name].src: (each, printed[name].width) for name, each in exhibits.items() if isinstance(each, Chart)
    }
    running = _write_running_texts(brief, brand, words, profile)
    marks = brief.marks
    marked = banner.measure_banner(marks.lines, brand, profile.measure, brief.where(marks.key))
    lengths = {"side": SIDE, "measure": profile.measure, "marked": marked}
    widths = {item.anchor: item.table.widths for item in printed.values() if item.table}
    stylesheet = sheet.write_stylesheet(brand, paper, profile.measure, running, lengths) + sheet.write_column_widths(
        widths
    )
    return MemoMarkup(html, stylesheet, charts, exhibits, running, profile.template)


def fit_profile(profile: Profile, brand: Brand, paper: Paper) -> Profile:
    """Return a form with the width of text that the house's margins leave on a paper."""
    measure = sheet.find_measure(brand, paper, profile.measure)
    return profile if measure == profile.measure else replace(profile, measure=measure)


def cite_paragraphs(brief: Brief, *texts: str | None) -> Markup:
    """Return the paragraphs of a text's quotes, for a form without notes: "¶5, ¶10", with the source if there are several."""
    places = brief.locators(brief.citations(*texts))
    (first, *others) = brief.sources.values()
    places = places if others else places.removeprefix(f"{first.cited_as}, ")
    return Markup(' <span class="places">{}</span>').format(places) if places else Markup("")


def _filters(brief: Brief, cite: Callable[..., Markup]) -> dict[str, Callable[..., Any]]:
    def write_cited(text: str, letters: int = SHORTEST_LINE) -> Markup:
        return tie_citation(brief.markup(text), cite(text), letters)

    return {
        "inline": brief.markup,
        "cited": write_cited,
        "prose": lambda text, lead="", name="", letters=SHORTEST_LINE: render_blocks(
            text, partial(write_cited, letters=letters), escape(lead), name
        ),
        "item": lambda text: render_in_item(text, write_cited),
        "plain": brief.plain,
        "heading": lambda text: tie_last_word(brief.markup(text)),
        "long_date": lambda day: format_long_date(day, brief.writing),
        "short_date": lambda day, year=None: format_short_date(day, year, brief.writing),
        "date": lambda date: date.format(brief.writing),
    }


def _choose_spans(brief: Brief, profile: Profile) -> dict[str, str]:
    """Return the ids of the exhibits that this form shows, with each one's share of the measure."""
    if profile.shows == "none":
        return {}
    if profile.shows == "case":
        return {name: exhibit.width for name, exhibit in brief.exhibits.items() if exhibit.only != "deck"}
    case = dict.fromkeys(name for section in brief.sections for name in section.exhibits)
    chosen = brief.highlights or [name for name in case if brief.exhibits[name].only != "deck"][:HALVES]
    if profile.shows == "highlights":
        return {name: brief.exhibits[name].width for name in chosen}
    return dict.fromkeys(chosen, "half" if len(chosen) == HALVES else "whole")


def _select_exhibits(
    brief: Brief, traced: Brief, words: Labels, profile: Profile, style: Style
) -> Iterator[MemoExhibit]:
    """Yield the form's exhibits; one that is too wide or too tall for the side gets the full measure."""
    for name, span in _choose_spans(brief, profile).items():
        exhibit = traced.exhibits[name]
        line = traced.source_line(exhibit, takeaway=False)
        source = trace(f"{words.source} {line}.", find_origin(line)) if line else ""
        if isinstance(exhibit, Chart):
            drawn = brief.exhibits[name]
            assert isinstance(drawn, Chart)
            span = _choose_chart_span(brief, name, drawn, span, profile, style)
            alt = exhibit.alt or exhibit.trace(f"{brief.plain(exhibit.title).rstrip('.')}. {drawn.describe()}")
            yield MemoExhibit(name, exhibit, "chart", source, span, profile.measure, alt=alt)
        elif isinstance(exhibit, Tabular):
            table = exhibit.table()
            rows = [table.header, *([cell.text for cell in row] for row in table.rows)]
            if span == "side" and (
                not _fits(rows, brief, style, SIDE) or _estimate_height(table, brief, style) > TALLEST_SIDE
            ):
                span = "full"
            shown = MemoExhibit(name, exhibit, "table", source, span, profile.measure, table=table)
            yield replace(shown, tight=not _fits(rows, brief, style, shown.width))
        else:
            yield MemoExhibit(name, exhibit, "figures", source, span, profile.measure, figures=exhibit.figures())


def _choose_chart_span(brief: Brief, name: str, chart: Chart, span: str, profile: Profile, style: Style) -> str:
    """Return the chart's span: the full measure if it has no room beside the text. Raise FitError if it has none there."""
    if span == "side":
        try:
            if chart.scene(SIDE, style).height <= TALLEST_SIDE:
                return span
        except FitError:
            pass
        span = "full"
    width = MemoExhibit(name, chart, "chart", "", span, profile.measure).width
    require_room(chart, width, style, name, brief.where("exhibits", name))
    return span


def _fits(rows: Sequence[Sequence[str]], brief: Brief, style: Style, width: float) -> bool:
    """Return True if a table of this width in points breaks no word of these rows."""
    columns = zip(*rows, strict=True)
    words = (max(style.longest_word(brief.plain(text), bold=True) for text in column) + CELL_GAP for column in columns)
    return sum(words) <= width


def _estimate_height(table: Table, brief: Brief, style: Style) -> float:
    """Return the approximate height in points of a table in the column beside the text."""
    rooms = [SIDE * share - CELL_GAP for share in table.widths]
    heights = (
        max(style.block(brief.plain(cell.text) or " ", room).height for cell, room in zip(row, rooms, strict=True))
        for row in table.rows
    )
    return sum(height + CELL_GAP for height in heights)


def _recommendation_rows(brief: Brief) -> list[tuple[str, ...]]:
    return [
        (
            f"{item.title} {item.action or ''}",
            escape_inline(" ".join(item.lead)),
            item.deadline_note or "",
            item.decide or "",
        )
        for item in brief.recommendations
    ]


def _format_timestamp(brief: Brief) -> str:
    """Return the time of creation for the PDF's metadata: to the second only where that is known."""
    if not os.environ.get(VARIABLE):
        return brief.date.isoformat()
    return find_creation_time(brief.date).strftime("%Y-%m-%dT%H:%M:%SZ")


def _find_deadline_year(brief: Brief) -> int | None:
    """Return the year of all deadlines if it is the same: the table's head then names it once."""
    years = {item.deadline.year for item in brief.recommendations if item.deadline}
    return years.pop() if len(years) == 1 else None


def _list_keywords(brief: Brief) -> list[str]:
    """Return the marking's lines, then words to find the file by: the organization and the sources' authors."""
    authors = [source.author for source in brief.sources.values()]
    words = (word for word in (*brief.marks.lines, brief.organization, *authors) if word)
    return list(dict.fromkeys(part.strip() for word in words for part in word.split(",")))  # each is kept once


def _write_running_texts(brief: Brief, brand: Brand, words: Labels, profile: Profile) -> dict[str, str]:
    """Return the texts in the margins of the pages."""
    return {
        "title": sheet.shorten_running_title(brief.plain(brief.title), brand, profile.measure),
        "marking": "\n".join(brief.marks.lines),
        **({"footer": sheet.require_line(brand.page.footer, brand, profile.measure)} if brand.page.footer else {}),
        "kind": f"{words.forms.names[profile.name]} · {format_long_date(brief.date, brief.writing)}",
        **sheet.split_page_number(words.format_page),
    }

"""A brief becomes a memo: view values for the template, strict HTML out of it, and what the engine needs to set it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart, Exhibit, Figure, Table
from reportgen.charts.style import Style
from reportgen.markup.templates import render_template
from reportgen.memo.attachments import SOURCES
from reportgen.memo.endnotes import Notes
from reportgen.memo.line_breaks import SHORTEST_LINE, shorten, tie_citation, tie_last_word
from reportgen.memo.profiles import Profile
from reportgen.pdf import banner, paper as sheet
from reportgen.pdf.paper import Paper
from reportgen.system.errors import UsageError
from reportgen.text.languages import find_direction, load_labels
from reportgen.text.languages.label_fields import Labels
from reportgen.text.numbers import format_long_date, format_short_date

SIDE = 2.6 * 72  # the column beside the text, in points
TALL = 440.0  # the most that stands beside the text, in points: it goes over no page's end
CELL = 9.0  # between two columns of a table, in points
NUMBERED = 90.0  # what the numbers and dates of recommendations take at most, in points
RUNNING = 110  # letters of the title at each page's foot: two lines, and more would leave the paper
HALVES, GUTTER = 2, 18.0  # exhibits side by side, and what is between them in points


@runtime_checkable
class Tabular(Protocol):
    """An exhibit that is a table in any document."""

    def table(self) -> Table: ...


class MemoExhibit(Struct, frozen=True):
    """An exhibit as the template shows it; which of the last fields is set depends on the family."""

    id: str
    exhibit: Exhibit
    family: Literal["chart", "table", "figures"]
    source: str
    span: str
    """How much of the measure it has: full, side, half or whole."""
    measure: float
    alt: str = ""
    table: Table | None = None
    figures: tuple[Figure, ...] = ()
    tight: bool = False
    """A table whose words are wider than its columns can be: they break."""

    @property
    def anchor(self) -> str:
        return f"exhibit-{self.id}"

    @property
    def side(self) -> bool:
        """Whether it stands in the column beside the text."""
        return self.span == "side"

    @property
    def width(self) -> float:
        """How wide it is drawn, in points."""
        return {"side": SIDE, "half": (self.measure - GUTTER) / HALVES}.get(self.span, self.measure)

    @property
    def src(self) -> str:
        """The name under which the drawing is served."""
        return f"charts/{self.id}.svg"


class MemoMarkup(Struct, frozen=True):
    """A memo before it is set: its HTML, the stylesheet that carries the brand, and the charts to be drawn."""

    html: str
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """Name of the picture -> the chart and the width to draw it at, in points."""
    exhibits: Mapping[str, Exhibit]
    """The exhibits that it shows, by their ids."""
    running: Mapping[str, str]
    """What stands in the margins of its pages."""
    template: str

    def check(self) -> None:
        """TemplateError for what is no HTML of a memo."""
        from reportgen.markup import subset
        from reportgen.memo.memo_elements import MEMO

        subset.parse(self.html, self.template, MEMO)


def compose(brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, profile: Profile) -> MemoMarkup:
    """Everything that the memo prints. BriefError for a part that the profile needs and the brief lacks."""
    profile.require(brief)
    words = load_labels(brief.language)
    style = Style.memo(brand)
    shown = {item.id: item for item in _shown(brief, words, profile, style)}
    notes = Notes(brief, words)
    cite = notes.cite if profile.notes else partial(cite_paragraphs, brief)
    html = render_template(
        profile.template,
        folders,
        {
            **_filters(brief, cite),
            "exhibits": lambda part: [shown[name] for name in part.exhibits if name in shown],
        },
        highlights=[item for item in shown.values() if item.span in ("half", "whole")],
        brief=brief,
        brand=brand,
        logo=logo_name(brand),
        profile=profile,
        labels=words,
        direction=find_direction(brief.language),
        subject=brief.subject or brief.title,
        form=words.forms.names[profile.name],
        date=format_long_date(brief.date, brief.language),
        timestamp=_timestamp(brief),
        keywords=", ".join(_keywords(brief)),
        deadline_year=_deadline_year(brief),
        tight=not _fits(_asked(brief), brief, style, profile.measure - NUMBERED),
        cite=cite,
        evidence_file=SOURCES,
        endnotes=notes.entries,
    )
    printed = {name: item for name, item in shown.items() if f'id="{item.anchor}"' in html}
    charts = {item.src: (item.exhibit, item.width) for item in printed.values() if isinstance(item.exhibit, Chart)}
    running = _running(brief, words, profile)
    marked = banner.measure_banner(brief.marks.lines, brand, profile.measure, brief.where("marking"))
    lengths = {"side": SIDE, "measure": profile.measure, "marked": marked}
    widths = {item.anchor: item.table.widths for item in printed.values() if item.table}
    stylesheet = sheet.write_stylesheet(brand, paper, profile.measure, running, lengths) + sheet.write_column_widths(
        widths
    )
    return MemoMarkup(
        html, stylesheet, charts, {name: item.exhibit for name, item in printed.items()}, running, profile.template
    )


def cite_paragraphs(brief: Brief, *texts: str | None) -> Markup:
    """Where the quotes of some texts stand, for a form without notes: "¶5, ¶10"; with their source where there are several."""
    found = brief.locators(brief.citations(*texts))
    (first, *others) = brief.sources.values()
    said = found if others else found.removeprefix(f"{first.cited_as}, ")
    return Markup(' <span class="places">{}</span>').format(said) if said else Markup("")


def logo_name(brand: Brand) -> str | None:
    """The name under which the brand's logo is served."""
    return f"logo{brand.logo.suffix}" if brand.logo else None


def _filters(brief: Brief, cite: Callable[..., Markup]) -> dict[str, Callable[..., Any]]:
    return {
        "inline": brief.markup,
        "cited": lambda text, letters=SHORTEST_LINE: tie_citation(brief.markup(text), cite(text), letters),
        "plain": brief.plain,
        "heading": lambda text: tie_last_word(brief.markup(text)),
        "short_date": lambda day, year=None: format_short_date(day, year, brief.language),
        "date": lambda date: date.format(brief.language),
    }


def _spans(brief: Brief, profile: Profile) -> dict[str, str]:
    """The exhibits that are for the memo in this form, and how much of the measure each has."""
    if profile.shows == "case":
        return {name: exhibit.width for name, exhibit in brief.exhibits.items() if exhibit.only != "deck"}
    case = dict.fromkeys(name for section in brief.sections for name in section.exhibits)
    chosen = brief.highlights or [name for name in case if brief.exhibits[name].only != "deck"][:HALVES]
    if profile.shows == "highlights":
        return {name: brief.exhibits[name].width for name in chosen}
    return dict.fromkeys(chosen, "half" if len(chosen) == HALVES else "whole")


def _shown(brief: Brief, words: Labels, profile: Profile, style: Style) -> Iterator[MemoExhibit]:
    """The exhibits that are for the memo. What is too wide or too tall for the side has the whole measure."""
    for name, span in _spans(brief, profile).items():
        exhibit = brief.exhibits[name]
        line = brief.source_line(exhibit, takeaway=False)
        source = f"{words.source} {line}." if line else ""
        if isinstance(exhibit, Chart):
            if span == "side" and exhibit.scene(SIDE, style).height > TALL:
                span = "full"
            alt = exhibit.alt or f"{brief.plain(exhibit.title).rstrip('.')}. {exhibit.describe()}"
            yield MemoExhibit(name, exhibit, "chart", source, span, profile.measure, alt=alt)
        elif isinstance(exhibit, Tabular):
            table = exhibit.table()
            rows = [table.header, *([cell.text for cell in row] for row in table.rows)]
            if span == "side" and (not _fits(rows, brief, style, SIDE) or _height(table, brief, style) > TALL):
                span = "full"
            shown = MemoExhibit(name, exhibit, "table", source, span, profile.measure, table=table)
            yield replace(shown, tight=not _fits(rows, brief, style, shown.width))
        else:
            yield MemoExhibit(name, exhibit, "figures", source, span, profile.measure, figures=exhibit.figures())


def _fits(rows: Sequence[Sequence[str]], brief: Brief, style: Style, width: float) -> bool:
    """Whether a table of so many points breaks no word of these rows."""
    columns = zip(*rows, strict=True)
    words = (max(style.longest_word(brief.plain(text), bold=True) for text in column) + CELL for column in columns)
    return sum(words) <= width


def _height(table: Table, brief: Brief, style: Style) -> float:
    """How tall a table is in the column beside the text, about, in points."""
    rooms = [SIDE * share - CELL for share in table.widths]
    heights = (
        max(style.block(brief.plain(cell.text) or " ", room).height for cell, room in zip(row, rooms, strict=True))
        for row in table.rows
    )
    return sum(height + CELL for height in heights)


def _asked(brief: Brief) -> list[tuple[str, ...]]:
    """The words of the recommendations' columns."""
    return [
        (f"{item.title} {item.action or ''}", " ".join(item.lead), item.deadline_note or "", item.decide or "")
        for item in brief.recommendations
    ]


def _timestamp(brief: Brief) -> str:
    """When the PDF says it was made, as its metadata writes it: to the second only where that is known."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        return brief.date.isoformat()
    return get_creation_time(brief).strftime("%Y-%m-%dT%H:%M:%SZ")


def get_creation_time(brief: Brief) -> datetime:
    """When the PDF was made: SOURCE_DATE_EPOCH (seconds), else the brief's date; never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.combine(brief.date, time(), UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f'SOURCE_DATE_EPOCH is not a number of seconds: "{epoch}"') from None


def _deadline_year(brief: Brief) -> int | None:
    """The year that all deadlines are in, when there is one: the table's head then names it once."""
    years = {item.deadline.year for item in brief.recommendations if item.deadline}
    return years.pop() if len(years) == 1 else None


def _keywords(brief: Brief) -> list[str]:
    """How the file is marked; then what a search should find it by: who wrote it, and the sources' authors."""
    authors = [source.author for source in brief.sources.values()]
    return [word for word in (*brief.marks.lines, brief.organization, *authors) if word]


def _running(brief: Brief, words: Labels, profile: Profile) -> dict[str, str]:
    """What stands in the margins of every page but the first, and at its foot."""
    return {
        "title": shorten(brief.plain(brief.title), RUNNING),
        "marking": "\n".join(brief.marks.lines),
        "kind": f"{words.forms.names[profile.name]} · {format_long_date(brief.date, brief.language)}",
        **sheet.split_page_number(words.format_page),
    }

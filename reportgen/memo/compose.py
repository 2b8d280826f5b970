"""A brief becomes a memo: view values for the template, strict HTML out of it, and what the engine needs to set it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from markupsafe import Markup

from reportgen.brand import Brand
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart, Exhibit, Figure, Table
from reportgen.errors import UsageError
from reportgen.markup import subset
from reportgen.markup.render import render as render_template
from reportgen.memo.grammar import MEMO
from reportgen.memo.labels import Labels, labels
from reportgen.memo.notes import Notes
from reportgen.memo.profiles import Profile
from reportgen.numbers import NBSP
from reportgen.pdf import banner, sheet
from reportgen.pdf.sheet import Paper

MEASURE = 480.0  # points: the width of the text, the same on every paper
SIDE = 2.6 * 72  # the column beside the text, in points
LAST_WORD = 9  # a heading's last line is never a single word of at most so many letters


@runtime_checkable
class Tabular(Protocol):
    """An exhibit that is a table in any document."""

    def table(self) -> Table: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit as the template shows it; which of the last fields is set depends on the family."""

    id: str
    exhibit: Exhibit
    family: Literal["chart", "table", "figures"]
    source: str
    alt: str = ""
    table: Table | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def anchor(self) -> str:
        return f"exhibit-{self.id}"

    @property
    def side(self) -> bool:
        """Whether it stands in the column beside the text."""
        return self.exhibit.width == "side"

    @property
    def src(self) -> str:
        """The name under which the drawing is served."""
        return f"charts/{self.id}.svg"


@dataclass(frozen=True, slots=True)
class Composed:
    """A memo before it is set: checked HTML, the stylesheet that carries the brand, and the charts to be drawn."""

    html: str
    stylesheet: str
    charts: Mapping[str, tuple[Chart, float]]
    """Name of the picture -> the chart and the width to draw it at, in points."""


def compose(brief: Brief, brand: Brand, folders: Sequence[Path], paper: Paper, profile: Profile) -> Composed:
    """Everything that the memo prints, as strict HTML."""
    words = labels(brief.language)
    shown = {item.id: item for item in _shown(brief, words)}
    notes = Notes(brief, words)
    html = render_template(
        profile.template,
        folders,
        {**_filters(brief, words), "exhibits": lambda part: [shown[name] for name in part.exhibits if name in shown]},
        brief=brief,
        brand=brand,
        logo=logo_name(brand),
        profile=profile,
        labels=words,
        subject=brief.subject or brief.title,
        date=words.long_date(brief.date),
        timestamp=_timestamp(brief),
        keywords=", ".join(_keywords(brief)),
        deadline_year=_deadline_year(brief),
        cite=notes.cite,
        endnotes=notes.entries,
    )
    subset.parse(html, profile.template, MEMO)
    charts = {
        item.src: (item.exhibit, SIDE if item.side else MEASURE)
        for item in shown.values()
        if isinstance(item.exhibit, Chart) and item.src in html
    }
    return Composed(html, _stylesheet(brief, brand, words, paper, shown.values()), charts)


def logo_name(brand: Brand) -> str | None:
    """The name under which the brand's logo is served."""
    return f"logo{brand.logo.suffix}" if brand.logo else None


def _filters(brief: Brief, words: Labels) -> dict[str, Callable[..., Any]]:
    return {
        "inline": brief.markup,
        "plain": brief.plain,
        "heading": lambda text: unwidowed(brief.markup(text)),
        "short_date": words.short_date,
    }


def unwidowed(markup: Markup) -> Markup:
    """Ties a short last word to the one before it, so that no heading ends with it alone on a line."""
    tied = re.sub(rf" ([^\s<>]{{1,{LAST_WORD}}})$", rf"{NBSP}\1", markup)
    return Markup(tied)  # noqa: S704  # a space has changed in what was markup already


def _shown(brief: Brief, words: Labels) -> Iterator[Shown]:
    """The exhibits that are for the memo."""
    for name, exhibit in brief.exhibits.items():
        if exhibit.only == "deck":
            continue
        line = brief.source_line(exhibit, takeaway=False)
        source = f"{words.source} {line}." if line else ""
        if isinstance(exhibit, Chart):
            alt = exhibit.alt or f"{brief.plain(exhibit.title).rstrip('.')}. {exhibit.describe()}"
            yield Shown(name, exhibit, "chart", source, alt=alt)
        elif isinstance(exhibit, Tabular):
            yield Shown(name, exhibit, "table", source, table=exhibit.table())
        else:
            yield Shown(name, exhibit, "figures", source, figures=exhibit.figures())


def _timestamp(brief: Brief) -> str:
    """When the PDF says it was made: SOURCE_DATE_EPOCH (seconds), else the brief's date; never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return brief.date.isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
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


def _stylesheet(brief: Brief, brand: Brand, words: Labels, paper: Paper, shown: Iterable[Shown]) -> str:
    """The brand as CSS variables, the sheet, the running text, and the tables' columns: what memo.css builds on."""
    marked = banner.room(brief.marks.lines, brand, MEASURE, brief.where("marking"))
    running = {
        "title": brief.plain(brief.title),
        "marking": "\n".join(brief.marks.lines),
        "kind": f"{words.memorandum} · {words.long_date(brief.date)}",
        "page": f"{words.page} ",
        "of": f" {words.of} ",
    }
    widths = {item.anchor: item.table.widths for item in shown if item.table}
    return sheet.stylesheet(
        brand, paper, MEASURE, running, {"side": SIDE, "measure": MEASURE, "marked": marked}
    ) + sheet.columns(widths)

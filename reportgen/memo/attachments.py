"""Build the files inside a memo's PDF: its evidence as JSON, and the data of each chart that it shows as CSV.

They never contain what the brief keeps for its authors: caveats, talking points, notes, the reasons of silences.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from msgspec import Struct

from reportgen.brief.enclosing.enclosed_files import SHORT_HASH, EnclosedFile, read_enclosed
from reportgen.brief.model import Brief
from reportgen.charts.base import Chart, Exhibit
from reportgen.memo.ballot import BALLOT, format_ballot
from reportgen.memo.profiles import Profile
from reportgen.pdf.job import Attached
from reportgen.text.languages import load_labels
from reportgen.text.numbers import PartialDate, Quantity
from reportgen.text.trace import trace

SOURCES = "sources.json"
COLUMNS = ("item", "series", "value", "unit", "bound", "status", "printed", "fact")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a cell that begins with one


def list_attachments(
    brief: Brief, shown: Mapping[str, Exhibit], with_brief: bool, profile: Profile
) -> tuple[Attached, ...]:
    """Return the files that a memo of this form with these exhibits carries."""
    files = [
        Attached(SOURCES, format_evidence(brief), "The sources, quotes and facts that the memo rests on", "Source")
    ]
    files += [
        Attached(f"{name}.csv", format_chart_csv(chart), f"The data of the chart: {brief.plain(chart.title)}", "Data")
        for name, chart in shown.items()
        if isinstance(chart, Chart)
    ]
    if profile.acts:
        files.append(Attached(BALLOT, format_ballot(brief, profile), "What the boxes of the memo stand for", "Data"))
    for enclosed in read_enclosed(brief):
        tab = brief.attachments[enclosed.index]
        about = " ".join(filter(None, (name_tab(brief, enclosed.index), brief.plain(tab.title))))
        files.append(Attached(enclosed.name, enclosed.data, about, "Supplement"))
    if with_brief:
        about = "The brief that the memo was made from"
        files.append(Attached("brief.yaml", brief.document.text.encode(), about, "Source"))
    return tuple(files)


class Tab(Struct, frozen=True):
    """An attachment as the memo lists it; `file` is the line about its file: name, size, hash."""

    template_names: ClassVar[tuple[str, ...]] = ("name", "anchor", "title", "description", "url", "file")

    name: str
    anchor: str
    title: str
    description: str
    url: str
    file: str


def name_tab(brief: Brief, index: int) -> str:
    """Return what an attachment is called: Tab A."""
    labels = load_labels(brief.writing)
    return labels.tab.format(mark=labels.tab_marks[index : index + 1] or index + 1)


def list_tabs(brief: Brief) -> tuple[Tab, ...]:
    """Return the attachments as a memo lists them. Raises BriefError for a file that cannot be attached."""
    files = {file.index: file for file in read_enclosed(brief)} if brief.attachments else {}
    tabs = []
    for index, each in enumerate(brief.attachments):
        file, key = files.get(index), f"attachments[{index}]"
        tabs.append(
            Tab(
                name_tab(brief, index),
                f"tab-{index + 1}",
                each.title,
                each.description or "",
                each.url or "",
                trace(_describe_file(brief, file), f"{key}.file") if file else "",
            )
        )
    return tuple(tabs)


def list_file_lines(brief: Brief) -> tuple[str, ...]:
    """Return the lines about the files of the attachments as the memo prints them."""
    return tuple(_describe_file(brief, file) for file in read_enclosed(brief)) if brief.attachments else ()


def _describe_file(brief: Brief, file: EnclosedFile) -> str:
    comma = load_labels(brief.writing).marks.comma
    return comma.join((file.name, _format_size(len(file.data)), f"SHA-256 {file.sha256[:SHORT_HASH]}…"))


def _format_size(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB"


def format_evidence(brief: Brief) -> bytes:
    """Return sources, quotes and facts as JSON, in the order of the brief."""
    content = {
        "title": brief.plain(brief.title),
        "date": brief.date.isoformat(),
        "sources": {
            name: _drop_empty(
                author=source.author, title=source.title, publisher=source.publisher, published=source.published, url=source.url
            )
            for name, source in brief.sources.items()
        },
        "quotes": {
            name: _drop_empty(
                source=quote.source, page=quote.page, section=quote.section, table=quote.table, timestamp=quote.timestamp,
                paragraph=quote.paragraph, cells=quote.cell, speaker=quote.speaker, text=quote.text,
            )
            for name, quote in brief.quotes.items()
        },
        "facts": {name: dict(_fact_items(brief, name)) for name in brief.facts},
    }  # fmt: skip
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _drop_empty(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _fact_items(brief: Brief, name: str) -> Iterator[tuple[str, Any]]:
    fact, quantity = brief.facts[name], brief.quantities[name]
    yield "printed", quantity.prose
    spread = quantity.spread
    if quantity.sourced:
        yield "values", brief.values_of(name)
        yield from _drop_empty(why=brief.plain(fact.why) if fact.why else None).items()
    elif spread is None or spread.has_centre:
        yield "value", _value(quantity)
    if spread and not quantity.sourced:
        yield from (("low", spread.low), ("high", spread.high))
    as_of = fact.as_of and fact.as_of.iso
    known = _drop_empty(unit=quantity.unit.name, formula=fact.formula, as_of=as_of, attributed_to=fact.attributed_to)
    yield from known.items()
    yield "bound", quantity.bound
    yield "status", quantity.status
    yield "quotes", list(brief.fact_quotes(name))


def _value(quantity: Quantity) -> float | str:
    return quantity.value.iso if isinstance(quantity.value, PartialDate) else quantity.value


def format_chart_csv(chart: Chart) -> bytes:
    """Return a chart's values, one a row: UTF-8 with a byte order mark, so that spreadsheets read it right."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(chart))
    return target.getvalue().encode("utf-8-sig")


def _rows(chart: Chart) -> Iterable[tuple[Any, ...]]:
    for datum in chart.data():
        known = datum.quantity
        value = (_value(known), known.unit.name, known.bound, known.status) if known else ("", "", "", "")
        item, series, printed = map(_quote_formula, (datum.item, datum.series, datum.printed))
        yield item, series, *value, printed, known.fact if known else ""


def _quote_formula(text: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

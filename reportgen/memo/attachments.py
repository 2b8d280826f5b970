"""What travels inside the memo's file: its evidence as JSON, and the data of each chart that it shows as CSV.

What the brief keeps for those who make it (caveats, talking points, notes, the reasons of silences) is never among it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportgen.brief.model import Brief
from reportgen.charts.base import Chart, Exhibit
from reportgen.pdf.job import Attached
from reportgen.text.numbers import PartialDate, Quantity

SOURCES = "sources.json"
COLUMNS = ("item", "series", "value", "unit", "bound", "status", "printed", "fact")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a cell of words that begins so


def list_attachments(brief: Brief, shown: Mapping[str, Exhibit], with_brief: bool) -> tuple[Attached, ...]:
    """The files that a memo with these exhibits carries."""
    charts = {name: exhibit for name, exhibit in shown.items() if isinstance(exhibit, Chart)}
    files = [
        Attached(SOURCES, format_evidence(brief), "The sources, quotes and facts that the memo rests on", "Source")
    ]
    files += [
        Attached(f"{name}.csv", format_chart_csv(chart), f"The data of the chart: {brief.plain(chart.title)}", "Data")
        for name, chart in charts.items()
    ]
    if with_brief:
        about = "The brief that the memo was made from"
        files.append(Attached("brief.yaml", brief.document.text.encode(), about, "Source"))
    return tuple(files)


def format_evidence(brief: Brief) -> bytes:
    """Sources, quotes and facts as JSON, in the order of the brief."""
    found = {
        "title": brief.plain(brief.title),
        "date": brief.date.isoformat(),
        "sources": {
            name: _given(
                author=source.author, title=source.title, publisher=source.publisher, published=source.published, url=source.url
            )
            for name, source in brief.sources.items()
        },
        "quotes": {
            name: _given(source=quote.source, paragraph=quote.paragraph, speaker=quote.speaker, text=quote.text)
            for name, quote in brief.quotes.items()
        },
        "facts": {name: dict(_fact(brief, name)) for name in brief.facts},
    }  # fmt: skip
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _fact(brief: Brief, name: str) -> Iterator[tuple[str, Any]]:
    """A fact as it prints and as it is known."""
    fact, quantity = brief.facts[name], brief.quantities[name]
    yield "printed", quantity.prose
    yield "value", _value(quantity)
    yield from _given(
        unit=quantity.unit.name,
        formula=fact.formula,
        as_of=fact.as_of and fact.as_of.iso,
        attributed_to=fact.attributed_to,
    ).items()
    yield "bound", quantity.bound
    yield "status", quantity.status
    yield "quotes", list(brief.fact_quotes(name))


def _value(quantity: Quantity) -> float | str:
    return quantity.value.iso if isinstance(quantity.value, PartialDate) else quantity.value


def format_chart_csv(chart: Chart) -> bytes:
    """A chart's values, a row each: UTF-8 with a mark, so that spreadsheets read it as it is."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(chart))
    return target.getvalue().encode("utf-8-sig")


def _rows(chart: Chart) -> Iterable[tuple[Any, ...]]:
    for datum in chart.data():
        known = datum.quantity
        value = ("", "", "", "") if known is None else (_value(known), known.unit.name, known.bound, known.status)
        yield (*map(_words, (datum.item, datum.series)), *value, _words(datum.printed), known.fact if known else "")


def _words(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text

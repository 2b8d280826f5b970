"""The fact sheet of a brief: each fact and quotation that its documents print, where, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportgen.factcheck.sheet.sheet_rows import Count, Excerpt, Row, SheetView
from reportgen.text.inline import WORD_JOINER

if TYPE_CHECKING:
    from reportgen.audit import AuditReport
    from reportgen.audit.audit_report import Place
    from reportgen.brief.model import Brief


def build_brief_sheet(brief: Brief, audits: Sequence[AuditReport], is_checked: bool) -> SheetView:
    """Return the sheet of a brief from what audits found its documents to print.

    `is_checked` says whether the brief's evidence was checked: the sheet must not claim more.
    """
    rows = tuple(_number_rows([*_list_facts(brief, audits, is_checked), *_list_quotations(brief, audits, is_checked)]))
    kinds = dict.fromkeys((row.kind, row.verdict) for row in rows)
    counts = tuple(Count(sum(row.kind == kind for row in rows), kind, verdict.lower()) for kind, verdict in kinds)
    title = brief.plain(brief.title)
    unread = [f"{audit.document}: not read: {note}" for audit in audits for note in audit.unread]
    return SheetView(
        title=f"Fact sheet: {title}",
        heading=title,
        summary=f"{len(rows)} facts and quotations, with their evidence",
        against="Evidence from:",
        says="The documents say",
        counts=counts,
        sources=tuple(dict.fromkeys(source.cited_as for source in brief.sources.values())),
        notes=tuple(unread),
        contradictions=(),
        rows=rows,
        marking=brief.marks.lines,
    )


def _number_rows(rows: Sequence[Row]) -> Iterator[Row]:
    from msgspec.structs import replace

    yield from (replace(row, number=number) for number, row in enumerate(rows, 1))


def _list_facts(brief: Brief, audits: Sequence[AuditReport], is_checked: bool) -> Iterator[Row]:
    """Yield a row for each fact that a document prints, in the order of the brief."""
    printed: dict[str, list[tuple[str, Place, str]]] = {}
    for audit in audits:
        for fact in audit.facts:
            words = fact.printed.replace(WORD_JOINER, "")
            printed.setdefault(fact.fact, []).append((audit.document, fact.place, words))
    for name, model in brief.facts.items():
        if name not in printed:
            continue
        places = printed[name]
        words = " / ".join(dict.fromkeys(text for _, _, text in places if text))
        claim = Excerpt("", words, f" ({name})", _join_places([(document, place) for document, place, _ in places]))
        details: list[str] = [model.status if model.status != "stated" else ""]
        if model.formula:
            details.append(f"computed: {model.formula}")
        kind, verdict = ("computed", "Computed") if model.formula else ("found", "Found")
        if not is_checked:
            kind, verdict = "elsewhere", "Not checked"
        yield Row(0, kind, verdict, claim, _cite(brief, brief.fact_quotes(name)), tuple(filter(None, details)))


def _list_quotations(brief: Brief, audits: Sequence[AuditReport], is_checked: bool) -> Iterator[Row]:
    """Yield a row for each quotation that a document prints."""
    printed: dict[tuple[str, str], list[tuple[str, Place]]] = {}
    for audit in audits:
        for quotation in audit.quotations:
            if quotation.quote:
                printed.setdefault((quotation.words, quotation.quote), []).append((audit.document, quotation.place))
    for (words, quote), places in printed.items():
        kind, verdict = ("found", "Found") if is_checked else ("elsewhere", "Not checked")
        yield Row(0, kind, verdict, Excerpt("“", words, "”", _join_places(places)), _cite(brief, (quote,)), ())


def _cite(brief: Brief, names: Sequence[str]) -> tuple[Excerpt, ...]:
    """Return quotes with their sources and places."""
    found = []
    for name in names:
        quote = brief.quotes[name]
        places = getattr(quote, "place", None) or brief.places(name)
        speaker = f"{quote.speaker}, in " if quote.speaker else ""
        place = ", ".join((f"{speaker}{brief.sources[quote.source].cited_as}", *places))
        words = quote.text if quote.cell else f"“{quote.text}”"
        found.append(Excerpt("", "", words, place))
    return tuple(found)


def _join_places(places: Sequence[tuple[str, Place]]) -> str:
    """Return the pages and slides of several places: "memo, p. 1, 2; deck, slide 3"."""
    by_document: dict[str, dict[str, None]] = {}
    for document, place in places:
        number = place.page or place.slide
        by_document.setdefault(document, {})[str(number) if number else "file"] = None
    return "; ".join(
        f"{document}, {'p.' if document == 'memo' else 'slide' if len(numbers) == 1 else 'slides'} {', '.join(numbers)}"
        for document, numbers in by_document.items()
    )

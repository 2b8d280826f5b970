"""Tables of an article: rows of numbers under years as lines or columns, a column of numbers beside names as bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from reportgen.drafting.articles import Article
from reportgen.drafting.draft_values import Draft, DraftedQuote, name_gap
from reportgen.drafting.readable_ids import make_slug, make_unique
from reportgen.evidence.sources.paragraphs import Paragraph

SEPARATOR = " | "
FEWEST_ROWS, MOST_ROWS, MOST_SERIES, LINE_FROM = 3, 10, 4, 5
MOST_TABLES = 2
LONGEST_LABEL = 40  # letters
_YEAR = re.compile(r"(?:FY ?)?(?:19|20)\d\d(?:[-–/]\d\d)?")
_NUMBER = re.compile(
    r"(?P<sign>[-−–+]?)\s?(?P<money>US\$|[$€£])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<percent>%|percent|per cent)?"
)
_BLANK = re.compile(r"[-–—.…]*|n/?a|\(\$?\s?[\d,.]+\)", re.IGNORECASE)
"""A cell without a number, or with one in brackets, which may be a loss or a note."""
_TOTAL = re.compile(r"\b(?:total|all|overall|sum|world)\b", re.IGNORECASE)


class TableRow(Struct, frozen=True):
    """A row of a table: its paragraph, its label, and the cells beside it."""

    paragraph: Paragraph
    label: str
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
    """Rows that follow each other, with the cells above their numbers."""

    head: tuple[str, ...]
    above: Paragraph
    """The row of the head."""
    rows: tuple[TableRow, ...]


def add_tables(draft: Draft, articles: Sequence[Article], most: int) -> None:
    """Add charts of the tables of articles to a draft, with the quotes and facts of the cells that they draw."""
    added = 0
    for article in articles:
        for table in find_tables(article.text.paragraphs):
            if added < min(most, MOST_TABLES) and draft.topics and (fields := _draw(draft, article, table)):
                name = make_unique(
                    make_slug(table.rows[0].paragraph.sections[-1] if table.rows[0].paragraph.sections else "table", 24)
                    or "table",
                    draft.exhibits,
                )
                name = name if name[0].isalpha() else f"table-{name}"
                draft.exhibits[name] = fields
                min(draft.topics, key=lambda topic: len(topic.exhibits)).exhibits.append(name)
                added += 1


def find_tables(paragraphs: Sequence[Paragraph]) -> Iterator[Table]:
    """Yield the tables of which a head of years or names stands over rows of as many numbers."""
    for is_row, group in groupby(paragraphs, key=lambda paragraph: paragraph.is_row):
        if not is_row:
            continue
        rows = [(paragraph, tuple(cell.strip() for cell in paragraph.text.split(SEPARATOR))) for paragraph in group]
        head: tuple[str, ...] = ()
        body: list[TableRow] = []
        above = rows[0][0]
        for paragraph, cells in rows:
            if _is_head(cells):
                if len(body) >= 2 and head:
                    yield _trim(head, above, body)
                head, above, body = cells, paragraph, []
            elif (
                head
                and all(map(_is_value, cells[1:]))
                and not _is_value(cells[0])
                and len(cells) - 1 in (len(head), len(head) - 1)
            ):
                body.append(TableRow(paragraph, cells[0], cells[1:]))
        if len(body) >= 2 and head:
            yield _trim(head, above, body)


def _is_value(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell) or _BLANK.fullmatch(cell))


def _is_head(cells: Sequence[str]) -> bool:
    """Return whether cells are names of columns: years behind a name or none, or words alone."""
    return all(map(_YEAR.fullmatch, cells[1:])) or not any(map(_is_value, cells))


def _trim(head: tuple[str, ...], above: Paragraph, body: list[TableRow]) -> Table:
    """Return a table whose head stands over the numbers alone."""
    width = len(body[0].cells)
    return Table(head[-width:], above, tuple(row for row in body if len(row.cells) == width))


def _draw(draft: Draft, article: Article, table: Table) -> dict[str, Any] | None:
    """Return a chart of a table; None for one that has neither years over its numbers nor names beside one column of them."""
    rows = [
        row for row in table.rows if 0 < len(row.label) <= LONGEST_LABEL and not re.search(r"[\[\]{}$*_^~]", row.label)
    ]
    if len({row.label for row in rows}) != len(rows):
        return None
    if (
        len(table.head) > 1
        and all(_YEAR.fullmatch(cell) for cell in table.head)
        and rows
        and len(set(table.head)) == len(table.head)
    ):
        kept = [row for row in rows if _unit(row.cells[0]) == _unit(rows[0].cells[0])][:MOST_SERIES]
        series = [{"name": row.label, "values": _add_cells(draft, article, row, row.cells, table)} for row in kept]
        title = name_gap("what the table shows")
        if len(table.head) >= LINE_FROM and all(cell.isdigit() for cell in table.head):
            return {"kind": "line", "title": title, "x": [int(cell) for cell in table.head], "series": series}
        return {"kind": "column", "title": title, "categories": list(table.head), "series": series}
    parts = [row for row in rows if not _TOTAL.search(row.label)][:MOST_ROWS]
    if len(table.head) != 1 or len(parts) < FEWEST_ROWS or len({_unit(row.cells[0]) for row in parts}) != 1:
        return None
    bars = [{"label": row.label, "value": _add_cells(draft, article, row, row.cells[:1], table)[0]} for row in parts]
    return {"kind": "bar", "title": name_gap(f"what the table shows ({table.head[0]})"), "bars": bars}


def _unit(cell: str) -> str:
    found = _NUMBER.fullmatch(cell)
    assert found
    return "%" if found["percent"] else {"$": "US$", None: ""}.get(found["money"], found["money"] or "")


def _add_row(draft: Draft, article: Article, paragraph: Paragraph, base: str) -> str:
    """Add a row as a quote, unless it is one already, and return its id."""
    place: dict[str, Any] = {"page": paragraph.page} if paragraph.page else {"paragraph": paragraph.number}
    if paragraph.table:
        place["table"] = paragraph.table
    fields = {"source": article.id, **place, "text": paragraph.text}
    if known := next((quote.id for quote in draft.quotes if quote.fields == fields), None):
        return known
    name = make_unique(base, {quote.id for quote in (*draft.quotes, *draft.rest)})
    draft.quotes.append(DraftedQuote(name, fields, "a row of a table"))
    return name


def _add_cells(draft: Draft, article: Article, row: TableRow, cells: Sequence[str], table: Table) -> list[str]:
    """Add the quotes of a row and of its table's head, and the facts of the row's cells; return the facts' ids."""
    base = make_slug(row.label, 20)
    base = base if base and base[0].isalpha() else f"row-{base}".rstrip("-")
    quotes = [_add_row(draft, article, row.paragraph, base), _add_row(draft, article, table.above, "table-head")]
    facts = []
    for cell, column in zip(cells, table.head[: len(cells)], strict=True):
        found = _NUMBER.fullmatch(cell)
        assert found
        digits = found["digits"].replace(",", "")
        number = float(digits) * (-1 if found["sign"] in ("-", "−", "–") else 1)
        fields: dict[str, Any] = {"value": int(number) if "." not in digits else number}
        if unit := _unit(cell):
            fields["unit"] = unit
        if "." in digits and digits.endswith("0"):
            fields["precision"] = len(digits.partition(".")[2])
        if re.fullmatch(r"(?:19|20)\d\d", column):
            fields["as_of"] = column
        name = make_unique(f"{base}-{make_slug(column, 8)}".rstrip("-") if column else base, draft.facts)
        draft.facts[name] = fields | {"quote": quotes}
        facts.append(name)
    return facts

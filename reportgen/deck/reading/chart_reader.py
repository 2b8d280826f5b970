"""Reads a chart of a finished deck: its cached names and numbers, its labels as they print, and the workbook behind it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import product
from string import ascii_uppercase
from typing import Any

from lxml import etree
from msgspec import Struct

from reportgen.deck.package import RELATIONS, A, C, R

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
CODE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([#0?][#0?,.]*|General)|(.)', re.IGNORECASE)

Address = tuple[str, str]
"""A cell of a workbook: its sheet, and its place such as "B2"."""


class ReadSeries(Struct, frozen=True):
    """A series: its values by point (None is a gap) and the texts that its labels print ("" without a label).

    `formatted` are the texts that each value would print in the number formats that the file has for it, label or not.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    formatted: tuple[frozenset[str], ...] = ()


class ReadChart(Struct, frozen=True):
    """A chart's data; `texts` are its titles, `disagreements` say where its workbook differs from what it shows."""

    categories: tuple[str, ...]
    series: tuple[ReadSeries, ...]
    texts: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()


def read_chart(part: Any, where: str, name: str, unread: list[str]) -> ReadChart:
    """Read a chart's part; what cannot be read of it is added to `unread`."""
    root = etree.fromstring(part.blob)
    all_series = list(root.iter(f"{C}ser"))
    by_series = (_read_points(series.find(f"{C}cat")) for series in all_series)
    longest = max(by_series, key=lambda points: max(points, default=-1), default={})
    categories = tuple(longest.get(at) or "" for at in range(max(longest, default=-1) + 1))
    cells = _read_workbook(root, part, f"{where}: “{name}”", unread)
    disagreements = dict.fromkeys(_find_disagreements(all_series, cells)) if cells is not None else ()
    texts = tuple(text for title in root.iter(f"{C}title") if (text := _read_rich_text(title)))
    return ReadChart(categories, tuple(map(_read_series, all_series)), texts, tuple(disagreements))


def _read_series(series: Any) -> ReadSeries:
    name = " ".join(_read_points(series.find(f"{C}tx")).values())
    value = series.find(f"{C}val")
    cached = _read_points(value if value is not None else series.find(f"{C}yVal"))
    count_element = next(value.iter(f"{C}ptCount"), None) if value is not None else None
    declared = int(count_element.get("val", 0)) if count_element is not None else 0
    values = [_parse_number(cached.get(at)) for at in range(max([declared, *(at + 1 for at in cached)]))]
    codes = {int(point.get("idx")): code for point in series.iter(f"{C}pt") if (code := point.get("formatCode"))}
    labels = (_format_label(series, at, value, codes.get(at, "General"), name) for at, value in enumerate(values))
    formatted = (_format_value(series, at, value, codes.get(at)) for at, value in enumerate(values))
    return ReadSeries(name, tuple(values), tuple(labels), tuple(formatted))


def _find_label(series: Any, at: int) -> Any | None:
    """Return the point's own label, if it has one."""
    labels = series.iterfind(f"{C}dLbls/{C}dLbl")
    return next((each for each in labels if each.find(f"{C}idx").get("val") == str(at)), None)


def _format_value(series: Any, at: int, value: float | None, code: str | None) -> frozenset[str]:
    label = _find_label(series, at)
    own = label.find(f"{C}numFmt") if label is not None else None
    codes = (code, own.get("formatCode") if own is not None else None)
    return frozenset(apply_number_format(value, each) for each in codes if each and value is not None)


def _read_points(holder: Any) -> dict[int, str]:
    """Return the cached (or literal) points below an element, by index."""
    if holder is None:
        return {}
    found = {int(point.get("idx", 0)): point.findtext(f"{C}v") or "" for point in holder.iter(f"{C}pt")}
    direct = holder.findtext(f"{C}v")
    return found or ({0: direct} if direct else {})


def _parse_number(text: str | None) -> float | None:
    try:
        return float(text) if text not in (None, "") else None
    except ValueError:
        return None


def _format_label(series: Any, at: int, value: float | None, code: str, name: str) -> str:
    """Return the text that the label of a point prints."""
    labels = series.find(f"{C}dLbls")
    if labels is None or value is None:
        return ""
    own = _find_label(series, at)
    if own is not None and (own.find(f"{C}delete") is not None and own.find(f"{C}delete").get("val") != "0"):
        return ""
    if own is not None and (words := _read_rich_text(own)):
        return words
    rules = own if own is not None else labels
    parts = [name] if _is_on(rules, "showSerName") else []
    if _is_on(rules, "showVal"):
        formats = (each.find(f"{C}numFmt") for each in (rules, labels))
        number_format = next((each for each in formats if each is not None), None)
        if number_format is not None and number_format.get("sourceLinked") != "1":
            code = number_format.get("formatCode", code)
        parts.append(apply_number_format(value, code))
    return " ".join(parts)


def _is_on(rules: Any, name: str) -> bool:
    element = rules.find(f"{C}{name}")
    return element is not None and element.get("val", "1") not in ("0", "false")


def _read_rich_text(element: Any) -> str:
    paragraphs = element.iterfind(f"{C}tx/{C}rich//{A}p")
    return " ".join("".join(piece.text or "" for piece in each.iter(f"{A}t")) for each in paragraphs).strip()


def apply_number_format(value: float, code: str) -> str:
    """Return the text of a value in a number format: literals, digits and percent signs; no dates."""
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', code)
    has_own_section = value < 0 and len(sections) > 2
    section = sections[1] if has_own_section else sections[0]
    shown = abs(value) * (100 if "%" in re.sub(r'"[^"]*"|\\.', "", section) else 1)
    parts = []
    has_digits = False
    for literal, escaped, digits, other in CODE.findall(section):
        if digits:
            if not has_digits:
                parts.append(_format_digits(shown, digits))
            has_digits = True
        else:
            parts.append(literal or escaped or other)
    sign = "−" if value < 0 and not has_own_section else ""
    return sign + "".join(parts)


def _format_digits(value: float, pattern: str) -> str:
    if pattern.lower() == "general":
        return f"{value:.10g}"
    whole, _, decimals = pattern.partition(".")
    text = f"{value:{',' if ',' in whole else ''}.{len(decimals)}f}"
    if decimals.endswith("#"):
        required = len(decimals.rstrip("#"))
        head, _, tail = text.partition(".")
        tail = tail[:required] + tail[required:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text


def _read_workbook(root: Any, part: Any, place: str, unread: list[str]) -> Mapping[Address, str] | None:
    """Return the cells of the workbook behind a chart; where there is none to read, report it and return None."""
    reference = root.find(f"{C}externalData")
    if reference is None:
        unread.append(f"{place}: the chart has no workbook")
        return None
    relation = part.rels.get(reference.get(f"{R}id"))
    if relation is None or relation.is_external:
        unread.append(f"{place}: the chart's workbook is in another file")
        return None
    try:
        return dict(_read_cells(relation.target_part.blob))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        unread.append(f"{place}: the chart's workbook is damaged, or of another kind")
        return None


def _read_cells(data: bytes) -> Iterator[tuple[Address, str]]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            items = etree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(f"{S}t")) for item in items]
        relations = etree.fromstring(book.read("xl/_rels/workbook.xml.rels")).iter(f"{RELATIONS}Relationship")
        targets = {each.get("Id"): each.get("Target", "").lstrip("/").removeprefix("xl/") for each in relations}
        for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{S}sheet"):
            content = etree.fromstring(book.read(f"xl/{targets[sheet.get(f'{R}id')]}"))
            for cell in content.iter(f"{S}c"):
                yield (sheet.get("name", ""), cell.get("r", "")), _read_cell(cell, shared)


def _read_cell(cell: Any, shared: list[str]) -> str:
    value = cell.findtext(f"{S}v") or ""
    match cell.get("t"):
        case "s":
            return shared[int(value)]
        case "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{S}t"))
    return value


def _find_disagreements(all_series: list[Any], cells: Mapping[Address, str]) -> Iterator[str]:
    """Yield a message for each name or number that is not the same in the workbook as in the chart."""
    for series in all_series:
        for holder in (series.find(f"{C}{tag}") for tag in ("tx", "cat", "val", "xVal", "yVal")):
            reference = next((each.text or "" for each in holder.iter(f"{C}f")), "") if holder is not None else ""
            shown = _read_points(holder)
            for at, address in enumerate(_list_cells(reference)):
                theirs, ours = cells.get(address, ""), shown.get(at, "")
                if not _is_same(theirs, ours) and (at in shown or theirs):
                    yield f"cell {address[1]} of the workbook has “{theirs}” where the chart shows “{ours}”"


def _list_cells(reference: str) -> list[Address]:
    """Return the cells of a range of one column or one row; none for any other reference."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return []
    sheet = (match[1] or match[2]).replace("''", "'")
    first, row, last, end = match[3], int(match[4]), match[5] or match[3], int(match[6] or match[4])
    if first == last:
        return [(sheet, f"{first}{at}") for at in range(row, end + 1)]
    columns = _list_columns()
    within = columns[columns.index(first) : columns.index(last) + 1] if row == end else ()
    return [(sheet, f"{column}{row}") for column in within]


@cache
def _list_columns() -> list[str]:
    """Return the names of columns in their order: A, B, ... Z, AA, ..."""
    return ["".join(letters) for count in (1, 2, 3) for letters in product(ascii_uppercase, repeat=count)]


def _is_same(theirs: str, ours: str) -> bool:
    left, right = _parse_number(theirs), _parse_number(ours)
    if left is not None and right is not None:
        return abs(left - right) <= 1e-9 * max(1.0, abs(right))
    return " ".join(theirs.split()) == " ".join(ours.split())

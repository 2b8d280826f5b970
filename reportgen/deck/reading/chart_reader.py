"""A chart of a finished deck: its cached names and numbers, the labels as they print, and the workbook behind it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree
from msgspec import Struct

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_CODE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([#0?][#0?,.]*|General)|(.)', re.IGNORECASE)


class ReadSeries(Struct, frozen=True):
    """A series: its values by point (None is a gap) and what its labels print (nothing where there is none).

    `formatted` is what each value would print under the number formats that the file keeps for it, label or not.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    formatted: tuple[frozenset[str], ...] = ()


class ReadChart(Struct, frozen=True):
    """A chart's data; `texts` are titles and other words in it, `disagreements` what its workbook has otherwise."""

    categories: tuple[str, ...]
    series: tuple[ReadSeries, ...]
    texts: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    workbook: bool = False


def read_chart(part: Any, where: str, name: str, unread: list[str]) -> ReadChart:
    """Read a chart part; what of it cannot be read is added to `unread`."""
    root = etree.fromstring(part.blob)
    all_series = list(root.iter(f"{C}ser"))
    categories: tuple[str, ...] = ()
    for series in all_series:
        found = _points(series.find(f"{C}cat"))
        if len(found) > len(categories):
            categories = tuple(found.get(at) or "" for at in range(max(found, default=-1) + 1))
    cells = _workbook(root, part, where, name, unread)
    disagreements = tuple(_disagreements(all_series, cells)) if cells is not None else ()
    texts = tuple(text for title in root.iter(f"{C}title") if (text := _rich(title)))
    return ReadChart(categories, tuple(_series(each) for each in all_series), texts, disagreements, cells is not None)


def _series(series: Any) -> ReadSeries:
    name = " ".join(_points(series.find(f"{C}tx")).values())
    value = series.find(f"{C}val")
    cached = _points(value if value is not None else series.find(f"{C}yVal"))
    count = max([_declared(value), *(at + 1 for at in cached)], default=0)
    codes = {
        int(point.get("idx")): point.get("formatCode", "") for point in series.iter(f"{C}pt") if point.get("formatCode")
    }
    values = tuple(_number(cached.get(at)) for at in range(count))
    labels = tuple(_label(series, at, values[at], codes.get(at, "General"), name) for at in range(count))
    return ReadSeries(
        name, values, labels, tuple(_formatted(series, at, values[at], codes.get(at)) for at in range(count))
    )


def _formatted(series: Any, at: int, value: float | None, code: str | None) -> frozenset[str]:
    labels = series.find(f"{C}dLbls")
    own = (
        []
        if labels is None
        else [each for each in labels.findall(f"{C}dLbl") if each.find(f"{C}idx").get("val") == str(at)]
    )
    formats = [each.find(f"{C}numFmt") for each in own]
    found = [code, *(each.get("formatCode") for each in formats if each is not None)]
    return frozenset(apply_number_format(value, each) for each in found if each and value is not None)


def _declared(value: Any) -> int:
    element = next(value.iter(f"{C}ptCount"), None) if value is not None else None
    return int(element.get("val", 0)) if element is not None else 0


def _points(holder: Any) -> dict[int, str]:
    """The cached (or literal) points below an element, by index."""
    if holder is None:
        return {}
    found = {int(point.get("idx", 0)): point.findtext(f"{C}v") or "" for point in holder.iter(f"{C}pt")}
    direct = holder.findtext(f"{C}v")
    return found or ({0: direct} if direct else {})


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text not in (None, "") else None
    except ValueError:
        return None


def _label(series: Any, at: int, value: float | None, code: str, name: str) -> str:
    """What the label of a point prints."""
    labels = series.find(f"{C}dLbls")
    if labels is None or value is None:
        return ""
    own = next((each for each in labels.findall(f"{C}dLbl") if each.find(f"{C}idx").get("val") == str(at)), None)
    if own is not None and (own.find(f"{C}delete") is not None and own.find(f"{C}delete").get("val") != "0"):
        return ""
    if own is not None and (words := _rich(own)):
        return words
    rules = own if own is not None else labels
    parts = [name] if _on(rules, "showSerName") else []
    if _on(rules, "showVal"):
        format_ = next(
            (each for each in (rules.find(f"{C}numFmt"), labels.find(f"{C}numFmt")) if each is not None), None
        )
        if format_ is not None and format_.get("sourceLinked") != "1":
            code = format_.get("formatCode", code)
        parts.append(apply_number_format(value, code))
    return " ".join(parts)


def _on(rules: Any, name: str) -> bool:
    element = rules.find(f"{C}{name}")
    return element is not None and element.get("val", "1") not in ("0", "false")


def _rich(element: Any) -> str:
    rich = element.find(f"{C}tx/{C}rich")
    if rich is None:
        return ""
    return " ".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{A}t")) for paragraph in rich.iter(f"{A}p")
    ).strip()


def apply_number_format(value: float, code: str) -> str:
    """What a program prints for a value under a number format code: literals, digits, percent; no dates."""
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', code)
    negative = value < 0 and len(sections) > 2
    section = sections[1] if negative else sections[0]
    shown = abs(value) * (100 if "%" in re.sub(r'"[^"]*"|\\.', "", section) else 1)
    parts = []
    placed = False
    for literal, escaped, digits, other in _CODE.findall(section):
        if digits:
            if not placed:
                parts.append(_digits(shown, digits))
            placed = True
        else:
            parts.append(literal or escaped or other)
    sign = "−" if value < 0 and not negative else ""
    return sign + "".join(parts)


def _digits(value: float, pattern: str) -> str:
    if pattern.lower() == "general":
        return f"{value:.10g}"
    whole, _, decimals = pattern.partition(".")
    text = f"{value:{',' if ',' in whole else ''}.{len(decimals)}f}"
    if decimals.endswith("#"):
        kept = len(decimals.rstrip("#"))
        head, _, tail = text.partition(".")
        tail = tail[:kept] + tail[kept:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text


def _workbook(
    root: Any, part: Any, where: str, name: str, unread: list[str]
) -> Mapping[tuple[str, str, int], str] | None:
    """The cells of the workbook behind a chart, by sheet, column and row; None, and said, where there is none to read."""
    reference = root.find(f"{C}externalData")
    place = f"{where}: “{name}”"
    if reference is None:
        unread.append(f"{place}: no workbook stands behind the chart")
        return None
    relation = part.rels.get(reference.get(f"{R}id"))
    if relation is None or relation.is_external:
        unread.append(f"{place}: the chart's workbook is in another file")
        return None
    try:
        return dict(_cells(relation.target_part.blob))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        unread.append(f"{place}: the chart's workbook is damaged, or of another kind")
        return None


def _cells(data: bytes) -> Iterator[tuple[tuple[str, str, int], str]]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            items = etree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(f"{S}t")) for item in items]
        targets = {
            relation.get("Id"): relation.get("Target", "").lstrip("/").removeprefix("xl/")
            for relation in etree.fromstring(book.read("xl/_rels/workbook.xml.rels")).iter(SHEETS)
        }
        for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{S}sheet"):
            content = etree.fromstring(book.read(f"xl/{targets[sheet.get(f'{R}id')]}"))
            for cell in content.iter(f"{S}c"):
                match = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
                if match:
                    yield (sheet.get("name", ""), match[1], int(match[2])), _cell(cell, shared)


def _cell(cell: Any, shared: list[str]) -> str:
    value = cell.findtext(f"{S}v") or ""
    match cell.get("t"):
        case "s":
            return shared[int(value)]
        case "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{S}t"))
    return value


def _disagreements(all_series: list[Any], cells: Mapping[tuple[str, str, int], str]) -> Iterator[str]:
    """Where the workbook has another name or number than the chart shows."""
    told: set[str] = set()
    for series in all_series:
        for tag in ("tx", "cat", "val", "xVal", "yVal"):
            holder = series.find(f"{C}{tag}")
            reference = next((each.text or "" for each in holder.iter(f"{C}f")), "") if holder is not None else ""
            shown = _points(holder)
            for at, address in enumerate(_addresses(reference)):
                theirs, ours = cells.get(address, ""), shown.get(at, "")
                if not _same(theirs, ours) and (at in shown or theirs):
                    message = (
                        f"cell {address[1]}{address[2]} of the workbook has “{theirs}” where the chart shows “{ours}”"
                    )
                    if message not in told:
                        told.add(message)
                        yield message


def _addresses(reference: str) -> list[tuple[str, str, int]]:
    """The cells of a range that is one column or one row; none for any other reference."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return []
    sheet = (match[1] or match[2]).replace("''", "'")
    first, row, last, end = match[3], int(match[4]), match[5] or match[3], int(match[6] or match[4])
    if first == last:
        return [(sheet, first, at) for at in range(row, end + 1)]
    columns = range(_column(first), _column(last) + 1) if row == end else ()
    return [(sheet, _letters(column), row) for column in columns]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _same(theirs: str, ours: str) -> bool:
    left, right = _number(theirs), _number(ours)
    if left is not None and right is not None:
        return abs(left - right) <= 1e-9 * max(1.0, abs(right))
    return " ".join(theirs.split()) == " ".join(ours.split())

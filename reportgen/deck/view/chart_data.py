"""Reads the data of a chart: its cached names and numbers, its labels as they print, and the workbook behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from io import BytesIO
from string import ascii_uppercase
from zipfile import BadZipFile, ZipFile

from lxml import etree

from reportgen.deck.package import A, C, R
from reportgen.deck.view.open_package import LARGEST, Package, measure_unpacked
from reportgen.deck.view.view_values import Point, Series
from reportgen.deck.xml_lookup import Element, find, get_attribute, get_int

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELL = r"\$?([A-Z]{1,3})\$?(\d{1,7})"
REFERENCE = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!]+))!{CELL}(?::{CELL})?")
CODE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([#0?][#0?,.]*|General)|(.)', re.IGNORECASE)

Address = tuple[str, int, int]
"""A cell of a workbook: its sheet, row and column, which count from 1."""


def read_categories(root: Element) -> dict[int, str]:
    """Return the names of the categories, or the first numbers of points, by their positions, from the series that reaches furthest."""
    holders = ((series.find(f"{C}cat"), series.find(f"{C}xVal")) for series in root.iter(f"{C}ser"))
    by_series = [_read_points(names if names is not None else numbers) for names, numbers in holders]
    return dict(sorted(max(by_series, key=lambda points: max(points, default=-1), default={}).items()))


def read_series(series: Element) -> Series:
    value = series.find(f"{C}val")
    cached = _read_points(value if value is not None else series.find(f"{C}yVal"))
    codes = {get_int(point, "idx"): code for point in series.iter(f"{C}pt") if (code := point.get("formatCode"))}
    own = {get_int(each.find(f"{C}idx"), "val", -1): each for each in series.iterfind(f"{C}dLbls/{C}dLbl")}
    points = {}
    for at, text in cached.items():
        if (number := _parse_number(text)) is not None:
            label = _format_label(series, own.get(at), number, codes.get(at, "General"))
            used = (codes.get(at, ""), get_attribute(find(own.get(at), f"{C}numFmt"), "formatCode"))
            formatted = frozenset(apply_number_format(number, code) for code in used if code)
            points[at] = Point(number, label, formatted)
    return Series(read_series_name(series), points)


def read_series_name(series: Element) -> str:
    return " ".join(text for value in series.findall(f"{C}tx//{C}v") if (text := value.text))


def read_rich_text(element: Element) -> str:
    """Return the words that a title or a label has of its own."""
    paragraphs = element.iterfind(f"{C}tx/{C}rich//{A}p")
    return " ".join("".join(piece.text or "" for piece in each.iter(f"{A}t")) for each in paragraphs).strip()


def is_true(parent: Element, name: str) -> bool:
    """Return True if the child element is there and is not set to false."""
    element = parent.find(f"{C}{name}")
    return element is not None and element.get("val", "1") not in ("0", "false")


def read_value(parent: Element | None, name: str, default: str = "") -> str:
    """Return the value of a child element, such as an index or a position."""
    return get_attribute(find(parent, f"{C}{name}"), "val", default)


def _read_points(holder: Element | None) -> dict[int, str]:
    """Return the cached (or literal) points below an element by their positions: those that there are, not as many as it claims."""
    if holder is None:
        return {}
    found = {get_int(point, "idx"): point.findtext(f"{C}v") or "" for point in holder.iter(f"{C}pt")}
    direct = holder.findtext(f"{C}v")
    return found or ({0: direct} if direct else {})


def _parse_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _format_label(series: Element, own: Element | None, value: float, code: str) -> str:
    """Return the text that the label of a point prints; `own` is the label that only this point has."""
    labels = series.find(f"{C}dLbls")
    if labels is None or (own is not None and is_true(own, "delete")):
        return ""
    if own is not None and (words := read_rich_text(own)):
        return words
    rules = labels if own is None else own
    parts = [read_series_name(series)] if is_true(rules, "showSerName") else []
    if is_true(rules, "showVal"):
        number_format = rules.find(f"{C}numFmt")
        if number_format is None:
            number_format = labels.find(f"{C}numFmt")
        if get_attribute(number_format, "sourceLinked") != "1":
            code = get_attribute(number_format, "formatCode", code)
        parts.append(apply_number_format(value, code))
    return " ".join(parts)


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
    optional = len(decimals) - len(decimals.rstrip("#"))
    required = text[: len(text) - optional]
    return (required + text[len(required) :].rstrip("0")).rstrip(".")


def find_disagreements(root: Element, part: str, package: Package) -> Iterator[str]:
    """Yield a message for each name or number of a chart that its workbook has otherwise.

    Raises
    ------
    LookupError
        when there is no workbook to read; it says why.
    """
    reference = root.find(f"{C}externalData")
    if reference is None:
        raise LookupError("the chart has no workbook")
    try:
        workbook = package.follow(part, reference.get(f"{R}id", ""))
    except LookupError:
        raise LookupError("the chart's workbook is in another file") from None
    try:
        cells = dict(_read_cells(package.archive.read(workbook)))
    except (BadZipFile, LookupError, ValueError, etree.XMLSyntaxError):
        raise LookupError("the chart's workbook is damaged, or of another kind") from None
    tags = [f"{C}{name}" for name in ("tx", "cat", "val", "xVal", "yVal")]
    for holder in (each for series in root.iter(f"{C}ser") for each in series.iterchildren(*tags)):
        shown = _read_points(holder)
        for at, address in _list_cells(next((each.text or "" for each in holder.iter(f"{C}f")), ""), shown, cells):
            theirs, ours = cells.get(address, ""), shown.get(at, "")
            if not _is_same(theirs, ours):
                cell = f"{_name_column(address[2])}{address[1]}"
                yield f"cell {cell} of the workbook has “{theirs}” where the chart shows “{ours}”"


def _read_cells(data: bytes) -> Iterator[tuple[Address, str]]:
    with ZipFile(BytesIO(data)) as archive:
        if measure_unpacked(archive) > LARGEST:
            raise ValueError("too large")
        book = Package(archive)
        main = book.require_related("", "officeDocument")
        items = book.parse(book.find_related(main, "sharedStrings"))
        shared = ["".join(text.text or "" for text in item.iter(f"{S}t")) for item in items.iter(f"{S}si")]
        for sheet in book.parse(main).iter(f"{S}sheet"):
            for cell in book.parse(book.follow(main, sheet.get(f"{R}id", ""))).iter(f"{S}c"):
                if place := re.fullmatch(CELL, cell.get("r", "")):
                    yield (sheet.get("name", ""), int(place[2]), _number_column(place[1])), _read_cell(cell, shared)


def _read_cell(cell: Element, shared: list[str]) -> str:
    value = cell.findtext(f"{S}v") or ""
    match cell.get("t"):
        case "s":
            return shared[int(value)]
        case "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{S}t"))
    return value


def _list_cells(
    reference: str, shown: Mapping[int, str], cells: Mapping[Address, str]
) -> Iterator[tuple[int, Address]]:
    """Yield the position and the address of each cell in a range of one column or one row that the chart or the workbook fills."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return
    sheet = (match[1] or match[2]).replace("''", "'")
    top, left = int(match[4]), _number_column(match[3])
    bottom, right = int(match[6] or top), _number_column(match[5] or match[3])
    if top != bottom and left != right:
        return
    filled = {
        row - top + column - left
        for name, row, column in cells
        if name == sheet and top <= row <= bottom and left <= column <= right
    }
    for at in sorted(filled | shown.keys()):
        if 0 <= at <= bottom - top + right - left:
            yield at, (sheet, top, left + at) if top == bottom else (sheet, top + at, left)


def _number_column(letters: str) -> int:
    return reduce(lambda number, letter: number * 26 + ascii_uppercase.index(letter) + 1, letters, 0)


def _name_column(number: int) -> str:
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = ascii_uppercase[letter] + name
    return name


def _is_same(theirs: str, ours: str) -> bool:
    left, right = _parse_number(theirs), _parse_number(ours)
    if left is not None and right is not None:
        return abs(left - right) <= 1e-9 * max(1.0, abs(right))
    return " ".join(theirs.split()) == " ".join(ours.split())

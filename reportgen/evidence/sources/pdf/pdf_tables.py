"""Tables of a PDF's page: its lines stand in rows and columns, of which the file itself says nothing.

A row is a line of cells beside each other, most of them numbers, with a label before them. Rows that follow each other and
have their cells in the same columns are a table. The lines above it whose cells stand over its columns are its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from msgspec import Struct

from reportgen.evidence.sources.pdf.pdf_lines import Line

LABEL_WORDS = 12  # a label has at most so many words: a longer line is running text
HEAD_LINES = 6  # a table's head has at most so many lines
ROW_GAP = 4.5  # between two rows of a table, at most so many times the type size
LINE_GAP = 1.9  # between two lines of a head
_NOTHING = re.compile(r"[-–—.…†‡#*]+|\(?(?:n/?a\.?|[bdnsxz]|nil|ref\.)\)?", re.IGNORECASE)
_VALUE = re.compile(r"[^\w\s]*\d[^A-Za-z]*(?:[A-Za-z%°]{1,3}\b[^A-Za-z]*)?")
_LEADERS = re.compile(r"(?:\s*\.){4,}\s*$")
_UNFINISHED = re.compile(r"(?:[/&,–-]|\b(?:and|or|of|the|in|for|with|to))$")

Row = tuple[Line, ...]
"""The cells of a row from left to right, its label first."""


class Table(Struct, frozen=True):
    """Rows of cells as text, and the lines that they were made of."""

    rows: tuple[tuple[str, ...], ...]
    lines: frozenset[Line]


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """Return the tables among the lines of one page, from top to bottom."""
    baselines = _group_by_baseline(lines)
    found: list[Row] = [row for cells in baselines for row in _find_rows(cells)]
    return [_build_table(rows, baselines) for rows in _group_rows(found) if _is_table(rows)]


def _group_by_baseline(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines beside each other, each group from left to right and the groups from the top."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if groups and abs(groups[-1][0].baseline - line.baseline) <= 0.4 * min(groups[-1][0].size, line.size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.x0) for group in groups]


def _find_rows(cells: Sequence[Line]) -> Iterator[Row]:
    """Yield each run of values on a line, with the label before it."""
    start = 0
    while start < len(cells):
        if not _is_value(cells[start].text):
            start += 1
            continue
        end = start
        while end < len(cells) and (_is_value(cells[end].text) or _is_blank(cells[end].text)):
            end += 1
        while start > 0 and _is_blank(cells[start - 1].text):
            start -= 1
        label = cells[start - 1] if start > 0 else None
        if label is not None and _count_words(label) <= LABEL_WORDS:
            yield (label, *cells[start:end])
        elif end - start > 1:
            yield tuple(cells[start:end])
        start = end


def _is_value(text: str) -> bool:
    words = text.split()
    return len(words) <= 6 and bool(_VALUE.fullmatch(text.strip()))


def _is_blank(text: str) -> bool:
    return bool(_NOTHING.fullmatch(text.strip()))


def _group_rows(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows that follow each other with values in the same columns."""
    groups: list[list[Row]] = []
    for row in rows:
        for group in reversed(groups):
            last = group[-1]
            gap = last[0].baseline - row[0].baseline
            if 0 < gap <= ROW_GAP * row[-1].size and _share_column(last, row):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def _share_column(first: Row, second: Row) -> bool:
    ours, theirs = _values(first), _values(second)
    return any(a.x0 < b.x1 and b.x0 < a.x1 for a in ours for b in theirs)


def _values(row: Row) -> Row:
    return tuple(cell for cell in row if _is_value(cell.text) or _is_blank(cell.text))


def _is_table(rows: Sequence[Row]) -> bool:
    """Return whether rows are a table: no table of contents, no numbers that stand beside each other by chance."""
    if all(_LEADERS.search(row[0].text) and len(_values(row)) == 1 for row in rows):
        return False
    widths = [len(_values(row)) for row in rows]
    if max(widths) == 1:
        gaps = [row[1].x0 - row[0].x1 > row[0].size for row in rows if len(row) > 1]
        return len(rows) >= 3 and all(gaps) and median(_count_words(row[0]) for row in rows) <= LABEL_WORDS / 2
    return len(rows) > 1 or widths[0] > 2


def _build_table(found: Sequence[Row], baselines: Sequence[Sequence[Line]]) -> Table:
    rows = _drop_strangers(found)
    used = {cell for row in rows for cell in row}
    left, right = min(cell.x0 for cell in used), max(cell.x1 for cell in used)
    first, last = rows[0][0].baseline, rows[-1][0].baseline
    inside = [
        [line for line in group if line not in used and line.x1 > left - 1 and line.x0 < right + 1]
        for group in baselines
    ]
    parts: list[tuple[float, list[Line], list[str]]] = [
        (row[0].baseline, list(row), [_trim(cell.text) for cell in row]) for row in rows
    ]
    for group in inside:
        if group and last < group[0].baseline < first and not any(_is_prose(line) for line in group):
            _add_words(parts, group)
            used |= set(group)
    head = _find_head(rows, inside, first)
    used |= set(head)
    texts = [tuple(cells) for _, _, cells in sorted(parts, key=lambda part: -part[0])]
    return Table((*_head_row(head, rows), *texts), frozenset(used))


def _drop_strangers(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without labels that stand apart from the others: words of the column beside the table."""
    labels = [row[0] for row in rows if not _values(row[:1])]
    if len(labels) < 3:
        return list(rows)
    middle = sorted(labels, key=lambda label: label.x0)[len(labels) // 2]
    kept = []
    for row in rows:
        is_strange = row[0] in labels and (row[0].x1 < middle.x0 or row[0].x0 > middle.x1 + row[0].size)
        kept.append(row[1:] if is_strange and len(row) > 1 else row)
    return kept


def _trim(text: str) -> str:
    return _LEADERS.sub("", text).strip()


def _is_prose(line: Line) -> bool:
    return _count_words(line) > LABEL_WORDS


def _count_words(line: Line) -> int:
    return len(_trim(line.text).split())


def _add_words(parts: list[tuple[float, list[Line], list[str]]], group: list[Line]) -> None:
    """Add words that stand between two rows: the rest of a label that is broken, cells beside a row, or a row of their own."""
    baseline, size = group[0].baseline, group[0].size
    above = min((part for part in parts if part[0] >= baseline), key=lambda part: part[0], default=None)
    below = max((part for part in parts if part[0] < baseline), key=lambda part: part[0], default=None)
    words = " ".join(line.text for line in group)

    def is_under(part: tuple[float, list[Line], list[str]]) -> bool:
        return len(group) == 1 and group[0].x0 < part[1][0].x1 and part[1][0].x0 - size < group[0].x0

    if above and above[0] - baseline <= 0.4 * size:  # words after the values
        cells = sorted([*above[1], *group], key=lambda line: line.x0)
        above[1][:], above[2][:] = cells, [_trim(line.text) for line in cells]
    elif (
        above
        and is_under(above)
        and above[0] - baseline < 1.5 * size
        and (_UNFINISHED.search(above[2][0]) or words[:1].islower())
    ):
        above[2][0] += (" " if not above[2][0].endswith("/") else "") + words
    elif (
        below
        and is_under(below)
        and baseline - below[0] < 1.5 * size
        and (_UNFINISHED.search(words) or below[2][0][:1].islower())
    ):
        below[2][0] = words + (" " if not words.endswith("/") else "") + below[2][0]
    else:
        parts.append((baseline, group, [line.text for line in group]))


def _find_head(rows: Sequence[Row], inside: Sequence[Sequence[Line]], first: float) -> list[Line]:
    """Return the lines of a table's head: over its columns, close above each other, and no running text."""
    head: list[Line] = []
    floor, columns = first, [cell for row in rows for cell in row[1:]]
    for group in sorted((group for group in inside if group), key=lambda group: group[0].baseline):
        baseline = group[0].baseline
        if baseline <= first or len({line.baseline for line in head}) >= HEAD_LINES:
            continue
        limit = LINE_GAP * group[0].size * (1.3 if not head else 1)
        over = [line for line in group if any(line.x0 < cell.x1 and cell.x0 < line.x1 for cell in columns)]
        wide = any(_is_prose(line) or re.match(r"(?:table|figure|exhibit)\s+\w*\d", line.text, re.I) for line in group)
        if baseline - floor > limit or wide or not over:
            break
        head += group
        floor = baseline
    return head


def _head_row(head: Sequence[Line], rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the head as one row: the words over each column, from top to bottom."""
    if not head:
        return
    model = max(rows, key=len)
    words: list[list[str]] = [[] for _ in model]
    for line in sorted(head, key=lambda line: (-line.baseline, line.x0)):
        nearest = min(range(len(model)), key=lambda index: _distance(model[index], line))
        words[nearest].append(line.text)
    yield tuple(" ".join(parts) for parts in words)


def _distance(cell: Line, line: Line) -> float:
    return max(cell.x0 - line.x1, line.x0 - cell.x1, abs((cell.x0 + cell.x1 - line.x0 - line.x1) / 2) / 1000)

"""The number labels of a native chart: those that a number format prints, and those that must be text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.charts.scene import NativeChart
from reportgen.deck.charts.stacks import Segment

CODE = re.compile(
    r'(?:"(?P<before>(?:[^"]|"")*)")?(?P<digits>#,##0|0)(?P<decimals>\.0+)?(?:"(?P<after>(?:[^"]|"")*)")?'
)


def find_text_labels(chart: NativeChart, segments: Iterable[Segment]) -> dict[tuple[int, int], str]:
    """Return by (series, point) the labels that must be text because no number format prints them.

    Those are labels with other words than their number, and labels of narrow segments, which have number and name on
    two lines.
    """
    found = {(each.series, each.category): each.words for each in segments if "\n" in each.words}
    for index, series in enumerate(chart.series):
        for at, point in enumerate(series.points):
            if point.label is None or point.value is None or (index, at) in found:
                continue
            if point.label != format_as_excel(point.value, point.format_code):
                found[index, at] = point.label
    return found


def format_as_excel(value: float, code: str) -> str | None:
    """Return the text that Excel prints for a value under one of our format codes; None for a code of another form."""
    if found := re.fullmatch(r'"((?:[^"]|"")*)"', code):
        return found[1].replace('""', '"')
    match = CODE.fullmatch(code)
    if not match:
        return None
    grouped = "," if "," in match["digits"] else ""
    digits = f"{abs(value):{grouped}.{len(match['decimals'] or '.') - 1}f}"
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    return sign + (match["before"] or "").replace('""', '"') + digits + (match["after"] or "").replace('""', '"')

"""The audit of a native chart: names, numbers, labels and the workbook behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from reportgen.audit.align import Region, align
from reportgen.audit.audit_report import Number, Origin, Place, PrintedFact, ReportBuilder
from reportgen.audit.comparison import compare
from reportgen.audit.origins import Origins
from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.view.chart_data import apply_number_format
from reportgen.deck.view.view_values import Chart, Series


def audit_chart(
    ours: NativeChart | None, theirs: Chart, place: Place, origins: Origins, report: ReportBuilder, exhibit: str = ""
) -> None:
    """Compare a file's chart with ours; where there is none, every name, number and label must be the brief's.

    `exhibit` is the id of the exhibit that ours draws.
    """
    audit = _ChartAudit(place, origins, report, exhibit, ours.categories if ours else ())
    series = ours.series if ours else ()
    categories = ours.restore_names(theirs.categories) if ours else theirs.categories
    audit.compare_names("category", ours.categories if ours else (), categories)
    audit.compare_names("series", [each.name for each in series], dict(enumerate(each.name for each in theirs.series)))
    for at, found in enumerate(theirs.series):
        audit.compare_series(series[at] if at < len(series) else None, found, categories)
    for mine, text in zip_longest(ours.titles if ours else (), theirs.titles, fillvalue=""):
        audit.compare_text(mine, text, place.part("title"))
    for message in theirs.disagreements:
        report.add("disagreement", message, place)


class _ChartAudit:
    def __init__(
        self, place: Place, origins: Origins, report: ReportBuilder, exhibit: str, categories: Sequence[str]
    ) -> None:
        self.place, self.origins, self.report, self.exhibit, self.categories = (
            place,
            origins,
            report,
            exhibit,
            categories,
        )

    def find_path(self, text: str) -> str:
        """Return the path of the chart's words."""
        places = self.report.places
        return places.find_label(self.exhibit, text) if self.exhibit and places else ""

    def find_value_path(self, value: float | None, series: str, at: int) -> str:
        """Return the path of a drawn number."""
        places = self.report.places
        if not self.exhibit or not places or value is None:
            return ""
        return places.find_value(self.exhibit, value, series, *self.categories[at : at + 1])

    def compare_text(self, ours: str, theirs: str, place: Place, path: str = "") -> None:
        expected = [Region.drawn(ours, path or self.find_path(ours))] if ours else []
        compare(expected, [Region(theirs, place)], self.origins, self.report, place)

    def compare_names(self, kind: str, ours: Iterable[str], theirs: Mapping[int, str]) -> None:
        expected = dict(enumerate(ours))
        for at in sorted(expected.keys() | theirs.keys()):
            self.compare_text(expected.get(at, ""), theirs.get(at, ""), self.place.part(f"{kind} {at + 1}"))

    def compare_series(self, ours: NativeSeries | None, theirs: Series, categories: Mapping[int, str]) -> None:
        expected = dict(enumerate(ours.points if ours else ()))
        for at in sorted(expected.keys() | theirs.points.keys()):
            point, found = expected.get(at), theirs.points.get(at)
            place = self.place.part(f"“{theirs.name}” at “{categories.get(at, at + 1)}”")
            path = self.find_value_path(point.value if point else None, ours.name if ours else "", at)
            self._compare_value(point, found.value if found else None, ours is None, place, path)
            label, printed_label = (point.label or "") if point else "", found.label if found else ""
            self.compare_text(label, printed_label, place.part("label"), path)
            if point and point.value is not None and found:
                printed = apply_number_format(point.value, point.format_code)
                for text in sorted(found.formatted):
                    self._compare_format(printed, text, place, path)

    def _compare_value(
        self, point: NativePoint | None, value: float | None, is_foreign: bool, place: Place, path: str
    ) -> None:
        """Compare a drawn number: with the point's in a chart of ours, with the brief's numbers in any other."""
        expected = point.value if point else None
        is_same = value == expected or _is_close(expected, value)
        before, after = ("nothing" if each is None else f"{each:g}" for each in (expected, value))
        origin: Origin = "unknown"
        fact = ""
        if value is not None:
            origin, fact = self.origins.origin_of_value(value)
            if not is_foreign and is_same and origin == "unknown":
                origin, fact = "structural", "drawing"  # the base that a floating bar stands on
            self.report.numbers.append(Number(after, place, origin, fact))
        if expected is not None and (known := self.origins.origin_of_value(expected))[0] == "fact":
            self.report.facts.append(PrintedFact(known[1], place, before, "" if value is None else after))
        if is_foreign and value is not None and origin == "unknown":
            self.report.add("number", f"the value {after} is not in the brief", place, after=after)
        elif not is_foreign and not is_same:
            message = f"the value {before} has become {after}"
            self.report.add("number", message, place, path=path, before=before, after=after)

    def _compare_format(self, ours: str, theirs: str, place: Place, path: str) -> None:
        """Compare what a number format prints: no label shows it now, but one would after any edit of the chart."""
        if align([Region(ours)], [Region(theirs, place)]).changes:
            message = f"the number format prints “{theirs}” where the brief has “{ours}”"
            self.report.add("number", message, place, path=path, before=ours, after=theirs)


def _is_close(ours: float | None, theirs: float | None) -> bool:
    return ours is not None and theirs is not None and abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))

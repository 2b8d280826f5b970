"""A native chart of a file beside the one that the brief compiles to: names, numbers, labels, and the workbook behind."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.audit.align import Region, align, drawn
from reportgen.audit.audit_report import Draft, Number, Origin, Place, PrintedFact
from reportgen.audit.judge import judge
from reportgen.audit.origins import Origins
from reportgen.charts.scene import NativeChart, NativePoint, NativeSeries
from reportgen.deck.reading.chart_reader import ReadChart, ReadSeries, apply_number_format


def audit_chart(ours: NativeChart | None, theirs: ReadChart, place: Place, origins: Origins, draft: Draft) -> None:
    """Without a chart of ours every name, number and label must be the brief's."""
    _each(ours.categories if ours else (), theirs.categories, place, "category", origins, draft)
    _each(
        [series.name for series in ours.series] if ours else (),
        [series.name for series in theirs.series],
        place,
        "series",
        origins,
        draft,
    )
    for at, series in enumerate(theirs.series):
        known = ours.series[at] if ours and at < len(ours.series) else None
        _series(known, series, theirs.categories, place, origins, draft)
    for text in theirs.texts:
        _one("", text, _part(place, "title"), origins, draft)
    for message in theirs.disagreements:
        draft.finding("disagreement", message, place)


def _each(ours: Sequence[str], theirs: Sequence[str], place: Place, name: str, origins: Origins, draft: Draft) -> None:
    for at in range(max(len(ours), len(theirs))):
        expected, found = ours[at] if at < len(ours) else "", theirs[at] if at < len(theirs) else ""
        _one(expected, found, _part(place, f"{name} {at + 1}"), origins, draft)


def _series(
    ours: NativeSeries | None,
    theirs: ReadSeries,
    categories: Sequence[str],
    place: Place,
    origins: Origins,
    draft: Draft,
) -> None:
    points = ours.points if ours else ()
    for at in range(max(len(points), len(theirs.values))):
        point = points[at] if at < len(points) else None
        value = theirs.values[at] if at < len(theirs.values) else None
        where = _part(place, f"“{theirs.name}” at “{categories[at] if at < len(categories) else at + 1}”")
        _value(point, value, ours is None, where, origins, draft)
        label = (point.label or "") if point else ""
        found = theirs.labels[at] if at < len(theirs.labels) else ""
        _one(label, found, _part(where, "label"), origins, draft)
        if point and point.value is not None and at < len(theirs.formatted):
            for text in sorted(theirs.formatted[at]):
                _formatted(apply_number_format(point.value, point.format_code), text, where, draft)


def _value(
    point: NativePoint | None, value: float | None, foreign: bool, where: Place, origins: Origins, draft: Draft
) -> None:
    """A drawn number: of a chart of ours it must be the point's, of any other a number of the brief."""
    origin: Origin = "unknown"
    fact = ""
    if value is not None:
        origin, fact = origins.value(value)
    expected = point.value if point else None
    same = value == expected or _close(expected, value)
    if not foreign and same and origin == "unknown":
        origin, fact = "structural", "drawing"  # the foot that a floating bar stands on
    if value is not None:
        draft.numbers.append(Number(f"{value:g}", where, origin, fact))
    if expected is not None and (known := origins.value(expected))[0] == "fact":
        draft.facts.append(PrintedFact(known[1], where, f"{expected:g}", "" if value is None else f"{value:g}"))
    before = "nothing" if expected is None else f"{expected:g}"
    after = "nothing" if value is None else f"{value:g}"
    if foreign and value is not None and origin == "unknown":
        draft.finding("number", f"the value {after} is not in the brief", where, after=after)
    elif not foreign and not same:
        draft.finding("number", f"the value {before} has become {after}", where, before=before, after=after)


def _formatted(ours: str, theirs: str, place: Place, draft: Draft) -> None:
    """A number format that no label shows now, but would as soon as someone touches the chart."""
    if align([Region(ours, Place())], [Region(theirs, place)]).changes:
        message = f"the number format prints “{theirs}” where the brief has “{ours}”"
        draft.finding("number", message, place, before=ours, after=theirs)


def _close(ours: float | None, theirs: float | None) -> bool:
    return ours is not None and theirs is not None and abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))


def _one(ours: str, theirs: str, place: Place, origins: Origins, draft: Draft) -> None:
    judge(align([drawn(ours)] if ours else [], [Region(theirs, place)]), origins, draft, place)


def _part(place: Place, part: str) -> Place:
    return Place(place.page, place.slide, f"{place.shape}, {part}")

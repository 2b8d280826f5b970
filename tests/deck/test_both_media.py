"""One chart in two media: memo and slide say the same, in the same order and colors, about everyday tables."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reportgen.charts.scene import SceneLine, SceneRect, SceneText
from reportgen.charts.style import Style
from reportgen.deck.charts.chart_labels import require_room
from reportgen.deck.charts.excel_format import format_as_excel
from reportgen.deck.charts.number_labels import draw_axis
from reportgen.deck.charts.plot_layout import plot_chart
from reportgen.system.errors import FitError
from tests.charts.samples import BRAND, MEASURE, collisions, make, refused

STYLE = Style.memo(BRAND)
FRAME = 860.0, 330.0
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"]
ORDERED = {
    "months": MONTHS,
    "quarters": [f"Q{quarter} {year}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4)],
    "fiscal years": [f"FY{year}" for year in range(2010, 2021)],
    "school years": [f"{year}–{(year + 1) % 100:02}" for year in range(2010, 2021)],
    "ISO weeks": [f"2020-W{week:02}" for week in range(1, 14)],
    "ISO months": [f"2020-{month:02}" for month in range(1, 13)],
    "age groups": ["0–14", "15–24", "25–44", "45–64", "65+"],
    "answers": ["Strongly agree", "Agree", "Disagree", "Strongly disagree"],
    "countries": ["Saudi Arabia", "India", "Egypt", "Australia", "China", "Algeria"],
}
NUMBERS = [37, 4, 88, 12.5, 61, 9, 45, 71, 23, 5, 90, 34, 18]


def words_of(native) -> list[str]:
    return [point.label for series in native.series for point in series.points if point.label]


@pytest.mark.parametrize("kind", ["bar", "column"])
@pytest.mark.parametrize("labels", ORDERED.values(), ids=list(ORDERED))
def test_the_order_is_the_writers_and_both_media_print_the_same(labels, kind) -> None:
    rows = [{"label": label, "value": number} for label, number in zip(labels, NUMBERS, strict=False)]
    chart = make({"kind": kind, "unit": "US$ billion", "bars": rows, "highlight": labels[2]})
    native, scene = chart.native(*FRAME, BRAND), chart.scene(MEASURE, STYLE)
    require_room(native, *FRAME, BRAND)
    assert collisions(scene) == []
    assert list(native.categories) == labels
    drawn = [item for item in scene.items if isinstance(item, SceneRect)]
    assert [rect.name for rect in drawn] == words_of(native)
    assert [rect.role for rect in drawn] == [point.role for point in native.series[0].points]
    places = [rect.y if kind == "bar" else rect.x for rect in drawn]
    assert places == sorted(places)
    names = {" ".join(item.text.split()) for item in scene.items if isinstance(item, SceneText)}
    assert set(labels) <= names
    assert len({label.partition(".")[2] != "" for label in words_of(native)}) == 1, "decimals are alike"


def test_lines_have_the_same_names_colors_axis_and_dashes_in_both_media() -> None:
    series = [
        {"name": "Korea", "values": [3, 4, 6, 9], "highlight": True},
        {"name": "Japan", "values": [8, 7, 5, 5]},
        {"name": "China", "values": [5, 5.5, 7, 8]},
    ]
    chart = make({"kind": "line", "unit": "%", "x": ["2019-01", "2019-04", "2020-01", "2020-02"], "series": series})
    native, scene = chart.native(*FRAME, BRAND), chart.scene(MEASURE, STYLE)
    printed = set(scene.texts)
    assert {label.replace("\u00a0\u00a0", " ") for label in words_of(native)} <= printed
    assert {format_as_excel(tick, native.axis_code) for tick in (native.minimum, native.maximum)} <= printed
    strokes = [item for item in scene.items if isinstance(item, SceneLine) and item.weight > 1]
    assert {line.role for line in strokes} == {series.role for series in native.series}
    assert {item.weight > 1.5 for item in strokes if item.role == "signal"} == {True}


def test_columns_without_room_for_labels_have_an_axis_in_both_media() -> None:
    years = [str(year) for year in range(1981, 2021)]
    rows = [{"name": name, "values": [1000.0 * (n + 7) for n in range(40)]} for name in ("Goods", "Services")]
    chart = make({"kind": "column", "unit": "US$ million", "categories": years, "series": rows})
    scene, native = chart.scene(MEASURE, STYLE), chart.native(*FRAME, BRAND)
    assert collisions(scene) == []
    with pytest.raises(FitError):
        require_room(native, *FRAME, BRAND)
    eased = draw_axis(native)
    require_room(eased, *FRAME, BRAND)
    assert eased.legend
    ticks = [format_as_excel(tick, eased.axis_code) for tick in (eased.minimum, eased.step, eased.maximum)]
    assert set(ticks) <= set(scene.texts)
    every = plot_chart(eased, *FRAME, BRAND).plot.every
    assert every > 1
    assert all(int(after) - int(before) == every for before, after in pairwise(years[::every]))


@pytest.mark.parametrize("values", [[0, 0, 0], [-3, -5, -1], [7], [0.001, 2e9, 1]])
@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_odd_numbers_are_drawn_in_both_media(values, kind) -> None:
    labels = [str(2000 + n) for n in range(len(values))]
    if kind == "line":
        labels, values = [*labels, "2010"], [*values, None]
        keys = {"x": labels, "series": [{"name": "A", "values": values}]}
    else:
        keys = {"bars": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]}
    chart = make({"kind": kind, "unit": "cases", **keys})
    assert collisions(chart.scene(MEASURE, STYLE)) == []
    require_room(chart.native(*FRAME, BRAND), *FRAME, BRAND)


def test_words_for_numbers_and_far_too_many_values_are_reported() -> None:
    assert 'no fact "about ten"' in refused({"kind": "bar", "bars": [{"label": "A", "value": "about ten"}]})
    many = [{"label": f"Bar {n}", "value": n} for n in range(10_000)]
    assert "10000 bars are too many" in refused({"kind": "column", "bars": many})


def test_two_series_of_columns_have_a_key_in_both_media_and_no_names_over_their_neighbors() -> None:
    series = [{"name": "More than 220 meters", "values": [90, 310]}, {"name": "Shorter", "values": [320, 290]}]
    chart = make({"kind": "column", "categories": ["2015", "2025"], "series": series})
    native = chart.native(*FRAME, BRAND)
    assert native.legend
    assert words_of(native) == ["90", "310", "320", "290"]
    assert {each["name"] for each in series} <= set(chart.scene(MEASURE, STYLE).texts)
    bars = make({"kind": "bar", "categories": ["2015", "2025"], "series": series}).native(*FRAME, BRAND)
    assert not bars.legend
    assert words_of(bars)[0] == "90\u00a0\u00a0More than 220 meters"

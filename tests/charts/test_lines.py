"""Lines: even steps, names at the ends, gaps and forecasts visible."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings, strategies as st

from reportgen.charts.scene import SceneDot, SceneLine
from reportgen.charts.style import Style
from reportgen.system.errors import FitError
from tests.charts.samples import ADAPTER, BRAND, LINES, MEASURE, SIDE, collisions, make, refused, texts

STYLE = Style.memo(BRAND)


def strokes(scene, role):
    return [item for item in scene.items if isinstance(item, SceneLine) and item.role == role and item.weight > 1]


def test_each_line_is_named_where_it_ends_and_the_point_made_is_in_the_signal() -> None:
    scene = make(LINES).scene(MEASURE, STYLE)
    names = {text.text: text for text in texts(scene)}
    assert names["Korea 2.5%"].role == "signal"
    assert names["Japan −4.1%"].role == "secondary"


def test_a_gap_interrupts_the_line_unless_it_is_bridged() -> None:
    gap = strokes(make(LINES).scene(MEASURE, STYLE), "signal")
    assert len(gap) == 2
    assert gap[0].x2 != gap[1].x1
    bridged = strokes(make(LINES, gaps="bridge").scene(MEASURE, STYLE), "signal")
    assert len(bridged) == 3
    assert make(LINES, gaps="bridge").native(1, 1, BRAND).gaps == "bridge"


def test_a_forecast_is_reached_by_a_dashed_line() -> None:
    assert [line.dashed for line in strokes(make(LINES).scene(MEASURE, STYLE), "signal")] == [False, True]
    assert [line.dashed for line in strokes(make(LINES, forecast_from="2019").scene(MEASURE, STYLE), "quiet")] == [
        False,
        False,
        True,
        True,
    ]
    assert [point.texture for point in make(LINES, forecast_from="2019").native(1, 1, BRAND).series[1].points][-2:] == [
        "open",
        "open",
    ]


def test_the_note_says_what_dashed_lines_are() -> None:
    assert make(LINES).open_note == "Dashed: forecasts."
    assert make(LINES, series=[{"name": "A", "values": [1, 2, 3, 4, 5]}], annotations=[]).open_note == ""


def test_values_are_true_to_scale() -> None:
    japan = strokes(make(LINES).scene(MEASURE, STYLE), "quiet")
    rise, fall = japan[0].y1 - japan[0].y2, japan[3].y2 - japan[3].y1
    assert fall / rise == pytest.approx(3.7 / 0.9)


def test_the_native_chart_labels_the_last_points_and_the_annotated_one() -> None:
    native = make(LINES).native(600, 300, BRAND)
    korea = native.series[0].points
    assert native.categories == ("2016", "2017", "2018", "2019", "2020")
    assert [point.label for point in korea if point.label] == [
        "The last year before the pandemic\u00a0\u00a02.2%",
        "Korea\u00a0\u00a02.5%",
    ]
    assert korea[2].value is None
    assert korea[4].format_code == '"Korea\u00a0\u00a0"#,##0.0"%"'
    assert native.minimum <= -4.1
    assert native.maximum >= 3.2
    assert native.step


def test_the_alternative_text_says_every_number_and_what_is_forecast() -> None:
    text = make(LINES).describe()
    assert text.startswith(
        "Line chart. Korea: 2016, 2.9 percent; 2017, 3.2 percent; 2018, no figure; 2019, 2.2 percent"
    )
    assert "2.5 percent (forecast)" in text
    assert "−4.1 percent" in text
    assert make(LINES, forecast_from="2019").describe().endswith("Values from 2019 on are forecasts.")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 40).flatmap(
        lambda n: st.lists(
            st.lists(st.floats(-1e3, 1e3).map(lambda v: round(v, 1)), min_size=n, max_size=n), min_size=1, max_size=5
        )
    ),
    st.text("abcdefgh ", min_size=1, max_size=30).filter(str.strip),
    st.lists(st.integers(0, 39), max_size=3, unique=True),
)
def test_names_numbers_and_remarks_never_meet(table: list[list[float]], name: str, remarks: list[int]) -> None:
    x = [1980 + n for n in range(len(table[0]))]
    series = [{"name": f"{n}{name}", "values": values} for n, values in enumerate(table)]
    notes = [{"at": str(x[at % len(x)]), "text": f"A remark on {name}"} for at in remarks]
    chart = make({"kind": "line", "unit": "%", "x": x, "series": series, "annotations": notes})
    try:
        scene = chart.scene(MEASURE, STYLE)
    except FitError:  # more remarks than there is room for over one chart
        assume(not remarks)
        raise
    assert [found for found in collisions(scene) if "line through" not in found] == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"x": [2016, 2017]}, 'series "Korea" has 5 values for 2 x'),
        ({"x": [2016, 2017, 2018, 2019, 2025]}, '"Korea" has no value at 2018, and the dates are uneven (leave that'),
        (
            {"x": ["2016-01-01", "2016-01-02", "2018-07-19", "2019-01-02", "2025-01-01"], "annotations": []},
            "x goes over 3288 days (give months",
        ),
        ({"x": [2020, 2019, 2018, 2017, 2016]}, "x must be in order of time"),
        (
            {"series": [{"name": "A", "values": [None, None, None, None, None]}], "annotations": []},
            'series "A" has no values',
        ),
        ({"series": []}, "at least 1 item"),
        ({"forecast_from": "2021"}, 'forecast_from "2021" is not in the drawing'),
        ({"annotations": [{"at": "2018", "text": "none"}]}, '"Korea" has no value at 2018'),
        ({"highlight": "Korean"}, 'did you mean "Korea"?'),
    ],
)
def test_what_cannot_be_drawn_is_refused(more: dict, message: str) -> None:
    assert message in refused(LINES, **more)


def test_the_axis_is_labelled_in_the_briefs_language() -> None:
    keys = {"kind": "line", "title": "T", "subtitle": "S", "unit": "US$ billion", "x": ["A", "B"]}
    chart = ADAPTER.validate_python(
        keys | {"series": [{"name": "S", "values": [10, 40]}]}, context={"fact": {}, "language": "ko"}
    )
    assert "400억\u00a0달러" in chart.scene(MEASURE, STYLE).texts


def test_months_and_days_are_even_though_they_differ_in_length() -> None:
    values = [{"name": "A", "values": [1, 2, 3, 4]}]
    assert make({"kind": "line", "x": ["2020-01", "2020-02", "2020-03", "2020-04"], "series": values})
    assert make({"kind": "line", "x": ["Q1", "Q2", "Q3", "Q4"], "series": values})


UNEVEN = [
    (["1990", "2000", "2010", "2015", "2020"], [0, 2, 4, 5, 6], "1990"),
    (["2020-01", "2020-02", "2020-06", "2021-01"], [0, 1, 5, 12], "Jan\u00a02020"),
    (["2020-03-31", "2020-06-30", "2020-12-31"], [0, 1, 3], "Mar\u00a02020"),
    (["2026-01-05", "2026-01-12", "2026-02-02"], [0, 1, 4], "Jan\u00a05,\u00a02026"),
]


@pytest.mark.parametrize(("x", "places", "first"), UNEVEN)
def test_uneven_dates_stand_true_to_scale_in_both_media(x, places, first) -> None:
    chart = make({"kind": "line", "x": x, "series": [{"name": "A", "values": [*range(1, len(x) + 1)]}]})
    drawn = strokes(chart.scene(MEASURE, STYLE), "accent")
    xs = [drawn[0].x1, *(line.x2 for line in drawn)]
    assert [(each - xs[0]) / (xs[-1] - xs[0]) for each in xs] == pytest.approx([at / places[-1] for at in places])
    native = chart.native(600, 300, BRAND)
    values = [point.value for point in native.series[0].points]
    assert [at for at, value in enumerate(values) if value is not None] == places
    assert native.gaps == "bridge"
    assert native.categories[0] == first
    assert first in chart.scene(MEASURE, STYLE).texts
    assert not collisions(chart.scene(SIDE, STYLE))


def test_dates_are_written_in_the_briefs_language() -> None:
    keys = {
        "kind": "line",
        "title": "T",
        "x": ["2020-01", "2020-02", "2020-03"],
        "series": [{"name": "S", "values": [1, 4, 2]}],
    }
    chart = ADAPTER.validate_python(keys, context={"fact": {}, "language": "ko"})
    assert "2020년\u00a01월" in chart.scene(MEASURE, STYLE).texts
    assert chart.native(600, 300, BRAND).categories[0] == "2020년\u00a01월"


def test_many_lines_are_all_named_and_a_point_alone_is_drawn() -> None:
    series = [{"name": f"Country {n}", "values": [n, n * 1.5, n + 2]} for n in range(1, 13)]
    series[3]["highlight"] = True
    series[5]["values"] = [None, 4, None]
    scene = make({"kind": "line", "x": [2018, 2019, 2020], "series": series}).scene(MEASURE, STYLE)
    assert not collisions(scene)
    assert {f"Country {n}" for n in range(1, 13)} <= {" ".join(text.split()[:2]) for text in scene.texts}
    assert len(strokes(scene, "signal")) == 2
    assert any(isinstance(item, SceneDot) for item in scene.items)


def test_the_first_and_last_labels_of_the_axis_stay_in_the_drawing() -> None:
    x = ["Before the first agreement", *(str(year) for year in range(2001, 2009)), "After the last agreement"]
    chart = make({"kind": "line", "x": x, "series": [{"name": "A", "values": [*range(10)]}]})
    for width in (SIDE, MEASURE):
        scene = chart.scene(width, STYLE)
        assert collisions(scene) == []
        assert x[-1] in [" ".join(text.text.split()) for text in texts(scene)]


def test_names_that_leave_no_room_for_the_lines_are_refused_with_a_hint() -> None:
    chart = make({"kind": "line", "x": ["a", "b"], "series": [{"name": "Inter" * 30, "values": [1, 2]}]})
    with pytest.raises(FitError, match="shorten the longest"):
        chart.scene(SIDE, STYLE)


def test_a_reference_level_is_drawn_across_and_named_in_both_media() -> None:
    chart = make(LINES, references=[{"label": "Target", "value": 2}], forecast_from="2019")
    scene = chart.scene(MEASURE, STYLE)
    assert not collisions(scene)
    level = strokes(scene, "ink")
    assert level
    assert {line.y1 for line in level} == {line.y2 for line in level}
    assert not any(line.dashed for line in level)
    assert "Target 2.0%" in scene.texts
    drawn = chart.native(600, 300, BRAND).series[-1]
    assert {point.value for point in drawn.points} == {2}
    assert drawn.points[-1].label == "Target\u00a0\u00a02.0%"
    assert "Target: 2.0 percent." in chart.describe()
    assert [datum.item for datum in chart.data()].count("Target") == 1
    assert 'two series are called "Japan"' in refused(LINES, references=[{"label": "Japan", "value": 2}])

"""Ranges and parts of a whole: ends labelled, the rest worked out with its bound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.charts.scene import SceneDot
from reportgen.charts.style import Style
from tests.charts.samples import BRAND, MEASURE, RANGES, SHARE, SIDE, collisions, make, rects, refused, texts

STYLE = Style.memo(BRAND)
NAMES = st.text("abcdefg hij", min_size=1, max_size=40).map(str.strip).filter(bool)


def test_a_range_reaches_from_its_low_to_its_high_value() -> None:
    scene = make(RANGES).scene(MEASURE, STYLE)
    japan, korea = rects(scene)
    assert japan.width / korea.width == pytest.approx(3.6)
    assert [text.text for text in texts(scene)] == ["Japan", "0.4%", "4.0%", "Korea", "2.1%", "3.1%"]


def test_a_native_range_floats_on_a_hidden_base_with_both_ends_labelled() -> None:
    base, shown, after = make(RANGES).native(600, 300, BRAND).series
    assert base.hidden
    assert after.hidden
    assert not shown.hidden
    assert [point.value for point in base.points] == [0.4, 2.1]
    assert [point.value for point in shown.points] == pytest.approx([3.6, 1.0])
    assert [point.label for point in base.points] == ["0.4%", "2.1%"]
    assert [point.format_code for point in after.points] == ['"4.0%"', '"3.1%"']


def test_a_native_range_below_zero_tells_its_ends_with_its_name() -> None:
    chart = make(
        {
            "kind": "range",
            "unit": "%",
            "ranges": [{"label": "A", "low": -2, "high": 1}, {"label": "B", "low": -3, "high": -1}],
        }
    )
    native = chart.native(600, 300, BRAND)
    assert native.categories == ("A (−2% to 1%)", "B (−3% to −1%)")
    base, below, above, _ = native.series
    assert [point.value for point in base.points] == [0, -1]
    assert [point.value for point in below.points] == [-2, -2]
    assert [point.value for point in above.points] == [1, 0]


def test_an_uncertain_end_leaves_the_range_open() -> None:
    chart = make({"kind": "range", "ranges": [{"label": "SMA", "low": "sma-now", "high": "sma-ask"}]})
    assert rects(chart.scene(MEASURE, STYLE))[0].texture == "open"
    assert chart.describe() == "Range chart. SMA, from a little less than $1 billion to $5 billion."


def test_a_fact_that_is_a_range_is_a_row_by_itself() -> None:
    chart = make({"kind": "range", "ranges": [{"label": "Port", "value": "port"}]})
    assert [text.text for text in texts(chart.scene(MEASURE, STYLE))] == ["Port", "$3\u00a0bn", "$5\u00a0bn"]
    assert chart.describe() == "Range chart. Port, from $3 billion to $5 billion."
    assert chart.native(600, 300, BRAND).categories == ("Port",)


def test_a_dot_marks_the_value_between_the_ends() -> None:
    chart = make({"kind": "range", "ranges": [{"label": "Ice", "value": "flow"}]})
    dots = [item for item in chart.scene(MEASURE, STYLE).items if isinstance(item, SceneDot)]
    assert sorted(dot.x for dot in dots)[1] == next(dot.x for dot in dots if dot.role == "ink")
    assert [datum.printed for datum in chart.data()] == ["39\u00a0Gt", "42\u00a0Gt", "45\u00a0Gt"]
    assert chart.describe() == "Range chart. Ice, 42 Gt, from 39 Gt to 45 Gt."
    assert chart.native(600, 300, BRAND).categories == ("Ice (42\u00a0Gt)",)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"label": "A", "value": "exports"}, "is no range"),
        ({"label": "A", "value": "port", "low": 1}, "not both"),
        ({"label": "A", "low": 1}, "needs `low` and `high`"),
    ],
)
def test_a_row_without_two_ends_is_refused(row, says) -> None:
    assert says in refused({"kind": "range", "ranges": [row]})


def test_other_charts_label_the_middle_with_the_range() -> None:
    bar = make({"kind": "bar", "bars": [{"label": "Port", "value": "port"}, {"label": "SMA", "value": "sma-ask"}]})
    port, sma = rects(bar.scene(MEASURE, STYLE))
    assert (port.width / sma.width, port.texture, port.name) == (pytest.approx(0.8), "open", "$3–5\u00a0bn")
    point = bar.native(600, 300, BRAND).series[0].points[0]
    assert (point.value, point.label, point.format_code) == (4, "$3–5\u00a0bn", '"$3–5\u00a0bn"')


def test_the_rest_of_a_range_is_a_range() -> None:
    parts = [{"label": "Cut", "value": "drop"}]
    rest = make({"kind": "share", "title": "T", "unit": "%", "parts": parts, "rest": "Other"}).drawn[1][1]
    assert rest.short == "≈55% (40–60%)"


def test_a_large_number_leaves_its_interval_to_the_label() -> None:
    exhibit = make(
        {"kind": "number", "figures": [{"value": "drop", "label": "less"}, {"value": "flow", "label": "lost"}]}
    )
    printed = [
        (figure.number.replace("\u00a0", " "), figure.label.replace("\u00a0", " ")) for figure in exhibit.figures()
    ]
    assert printed == [("about 45 percent", "less (40–60 percent, interquartile range)"), ("42 ± 3 Gt", "lost")]


def test_the_rest_is_worked_out_with_the_bound_that_follows() -> None:
    chart = make(SHARE)
    samsung, rest = rects(chart.scene(MEASURE, STYLE))
    assert (samsung.name, rest.name) == ("<15%", ">85%")
    assert (samsung.texture, rest.texture) == ("open", "open")
    assert samsung.width / rest.width == pytest.approx(15 / 85)
    assert "All others, a little more than 85 percent." in chart.describe()


@pytest.mark.parametrize(
    ("bounds", "rest"),
    [
        (["exactly", "exactly"], "60%"),
        (["less than", "exactly"], ">60%"),
        (["more than", "exactly"], "<60%"),
        (["less than", "more than"], "≈60%"),
        (["about", "exactly"], "≈60%"),
        (["at most", "less than"], ">60%"),
    ],
)
def test_bounds_of_several_parts_are_carried_to_the_rest(bounds: list[str], rest: str) -> None:
    from msgspec.structs import replace

    from reportgen.charts.amounts import compute_remainder
    from reportgen.text.numbers import Quantity, Unit

    parts = [replace(Quantity(20.0, Unit("%")), bound=bound) for bound in bounds]
    assert compute_remainder(100, parts).short == rest


def test_a_native_share_has_the_same_parts_in_the_same_order() -> None:
    native = make(SHARE).native(600, 200, BRAND)
    assert [series.name for series in native.series] == ["Samsung", "All others"]
    assert [series.points[0].value for series in native.series] == [15, 85]
    assert native.maximum == 100
    assert native.series[0].points[0].label == "<15%\u00a0\u00a0Samsung"


def test_parts_may_be_counted() -> None:
    chart = make(
        {"kind": "share", "unit": "seats", "parts": [{"label": "A", "value": 180}, {"label": "B", "value": 120}]}
    )
    assert chart.subtitle_line == "Seats"
    assert chart.native(1, 1, BRAND).maximum == 300


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, st.floats(0.1, 100).map(lambda v: round(v, 1))),
        min_size=1,
        max_size=6,
        unique_by=lambda pair: pair[0],
    ),
    st.sampled_from([MEASURE, SIDE]),
)
def test_names_of_parts_never_meet(parts: list[tuple[str, float]], width: float) -> None:
    chart = make(
        {"kind": "share", "unit": "seats", "parts": [{"label": label, "value": value} for label, value in parts]}
    )
    assert collisions(chart.scene(width, STYLE)) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, st.floats(-100, 100), st.floats(0, 100)), min_size=1, max_size=12, unique_by=lambda row: row[0]
    ),
    st.sampled_from([MEASURE, SIDE]),
    st.booleans(),
)
def test_labels_of_ranges_never_meet(rows: list[tuple[str, float, float]], width: float, headed: bool) -> None:
    ranges = [{"label": label, "low": round(low, 1), "high": round(low + size, 1)} for label, low, size in rows]
    heads = {"low_title": "Lowest estimate", "high_title": "Highest estimate"} if headed else {}
    chart = make({"kind": "range", "unit": "%", "ranges": ranges}, **heads)
    found = [
        item for item in collisions(chart.scene(width, STYLE)) if "line through" not in item
    ]  # the zero line passes behind
    assert found == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({**RANGES, "ranges": []}, "at least 1 item"),
        ({**RANGES, "ranges": [{"label": "A", "low": 3, "high": 2}]}, '"A" ends before it begins: 3% to 2%'),
        ({**SHARE, "parts": [{"label": "A", "value": -1}]}, 'the part "A" is negative'),
        ({**SHARE, "rest": None, "unit": "%"}, "the parts are 15 together, of 100 percent (name what is left with `rest:`)"),
        ({**SHARE, "unit": "%", "parts": [{"label": "A", "value": 60}, {"label": "B", "value": 50}]}, "the parts are 110 together, more than the whole of 100 percent"),
        ({**SHARE, "unit": "%", "parts": [{"label": "A", "value": 0}]}, "there is no data to draw"),
        ({**SHARE, "unit": "%", "parts": [{"label": str(n), "value": 1} for n in range(7)]}, "8 parts are too many"),
        ({**SHARE, "rest": "Samsung"}, 'two parts are called "Samsung"'),
        ({**SHARE, "highlight": "Samson"}, 'did you mean "Samsung"?'),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(keys: dict, message: str) -> None:
    assert message in refused(keys)

"""Bars and columns: true lengths, right order, nothing over anything else."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from reportgen.charts.scene import SceneLine
from reportgen.charts.style import Style
from reportgen.system.errors import FitError
from tests.charts.samples import ASK, BRAND, COLUMNS, MEASURE, SIDE, collisions, make, rects, refused, texts

STYLE = Style.memo(BRAND)
WORDS = st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=12), min_size=1, max_size=9).map(" ".join)
VALUES = st.one_of(st.floats(-1e6, 1e6), st.sampled_from([0.0, 1e-9, 5.0, -1e-9, 1e12])).map(
    lambda value: round(value, 3)
)


def bars(*values: float, **more):
    return make({"kind": "bar", "bars": [{"label": f"B{n}", "value": value} for n, value in enumerate(values)]}, **more)


def test_lengths_are_true_to_scale_from_one_baseline() -> None:
    drawn = rects(bars(4, 2, 1).scene(MEASURE, STYLE))
    assert [round(rect.width / drawn[2].width, 6) for rect in drawn] == [4, 2, 1]
    assert len({rect.x for rect in drawn}) == 1


def test_negative_bars_end_where_positive_ones_begin() -> None:
    plus, minus = rects(bars(4, -2).scene(MEASURE, STYLE))
    assert minus.x + minus.width == pytest.approx(plus.x)
    assert plus.width == pytest.approx(2 * minus.width)


@pytest.mark.parametrize(
    ("order", "drawn"), [(None, [0, 1, 2]), ("given", [0, 1, 2]), ("descending", [1, 2, 0]), ("ascending", [0, 2, 1])]
)
def test_bars_stand_as_given_and_are_sorted_by_value_on_request(order, drawn) -> None:
    for kind in ("bar", "column"):
        chart = bars(1, 3, 2, kind=kind, **({"order": order} if order else {}))
        names = [f"B{number}" for number in drawn]
        assert [category.label for category in chart.grid.categories] == names
        assert list(chart.native(600, 300, BRAND).categories) == names


def test_no_label_sorts_its_bars() -> None:
    labels = ["Under 18", "18–34", "35–64", "65 and over"]
    chart = make(
        {"kind": "column", "bars": [{"label": x, "value": n} for x, n in zip(labels, (9, 31, 40, 20), strict=True)]}
    )
    assert [category.label for category in chart.grid.categories] == labels


def test_an_uncertain_value_is_drawn_open_and_labelled_with_its_bound() -> None:
    chart = make(ASK)
    now, ask = rects(chart.scene(MEASURE, STYLE))
    assert (now.texture, ask.texture) == ("open", "solid")
    assert (now.role, ask.role) == ("quiet", "signal")
    assert "<$1\u00a0bn" in [text.text for text in texts(chart.scene(MEASURE, STYLE))]


def test_the_native_chart_has_the_same_order_labels_and_colours() -> None:
    chart = make(ASK)
    native = chart.native(600, 300, BRAND)
    assert native.categories == ("Seoul’s contribution", "U.S. opening demand (reported)")
    points = native.series[0].points
    assert [(point.value, point.label, point.role, point.texture) for point in points] == [
        (1.0, "<$1\u00a0bn", "quiet", "open"),
        (5.0, "$5\u00a0bn", "signal", "solid"),
    ]
    assert points[0].format_code == '"<$"#,##0"\u00a0bn"'


@pytest.mark.parametrize("kind", ["bar", "column"])
@pytest.mark.parametrize("arrangement", ["grouped", "stacked", "percent"])
def test_native_and_drawn_show_the_same_values_in_the_same_order(kind: str, arrangement: str) -> None:
    chart = make(COLUMNS, kind=kind, arrangement=arrangement)
    native = chart.native(600, 300, BRAND)
    drawn = [text.text for text in texts(chart.scene(MEASURE, STYLE))]
    for label in native.categories:
        assert label in drawn
    for series in native.series:
        for point in series.points:
            if point.label:
                assert any(point.label.split("\u00a0\u00a0")[0] in text for text in drawn)
    assert len(rects(chart.scene(MEASURE, STYLE))) >= 5


def test_stacked_parts_follow_one_another() -> None:
    first, second = rects(make(COLUMNS, kind="bar", arrangement="stacked").scene(MEASURE, STYLE))[:2]
    assert second.x == pytest.approx(first.x + first.width)
    assert second.width / first.width == pytest.approx(98 / 142)


def test_a_label_too_wide_for_its_part_stands_behind_the_bar_with_its_name() -> None:
    series = [{"name": "Large", "values": [99]}, {"name": "Small", "values": [1]}]
    scene = make({"kind": "bar", "unit": "%", "arrangement": "stacked", "categories": ["A"], "series": series}).scene(
        MEASURE, STYLE
    )
    assert "Small 1%" in [text.text for text in texts(scene)]
    assert not collisions(scene)


def test_two_series_are_named_beside_their_bars_and_more_have_a_key() -> None:
    two = make(COLUMNS, kind="bar").native(600, 300, BRAND)
    assert not two.legend
    assert two.series[0].points[0].label == "$142\u00a0bn\u00a0\u00a0Exports"
    assert two.series[0].points[0].format_code == '"$"#,##0"\u00a0bn\u00a0\u00a0Exports"'
    more = [*COLUMNS["series"], {"name": "Other", "values": [1, 2, 3]}]
    assert make(COLUMNS, kind="bar", series=more).native(600, 300, BRAND).legend


def test_a_bar_of_nothing_is_no_bar() -> None:
    assert [rect.name for rect in rects(bars(0, 1).scene(MEASURE, STYLE))] == ["1"]


def test_a_tiny_value_still_shows() -> None:
    assert min(rect.width for rect in rects(bars(1e6, 1e-3).scene(MEASURE, STYLE))) >= 0.5


def test_typed_numbers_show_equally_many_decimals() -> None:
    assert [value.short for value in bars(3, 2.5, unit="%").grid.values] == ["3.0%", "2.5%"]


def test_twenty_columns_have_an_axis_in_place_of_labels() -> None:
    chart = make(
        {
            "kind": "column",
            "unit": "US$ billion",
            "subtitle": "Sales",
            "bars": [{"label": str(2000 + n), "value": 100 + n} for n in range(20)],
        }
    )
    scene = chart.scene(MEASURE, STYLE)
    assert "$100\u00a0bn" in [text.text for text in texts(scene)]
    assert "$119\u00a0bn" not in [text.text for text in texts(scene)]
    assert not collisions(scene)


def test_many_labels_are_numbers_alone_where_the_line_above_names_the_unit() -> None:
    keys = {
        "kind": "column",
        "unit": "US$ billion",
        "bars": [{"label": str(2000 + n), "value": 100 + n} for n in range(12)],
    }
    printed = [text.text for text in texts(make(keys).scene(MEASURE, STYLE))]
    assert "111" in printed
    assert [point.label for point in make(keys).native(600, 300, BRAND).series[0].points] == [
        str(100 + n) for n in range(12)
    ]
    assert "$111 billion" in make(keys).describe()
    few = make(keys, bars=keys["bars"][:3])
    assert "$102\u00a0bn" in [text.text for text in texts(few.scene(MEASURE, STYLE))]


def test_columns_whose_words_would_be_broken_are_refused_with_a_way_out() -> None:
    chart = make({"kind": "column", "bars": [{"label": f"Internationalization {n}", "value": 1} for n in range(12)]})
    with pytest.raises(FitError, match="too narrow for their labels") as caught:
        chart.scene(MEASURE, STYLE)
    assert caught.value.diagnostics[0].hint == "use `kind: bar`, or shorter labels"


def test_an_annotation_stands_beside_its_bar_and_over_its_column() -> None:
    remark = [{"at": "U.S. opening demand", "text": "more than five times as much"}]
    for kind in ("bar", "column"):
        scene = make(ASK, kind=kind, annotations=remark).scene(MEASURE, STYLE)
        assert "more than five times as much" in [text.text for text in texts(scene)]
        assert not collisions(scene)


def test_the_alternative_text_says_every_number_in_words() -> None:
    assert make(ASK).describe() == (
        "Bar chart. Seoul’s contribution, a little less than $1 billion; U.S. opening demand (reported), $5 billion."
    )
    assert make(COLUMNS).describe() == (
        "Column chart. Exports: 2017, $142 billion; 2018, $162 billion; 2019, $136 billion. "
        "Imports: 2017, $98 billion; 2018, no figure; 2019, $107 billion."
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(WORDS, VALUES), min_size=1, max_size=20, unique_by=lambda pair: pair[0]),
    st.sampled_from([MEASURE, SIDE]),
)
def test_no_label_ever_meets_anything(pairs: list[tuple[str, float]], width: float) -> None:
    chart = make(
        {"kind": "bar", "unit": "US$ billion", "bars": [{"label": label, "value": value} for label, value in pairs]}
    )
    assert collisions(chart.scene(width, STYLE)) == []


@example([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], "column", "stacked")  # zeros on the highest column
@example([[0.0], [0.0]], "column", "stacked")
@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(
            st.lists(st.floats(0, 1e4).map(lambda v: round(v, 1)), min_size=n, max_size=n), min_size=1, max_size=5
        )
    ),
    st.sampled_from(["bar", "column"]),
    st.sampled_from(["grouped", "stacked", "percent"]),
)
def test_no_label_of_several_series_ever_meets_anything(table: list[list[float]], kind: str, arrangement: str) -> None:
    series = [{"name": f"Series number {n}", "values": values} for n, values in enumerate(table)]
    keys = {
        "kind": kind,
        "unit": "seats",
        "arrangement": arrangement,
        "categories": [f"Year {n}" for n in range(len(table[0]))],
    }
    chart = make(keys, series=series)
    assert collisions(chart.scene(MEASURE, STYLE)) == []


def test_the_baseline_is_at_zero() -> None:
    scene = bars(4, -2).scene(MEASURE, STYLE)
    baseline = next(item for item in scene.items if isinstance(item, SceneLine))
    assert baseline.x1 == pytest.approx(rects(scene)[0].x)


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_negative_parts_are_stacked_from_the_other_side_of_zero(kind) -> None:
    series = [
        {"name": "Taxes", "values": [80, 90]},
        {"name": "Benefits", "values": [-60, -120]},
        {"name": "Interest", "values": [20, 10]},
    ]
    chart = make({"kind": kind, "arrangement": "stacked", "categories": ["2019", "2020"], "series": series})
    scene = chart.scene(MEASURE, STYLE)
    assert collisions(scene) == []
    sizes = {
        rect.name: (rect.x, rect.x + rect.width) if kind == "bar" else (-rect.y - rect.height, -rect.y)
        for rect in rects(scene)
    }
    zero = sizes["80"][0]
    assert sizes["20"][0] == pytest.approx(sizes["80"][1])
    assert sizes["−60"][1] == pytest.approx(zero)
    assert sizes["−120"][1] - sizes["−120"][0] == pytest.approx(2 * (sizes["−60"][1] - sizes["−60"][0]))
    native = chart.native(600, 300, BRAND)
    assert [point.value for point in native.series[1].points] == [-60, -120]
    assert native.minimum is None


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"kind": "bar"}, "there is no data to draw"),
        ({**ASK, "bars": []}, "there is no data to draw"),
        ({**COLUMNS, "bars": ASK["bars"]}, "there are bars and series"),
        ({**COLUMNS, "series": [{"name": "A", "values": [None, None, None]}]}, "there is no data to draw"),
        ({**COLUMNS, "series": [{"name": "A", "values": [1, 2]}]}, 'series "A" has 2 values for 3 categories'),
        ({**ASK, "highlight": "Soul"}, 'highlight "Soul" is not in the drawing'),
        ({**ASK, "highlight": "U.S. opening demands"}, 'did you mean "U.S. opening demand"?'),
        ({**ASK, "annotations": [{"at": "x", "text": "y"}]}, 'annotation at "x" is not in the drawing'),
        ({**ASK, "bars": [*ASK["bars"], ASK["bars"][0]]}, 'two bars are called "Seoul’s contribution"'),
        ({**ASK, "unit": "%"}, 'one drawing, two units: "%" and "US$ billion"'),
        ({"kind": "bar", "bars": [{"label": "a", "value": float("nan")}]}, "finite"),
        ({"kind": "bar", "bars": [{"label": "a", "value": float("inf")}]}, "finite"),
        ({"kind": "bar", "bars": [{"label": "a", "value": "sworn-in"}]}, "is a date, not an amount"),
        ({**COLUMNS, "arrangement": "percent", "series": [{"name": "A", "values": [1, 2, -3]}]}, "is no part of 100 percent: it is negative"),
        ({**COLUMNS, "unit": "%", "arrangement": "percent"}, 'the parts of "2017" are 240 percent together'),
        ({**COLUMNS, "series": [{"name": str(n), "values": [1, 2, 3]} for n in range(6)]}, "6 series are too many"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(keys: dict, message: str) -> None:
    assert message in refused(keys)


def test_labels_too_wide_to_stand_beside_their_bars_stand_above_them() -> None:
    label = "Inter" * 15
    chart = make({"kind": "bar", "bars": [{"label": label, "value": 3}, {"label": "B", "value": 2}]})
    scene = chart.scene(MEASURE, STYLE)
    assert collisions(scene) == []
    assert rects(scene)[0].x < 2
    assert texts(scene)[0].text == label
    assert texts(scene)[0].y + texts(scene)[0].height <= rects(scene)[0].y + 0.5


def test_smaller_type_makes_room_before_a_chart_is_refused() -> None:
    labels = [f"Government {letter}" for letter in "ABCDEFGH"]
    chart = make({"kind": "column", "bars": [{"label": label, "value": 3} for label in labels]})
    width = (STYLE.longest_word("Government") + STYLE.em(0.6)) * 8 - 10
    scene = chart.scene(width, STYLE)
    assert {text.size for text in texts(scene)} == {STYLE.least}
    with pytest.raises(FitError, match="kind: bar"):
        chart.scene(width / 2, STYLE)


def test_only_years_and_months_are_left_out_where_there_is_no_room_for_all() -> None:
    def columns(labels):
        return make({"kind": "column", "bars": [{"label": label, "value": 3} for label in labels]})

    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    shown = [text.text for text in texts(columns(months).scene(MEASURE, STYLE)) if text.text in months]
    assert shown == months[1::2]
    years = [str(year) for year in range(1990, 2030)]
    assert "2029" in [text.text for text in texts(columns(years).scene(SIDE, STYLE))]
    with pytest.raises(FitError, match="kind: bar"):
        columns([f"Country{letter}" for letter in "ABCDEFGHIJKL"]).scene(SIDE, STYLE)
